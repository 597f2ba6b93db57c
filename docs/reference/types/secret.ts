// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Secret = {
  /** Kept in memory only, never on disk. */
  ephemeral?: boolean;
  /** Its value is told to no client. */
  private?: boolean;
  /** Its identity for good; made up when not given. UUID. */
  uuid?: string;
  /** Anything people want to remember about it. */
  description?: string;
  usage?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "volume";
      /** Path of the volume it opens. */
      volume: string;
    }
    | {
      type: "ceph";
      /** Name that documents call it by. */
      name: string;
    }
    | {
      type: "iscsi";
      /** Name of the iSCSI target it opens. */
      target: string;
    }
    | {
      type: "tls";
      /** Name that documents call it by. */
      name: string;
    }
    | {
      type: "vtpm";
      /** Name that documents call it by. */
      name: string;
    }
  );
};
