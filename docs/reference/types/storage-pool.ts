// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Adapter = {
  /** Whether the disks are behind a SCSI host or a Fibre Channel port. */
  type?: "scsi_host" | "fc_host";
  /** The SCSI host, such as scsi_host3. */
  name?: string;
  /** The adapter that the Fibre Channel port is made on. */
  parent?: string;
  /** That adapter by its node name. */
  parent_wwnn?: string;
  /** That adapter by its port name. */
  parent_wwpn?: string;
  /** That adapter by the fabric it is in. */
  parent_fabric_wwn?: string;
  /** Whether the port goes away with the pool. */
  managed?: boolean;
  /** Node name of the port. */
  wwnn?: string;
  /** Port name of the port. */
  wwpn?: string;
  parentaddr?: Parentaddr;
};

export type Address = {
  /** PCI domain of the adapter. Hexadecimal integer. */
  domain?: number;
  /** PCI bus of the adapter. Hexadecimal integer. */
  bus?: number;
  /** PCI slot of the adapter. Hexadecimal integer. */
  slot?: number;
  /** PCI function of the adapter. Hexadecimal integer. */
  function?: number;
};

export type Auth = {
  /** How the server wants to be convinced. */
  type?: "none" | "chap" | "ceph";
  /** Whom to be there. */
  username?: string;
  secret?: Secret;
};

export type Device = {
  /** A block device, or the name of an iSCSI target. */
  path: string;
  /** Whether partitions of a multipath device have a "p" before their number. */
  part_separator?: boolean;
  /** While it runs. */
  freeExtent?: FreeExtent[];
};

export type FreeExtent = {
  /** First byte of a part that no partition takes. Non-negative integer. */
  start?: number;
  /** Where that part ends. Non-negative integer. */
  end?: number;
};

export type Host = {
  /** Name or address of the server. */
  name: string;
  /** Where the server listens; the protocol's own port when not given. Integer. */
  port?: number;
};

export type Parentaddr = {
  /** Which of the hosts at one PCI address. Non-negative integer. */
  unique_id?: number;
  address?: Address;
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

export type Pool = {
  /** What kind of place volumes are in. */
  type: "dir" | "fs" | "netfs" | "logical" | "disk" | "iscsi" | "iscsi-direct" | "scsi" | "mpath" | "rbd" | "sheepdog" | "gluster" | "zfs" | "vstorage";
  /** What people call it; one name for one pool on a host. */
  name?: string;
  /** Its identity for good; made up when not given. UUID. */
  uuid?: string;
  /** Bytes there are in all; measured. Number of bytes. */
  capacityBytes?: number;
  /** Bytes taken by volumes; measured. Number of bytes. */
  allocationBytes?: number;
  /** Bytes that new volumes can take; measured. Number of bytes. */
  availableBytes?: number;
  features?: {
    cow?: {
      /** Whether the file system may copy image files on write. */
      state?: boolean;
    };
  };
  source?: Source;
  target?: Target;
  refresh?: {
    volume?: {
      /** Whether volumes count with what they take or with what they may take. */
      allocation?: "default" | "capacity";
    };
  };
  /** Options for mounting; nobody checks them. */
  $xml?: string[];
};

export type Secret = {
  /** What kind of secret it is. */
  type?: "none" | "volume" | "ceph" | "iscsi" | "tls" | "vtpm";
  /** The secret by its identity. UUID. */
  uuid?: string;
  /** The secret by what it is for. */
  usage?: string;
};

export type Source = {
  host?: Host[];
  device?: Device[];
  dir?: {
    /** Directory the server shares. */
    path?: string;
  };
  adapter?: Adapter;
  /** Name of the volume group, Ceph pool or the like. */
  name?: string;
  initiator?: {
    iqn?: {
      /** The iSCSI name this host gives itself. */
      name?: string;
    };
  };
  format?: {
    /** File system, partition table or protocol of the source. */
    type?: string;
  };
  auth?: Auth;
  protocol?: {
    /** Version of NFS. */
    ver?: string;
  };
  vendor?: Vendor;
  product?: Vendor;
};

export type Target = {
  /** Directory that volumes are found in. */
  path?: string;
  permissions?: Permissions;
};

export type Vendor = {
  /** Who made the storage. */
  name?: string;
};
