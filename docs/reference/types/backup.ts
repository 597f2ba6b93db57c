// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Address = {
  /** Hexadecimal integer. */
  domain?: number;
  /** Hexadecimal integer. */
  bus?: number;
  /** Hexadecimal integer. */
  slot?: number;
  /** Hexadecimal integer. */
  function?: number;
};

export type Auth = {
  type?: "none" | "chap" | "ceph";
  username?: string;
  secret?: Secret;
};

export type Cipher = {
  name?: string;
  /** Non-negative integer. */
  size: number;
  mode?: string;
  hash?: string;
};

export type Cookie = {
  name: string;
  value?: string;
};

export type DataStore = {
  format?: Format;
} & (
  | {
    type?: "file";
    source?: {
      file?: string;
      fdgroup?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "block";
    source?: {
      dev?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "dir";
    source?: {
      dir?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "network";
    source?: {
      protocol: "nbd" | "rbd" | "sheepdog" | "gluster" | "iscsi" | "http" | "https" | "ftp" | "ftps" | "tftp" | "ssh" | "vxhs" | "nfs";
      name?: string;
      query?: string;
      tls?: boolean;
      tlsHostname?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
      index?: number;
      host?: Host[];
      snapshot?: {
        name?: string;
      };
      config?: {
        file?: string;
      };
      knownHosts?: {
        /** Since libvirt 9.8.0. */
        path?: string;
      };
      identity?: Identity;
      initiator?: {
        iqn?: {
          name?: string;
        };
      };
      ssl?: {
        verify?: boolean;
      };
      /** Shown only when secrets are asked for. */
      cookies?: {
        cookie?: Cookie[];
      };
      readahead?: {
        /** Non-negative integer. */
        size?: number;
      };
      timeout?: {
        /** Non-negative integer. */
        seconds?: number;
      };
      reconnect?: {
        /** Non-negative integer. Since libvirt 9.2.0. */
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
      $xml?: string[];
    };
  }
  | {
    type: "volume";
    source?: {
      pool?: string;
      volume?: string;
      mode?: "host" | "direct";
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "nvme";
    source?: {
      type: string;
      managed?: boolean;
      /** Non-negative integer. */
      namespace: number;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "vhostuser";
    source?: {
      type: string;
      path?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "vhostvdpa";
    source?: {
      dev?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
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
      file?: string;
      fdgroup?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "file";
    target?: {
      file?: string;
      fdgroup?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "block";
    target?: {
      dev?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "dir";
    target?: {
      dir?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "network";
    target?: {
      protocol: "nbd" | "rbd" | "sheepdog" | "gluster" | "iscsi" | "http" | "https" | "ftp" | "ftps" | "tftp" | "ssh" | "vxhs" | "nfs";
      name?: string;
      query?: string;
      tls?: boolean;
      tlsHostname?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
      index?: number;
      host?: Host[];
      snapshot?: {
        name?: string;
      };
      config?: {
        file?: string;
      };
      knownHosts?: {
        /** Since libvirt 9.8.0. */
        path?: string;
      };
      identity?: Identity;
      initiator?: {
        iqn?: {
          name?: string;
        };
      };
      ssl?: {
        verify?: boolean;
      };
      /** Shown only when secrets are asked for. */
      cookies?: {
        cookie?: Cookie[];
      };
      readahead?: {
        /** Non-negative integer. */
        size?: number;
      };
      timeout?: {
        /** Non-negative integer. */
        seconds?: number;
      };
      reconnect?: {
        /** Non-negative integer. Since libvirt 9.2.0. */
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
      $xml?: string[];
    };
  }
  | {
    type: "volume";
    target?: {
      pool?: string;
      volume?: string;
      mode?: "host" | "direct";
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "nvme";
    target?: {
      type: string;
      managed?: boolean;
      /** Non-negative integer. */
      namespace: number;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "vhostuser";
    target?: {
      type: string;
      path?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "vhostvdpa";
    target?: {
      dev?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
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
      file?: string;
      fdgroup?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "file";
    scratch?: {
      file?: string;
      fdgroup?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "block";
    scratch?: {
      dev?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "dir";
    scratch?: {
      dir?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "network";
    scratch?: {
      protocol: "nbd" | "rbd" | "sheepdog" | "gluster" | "iscsi" | "http" | "https" | "ftp" | "ftps" | "tftp" | "ssh" | "vxhs" | "nfs";
      name?: string;
      query?: string;
      tls?: boolean;
      tlsHostname?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
      index?: number;
      host?: Host[];
      snapshot?: {
        name?: string;
      };
      config?: {
        file?: string;
      };
      knownHosts?: {
        /** Since libvirt 9.8.0. */
        path?: string;
      };
      identity?: Identity;
      initiator?: {
        iqn?: {
          name?: string;
        };
      };
      ssl?: {
        verify?: boolean;
      };
      /** Shown only when secrets are asked for. */
      cookies?: {
        cookie?: Cookie[];
      };
      readahead?: {
        /** Non-negative integer. */
        size?: number;
      };
      timeout?: {
        /** Non-negative integer. */
        seconds?: number;
      };
      reconnect?: {
        /** Non-negative integer. Since libvirt 9.2.0. */
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
      $xml?: string[];
    };
  }
  | {
    type: "volume";
    scratch?: {
      pool?: string;
      volume?: string;
      mode?: "host" | "direct";
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "nvme";
    scratch?: {
      type: string;
      managed?: boolean;
      /** Non-negative integer. */
      namespace: number;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "vhostuser";
    scratch?: {
      type: string;
      path?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "vhostvdpa";
    scratch?: {
      dev?: string;
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
);

export type Encryption = {
  format: "default" | "qcow" | "luks" | "luks2" | "luks-any";
  engine?: "qemu" | "librbd";
  secret?: EncryptionSecret[];
  cipher?: Cipher;
  ivgen?: Ivgen;
};

export type EncryptionSecret = {
  type: "passphrase";
  /** UUID. */
  uuid?: string;
  usage?: string;
};

export type Format = {
  type: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  metadata_cache?: {
    /** Number of bytes. */
    max_sizeBytes?: number;
  };
};

export type Host = {
  name?: string;
  /** Non-negative integer. */
  port?: number;
  transport?: "tcp" | "unix" | "rdma";
  socket?: string;
};

export type Identity = {
  user?: string;
  group?: string;
  /** Since libvirt 9.8.0. */
  username?: string;
  /** Since libvirt 9.8.0. */
  keyfile?: string;
  /** Since libvirt 9.8.0. */
  agentsock?: string;
};

export type Ivgen = {
  name?: string;
  hash?: string;
};

export type Reconnect = {
  enabled?: boolean;
  /** Non-negative integer. */
  timeout?: number;
};

export type Reservations = {
  managed: boolean;
  source?: Source;
};

export type Seclabel = {
  model?: string;
  /** While it runs. */
  labelskip?: boolean;
  relabel?: boolean;
  label?: string;
};

export type Secret = {
  type?: "none" | "volume" | "ceph" | "iscsi" | "tls" | "vtpm";
  /** UUID. */
  uuid?: string;
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
  type?: "storage" | "format";
  /** Non-negative integer. */
  offset: number;
  /** Non-negative integer. */
  size: number;
};

export type Source = {
  type: string;
  path: string;
  mode: string;
};
