// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Address = {
  /** PCI domain. Hexadecimal integer. */
  domain?: number;
  /** Bus of the host. Hexadecimal integer. */
  bus?: number;
  /** Slot. Hexadecimal integer. */
  slot?: number;
  /** Function. Hexadecimal integer. */
  function?: number;
};

export type Auth = {
  /** Which kind of service asks. */
  type?: "none" | "chap" | "ceph";
  /** User to log in as. */
  username?: string;
  secret?: Secret;
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

export type Cookie = {
  /** Name of the cookie. */
  name: string;
  /** Its value; a secret. */
  value?: string;
};

export type DataStore = {
  format?: Format;
} & (
  | {
    type?: "file";
    source?: {
      /** Path of the file. */
      file?: string;
      /** Open files that a client has passed. */
      fdgroup?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "block";
    source?: {
      /** Device of the host. */
      dev?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "dir";
    source?: {
      /** Folder of the host. */
      dir?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "network";
    source?: {
      /** Protocol of the server, or of SCSI. */
      protocol: "nbd" | "rbd" | "sheepdog" | "gluster" | "iscsi" | "http" | "https" | "ftp" | "ftps" | "tftp" | "ssh" | "vxhs" | "nfs";
      /** What the server, or whoever shares it, calls it. */
      name?: string;
      /** Query of the address. */
      query?: string;
      /** Whether the connection is encrypted. */
      tls?: boolean;
      /** Name that the server's certificate has to have. */
      tlsHostname?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      host?: Host[];
      snapshot?: {
        /** Snapshot of the image on the server. */
        name?: string;
      };
      config?: {
        /** Configuration of the client library. */
        file?: string;
      };
      knownHosts?: {
        /** File with keys of servers. Since libvirt 9.8.0. */
        path?: string;
      };
      identity?: Identity;
      initiator?: {
        iqn?: {
          /** Name that iSCSI servers see. */
          name?: string;
        };
      };
      ssl?: {
        /** Whether certificates are checked. */
        verify?: boolean;
      };
      /** Shown only when secrets are asked for. */
      cookies?: {
        cookie?: Cookie[];
      };
      readahead?: {
        /** Bytes read ahead. Non-negative integer. */
        size?: number;
      };
      timeout?: {
        /** Seconds until the server counts as gone. Non-negative integer. */
        seconds?: number;
      };
      reconnect?: {
        /** Seconds requests wait for a new connection. Non-negative integer. Since libvirt 9.2.0. */
        delay?: number;
      };
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "volume";
    source?: {
      /** Pool of the volume. */
      pool?: string;
      /** The volume. */
      volume?: string;
      /** Listen or connect. */
      mode?: "host" | "direct";
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "nvme";
    source?: {
      /** Kind of the other side. */
      type: string;
      /** The daemon takes it from the host and gives it back. */
      managed?: boolean;
      /** Number of the name space of an NVMe disk. Non-negative integer. */
      namespace: number;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      address: Address;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "vhostuser";
    source?: {
      /** Kind of the other side. */
      type: string;
      /** Path of it on the host. */
      path?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      reconnect?: Reconnect;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "vhostvdpa";
    source?: {
      /** Device of the host. */
      dev?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
);

export type Disk = {
  /** Target of the disk in the domain. */
  name: string;
  /** Whether the disk is copied. */
  backup?: boolean;
  /** All of it, or what changed. */
  backupmode?: "full" | "incremental";
  /** Checkpoint since which changes of this disk are copied. */
  incremental?: string;
  /** Number of the image in the running guest. Non-negative integer. While it runs. */
  index?: number;
  driver?: {
    /** Format of the copy. */
    type?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  };
} & (
  | {
    type?: undefined;
    target?: {
      /** Path of the file. */
      file?: string;
      /** Open files that a client has passed. */
      fdgroup?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "file";
    target?: {
      /** Path of the file. */
      file?: string;
      /** Open files that a client has passed. */
      fdgroup?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "block";
    target?: {
      /** Device of the host. */
      dev?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "dir";
    target?: {
      /** Folder of the host. */
      dir?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "network";
    target?: {
      /** Protocol of the server, or of SCSI. */
      protocol: "nbd" | "rbd" | "sheepdog" | "gluster" | "iscsi" | "http" | "https" | "ftp" | "ftps" | "tftp" | "ssh" | "vxhs" | "nfs";
      /** What the server calls it. */
      name?: string;
      /** Query of the address. */
      query?: string;
      /** Whether the connection is encrypted. */
      tls?: boolean;
      /** Name that the server's certificate has to have. */
      tlsHostname?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      host?: Host[];
      snapshot?: {
        /** Snapshot of the image on the server. */
        name?: string;
      };
      config?: {
        /** Configuration of the client library. */
        file?: string;
      };
      knownHosts?: {
        /** File with keys of servers. Since libvirt 9.8.0. */
        path?: string;
      };
      identity?: Identity;
      initiator?: {
        iqn?: {
          /** Name that iSCSI servers see. */
          name?: string;
        };
      };
      ssl?: {
        /** Whether certificates are checked. */
        verify?: boolean;
      };
      /** Shown only when secrets are asked for. */
      cookies?: {
        cookie?: Cookie[];
      };
      readahead?: {
        /** Bytes read ahead. Non-negative integer. */
        size?: number;
      };
      timeout?: {
        /** Seconds until the server counts as gone. Non-negative integer. */
        seconds?: number;
      };
      reconnect?: {
        /** Seconds requests wait for a new connection. Non-negative integer. Since libvirt 9.2.0. */
        delay?: number;
      };
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "volume";
    target?: {
      /** Pool of the volume. */
      pool?: string;
      /** The volume. */
      volume?: string;
      /** Listen or connect. */
      mode?: "host" | "direct";
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "nvme";
    target?: {
      /** Kind of the other side. */
      type: string;
      /** The tap is there already when it is no. */
      managed?: boolean;
      /** Number of the name space of an NVMe disk. Non-negative integer. */
      namespace: number;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      address: Address;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "vhostuser";
    target?: {
      /** Kind of the other side. */
      type: string;
      /** Path of it on the host. */
      path?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      reconnect?: Reconnect;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "vhostvdpa";
    target?: {
      /** Device of the host. */
      dev?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
);

export type Domainbackup = {
  /** Checkpoint since which changes are copied. */
  incremental?: string;
} & (
  | {
    mode?: "push";
    disks?: {
      disk?: Disk[];
    };
  }
  | {
    mode: "pull";
    server?: Server;
    disks?: {
      disk?: DomainbackupDisk[];
    };
  }
);

export type DomainbackupDisk = {
  /** Target of the disk in the domain. */
  name: string;
  /** Whether the disk is copied. */
  backup?: boolean;
  /** All of it, or what changed. */
  backupmode?: "full" | "incremental";
  /** Checkpoint since which changes of this disk are copied. */
  incremental?: string;
  /** What the server calls the disk. */
  exportname?: string;
  /** What the server calls the map of changes. */
  exportbitmap?: string;
  /** Number of the image in the running guest. Non-negative integer. While it runs. */
  index?: number;
  driver?: {
    /** Format of the copy. */
    type?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  };
} & (
  | {
    type?: undefined;
    scratch?: {
      /** Path of the file. */
      file?: string;
      /** Open files that a client has passed. */
      fdgroup?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "file";
    scratch?: {
      /** Path of the file. */
      file?: string;
      /** Open files that a client has passed. */
      fdgroup?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "block";
    scratch?: {
      /** Device of the host. */
      dev?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "dir";
    scratch?: {
      /** Folder of the host. */
      dir?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "network";
    scratch?: {
      /** Protocol of the server, or of SCSI. */
      protocol: "nbd" | "rbd" | "sheepdog" | "gluster" | "iscsi" | "http" | "https" | "ftp" | "ftps" | "tftp" | "ssh" | "vxhs" | "nfs";
      /** What the server calls it. */
      name?: string;
      /** Query of the address. */
      query?: string;
      /** Whether the connection is encrypted. */
      tls?: boolean;
      /** Name that the server's certificate has to have. */
      tlsHostname?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      host?: Host[];
      snapshot?: {
        /** Snapshot of the image on the server. */
        name?: string;
      };
      config?: {
        /** Configuration of the client library. */
        file?: string;
      };
      knownHosts?: {
        /** File with keys of servers. Since libvirt 9.8.0. */
        path?: string;
      };
      identity?: Identity;
      initiator?: {
        iqn?: {
          /** Name that iSCSI servers see. */
          name?: string;
        };
      };
      ssl?: {
        /** Whether certificates are checked. */
        verify?: boolean;
      };
      /** Shown only when secrets are asked for. */
      cookies?: {
        cookie?: Cookie[];
      };
      readahead?: {
        /** Bytes read ahead. Non-negative integer. */
        size?: number;
      };
      timeout?: {
        /** Seconds until the server counts as gone. Non-negative integer. */
        seconds?: number;
      };
      reconnect?: {
        /** Seconds requests wait for a new connection. Non-negative integer. Since libvirt 9.2.0. */
        delay?: number;
      };
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "volume";
    scratch?: {
      /** Pool of the volume. */
      pool?: string;
      /** The volume. */
      volume?: string;
      /** Listen or connect. */
      mode?: "host" | "direct";
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "nvme";
    scratch?: {
      /** Kind of the other side. */
      type: string;
      /** The daemon takes it from the host and gives it back. */
      managed?: boolean;
      /** Number of the name space of an NVMe disk. Non-negative integer. */
      namespace: number;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      address: Address;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "vhostuser";
    scratch?: {
      /** Kind of the other side. */
      type: string;
      /** Path of it on the host. */
      path?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      reconnect?: Reconnect;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
  | {
    type: "vhostvdpa";
    scratch?: {
      /** Device of the host. */
      dev?: string;
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Its number while the guest runs. Non-negative integer. While it runs. */
      index?: number;
      slices?: {
        slice?: Slice[];
      };
      seclabel?: Seclabel[];
      auth?: Auth;
      reservations?: Reservations;
      encryption?: Encryption;
      /** Since libvirt 10.10.0. */
      dataStore?: DataStore;
    };
  }
);

export type Encryption = {
  /** How the image is encrypted. */
  format: "default" | "qcow" | "luks" | "luks2" | "luks-any";
  /** Who decrypts it. */
  engine?: "qemu" | "librbd";
  secret?: EncryptionSecret[];
  cipher?: Cipher;
  ivgen?: Ivgen;
};

export type EncryptionSecret = {
  /** Only passphrase. */
  type: "passphrase";
  /** The secret by its UUID. UUID. */
  uuid?: string;
  /** The secret by what it is used for. */
  usage?: string;
};

export type Format = {
  /** Format of the image. */
  type: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  metadata_cache?: {
    /** Memory for the tables of a qcow2 image. Number of bytes. */
    max_sizeBytes?: number;
  };
};

export type Host = {
  /** Name or address of the server. */
  name?: string;
  /** Its port. Non-negative integer. */
  port?: number;
  /** How it is reached. */
  transport?: "tcp" | "unix" | "rdma";
  /** Its socket, when it is on this host. */
  socket?: string;
};

export type Identity = {
  /** User of the server. */
  user?: string;
  /** Group of the server. */
  group?: string;
  /** User to log in as. Since libvirt 9.8.0. */
  username?: string;
  /** Private key of that user. Since libvirt 9.8.0. */
  keyfile?: string;
  /** Socket of an agent that has the key. Since libvirt 9.8.0. */
  agentsock?: string;
};

export type Ivgen = {
  /** How initial values are made. */
  name?: string;
  /** Hash function for them. */
  hash?: string;
};

export type Reconnect = {
  /** Connect again when the other side goes away. */
  enabled?: boolean;
  /** Seconds between two attempts. Non-negative integer. */
  timeout?: number;
};

export type Reservations = {
  /** The daemon starts the helper for SCSI reservations itself. */
  managed: boolean;
  source?: Source;
};

export type Seclabel = {
  /** Which security system it is for. */
  model?: string;
  /** The file cannot be labelled, as the daemon found out. While it runs. */
  labelskip?: boolean;
  /** Whether files get labels. */
  relabel?: boolean;
  /** The label itself. */
  label?: string;
};

export type Secret = {
  /** What kind of secret it is. */
  type?: "none" | "volume" | "ceph" | "iscsi" | "tls" | "vtpm";
  /** The secret by its UUID. UUID. */
  uuid?: string;
  /** The secret by what it is used for. */
  usage?: string;
};

export type Server = {
  /** How clients reach the server. */
  transport?: "tcp" | "unix" | "rdma";
  /** Whether connections are encrypted. */
  tls?: boolean;
  /** Host name or address it listens on. */
  name?: string;
  /** Where it listens. Non-negative integer. */
  port?: number;
  /** Its Unix socket. */
  socket?: string;
};

export type Slice = {
  /** Only storage: a part of the image file. */
  type?: "storage" | "format";
  /** First byte of the part. Non-negative integer. */
  offset: number;
  /** Bytes of the part. Non-negative integer. */
  size: number;
};

export type Source = {
  /** Only unix: a socket. */
  type: string;
  /** Socket of a helper that somebody else runs. */
  path: string;
  /** Only client. */
  mode: string;
};
