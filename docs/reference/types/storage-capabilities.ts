// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Enum = {
  name?: string;
  value?: Value[];
};

export type Pool = {
  type: "dir" | "fs" | "netfs" | "logical" | "disk" | "iscsi" | "iscsi-direct" | "scsi" | "mpath" | "rbd" | "sheepdog" | "gluster" | "zfs" | "vstorage";
  supported?: boolean;
  poolOptions?: PoolOptions;
  volOptions?: PoolOptions;
};

export type PoolOptions = {
  defaultFormat?: {
    type?: string;
  };
  enum?: Enum;
};

export type StoragepoolCapabilities = {
  pool?: Pool[];
};

export type Value = {
  value?: string;
};
