// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type BackingStore = {
  /** Image that has what this one does not have. */
  path?: string;
  format?: {
    /** Format of the image or kind of partition. */
    type?: string;
  };
  permissions?: Permissions;
  timestamps?: Timestamps;
};

export type Cipher = {
  /** Name of the cipher, or the kind of key. */
  name?: string;
  /** Bits of the key. Non-negative integer. */
  size: number;
  /** How blocks are chained. */
  mode?: string;
  /** Hash function of the cipher. */
  hash?: string;
};

export type Device = {
  /** Device that the volume lies on. */
  path?: string;
  extent?: Extent[];
};

export type Encryption = {
  /** How the image is encrypted. */
  format: "default" | "qcow" | "luks" | "luks2" | "luks-any";
  /** Who decrypts it. */
  engine?: "qemu" | "librbd";
  secret?: Secret[];
  cipher?: Cipher;
  ivgen?: Ivgen;
};

export type Extent = {
  /** First byte of a part of it. Non-negative integer. */
  start?: number;
  /** Where that part ends. Non-negative integer. */
  end?: number;
};

export type Features = {
  /** Faster writes, and a repair after a crash. */
  lazy_refcounts?: boolean;
  /** Clusters have parts that are allocated one by one. */
  extended_l2?: boolean;
  /** A feature of the format that a new volume has. */
  $xml?: string[];
};

export type Ivgen = {
  /** How initial values are made. */
  name?: string;
  /** Hash function for them. */
  hash?: string;
};

export type Permissions = {
  /** Permission bits, octal. Octal file mode, at most 0777. */
  mode?: number;
  /** Number of the user it belongs to; -1 leaves it. User or group number. */
  owner?: number;
  /** Number of the group it belongs to; -1 leaves it. User or group number. */
  group?: number;
  /** What the security driver calls it. */
  label?: string;
};

export type Secret = {
  /** Only passphrase. */
  type: "passphrase";
  /** The secret by its UUID. UUID. */
  uuid?: string;
  /** The secret by what it is used for. */
  usage?: string;
};

export type Target = {
  /** Where it is. */
  path?: string;
  format?: {
    /** Format of the image or kind of partition. */
    type?: string;
  };
  permissions?: Permissions;
  timestamps?: Timestamps;
  encryption?: Encryption;
  /** Version of the image format. */
  compat?: string;
  /** The file system must not copy it on write. */
  nocow?: boolean;
  /** Bytes the image grows by. Number of bytes. */
  clusterSizeBytes?: number;
  features?: Features;
};

export type Timestamps = {
  /** When it was last read. Time in seconds since 1970. */
  atime?: string;
  /** When it was last written. Time in seconds since 1970. */
  mtime?: string;
  /** When its owner or permissions last changed. Time in seconds since 1970. */
  ctime?: string;
  /** When it was made. Time in seconds since 1970. */
  btime?: string;
};

export type Volume = {
  /** What a volume is on the host; the pool knows. */
  type?: "file" | "block" | "dir" | "network" | "netdir" | "ploop";
  /** One name for one volume of a pool. */
  name: string;
  /** Tells it from all other volumes of the host. */
  key?: string;
  source?: {
    device?: Device[];
  };
  /** Bytes a guest sees. Number of bytes. */
  capacityBytes?: number;
  /** Bytes it takes at once; all of them when not given. Number of bytes. */
  allocationBytes?: number;
  /** Bytes it takes on the host; measured. Number of bytes. */
  physicalBytes?: number;
  target?: Target;
  backingStore?: BackingStore;
};
