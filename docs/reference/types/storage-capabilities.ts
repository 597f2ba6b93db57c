// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Enum = {
  /** Name of an element. */
  name?: string;
  value?: Value[];
};

export type Pool = {
  /** Kind of pool. */
  type: "dir" | "fs" | "netfs" | "logical" | "disk" | "iscsi" | "iscsi-direct" | "scsi" | "mpath" | "rbd" | "sheepdog" | "gluster" | "zfs" | "vstorage";
  /** Whether this host can have such pools. */
  supported?: boolean;
  poolOptions?: PoolOptions;
  volOptions?: PoolOptions;
};

export type PoolOptions = {
  defaultFormat?: {
    /** Format of the source when none is given. */
    type?: string;
  };
  enum?: Enum;
};

export type StoragepoolCapabilities = {
  pool?: Pool[];
};

export type Value = {
  /** A value it can have. */
  value?: string;
};
