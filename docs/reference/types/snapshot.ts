// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Acceleration = {
  /** 3D by the host. */
  accel3d?: boolean;
  /** 2D by the host. */
  accel2d?: boolean;
  /** Device file of the host's card. */
  rendernode?: string;
};

export type ActivePcrBanks = {
  /** Bank of SHA-1. */
  sha1?: boolean;
  /** Bank of SHA-256. */
  sha256?: boolean;
  /** Bank of SHA-384. */
  sha384?: boolean;
  /** Bank of SHA-512. */
  sha512?: boolean;
};

export type Actual = {
  /** The daemon takes the card from the host and gives it back. */
  managed?: boolean;
  /** The guest may change its MAC address and filters. */
  trustGuestRxFilters?: boolean;
  /** Can change while it runs. */
  vlan?: Vlan;
  /** Can change while it runs. */
  virtualport?: Virtualport;
  /** Can change while it runs. */
  bandwidth?: InterfaceBandwidth;
  /** Can change while it runs. */
  port?: Port;
} & (
  | {
    type: "network";
    source?: {
      /** Bridge of the host. */
      bridge?: string;
      /** Who fills the bridge's table of addresses. */
      macTableManager?: "kernel" | "libvirt";
    };
  }
  | {
    type: "bridge";
    source?: {
      /** Bridge of the host. */
      bridge?: string;
      /** Who fills the bridge's table of addresses. */
      macTableManager?: "kernel" | "libvirt";
    };
  }
  | {
    type: "direct";
    source?: {
      /** Device of the host. */
      dev?: string;
      /** Listen or connect. */
      mode?: "vepa" | "bridge" | "private" | "passthrough";
    };
  }
  | {
    type: "hostdev";
    driver?: InterfaceDriver;
    source?: {
      /** Where the guest finds the device; once given it never moves. */
      address?: {
      } & (
        | {
          type?: undefined;
        }
        | {
          type: "pci";
          /** PCI domain. Hexadecimal integer. */
          domain?: number;
          /** Bus of the host. Hexadecimal integer. */
          bus?: number;
          /** Slot on the bus. Hexadecimal integer. */
          slot?: number;
          /** Function in the slot. Hexadecimal integer. */
          function?: number;
        }
        | {
          type: "usb";
          /** Bus of the host. Non-negative integer. */
          bus?: number;
          /** Number on that bus, which changes when it is plugged again. Non-negative integer. */
          device?: number;
          /** Port that it is plugged into. Since libvirt 12.0.0. */
          port?: string;
        }
      );
    };
  }
);

export type Address = {
  /** PCI domain. Hexadecimal integer. */
  domain?: number;
  /** Bus of the host. Hexadecimal integer. */
  bus?: number;
  /** Slot on the bus. Hexadecimal integer. */
  slot?: number;
  /** Function in the slot. Hexadecimal integer. */
  function?: number;
};

export type Allocation = {
  /** Take all memory at the start, or when it is used. */
  mode?: "immediate" | "ondemand";
  /** Threads that fill memory at the start. Non-negative integer. Since libvirt 8.2.0. */
  threads?: number;
};

export type Apic = {
  /** End of interrupt without leaving the guest. */
  eoi?: boolean;
};

export type Audio = {
  /** Number of the back end. Non-negative integer. */
  id: number;
  /** Microseconds between two looks for data. Non-negative integer. */
  timerPeriod?: number;
} & (
  | {
    type: "none";
    input?: AudioInput;
    output?: AudioInput;
  }
  | {
    type: "alsa";
    input?: DevicesAudioInput;
    output?: DevicesAudioInput;
  }
  | {
    type: "coreaudio";
    input?: DomainDevicesAudioInput;
    output?: DomainDevicesAudioInput;
  }
  | {
    type: "jack";
    input?: DomainsnapshotDomainDevicesAudioInput;
    output?: DomainsnapshotDomainDevicesAudioInput;
  }
  | {
    type: "oss";
    /** Map the device's memory. */
    tryMMap?: boolean;
    /** Nobody else may use the device. */
    exclusive?: boolean;
    /** How long its buffers are. Integer. */
    dspPolicy?: number;
    input?: Input2;
    output?: Input2;
  }
  | {
    type: "pulseaudio";
    /** Server to connect to. */
    serverName?: string;
    input?: Input3;
    output?: Input3;
  }
  | {
    type: "sdl";
    /** Driver of SDL. */
    driver?: "esd" | "alsa" | "arts" | "pulseaudio";
    input?: DomainDevicesAudioInput;
    output?: DomainDevicesAudioInput;
  }
  | {
    type: "spice";
    input?: AudioInput;
    output?: AudioInput;
  }
  | {
    type: "file";
    /** File that sound is written to. */
    path?: string;
    input?: AudioInput;
    output?: AudioInput;
  }
  | {
    type: "dbus";
    input?: AudioInput;
    output?: AudioInput;
  }
  | {
    type: "pipewire";
    /** Folder with PipeWire's socket. Since libvirt 9.10.0. */
    runtimeDir?: string;
    input?: Input3;
    output?: Input3;
  }
);

export type AudioInput = {
  /** QEMU mixes the streams itself. */
  mixingEngine?: boolean;
  /** Streams have the settings given here. */
  fixedSettings?: boolean;
  /** Streams at a time. Non-negative integer. */
  voices?: number;
  /** Microseconds of the buffer. Non-negative integer. */
  bufferLength?: number;
  settings?: Settings;
};

export type Auth = {
  /** Which kind of service asks. */
  type?: "none" | "chap" | "ceph";
  /** User to log in as. */
  username?: string;
  secret?: Secret;
};

export type Backend = {
  /** Who carries the packets, or serves the device. */
  type?: "passt";
  /** Device file for taps. */
  tap?: string;
  /** Device file of vhost. */
  vhost?: string;
  /** File for messages. */
  logFile?: string;
  /** Name the guest gets by DHCP. Since libvirt 11.6.0. */
  hostname?: string;
  /** Whole name the guest gets by DHCP. Since libvirt 11.6.0. */
  fqdn?: string;
};

export type BackingStore = {
  /** Its number while the guest runs. Non-negative integer. While it runs. */
  index?: number;
  format?: Format;
  backingStore?: BackingStore;
} & (
  | {
    type?: undefined;
  }
  | {
    type: "file";
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
      /** The connection is encrypted. */
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
      /** Where the guest finds the device; once given it never moves. */
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

export type Bandwidth = {
  /** Cell that asks. Non-negative integer. */
  initiator: number;
  /** Cell that has the memory. Non-negative integer. */
  target: number;
  /** Level of the cache it is about; the memory itself when not given. Non-negative integer. */
  cache?: number;
  /** Reads, writes or both. */
  type: "access" | "read" | "write";
  /** How much a second. Non-negative integer. */
  value: number;
  /** Unit of that. */
  unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
};

export type Binary = {
  /** The program that serves it. */
  path?: string;
  /** Extended attributes pass. */
  xattr?: boolean;
  cache?: {
    /** What the guest may cache. */
    mode?: "none" | "always";
  };
  sandbox?: {
    /** How the program is confined. */
    mode?: "namespace" | "chroot";
  };
  lock?: {
    /** POSIX locks pass. */
    posix?: boolean;
    /** BSD locks pass. */
    flock?: boolean;
  };
  thread_pool?: {
    /** Threads of the program. Non-negative integer. */
    size?: number;
  };
  openfiles?: {
    /** Files it can have open. Non-negative integer. Since libvirt 10.6.0. */
    max?: number;
  };
};

export type Bios = {
  entry?: Entry[];
};

export type Blkiotune = {
  /** Share of the host's disk time against other guests. Non-negative integer. Can change while it runs. */
  weight?: number;
  device?: Device[];
};

export type Blockio = {
  /** Bytes in the smallest piece that can be addressed. Non-negative integer. */
  logical_block_size?: number;
  /** Bytes in the smallest piece that can be written at once. Non-negative integer. */
  physical_block_size?: number;
  /** Bytes that are freed together. Non-negative integer. Since libvirt 10.1.0. */
  discard_granularity?: number;
};

export type Boot = {
  /** Kind of device to start from; the first one that can is taken. */
  dev: "fd" | "cdrom" | "hd" | "network";
};

export type Bootmenu = {
  /** The firmware offers a menu. */
  enable?: boolean;
  /** Milliseconds that the menu waits. Non-negative integer. */
  timeout?: number;
};

export type Cache = {
  /** Number of the host's cache. Non-negative integer. */
  id: number;
  /** Its level. Non-negative integer. */
  level: number;
  /** For code, for data or for both. */
  type: "both" | "code" | "data";
  /** How much of it. Non-negative integer. */
  size: number;
  /** Unit of the size. */
  unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
};

export type Cachetune = {
  /** Processors that share this part of the host's cache. Set of CPU numbers. */
  vcpus: string;
  /** Name of the group in the kernel, made up at the start. While it runs. */
  id?: string;
  cache?: Cache[];
  monitor?: Monitor[];
};

export type Capabilities = {
  /** What a container may do when nothing else is said. */
  policy?: "default" | "allow" | "deny";
  audit_control?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  audit_write?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  block_suspend?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  chown?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  dac_override?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  dac_read_search?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  fowner?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  fsetid?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  ipc_lock?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  ipc_owner?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  kill?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  lease?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  linux_immutable?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  mac_admin?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  mac_override?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  mknod?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  net_admin?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  net_bind_service?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  net_broadcast?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  net_raw?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  setgid?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  setfcap?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  setpcap?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  setuid?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_admin?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_boot?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_chroot?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_module?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_nice?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_pacct?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_ptrace?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_rawio?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_resource?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_time?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  sys_tty_config?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  syslog?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  wake_alarm?: {
    /** Whether a container has this capability of the kernel. */
    state?: boolean;
  };
  /** A capability of the kernel, on or off. */
  $xml?: string[];
};

export type Catchup = {
  /** How late it may be before it runs faster. Non-negative integer. */
  threshold?: number;
  /** How much faster. Non-negative integer. */
  slew?: number;
  /** How much it catches up at most. Non-negative integer. */
  limit?: number;
};

export type Cell = {
  /** Number of the cell. Non-negative integer. */
  id?: number;
  /** Processors it has. Set of CPU numbers. */
  cpus?: string;
  /** Memory it has. Non-negative integer. */
  memory: number;
  /** Unit of the memory. */
  unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
  /** Whether other processes see what is written to it. */
  memAccess?: "shared" | "private";
  /** Its contents are thrown away at the end. */
  discard?: boolean;
  distances?: {
    sibling?: Sibling[];
  };
  /** Since libvirt 6.6.0. */
  cache?: CellCache[];
};

export type CellCache = {
  /** Level of the cache. Non-negative integer. */
  level: number;
  /** How it is indexed. */
  associativity: "none" | "direct" | "full";
  /** When it writes back. */
  policy: "none" | "writeback" | "writethrough";
  size: {
    /** Its size. Non-negative integer. */
    value: number;
    /** Unit of the size. */
    unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
  };
  line: {
    /** Size of a line. Non-negative integer. */
    value: number;
    /** Unit of that. */
    unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
  };
};

export type Certificate = {
  /** Name of a certificate in the data base. */
  value?: string;
};

export type Channel = {
  log?: Log;
  target: {
    /** How guests reach it. */
    type: "virtio" | "guestfwd" | "xen";
    /** Address that guests connect to. */
    address?: string;
    /** Port that guests connect to. Non-negative integer. */
    port?: number;
    /** Name by which the guest finds it. */
    name?: string;
    /** Whether somebody in the guest has it open. While it runs. */
    state?: "connected" | "disconnected";
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
} & (
  | {
    type?: "pty";
    source?: {
      /** Path of it on the host. While it runs. */
      path?: string;
      /** While it runs. */
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "null" | "vc";
  }
  | {
    type: "dev";
    source?: {
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "file";
    source?: {
      /** Path of it on the host. */
      path?: string;
      /** Go on at the end of the file. */
      append?: boolean;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "pipe";
    source?: {
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "stdio";
  }
  | {
    type: "udp";
    source?: SmartcardSource[];
  }
  | {
    type: "tcp";
    source?: {
      /** Listen or connect. */
      mode?: "bind" | "connect";
      /** Host name or address. */
      host?: string;
      /** Port or name of the service. */
      service?: string;
      /** The connection is encrypted. */
      tls?: boolean;
      reconnect?: Reconnect;
    };
    protocol?: {
      /** Plain bytes or telnet's protocol. */
      type?: "raw" | "telnet" | "telnets" | "tls";
    };
  }
  | {
    type: "unix";
    source?: {
      /** Listen or connect. */
      mode?: "bind" | "connect";
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
      reconnect?: Reconnect;
    };
  }
  | {
    type: "spicevmc";
  }
  | {
    type: "spiceport";
    source?: {
      /** Name of the channel for clients. */
      channel?: string;
    };
  }
  | {
    type: "nmdm";
    source?: {
      /** Device of the host on this side. */
      master?: string;
      /** Device of the host on the other side. */
      slave?: string;
    };
  }
  | {
    type: "qemu-vdagent";
    source?: {
      clipboard?: {
        /** Whether texts can be copied between guest and client. */
        copypaste: boolean;
      };
      mouse?: {
        /** Whether the pointer is the client's or the guest's. */
        mode: "client" | "server";
      };
    };
  }
  | {
    type: "dbus";
    source?: {
      /** Name of the channel for clients. */
      channel?: string;
    };
  }
);

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

export type Clock = {
  /** What the clock is set to. */
  offset?: "utc" | "localtime" | "variable" | "timezone" | "absolute";
  /** Seconds added to it. */
  adjustment?: string;
  /** What a variable offset counts from. */
  basis?: "utc" | "localtime";
  /** Name of the time zone. */
  timezone?: string;
  /** Seconds since 1970 that the clock starts at. Integer. */
  start?: number;
  /** How one of the machine's timers behaves. */
  timer?: Timer[];
};

export type Codec = {
  /** Which connectors guests see. */
  type: "duplex" | "micro" | "output";
};

export type Console = {
  /** Its terminal, in older spelling. While it runs. */
  tty?: string;
  log?: Log;
  target?: {
    /** Which kind of console. */
    type?: "serial" | "virtio" | "xen" | "uml" | "lxc" | "openvz" | "sclp" | "sclplm";
    /** Number of the console. Non-negative integer. */
    port?: number;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
} & (
  | {
    type?: "pty";
    source?: {
      /** Path of it on the host. While it runs. */
      path?: string;
      /** While it runs. */
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "null" | "vc";
  }
  | {
    type: "dev";
    source?: {
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "file";
    source?: {
      /** Path of it on the host. */
      path?: string;
      /** Go on at the end of the file. */
      append?: boolean;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "pipe";
    source?: {
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "stdio";
  }
  | {
    type: "udp";
    source?: SmartcardSource[];
  }
  | {
    type: "tcp";
    source?: {
      /** Listen or connect. */
      mode?: "bind" | "connect";
      /** Host name or address. */
      host?: string;
      /** Port or name of the service. */
      service?: string;
      /** The connection is encrypted. */
      tls?: boolean;
      reconnect?: Reconnect;
    };
    protocol?: {
      /** Plain bytes or telnet's protocol. */
      type?: "raw" | "telnet" | "telnets" | "tls";
    };
  }
  | {
    type: "unix";
    source?: {
      /** Listen or connect. */
      mode?: "bind" | "connect";
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
      reconnect?: Reconnect;
    };
  }
  | {
    type: "spicevmc";
  }
  | {
    type: "spiceport";
    source?: {
      /** Name of the channel for clients. */
      channel?: string;
    };
  }
  | {
    type: "nmdm";
    source?: {
      /** Device of the host on this side. */
      master?: string;
      /** Device of the host on the other side. */
      slave?: string;
    };
  }
  | {
    type: "qemu-vdagent";
    source?: {
      clipboard?: {
        /** Whether texts can be copied between guest and client. */
        copypaste: boolean;
      };
      mouse?: {
        /** Whether the pointer is the client's or the guest's. */
        mode: "client" | "server";
      };
    };
  }
  | {
    type: "dbus";
    source?: {
      /** Name of the channel for clients. */
      channel?: string;
    };
  }
);

export type Controller = {
  /** Bus it offers. */
  type?: "ide" | "fdc" | "scsi" | "sata" | "virtio-serial" | "ccid" | "usb" | "pci" | "xenbus" | "isa" | "nvme";
  /** Its number among those of its type; addresses name it. Non-negative integer. */
  index?: number;
  /** Which device it is. */
  model?: "pci-root" | "pcie-root" | "pci-bridge" | "dmi-to-pci-bridge" | "pcie-to-pci-bridge" | "pcie-root-port" | "pcie-switch-upstream-port" | "pcie-switch-downstream-port" | "pci-expander-bus" | "pcie-expander-bus" | "auto" | "buslogic" | "lsilogic" | "lsisas1068" | "vmpvscsi" | "ibmvscsi" | "virtio-scsi" | "lsisas1078" | "ncr53c90" | "dc390" | "am53c974" | "piix3-uhci" | "piix4-uhci" | "ehci" | "ich9-ehci1" | "ich9-uhci1" | "ich9-uhci2" | "ich9-uhci3" | "vt82c686b-uhci" | "pci-ohci" | "nec-xhci" | "qusb1" | "qusb2" | "qemu-xhci" | "none" | "piix3" | "piix4" | "ich6" | "virtio" | "virtio-transitional" | "virtio-non-transitional";
  /** Number of ports. Non-negative integer. */
  ports?: number;
  /** Interrupts it has. Non-negative integer. */
  vectors?: number;
  /** Pages that a guest of Xen can grant. Non-negative integer. */
  maxGrantFrames?: number;
  /** Event channels of a guest of Xen. Non-negative integer. */
  maxEventChannels?: number;
  modelElement?: {
    /** QEMU's device for it. */
    name?: "none" | "pci-bridge" | "i82801b11-bridge" | "x3130-upstream" | "xio3130-downstream" | "ioh3420" | "pcie-root-port" | "spapr-pci-host-bridge" | "pxb" | "pxb-pcie" | "pcie-pci-bridge";
  };
  target?: ControllerTarget;
  driver?: ControllerDriver;
  /** Space for 64 bit addresses of devices. Number of bytes. */
  pcihole64Bytes?: number;
  /** What NVMe guests see as its serial number. Since libvirt 11.5.0. */
  serial?: string;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  master?: {
    /** First port of the main controller that it serves. Non-negative integer. */
    startport?: number;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type ControllerDriver = {
  /** Number of queues. Non-negative integer. */
  queues?: number;
  /** Commands a drive can have waiting. Non-negative integer. */
  cmd_per_lun?: number;
  /** Sectors of one request at most. Non-negative integer. */
  max_sectors?: number;
  /** The guest's requests wake a thread instead of stopping the processor. */
  ioeventfd?: boolean;
  /** The I/O thread that serves it. Non-negative integer. */
  iothread?: number;
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  /** The device may cache addresses. */
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  /** Each queue's doorbell has a page of its own. */
  page_per_vq?: boolean;
  iothreads?: {
    iothread?: DriverIothread[];
  };
};

export type ControllerTarget = {
  /** Number that a bridge tells guests. Integer. */
  chassisNr?: number;
  /** Number that a port tells guests. Integer. */
  chassis?: number;
  /** Number of the port. Hexadecimal integer. */
  port?: number;
  /** First bus behind an expander. Integer. */
  busNr?: number;
  /** Order of host bridges of POWER. Non-negative integer. */
  index?: number;
  /** Whether devices can be plugged behind it. */
  hotplug?: boolean;
  /** Memory addresses kept free for devices plugged later. Non-negative integer. Since libvirt 10.3.0. */
  memReserve?: number;
  /** NUMA cell it belongs to. Non-negative integer. */
  node?: number;
};

export type Cookie = {
  /** Name of the cookie. */
  name: string;
  /** Its value; a secret. */
  value?: string;
};

export type Cpu = {
  /** A named model, one close to the host's, or the host's own. */
  mode?: "custom" | "host-model" | "host-passthrough" | "maximum";
  /** How exactly the host must fit. */
  match?: "minimum" | "exact" | "strict";
  /** What is compared with the host before it starts. */
  check?: "none" | "partial" | "full";
  /** Without features that could not go to another host. */
  migratable?: boolean;
  model?: Model;
  /** Vendor the host must have. */
  vendor?: string;
  /** How the processors are arranged. */
  topology?: Topology;
  cache?: CpuCache;
  maxphysaddr?: Maxphysaddr;
  /** One feature added to the model or taken from it. */
  feature?: CpuFeature[];
  numa?: Numa;
};

export type CpuCache = {
  /** Level that this goes for; all when not given. Non-negative integer. */
  level?: number;
  /** Whether the guest sees the host's, an emulated one or none. */
  mode: "emulate" | "passthrough" | "disable";
};

export type CpuFeature = {
  /** Whether it must be there, may be, or must not. */
  policy?: "force" | "require" | "optional" | "disable" | "forbid";
  /** Name of the feature. */
  name: string;
};

export type Cputune = {
  /** Share of processor time against other guests. Non-negative integer. Can change while it runs. */
  shares?: number;
  /** Microseconds of the period the quota of a processor is of. Non-negative integer. Can change while it runs. */
  period?: number;
  /** Microseconds each processor may run in a period; negative is no limit. Integer. Can change while it runs. */
  quota?: number;
  /** Microseconds of the period the quota of the whole guest is of. Non-negative integer. Can change while it runs. */
  global_period?: number;
  /** Microseconds the whole guest may run in a period. Integer. Can change while it runs. */
  global_quota?: number;
  /** Microseconds of the period the emulator's quota is of. Non-negative integer. Can change while it runs. */
  emulator_period?: number;
  /** Microseconds the emulator's threads may run in a period. Integer. Can change while it runs. */
  emulator_quota?: number;
  /** Microseconds of the period the I/O threads' quota is of. Non-negative integer. Can change while it runs. */
  iothread_period?: number;
  /** Microseconds each I/O thread may run in a period. Integer. Can change while it runs. */
  iothread_quota?: number;
  vcpupin?: Vcpupin[];
  emulatorpin?: Emulatorpin;
  iothreadpin?: Iothreadpin[];
  emulatorsched?: Emulatorsched;
  vcpusched?: Vcpusched[];
  iothreadsched?: Iothreadsched[];
  /** Since libvirt 4.1.0. */
  cachetune?: Cachetune[];
  /** Since libvirt 4.7.0. */
  memorytune?: Memorytune[];
};

export type Crypto = {
  /** Only virtio. Since libvirt 9.1.0. */
  model: "virtio";
  /** Only qemu. */
  type: "qemu";
  backend: {
    /** Who computes. */
    model: "builtin" | "lkcf";
    /** Number of queues. Non-negative integer. */
    queues?: number;
  };
  driver?: InputDriver;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
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
      /** The connection is encrypted. */
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
      /** Where the guest finds the device; once given it never moves. */
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

export type Defaultiothread = {
  /** Worker threads it keeps when there is nothing to do. Non-negative integer. Since libvirt 8.5.0. */
  thread_pool_min?: number;
  /** Worker threads it has at most. Non-negative integer. Since libvirt 8.5.0. */
  thread_pool_max?: number;
};

export type Device = {
  /** The host's device. */
  path: string;
  /** Share of this device's time. Non-negative integer. Can change while it runs. */
  weight?: number;
  /** Reads a second, at most; 0 is no limit. Non-negative integer. Can change while it runs. */
  read_iops_sec?: number;
  /** Writes a second, at most; 0 is no limit. Non-negative integer. Can change while it runs. */
  write_iops_sec?: number;
  /** Bytes read a second, at most; 0 is no limit. Non-negative integer. Can change while it runs. */
  read_bytes_sec?: number;
  /** Bytes written a second, at most; 0 is no limit. Non-negative integer. Can change while it runs. */
  write_bytes_sec?: number;
};

export type Devices = {
  /** Program that runs the guest. */
  emulator?: string;
  /** A hard disk, CD-ROM or floppy. Can change while it runs. */
  disk?: DevicesDisk[];
  /** What devices are plugged into; made as needed. Can change while it runs. */
  controller?: Controller[];
  /** Can change while it runs. */
  lease?: Lease[];
  /** Can change while it runs. */
  filesystem?: Filesystem[];
  /** A network card. Can change while it runs. */
  interface?: Interface[];
  smartcard?: Smartcard[];
  /** A serial port. Can change while it runs. */
  serial?: Serial[];
  /** A parallel port. */
  parallel?: Parallel[];
  /** The console of the guest; the first one is the first serial port. Can change while it runs. */
  console?: Console[];
  /** A private line between a program in the guest and one on the host. Can change while it runs. */
  channel?: Channel[];
  /** Keyboard, mouse or tablet. Can change while it runs. */
  input?: Input[];
  tpm?: Tpm[];
  /** How people see the screen. */
  graphics?: Graphics[];
  /** A sound card. */
  sound?: Sound[];
  /** Where sound goes on the host. */
  audio?: Audio[];
  /** A graphics card. */
  video?: Video[];
  /** Can change while it runs. */
  hostdev?: Hostdev[];
  /** Can change while it runs. */
  redirdev?: Redirdev[];
  redirfilter?: Redirfilter;
  hub?: Hub[];
  /** Restarts a guest that hangs. Can change while it runs. */
  watchdog?: Watchdog[];
  /** Takes memory from the guest and gives it back. */
  memballoon?: Memballoon;
  /** Random numbers from the host. Can change while it runs. */
  rng?: Rng[];
  nvram?: DevicesNvram;
  panic?: Panic[];
  /** Can change while it runs. */
  shmem?: Shmem[];
  /** Can change while it runs. */
  memory?: DevicesMemory[];
  crypto?: Crypto[];
  iommu?: Iommu;
  /** Can change while it runs. */
  vsock?: Vsock;
  pstore?: Pstore;
};

export type DevicesAudioInput = {
  /** QEMU mixes the streams itself. */
  mixingEngine?: boolean;
  /** Streams have the settings given here. */
  fixedSettings?: boolean;
  /** Streams at a time. Non-negative integer. */
  voices?: number;
  /** Microseconds of the buffer. Non-negative integer. */
  bufferLength?: number;
  /** Device of the host. */
  dev?: string;
  settings?: Settings;
};

export type DevicesDisk = {
  /** What the guest sees. */
  device?: "disk" | "cdrom" | "floppy" | "lun";
  /** Which virtio or USB device it is. */
  model?: "virtio" | "virtio-transitional" | "virtio-non-transitional" | "usb-storage" | "usb-bot";
  /** QEMU may send raw SCSI commands. */
  rawio?: boolean;
  /** Which SCSI commands pass. */
  sgio?: "default" | "filtered" | "unfiltered";
  /** How snapshots of the domain treat it. */
  snapshot?: "default" | "no" | "internal" | "external" | "manual";
  driver?: Driver;
  auth?: Auth;
  backingStore?: BackingStore;
  backenddomain?: {
    /** Domain of Xen that has the real device. */
    name?: string;
  };
  geometry?: Geometry;
  blockio?: Blockio;
  /** While it runs. */
  mirror?: Mirror;
  target?: Target;
  /** Can change while it runs. */
  iotune?: Throttlegroup;
  /** Since libvirt 11.2.0. */
  throttlefilters?: {
    throttlefilter?: Throttlefilter[];
  };
  /** The guest cannot write. */
  readonly?: boolean;
  /** Several guests may use it at once. */
  shareable?: boolean;
  /** What the guest writes is gone when it stops. */
  transient?: Transient;
  /** Serial number the guest reads. */
  serial?: string;
  /** World wide name the guest reads. */
  wwn?: string;
  /** Vendor the guest reads, of SCSI disks. */
  vendor?: string;
  /** Product the guest reads, of SCSI disks. */
  product?: string;
  encryption?: Encryption;
  boot?: {
    /** Place in the order of devices to start from, from 1. Non-negative integer. */
    order: number;
    /** What firmware of mainframes loads from it. */
    loadparm?: string;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
} & (
  | {
    type?: "file";
    source?: {
      /** Path of the image; none is an empty drive. */
      file?: string;
      /** Open files that a client has passed. */
      fdgroup?: string;
      /** What to do when the image is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Number of the image in the running guest's block graph. Non-negative integer. While it runs. */
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
      /** Path of the block device. */
      dev?: string;
      /** What to do when the image is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Number of the image in the running guest's block graph. Non-negative integer. While it runs. */
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
      /** What to do when the image is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Number of the image in the running guest's block graph. Non-negative integer. While it runs. */
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
      /** The connection is encrypted. */
      tls?: boolean;
      /** Name that the server's certificate has to have. */
      tlsHostname?: string;
      /** What to do when the image is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Number of the image in the running guest's block graph. Non-negative integer. While it runs. */
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
      /** What to do when the image is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Number of the image in the running guest's block graph. Non-negative integer. While it runs. */
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
      /** What to do when the image is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Number of the image in the running guest's block graph. Non-negative integer. While it runs. */
      index?: number;
      /** Where the guest finds the device; once given it never moves. */
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
      /** What to do when the image is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Number of the image in the running guest's block graph. Non-negative integer. While it runs. */
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
      /** Path of the block device. */
      dev?: string;
      /** What to do when the image is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Number of the image in the running guest's block graph. Non-negative integer. While it runs. */
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

export type DevicesHostdevAddress = {
  /** Bus of the host. Non-negative integer. */
  bus: number;
  /** SCSI target. Non-negative integer. */
  target: number;
  /** SCSI unit. Non-negative integer. */
  unit: number;
};

export type DevicesInterfaceDriver = {
  /** Whether the kernel or QEMU moves the packets. */
  name?: "qemu" | "vhost";
  /** When packets are sent. */
  txmode?: "iothread" | "timer";
  /** The guest's requests wake a thread instead of stopping the processor. */
  ioeventfd?: boolean;
  /** Fewer interrupts, by telling when the next is wanted. */
  event_idx?: boolean;
  /** Number of queues for several processors. Non-negative integer. */
  queues?: number;
  /** Entries of the queue for packets to the guest. Non-negative integer. */
  rx_queue_size?: number;
  /** Entries of the queue for packets from the guest. Non-negative integer. */
  tx_queue_size?: number;
  /** The device spreads packets over queues. */
  rss?: boolean;
  /** The guest is told the hash. */
  rss_hash_report?: boolean;
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  /** The device may cache addresses. */
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  /** Each queue's doorbell has a page of its own. */
  page_per_vq?: boolean;
  host?: DriverHost;
  guest?: DriverHost;
};

export type DevicesMemory = {
  /** Which kind of memory. */
  model: "dimm" | "nvdimm" | "virtio-pmem" | "virtio-mem" | "sgx-epc";
  /** Whether other processes see what is written. */
  access?: "shared" | "private";
  /** Contents are thrown away at the end. */
  discard?: boolean;
  /** Its identity for guests of POWER. UUID. */
  uuid?: string;
  source?: MemorySource;
  target: MemoryTarget;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type DevicesNvram = {
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type DirtyRing = {
  /** Written pages are told in a ring. */
  state: boolean;
  /** Entries of the ring. Non-negative integer. */
  size?: number;
};

export type Disk = {
  /** Target or source of the disk in the domain. */
  name: string;
  /** Whether the state is kept in the image, or a new image is written from then on. */
  snapshot?: "no" | "internal" | "external" | "manual";
  driver?: {
    /** Format of the new image. */
    type?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
    metadata_cache?: {
      /** Memory for the tables of a qcow2 image. Number of bytes. */
      max_sizeBytes?: number;
    };
  };
} & (
  | {
    type?: undefined;
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
    type: "file";
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
      /** The connection is encrypted. */
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
      /** Where the guest finds the device; once given it never moves. */
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

export type Domain = {
  /** Which kind of hypervisor runs it: kvm with the processor's help, qemu in pure emulation. */
  type: "none" | "qemu" | "kqemu" | "kvm" | "xen" | "lxc" | "uml" | "openvz" | "test" | "vmware" | "hyperv" | "vbox" | "phyp" | "parallels" | "bhyve" | "vz" | "hvf";
  /** Number of the running guest, new at every start. Integer. While it runs. */
  id?: number;
  /** What people call it; one name for one domain on a host. Never changes. */
  name: string;
  /** Its identity for good; made up when not given. UUID. Never changes. */
  uuid?: string;
  /** Tells the guest, by a number that changes, that it was restored from an earlier moment. */
  genid?: Genid;
  /** A short text for lists, in one line. Can change while it runs. */
  title?: string;
  /** Anything people want to remember about it. Can change while it runs. */
  description?: string;
  /** What applications keep with the domain, one element for each XML namespace. */
  metadata?: string;
  /** How far memory can grow by plugging memory devices. */
  maxMemory?: MaxMemory;
  /** Memory the guest has when it starts. */
  memory?: DomainMemory;
  /** How much of the memory the balloon leaves to the guest. Number of bytes. Can change while it runs. */
  currentMemoryBytes?: number;
  blkiotune?: Blkiotune;
  memtune?: Memtune;
  memoryBacking?: MemoryBacking;
  /** The virtual processors. */
  vcpu?: Vcpu;
  vcpus?: {
    vcpu?: DomainVcpu[];
  };
  /** Number of threads that serve disks apart from the processors' threads. Non-negative integer. */
  iothreads?: number;
  iothreadids?: {
    /** Can change while it runs. */
    iothread?: Iothread[];
  };
  /** Since libvirt 8.5.0. */
  defaultiothread?: Defaultiothread;
  cputune?: Cputune;
  numatune?: Numatune;
  resource?: Resource;
  sysinfo?: Sysinfo[];
  /** A program of the host that chooses what the guest boots. */
  bootloader?: string;
  /** Its arguments. */
  bootloader_args?: string;
  /** How it starts. */
  os: Os;
  idmap?: {
    uid?: Uid[];
    gid?: Uid[];
  };
  /** Since libvirt 11.2.0. */
  throttlegroups?: {
    throttlegroup?: Throttlegroup[];
  };
  /** What the machine can do beyond the plain board. */
  features?: Features;
  /** The processor the guest sees. */
  cpu?: Cpu;
  /** What the guest's clock shows when it starts. */
  clock?: Clock;
  /** What happens when the guest switches itself off. Can change while it runs. */
  on_poweroff?: "destroy" | "restart" | "rename-restart" | "preserve" | "coredump-destroy" | "coredump-restart";
  /** What happens when the guest restarts. Can change while it runs. */
  on_reboot?: "destroy" | "restart" | "rename-restart" | "preserve" | "coredump-destroy" | "coredump-restart";
  /** What happens when the guest reports a crash. Can change while it runs. */
  on_crash?: "destroy" | "restart" | "rename-restart" | "preserve" | "coredump-destroy" | "coredump-restart";
  /** What happens when the lock on a disk is lost. */
  on_lockfailure?: "default" | "poweroff" | "restart" | "pause" | "ignore";
  pm?: Pm;
  perf?: {
    /** Can change while it runs. */
    event?: Event[];
  };
  devices?: Devices;
  /** How the guest is kept apart from others and from the host. */
  seclabel?: DomainSeclabel[];
  keywrap?: {
    cipher?: DomainCipher[];
  };
  launchSecurity?: LaunchSecurity;
  /** Arguments, environment and overrides for QEMU itself; nobody checks them. */
  $xml?: string[];
};

export type DomainCipher = {
  /** Name of the cipher, or the kind of key. */
  name: "aes" | "dea";
  /** Whether keys of this kind are wrapped. */
  state: boolean;
};

export type DomainDevicesAudioInput = {
  /** QEMU mixes the streams itself. */
  mixingEngine?: boolean;
  /** Streams have the settings given here. */
  fixedSettings?: boolean;
  /** Streams at a time. Non-negative integer. */
  voices?: number;
  /** Microseconds of the buffer. Non-negative integer. */
  bufferLength?: number;
  /** Number of buffers. Non-negative integer. */
  bufferCount?: number;
  settings?: Settings;
};

export type DomainMemory = {
  /** Whether a core dump of the hypervisor holds the guest's memory. */
  dumpCore?: boolean;
  /** The amount; KiB unless a unit is given. Number of bytes. */
  valueBytes?: number;
};

export type DomainSeclabel = {
  /** Made up at the start, given here, or none. */
  type?: "none" | "dynamic" | "static";
  /** Which security system it is for. */
  model?: string;
  /** Whether files get labels. */
  relabel?: boolean;
  /** The label itself. */
  label?: string;
  /** The label of its files, made up at the start. While it runs. */
  imagelabel?: string;
  /** What a label that is made up begins with. */
  baselabel?: string;
};

export type DomainSysinfoEntry = {
  /** Name of the file, best below opt/. */
  name: string;
  /** File of the host with its content. */
  file?: string;
  /** Its content, when not in a file. */
  value?: string;
};

export type DomainVcpu = {
  /** Number of the processor. Non-negative integer. */
  id: number;
  /** Whether it is plugged. Can change while it runs. */
  enabled: boolean;
  /** Whether it can be unplugged. */
  hotpluggable?: boolean;
  /** In which order processors are plugged. Non-negative integer. */
  order?: number;
};

export type Domainsnapshot = {
  /** One name for one snapshot of a domain; the time when not given. */
  name?: string;
  /** Anything people want to remember about it. */
  description?: string;
  /** What the domain did then. */
  state?: "running" | "blocked" | "paused" | "shutdown" | "shutoff" | "crashed" | "pmsuspended" | "disk-snapshot";
  parent?: {
    /** The one the domain was at when this was taken. */
    name?: string;
  };
  /** When it was taken, in seconds since 1970. Integer. */
  creationTime?: number;
  memory?: Memory;
  disks?: {
    disk?: Disk[];
  };
  domain?: Domain;
  inactiveDomain?: Domain;
  /** What the hypervisor notes for itself. */
  $xml?: string[];
  /** In files: 1 for the one the domain is at. Non-negative integer. */
  active?: number;
};

export type DomainsnapshotDomainDevicesAudioInput = {
  /** QEMU mixes the streams itself. */
  mixingEngine?: boolean;
  /** Streams have the settings given here. */
  fixedSettings?: boolean;
  /** Streams at a time. Non-negative integer. */
  voices?: number;
  /** Microseconds of the buffer. Non-negative integer. */
  bufferLength?: number;
  /** Server to connect to. */
  serverName?: string;
  /** Name to connect as. */
  clientName?: string;
  /** Ports to connect to. */
  connectPorts?: string;
  /** The name must not be changed. */
  exactName?: boolean;
  settings?: Settings;
};

export type Driver = {
  /** Who serves the disk. */
  name?: string;
  /** Format of the image; never guessed from its contents. */
  type?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  /** How writes go through the host's cache. */
  cache?: "default" | "none" | "writethrough" | "writeback" | "directsync" | "unsafe";
  /** What happens when the host cannot write. */
  error_policy?: "default" | "stop" | "report" | "ignore" | "enospace";
  /** What happens when the host cannot read. */
  rerror_policy?: "default" | "stop" | "report" | "ignore" | "enospace";
  /** How the host does input and output. */
  io?: "default" | "native" | "threads" | "io_uring";
  /** The guest's requests wake a thread instead of stopping the processor. */
  ioeventfd?: boolean;
  /** Fewer interrupts, by telling when the next is wanted. */
  event_idx?: boolean;
  /** Blocks read from the backing image are kept. */
  copy_on_read?: boolean;
  /** Whether blocks the guest frees are freed on the host. */
  discard?: "default" | "unmap" | "ignore";
  /** Number of the I/O thread that serves it. Non-negative integer. */
  iothread?: number;
  /** Whether writing zeroes is made into freeing. */
  detect_zeroes?: "default" | "off" | "on" | "unmap";
  /** Number of queues. Non-negative integer. */
  queues?: number;
  /** Entries in a queue. Non-negative integer. */
  queue_size?: number;
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  /** The device may cache addresses. */
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  /** Each queue's doorbell has a page of its own. */
  page_per_vq?: boolean;
  /** Space that the guest frees stays its own in the image. Since libvirt 9.5.0. */
  discard_no_unref?: boolean;
  iothreads?: {
    iothread?: DriverIothread[];
  };
  /** Since libvirt 11.9.0. */
  statistics?: {
    statistic?: Statistic[];
  };
  metadata_cache?: {
    /** Memory for the tables of a qcow2 image. Number of bytes. */
    max_sizeBytes?: number;
  };
};

export type DriverHost = {
  /** Checksums are left to the other side. */
  csum?: boolean;
  /** Large packets of any kind pass. */
  gso?: boolean;
  /** Large TCP packets of IPv4 pass. */
  tso4?: boolean;
  /** Large TCP packets of IPv6 pass. */
  tso6?: boolean;
  /** Large packets with congestion marks pass. */
  ecn?: boolean;
  /** Large UDP packets pass. */
  ufo?: boolean;
  /** A packet can fill several buffers. */
  mrg_rxbuf?: boolean;
};

export type DriverIothread = {
  /** The I/O thread. Non-negative integer. */
  id: number;
  queue?: Queue[];
};

export type Emulatorpin = {
  /** Host processors for all other threads of the emulator. Set of CPU numbers. Can change while it runs. */
  cpuset: string;
};

export type Emulatorsched = {
  /** Scheduling policy of the host. */
  scheduler: "batch" | "idle" | "fifo" | "rr";
  /** 1 to 99 for real-time policies; more is first. Integer. */
  priority?: number;
};

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

export type Entry = {
  /** Which field of the table. */
  name?: string;
  /** Its text. */
  value?: string;
};

export type Event = {
  /** Which counter. */
  name: "cmt" | "mbmt" | "mbml" | "cpu_cycles" | "instructions" | "cache_references" | "cache_misses" | "branch_instructions" | "branch_misses" | "bus_cycles" | "stalled_cycles_frontend" | "stalled_cycles_backend" | "ref_cpu_cycles" | "cpu_clock" | "task_clock" | "page_faults" | "context_switches" | "cpu_migrations" | "page_faults_min" | "page_faults_maj" | "alignment_faults" | "emulation_faults";
  /** Whether it counts. Can change while it runs. */
  enabled: boolean;
};

export type Feature = {
  /** Whether the firmware has to have it, or must not. */
  enabled: boolean;
  /** What the firmware is asked for. */
  name: "enrolled-keys" | "secure-boot";
};

export type Features = {
  /** Power management and device tables; needed for a clean shutdown. */
  acpi?: boolean;
  /** The interrupt controller of PCs. */
  apic?: Apic;
  /** 32-bit guests can address more than 4 GiB. */
  pae?: boolean;
  hap?: Hap;
  /** Xen's name for what Windows wants of a hypervisor. */
  viridian?: boolean;
  /** A container has a network of its own. */
  privnet?: boolean;
  /** What makes Windows run faster, as Hyper-V offers it. */
  hyperv?: Hyperv;
  /** Details of KVM that a guest can notice. */
  kvm?: Kvm;
  pvspinlock?: {
    /** The guest tells when it spins. */
    state?: boolean;
  };
  capabilities?: Capabilities;
  pmu?: {
    /** Performance counters. */
    state?: boolean;
  };
  vmport?: {
    /** VMware's port, which absolute mice of old guests use. */
    state?: boolean;
  };
  gic?: Gic;
  smm?: Smm;
  ioapic?: {
    /** Interrupt controller in the kernel or in QEMU. */
    driver?: "kvm" | "qemu";
  };
  hpt?: Hpt;
  vmcoreinfo?: {
    /** The guest leaves a note that helps with its core dumps. */
    state?: boolean;
  };
  htm?: {
    /** Transactional memory of POWER. */
    state: boolean;
  };
  "nested-hv"?: {
    /** Guests of POWER can run guests. */
    state: boolean;
  };
  msrs?: {
    /** What happens when the guest reads a register that is not there. */
    unknown: "ignore" | "fault";
  };
  "ccf-assist"?: {
    /** Count cache flush assist of POWER. */
    state: boolean;
  };
  xen?: Xen;
  cfpc?: {
    /** Cache flush on privilege change, of POWER. */
    value?: "broken" | "workaround" | "fixed";
  };
  sbbc?: {
    /** Speculation barrier and bounds checking, of POWER. */
    value?: "broken" | "workaround" | "fixed";
  };
  ibs?: {
    /** Indirect branch speculation, of POWER. */
    value?: "broken" | "workaround" | "fixed-ibs" | "fixed-ccd" | "fixed-na";
  };
  tcg?: Tcg;
  "async-teardown"?: {
    /** Memory is given back in the background when the guest ends. Since libvirt 9.6.0. */
    enabled?: boolean;
  };
  ras?: {
    /** Hardware errors reach guests of ARM. Since libvirt 10.4.0. */
    state?: boolean;
  };
  ps2?: {
    /** The keyboard and mouse controller of PCs. Since libvirt 10.7.0. */
    state?: boolean;
  };
  aia?: {
    /** Interrupt architecture of RISC-V. Since libvirt 11.1.0. */
    value?: "none" | "aplic" | "aplic-imsic";
  };
  /** Kept as it is, and refused. */
  $xml?: string[];
};

export type Filesystem = {
  /** Whose rights files have. */
  accessmode?: "passthrough" | "mapped" | "squash";
  /** Which virtio device it is. */
  model?: "virtio" | "virtio-transitional" | "virtio-non-transitional";
  /** What happens when it spans several of the host's file systems. */
  multidevs?: "default" | "remap" | "forbid" | "warn";
  /** Mode of new files. Octal integer. */
  fmode?: number;
  /** Mode of new folders. Octal integer. */
  dmode?: number;
  driver?: FilesystemDriver;
  binary?: Binary;
  /** Since libvirt 10.0.0. */
  idmap?: {
    uid?: Uid[];
    gid?: Uid[];
  };
  target?: {
    /** Name that guests mount it by. */
    dir?: string;
  };
  /** Guests cannot write. */
  readonly?: boolean;
  boot?: {
    /** Place in the order of devices to start from, from 1. Non-negative integer. */
    order: number;
    /** What firmware of mainframes loads from it. */
    loadparm?: string;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
  /** Space at most. Number of bytes. */
  space_hard_limitBytes?: number;
  /** Space before warnings. Number of bytes. */
  space_soft_limitBytes?: number;
} & (
  | {
    type?: "mount";
    source?: {
      /** Folder of the host. */
      dir?: string;
      /** Socket of a virtiofsd that somebody else runs. */
      socket?: string;
    };
  }
  | {
    type: "file";
    source?: {
      /** Path of the file. */
      file?: string;
    };
  }
  | {
    type: "block";
    source?: {
      /** Device of the host. */
      dev?: string;
    };
  }
  | {
    type: "template";
    source?: {
      /** What the server, or whoever shares it, calls it. */
      name?: string;
    };
  }
  | {
    type: "ram";
    source?: {
      /** Size of a file system in memory. Non-negative integer. */
      usage: number;
      /** Unit of the size. */
      units?: string;
    };
  }
  | {
    type: "bind";
    source?: {
      /** Folder of the host. */
      dir?: string;
    };
  }
  | {
    type: "volume";
    source?: {
      /** Pool of the volume. */
      pool?: string;
      /** The volume. */
      volume?: string;
    };
  }
);

export type FilesystemDriver = {
  /** Who serves it: QEMU or virtiofsd. */
  type?: "path" | "handle" | "loop" | "nbd" | "ploop" | "virtiofs" | "mtp";
  /** Format of the image. */
  format?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  /** When writes reach the disk. */
  wrpolicy?: "immediate";
  /** Requests that can be under way. Non-negative integer. */
  queue?: number;
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  /** The device may cache addresses. */
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  /** Each queue's doorbell has a page of its own. */
  page_per_vq?: boolean;
};

export type Filterref = {
  /** The filter. */
  filter: string;
  parameter?: Parameter[];
};

export type Format = {
  /** Format of the image. */
  type: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  metadata_cache?: {
    /** Memory for the tables of a qcow2 image. Number of bytes. */
    max_sizeBytes?: number;
  };
};

export type Genid = {
  /** The number; made up when empty. UUID. */
  value?: string;
};

export type Geometry = {
  /** Cylinders. Non-negative integer. */
  cyls?: number;
  /** Heads. Non-negative integer. */
  heads?: number;
  /** Sectors of a track. Non-negative integer. */
  secs?: number;
  /** How the BIOS translates them. */
  trans?: "default" | "none" | "auto" | "lba";
};

export type Gic = {
  /** Version of ARM's interrupt controller. */
  version?: string;
};

export type Gl = {
  /** Draw with the host's graphics card. */
  enable: boolean;
  /** Device file of that card. */
  rendernode?: string;
};

export type Graphics = {
} & (
  | {
    type: "vnc";
    /** The socket, in older spelling. */
    socket?: string;
    /** TCP port; -1 for a free one. Integer. */
    port?: number;
    /** A free port is taken at every start. */
    autoport?: boolean;
    /** Port for browsers; -1 for a free one. Integer. */
    websocket?: number;
    /** The address, in older spelling. */
    listen?: string;
    /** Keyboard layout of viewers that send no key codes. */
    keymap?: string;
    /** Whether several clients can be connected. */
    sharePolicy?: "allow-exclusive" | "force-shared" | "ignore";
    /** Clients may switch the guest off. */
    powerControl?: boolean;
    /** The guest starts when a client has come. Since libvirt 11.6.0. */
    wait?: boolean;
    /** Password of viewers. Shown only when secrets are asked for. Can change while it runs. */
    passwd?: string;
    /** End of the password's life. Can change while it runs. */
    passwdValidTo?: string;
    /** What happens to clients when the password changes. Can change while it runs. */
    connected?: "fail" | "disconnect" | "keep";
    listenElement?: Listen[];
    audio?: {
      /** Number of the back end. Non-negative integer. */
      id: number;
    };
  }
  | {
    type: "spice";
    /** TCP port; -1 for a free one. Integer. */
    port?: number;
    /** Port for encrypted connections. Integer. */
    tlsPort?: number;
    /** A free port is taken at every start. */
    autoport?: boolean;
    /** The address, in older spelling. */
    listen?: string;
    /** Keyboard layout of viewers that send no key codes. */
    keymap?: string;
    /** Whether channels have to be encrypted. */
    defaultMode?: "any" | "secure" | "insecure";
    /** Password of viewers. Shown only when secrets are asked for. Can change while it runs. */
    passwd?: string;
    /** End of the password's life. Can change while it runs. */
    passwdValidTo?: string;
    /** What happens to clients when the password changes. Can change while it runs. */
    connected?: "fail" | "disconnect" | "keep";
    listenElement?: Listen[];
    channel?: GraphicsChannel[];
    image?: {
      /** How images are compressed. */
      compression: "auto_glz" | "auto_lz" | "quic" | "glz" | "lz" | "off";
    };
    jpeg?: {
      /** When images are sent as JPEG. */
      compression: "auto" | "never" | "always";
    };
    zlib?: {
      /** When images are compressed again for slow lines. */
      compression: "auto" | "never" | "always";
    };
    playback?: {
      /** Whether sound is compressed. */
      compression: boolean;
    };
    streaming?: {
      /** What counts as a video. */
      mode: "filter" | "all" | "off";
    };
    mouse?: {
      /** Whether the pointer is the client's or the guest's. */
      mode: "client" | "server";
    };
    clipboard?: {
      /** Whether texts can be copied between guest and client. */
      copypaste: boolean;
    };
    filetransfer?: {
      /** Whether files can be dropped into the guest. */
      enable: boolean;
    };
    gl?: Gl;
  }
  | {
    type: "sdl";
    /** Display of the host's X server. */
    display?: string;
    /** File with the key to it. */
    xauth?: string;
    /** It fills the screen. */
    fullscreen?: boolean;
    gl?: {
      /** Draw with the host's graphics card. */
      enable: boolean;
    };
  }
  | {
    type: "rdp";
    /** TCP port; -1 for a free one. Integer. */
    port?: number;
    /** A free port is taken at every start. */
    autoport?: boolean;
    /** A new client ends the connection of the one before. */
    replaceUser?: boolean;
    /** Several clients can be connected. */
    multiUser?: boolean;
    /** The address, in older spelling. */
    listen?: string;
    /** User that clients log in as. Since libvirt 11.1.0. */
    username?: string;
    /** Password of viewers. Shown only when secrets are asked for. Can change while it runs. */
    passwd?: string;
    /** End of the password's life. Can change while it runs. */
    passwdValidTo?: string;
    /** What happens to clients when the password changes. Can change while it runs. */
    connected?: "fail" | "disconnect" | "keep";
    listenElement?: Listen[];
  }
  | {
    type: "desktop";
    /** Display of the host's X server. */
    display?: string;
    /** It fills the screen. */
    fullscreen?: boolean;
  }
  | {
    type: "egl-headless";
    gl?: {
      /** Device file of that card. */
      rendernode?: string;
    };
  }
  | {
    type: "dbus";
    /** Clients come over a connection of their own. */
    p2p?: boolean;
    /** Address of the bus. */
    address?: string;
    gl?: Gl;
    audio?: {
      /** Number of the back end. Non-negative integer. */
      id: number;
    };
  }
);

export type GraphicsChannel = {
  /** Which channel of SPICE. */
  name: "main" | "display" | "inputs" | "cursor" | "playback" | "record" | "smartcard" | "usbredir";
  /** Whether it has to be encrypted. */
  mode: "any" | "secure" | "insecure";
};

export type Guest = {
  /** Name inside a container. */
  dev?: string;
  /** Name outside while it runs. */
  actual?: string;
};

export type Hap = {
  /** Memory is mapped by the processor. */
  state?: boolean;
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

export type Hostdev = {
  /** The device itself, or a capability of containers. */
  mode?: "subsystem" | "capabilities";
  /** The daemon takes it from the host and gives it back. */
  managed?: boolean;
  teaming?: Teaming;
  /** Guests cannot write. */
  readonly?: boolean;
  /** Several guests may have it. */
  shareable?: boolean;
  boot?: {
    /** Place in the order of devices to start from, from 1. Non-negative integer. */
    order: number;
    /** What firmware of mainframes loads from it. */
    loadparm?: string;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  rom?: Rom;
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
} & (
  | {
    type: "usb";
    source: {
      /** What happens when it is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Whether the guest may reset the device. */
      guestReset?: "off" | "uninitialized" | "on";
      /** It was not there at the start. While it runs. */
      missing?: boolean;
      vendor?: {
        /** USB vendor. Hexadecimal integer. */
        id: number;
      };
      product?: {
        /** USB product. Hexadecimal integer. */
        id: number;
      };
      /** Where the guest finds the device; once given it never moves. */
      address?: HostdevAddress;
    };
  }
  | {
    type: "pci";
    driver?: InterfaceDriver;
    source: {
      /** Whether Xen filters writes to its configuration. */
      writeFiltering?: boolean;
      /** Where the guest finds the device; once given it never moves. */
      address?: Address;
      /** While it runs. */
      origstates?: Origstates;
    };
  }
  | {
    type: "scsi";
    /** Which SCSI commands pass. */
    sgio?: "filtered" | "unfiltered";
    /** QEMU may send raw SCSI commands. */
    rawio?: boolean;
    source: {
      /** Protocol of the server, or of SCSI. */
      protocol?: "adapter" | "iscsi";
      /** What the server, or whoever shares it, calls it. */
      name?: string;
      adapter?: {
        /** SCSI adapter of the host. */
        name?: string;
      };
      /** Where the guest finds the device; once given it never moves. */
      address?: DevicesHostdevAddress;
      host?: Host[];
      auth?: Auth;
      initiator?: {
        iqn?: {
          /** Name that iSCSI servers see. */
          name?: string;
        };
      };
    };
  }
  | {
    type: "scsi_host";
    /** Which virtio or mediated device it is. */
    model?: "virtio" | "virtio-transitional" | "virtio-non-transitional";
    source: {
      /** Protocol of the server, or of SCSI. */
      protocol: string;
      /** World wide port name. */
      wwpn?: string;
    };
  }
  | {
    type: "mdev";
    /** Which virtio or mediated device it is. */
    model: "vfio-pci" | "vfio-ccw" | "vfio-ap";
    /** The device shows a screen. */
    display?: boolean;
    /** There is a simple screen until it does. */
    ramfb?: boolean;
    source: {
      /** Where the guest finds the device; once given it never moves. */
      address: {
        /** UUID of a mediated device. UUID. */
        uuid: string;
      };
    };
  }
  | {
    type: "storage";
    source: {
      /** Device file of a disk. */
      block: string;
    };
  }
  | {
    type: "misc";
    source: {
      /** Device file. */
      char: string;
    };
  }
  | {
    type: "net";
    source: {
      /** Network card. */
      interface: string;
    };
    ip?: Ip[];
    route?: Route[];
  }
);

export type HostdevAddress = {
  /** Bus of the host. Non-negative integer. */
  bus?: number;
  /** Number on that bus, which changes when it is plugged again. Non-negative integer. */
  device?: number;
  /** Port that it is plugged into. Since libvirt 12.0.0. */
  port?: string;
};

export type Hpt = {
  /** Whether the page table of POWER can grow. */
  resizing?: "enabled" | "disabled" | "required";
  /** Largest page it can hold. Number of bytes. */
  maxpagesizeBytes?: number;
};

export type Hub = {
  /** Only usb. */
  type: "usb";
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Hugepages = {
  page?: Page[];
};

export type Hyperv = {
  /** Only what is listed ("custom"), or all that the host has ("passthrough"). */
  mode?: "custom" | "passthrough";
  relaxed?: {
    /** Windows waits longer before it calls a processor stuck. */
    state: boolean;
  };
  vapic?: {
    /** Faster access to the interrupt controller. */
    state: boolean;
  };
  spinlocks?: Spinlocks;
  vpindex?: {
    /** Number of the processor. */
    state: boolean;
  };
  runtime?: {
    /** Time processors have run. */
    state: boolean;
  };
  synic?: {
    /** Synthetic interrupt controller. */
    state: boolean;
  };
  stimer?: Stimer;
  reset?: {
    /** The guest can reset itself by a register. */
    state: boolean;
  };
  vendor_id?: VendorId;
  frequencies?: {
    /** Frequencies of the timers. */
    state: boolean;
  };
  reenlightenment?: {
    /** The guest is told when its time counter changes, as after migration. */
    state: boolean;
  };
  tlbflush?: Tlbflush;
  ipi?: {
    /** Faster interrupts between processors. */
    state: boolean;
  };
  evmcs?: {
    /** Faster nested guests. */
    state: boolean;
  };
  avic?: {
    /** Interrupts by the processor's own virtualization. */
    state: boolean;
  };
  emsr_bitmap?: {
    /** Faster nested guests by fewer exits for registers. Since libvirt 10.7.0. */
    state: boolean;
  };
  xmm_input?: {
    /** Calls to the hypervisor with arguments in XMM registers. Since libvirt 10.7.0. */
    state: boolean;
  };
  /** Kept as it is, and refused. */
  $xml?: string[];
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

export type Inbound = {
  /** KiB a second on average, towards whom it belongs to. Non-negative integer. */
  average?: number;
  /** KiB a second at most. Non-negative integer. */
  peak?: number;
  /** KiB a second in any case. Non-negative integer. */
  floor?: number;
  /** KiB that may come at the peak. Non-negative integer. */
  burst?: number;
};

export type Initarg = {
  /** An argument for it. */
  value?: string;
};

export type Initenv = {
  /** Name of a variable for it. */
  name: string;
  /** The variable's value. */
  value?: string;
};

export type Input = {
  /** Which of them. */
  type: "mouse" | "tablet" | "keyboard" | "passthrough" | "evdev";
  /** What it is plugged into. */
  bus?: "ps2" | "usb" | "xen" | "parallels" | "virtio" | "none";
  /** Which virtio device it is. */
  model?: "virtio" | "virtio-transitional" | "virtio-non-transitional";
  driver?: InputDriver;
  source?: InputSource;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Input2 = {
  /** QEMU mixes the streams itself. */
  mixingEngine?: boolean;
  /** Streams have the settings given here. */
  fixedSettings?: boolean;
  /** Streams at a time. Non-negative integer. */
  voices?: number;
  /** Microseconds of the buffer. Non-negative integer. */
  bufferLength?: number;
  /** Device of the host. */
  dev?: string;
  /** Number of buffers. Non-negative integer. */
  bufferCount?: number;
  /** Wait with poll instead of a timer. */
  tryPoll?: boolean;
  settings?: Settings;
};

export type Input3 = {
  /** QEMU mixes the streams itself. */
  mixingEngine?: boolean;
  /** Streams have the settings given here. */
  fixedSettings?: boolean;
  /** Streams at a time. Non-negative integer. */
  voices?: number;
  /** Microseconds of the buffer. Non-negative integer. */
  bufferLength?: number;
  /** Name of the device in the sound system. */
  name?: string;
  /** Name of the stream. */
  streamName?: string;
  /** Microseconds of delay wanted. Non-negative integer. */
  latency?: number;
  settings?: Settings;
};

export type InputDriver = {
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  /** The device may cache addresses. */
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  /** Each queue's doorbell has a page of its own. */
  page_per_vq?: boolean;
};

export type InputSource = {
  /** Device file that is passed through. */
  evdev?: string;
  /** Device of the host. */
  dev?: string;
  /** Take all devices with it. */
  grab?: "all";
  /** Keys that give them back. */
  grabToggle?: "ctrl-ctrl" | "alt-alt" | "shift-shift" | "meta-meta" | "scrolllock" | "ctrl-scrolllock";
  /** Keys repeat. */
  repeat?: boolean;
};

export type Interconnects = {
  latency?: Latency[];
  bandwidth?: Bandwidth[];
};

export type Interface = {
  /** The daemon takes the card from the host and gives it back. */
  managed?: boolean;
  /** The guest may change its MAC address and filters. Can change while it runs. */
  trustGuestRxFilters?: boolean;
  mac?: {
    /** Its hardware address; made up when not given. MAC address. */
    address?: string;
    /** Whether it is of the range that VMware makes. */
    type?: "generated" | "static";
    /** Whether VMware checks it. */
    check?: boolean;
    /** The address that the guest has set. MAC address. While it runs. Since libvirt 12.0.0. */
    currentAddress?: string;
  };
  /** Can change while it runs. */
  vlan?: Vlan;
  /** Can change while it runs. */
  virtualport?: Virtualport;
  /** Can change while it runs. */
  bandwidth?: InterfaceBandwidth;
  /** Can change while it runs. */
  port?: Port;
  /** While it runs. */
  actual?: Actual;
  ip?: Ip[];
  route?: Route[];
  portForward?: PortForward[];
  script?: {
    /** Program that sets the tap up. */
    path?: string;
  };
  downscript?: {
    /** Program that takes it down. */
    path?: string;
  };
  backenddomain?: {
    /** Domain of Xen that has the real device. */
    name?: string;
  };
  target?: InterfaceTarget;
  guest?: Guest;
  model?: {
    /** Which card the guest sees. */
    type?: string;
  };
  driver?: DevicesInterfaceDriver;
  backend?: Backend;
  /** Can change while it runs. */
  filterref?: Filterref;
  tune?: {
    /** Bytes the guest can have on the way. Non-negative integer. */
    sndbuf?: number;
  };
  teaming?: Teaming;
  link?: {
    /** Whether the cable is plugged. Can change while it runs. */
    state?: "up" | "down";
  };
  mtu?: {
    /** Largest packet the link carries. Non-negative integer. */
    size?: number;
  };
  coalesce?: {
    rx?: {
      frames?: {
        /** Packets received before an interrupt. Non-negative integer. Can change while it runs. */
        max?: number;
      };
    };
  };
  boot?: {
    /** Place in the order of devices to start from, from 1. Non-negative integer. */
    order: number;
    /** What firmware of mainframes loads from it. */
    loadparm?: string;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  rom?: Rom;
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
} & (
  | {
    type?: "user";
    source?: {
      /** Name of the interface on the host. */
      dev?: string;
    };
  }
  | {
    type: "network";
    source?: {
      /** Name of the virtual network. Can change while it runs. */
      network: string;
      /** Group of ports whose settings hold. Can change while it runs. */
      portgroup?: string;
      /** The interface's port on the network. UUID. While it runs. */
      portid?: string;
      /** Name of the bridge on the host. While it runs. */
      bridge?: string;
      /** Who fills the bridge's table of addresses. While it runs. */
      macTableManager?: "kernel" | "libvirt";
    };
  }
  | {
    type: "bridge";
    source?: {
      /** Name of the virtual network. While it runs. */
      network?: string;
      /** Group of ports whose settings hold. While it runs. */
      portgroup?: string;
      /** The interface's port on the network. UUID. While it runs. */
      portid?: string;
      /** Name of the bridge on the host. Can change while it runs. */
      bridge: string;
      /** Who fills the bridge's table of addresses. While it runs. */
      macTableManager?: "kernel" | "libvirt";
    };
  }
  | {
    type: "direct";
    source?: {
      /** Name of the virtual network. While it runs. */
      network?: string;
      /** Group of ports whose settings hold. While it runs. */
      portgroup?: string;
      /** The interface's port on the network. UUID. While it runs. */
      portid?: string;
      /** Name of the interface on the host. */
      dev: string;
      /** Listen or connect. */
      mode?: "vepa" | "bridge" | "private" | "passthrough";
    };
  }
  | {
    type: "ethernet";
    source?: {
      ip?: Ip[];
      route?: Route[];
    };
  }
  | {
    type: "vhostuser";
    source?: {
      /** Kind of the other side. */
      type: string;
      /** Path of it on the host. */
      path: string;
      /** Listen or connect. */
      mode: "server" | "client";
      reconnect?: Reconnect;
    };
  }
  | {
    type: "server";
    source?: {
      /** Address. */
      address?: string;
      /** Port. Integer. */
      port: number;
    };
  }
  | {
    type: "client";
    source?: {
      /** Address. */
      address: string;
      /** Port. Integer. */
      port: number;
    };
  }
  | {
    type: "mcast";
    source?: {
      /** Address. */
      address: string;
      /** Port. Integer. */
      port: number;
    };
  }
  | {
    type: "udp";
    source?: {
      /** Address. */
      address: string;
      /** Port. Integer. */
      port: number;
      local?: Local;
    };
  }
  | {
    type: "internal";
    source?: {
      /** What the server, or whoever shares it, calls it. */
      name: string;
    };
  }
  | {
    type: "hostdev";
    driver?: InterfaceDriver;
    source?: {
      /** Where the guest finds the device; once given it never moves. */
      address?: {
      } & (
        | {
          type?: undefined;
        }
        | {
          type: "pci";
          /** PCI domain. Hexadecimal integer. */
          domain?: number;
          /** Bus of the host. Hexadecimal integer. */
          bus?: number;
          /** Slot on the bus. Hexadecimal integer. */
          slot?: number;
          /** Function in the slot. Hexadecimal integer. */
          function?: number;
        }
        | {
          type: "usb";
          /** Bus of the host. Non-negative integer. */
          bus?: number;
          /** Number on that bus, which changes when it is plugged again. Non-negative integer. */
          device?: number;
          /** Port that it is plugged into. Since libvirt 12.0.0. */
          port?: string;
        }
      );
    };
  }
  | {
    type: "vdpa";
    source?: {
      /** Name of the interface on the host. */
      dev: string;
    };
  }
  | {
    type: "vds";
    source: {
      /** Switch of VMware. UUID. */
      switchid: string;
      /** The interface's port on the network. Integer. */
      portid: number;
      /** Port group of VMware. */
      portgroupid: string;
      /** Connection of VMware. Integer. */
      connectionid: number;
    };
  }
  | {
    type: "null";
  }
);

export type InterfaceBandwidth = {
  /** Class of the port in its network's shaping. Non-negative integer. */
  classID?: number;
  inbound?: Inbound;
  outbound?: Inbound;
};

export type InterfaceDriver = {
  /** Whether the kernel or QEMU moves the packets. */
  name?: "kvm" | "vfio" | "xen";
  /** The host's driver for it, or the kind of server. Since libvirt 10.0.0. */
  model?: string;
  /** Through the kernel's newer interface. Since libvirt 12.0.0. */
  iommufd?: boolean;
};

export type InterfaceTarget = {
  /** Name of the host's end. */
  dev?: string;
  /** The tap is there already when it is no. */
  managed?: boolean;
};

export type Iommu = {
  /** Which device. */
  model: "intel" | "smmuv3" | "virtio" | "amd";
  driver?: IommuDriver;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type IommuDriver = {
  /** Interrupts are remapped. */
  intremap?: boolean;
  /** Host devices can be behind it. */
  caching_mode?: boolean;
  /** Extended interrupts, for many processors. */
  eim?: boolean;
  /** Devices can cache addresses. */
  iotlb?: boolean;
  /** Bits of an address. Non-negative integer. */
  aw_bits?: number;
  /** Addresses are translated, and not only interrupts. Since libvirt 10.7.0. */
  dma_translation?: boolean;
  /** Interrupts for many processors. Since libvirt 11.5.0. */
  xtsup?: boolean;
  /** Addresses pass as they are. Since libvirt 11.5.0. */
  passthrough?: boolean;
};

export type Iothread = {
  /** Number that disks and controllers name it by. Non-negative integer. */
  id: number;
  /** Worker threads it keeps when there is nothing to do. Non-negative integer. Since libvirt 8.5.0. */
  thread_pool_min?: number;
  /** Worker threads it has at most. Non-negative integer. Since libvirt 8.5.0. */
  thread_pool_max?: number;
  /** Since libvirt 9.4.0. */
  poll?: Poll;
};

export type Iothreadpin = {
  /** Number of the I/O thread. Non-negative integer. */
  iothread: number;
  /** Host processors it may run on. Set of CPU numbers. Can change while it runs. */
  cpuset: string;
};

export type Iothreadsched = {
  /** I/O threads this goes for. Set of CPU numbers. */
  iothreads: string;
  /** Scheduling policy of the host. */
  scheduler: "batch" | "idle" | "fifo" | "rr";
  /** 1 to 99 for real-time policies; more is first. Integer. */
  priority?: number;
};

export type Ip = {
  /** The address. IP address. */
  address: string;
  /** IPv4 or IPv6. */
  family?: "ipv4" | "ipv6";
  /** Bits of the network. Non-negative integer. */
  prefix?: number;
  /** Address of the other end. IP address. */
  peer?: string;
};

export type Ivgen = {
  /** How initial values are made. */
  name?: string;
  /** Hash function for them. */
  hash?: string;
};

export type Kvm = {
  hidden?: {
    /** The guest is not told that it runs on KVM. */
    state: boolean;
  };
  "hint-dedicated"?: {
    /** The guest is told that its processors are its own. */
    state: boolean;
  };
  "poll-control"?: {
    /** The guest decides how long the host polls when it is idle. */
    state: boolean;
  };
  "pv-ipi"?: {
    /** Faster interrupts between processors. */
    state: boolean;
  };
  "dirty-ring"?: DirtyRing;
  /** Kept as it is, and refused. */
  $xml?: string[];
};

export type Latency = {
  /** Cell that asks. Non-negative integer. */
  initiator: number;
  /** Cell that has the memory. Non-negative integer. */
  target: number;
  /** Level of the cache it is about; the memory itself when not given. Non-negative integer. */
  cache?: number;
  /** Reads, writes or both. */
  type: "access" | "read" | "write";
  /** Nanoseconds. Non-negative integer. */
  value: number;
};

export type LaunchSecurity = {
} & (
  | {
    type: "sev";
    /** The kernel's hash is part of the measurement. Since libvirt 8.0.0. */
    kernelHashes?: boolean;
    /** Bit of an address that says encrypted. Non-negative integer. */
    cbitpos?: number;
    /** Address bits that are lost by it. Non-negative integer. */
    reducedPhysBits?: number;
    /** What the host may do with the guest. Hexadecimal integer. */
    policy: number;
    /** Key of the guest's owner, in base 64. */
    dhCert?: string;
    /** Data of the guest's owner, in base 64. */
    session?: string;
  }
  | {
    type: "sev-snp";
    /** The kernel's hash is part of the measurement. */
    kernelHashes?: boolean;
    /** The identity is signed by an author's key. */
    authorKey?: boolean;
    /** Which key of the processor signs. */
    vcek?: boolean;
    /** Bit of an address that says encrypted. Non-negative integer. */
    cbitpos?: number;
    /** Address bits that are lost by it. Non-negative integer. */
    reducedPhysBits?: number;
    /** What the host may do with the guest. Hexadecimal integer. */
    policy: number;
    /** Bits for guests. */
    guestVisibleWorkarounds?: string;
    /** What the guest has to be, in base 64. */
    idBlock?: string;
    /** Who says so, in base 64. */
    idAuth?: string;
    /** Data that the guest's report holds. */
    hostData?: string;
  }
  | {
    type: "tdx";
    /** What the host may do with the guest. Hexadecimal integer. */
    policy?: number;
    /** Digest of the configuration, in base 64. */
    mrConfigId?: string;
    /** Digest of the owner, in base 64. */
    mrOwner?: string;
    /** Digest of the owner's configuration, in base 64. */
    mrOwnerConfig?: string;
    quoteGenerationService?: {
      /** Socket of the service that signs reports. */
      path?: string;
    };
  }
  | {
    type: "s390-pv";
  }
);

export type Lease = {
  /** Group of locks. */
  lockspace?: string;
  /** Name of the lock. */
  key: string;
  target: {
    /** File that holds it. */
    path: string;
    /** Place in the file. Non-negative integer. */
    offset?: number;
  };
};

export type Listen = {
  /** Address, network, socket or nothing. */
  type: "none" | "address" | "network" | "socket";
  /** Address it listens on. */
  address?: string;
  /** Network whose address is listened on. */
  network?: string;
  /** The socket. */
  socket?: string;
};

export type Loader = {
  /** The guest cannot write to the firmware. */
  readonly?: boolean;
  /** The firmware implements Secure Boot and needs SMM. */
  secure?: boolean;
  /** Mapped as memory ("rom") or as flash ("pflash"). */
  type?: "rom" | "pflash";
  /** The firmware keeps no variables. Since libvirt 8.6.0. */
  stateless?: boolean;
  /** Format of the file. Since libvirt 9.2.0. */
  format?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  /** Path of the file. */
  value?: string;
};

export type Local = {
  /** Address that packets come from. */
  address: string;
  /** Port that packets come from. Integer. */
  port: number;
};

export type Log = {
  /** File that gets a copy of everything the guest writes. */
  file?: string;
  /** Go on at the end of the file. */
  append?: boolean;
};

export type MaxMemory = {
  /** How many memory devices can be plugged. Non-negative integer. */
  slots?: number;
  /** The amount; KiB unless a unit is given. Number of bytes. */
  valueBytes?: number;
};

export type Maxphysaddr = {
  /** The host's number of address bits, or another one. */
  mode: "emulate" | "passthrough" | "disable";
  /** Bits of a physical address. Non-negative integer. */
  bits?: number;
  /** Bits at most, whatever the host has. Non-negative integer. Since libvirt 9.3.0. */
  limit?: number;
};

export type Memballoon = {
  /** Which device; none for no balloon. */
  model: "virtio" | "xen" | "none" | "virtio-transitional" | "virtio-non-transitional";
  /** Gives memory back before the guest runs out of it. */
  autodeflate?: boolean;
  /** The guest tells which pages are free. */
  freePageReporting?: boolean;
  stats?: {
    /** Seconds between reports of the guest's memory. Non-negative integer. Can change while it runs. */
    period?: number;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
  driver?: InputDriver;
};

export type Memnode = {
  /** NUMA cell of the guest. Non-negative integer. */
  cellid: number;
  /** How strictly its memory comes from these nodes. */
  mode?: "strict" | "preferred" | "interleave" | "restrictive";
  /** The host's NUMA nodes. Set of CPU numbers. */
  nodeset: string;
};

export type Memory = {
  /** Where the memory went. */
  snapshot?: "no" | "internal" | "external" | "manual";
  /** File of an external one. */
  file?: string;
};

export type MemoryBacking = {
  hugepages?: Hugepages;
  /** The host must not merge equal pages of guests. */
  nosharepages?: boolean;
  /** The host must not swap the guest out. */
  locked?: boolean;
  source?: {
    /** Where memory comes from: anonymous, a file, or a memory descriptor that can be shared. */
    type?: "file" | "anonymous" | "memfd";
  };
  access?: {
    /** Whether other processes see what is written. */
    mode?: "shared" | "private";
  };
  allocation?: Allocation;
  /** Contents are thrown away when the guest ends, and not written back to the file. */
  discard?: boolean;
};

export type MemorySource = {
  /** File or device of the host. */
  path?: string;
  /** NUMA nodes of the host. Set of CPU numbers. */
  nodemask?: string;
  /** Pages of this size. Number of bytes. */
  pagesizeBytes?: number;
  /** How the mapping is aligned. Number of bytes. */
  alignsizeBytes?: number;
  /** It is persistent, and writes reach it in order. */
  pmem?: boolean;
};

export type MemoryTarget = {
  /** The device takes slots of the hypervisor as it grows. Since libvirt 10.1.0. */
  dynamicMemslots?: boolean;
  /** Its size. Number of bytes. */
  sizeBytes: number;
  /** NUMA cell of the guest. Non-negative integer. */
  node?: number;
  label?: {
    /** Size of the label. Number of bytes. */
    sizeBytes: number;
  };
  /** Guests cannot write. */
  readonly?: boolean;
  /** It grows in steps of this. Number of bytes. */
  blockBytes?: number;
  /** How much the guest should have. Number of bytes. Can change while it runs. */
  requestedBytes?: number;
  /** How much the guest has. Number of bytes. While it runs. */
  currentBytes?: number;
  /** Where the guest finds the device; once given it never moves. */
  address?: {
    /** Where guests see it. Hexadecimal integer. Since libvirt 9.4.0. */
    base?: number;
  };
};

export type Memorytune = {
  /** Processors that share this bandwidth. Set of CPU numbers. */
  vcpus: string;
  /** Name of the group in the kernel, made up at the start. While it runs. */
  id?: string;
  node?: Node[];
  monitor?: MemorytuneMonitor[];
};

export type MemorytuneMonitor = {
  /** Processors that are watched together. Set of CPU numbers. */
  vcpus: string;
};

export type Memtune = {
  /** Memory of the host that the guest's process may use; past it the kernel ends it. Number of bytes. Can change while it runs. */
  hard_limitBytes?: number;
  /** Memory it is pushed back to when the host runs short. Number of bytes. Can change while it runs. */
  soft_limitBytes?: number;
  /** Memory it has in any case; QEMU has no such thing. Number of bytes. Can change while it runs. */
  min_guaranteeBytes?: number;
  /** Memory and swap together, at most. Number of bytes. Can change while it runs. */
  swap_hard_limitBytes?: number;
};

export type Mirror = {
  /** The file it writes, in older spelling. */
  file?: string;
  /** Format of that file. */
  format?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  /** Which kind of job writes it. */
  job?: "copy" | "active-commit";
  /** Whether it is as new as the disk. */
  ready?: "yes" | "abort" | "pivot";
  formatElement?: Format;
  backingStore?: BackingStore;
} & (
  | {
    type?: undefined;
  }
  | {
    type: "file";
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
      /** The connection is encrypted. */
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
      /** Where the guest finds the device; once given it never moves. */
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

export type Model = {
  /** Whether a similar model will do when the host lacks this one. */
  fallback?: "allow" | "forbid";
  /** Vendor the guest reads, twelve characters. */
  vendor_id?: string;
  /** Name of the model. */
  value?: string;
};

export type Monitor = {
  /** Level of the cache that is watched. Non-negative integer. */
  level: number;
  /** Processors that are watched together. Set of CPU numbers. */
  vcpus: string;
};

export type Msi = {
  /** Interrupts. Non-negative integer. */
  vectors?: number;
  /** Interrupts go through the kernel. */
  ioeventfd?: boolean;
};

export type Node = {
  /** The host's NUMA node. Non-negative integer. */
  id: number;
  /** Percent of its memory bandwidth. Non-negative integer. */
  bandwidth: number;
};

export type Numa = {
  cell: Cell[];
  /** Since libvirt 6.6.0. */
  interconnects?: Interconnects;
};

export type Numatune = {
  memory?: NumatuneMemory;
  memnode?: Memnode[];
};

export type NumatuneMemory = {
  /** How strictly memory comes from these nodes. */
  mode?: "strict" | "preferred" | "interleave" | "restrictive";
  /** By hand, or by a placement service. */
  placement?: "static" | "auto";
  /** The host's NUMA nodes. Set of CPU numbers. Can change while it runs. */
  nodeset?: string;
};

export type Nvram = {
  /** File that new variables are copied from. */
  template?: string;
  /** Format of the template. Since libvirt 10.10.0. */
  templateFormat?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  /** Format of the store. Since libvirt 9.2.0. */
  format?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  /** Path of the file, when it is one. */
  value?: string;
} & (
  | {
    type?: undefined;
  }
  | {
    type: "file";
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
      /** The connection is encrypted. */
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
      /** Where the guest finds the device; once given it never moves. */
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

export type Origstates = {
  /** It has to be taken from its driver afterwards. */
  unbind?: boolean;
  /** Its slot has to be taken away afterwards. */
  removeslot?: boolean;
  /** The host has to look for a driver afterwards. */
  reprobe?: boolean;
};

export type Os = {
  /** Choose a firmware of this kind among those installed. */
  firmware?: "bios" | "efi";
  /** The machine. */
  type: Type;
  /** Since libvirt 7.2.0. */
  firmwareElement?: {
    feature?: Feature[];
  };
  /** Program a container starts. */
  init?: string;
  initarg?: Initarg[];
  initenv?: Initenv[];
  /** Folder it starts in. */
  initdir?: string;
  /** User it starts as. */
  inituser?: string;
  /** Group it starts as. */
  initgroup?: string;
  /** File with the firmware. */
  loader?: Loader;
  /** File with the firmware's variables, one for each domain. */
  nvram?: Nvram;
  /** Since libvirt 12.1.0. */
  varstore?: Varstore;
  /** Kernel to start directly, a file on the host. */
  kernel?: string;
  /** Initial RAM disk for the kernel. */
  initrd?: string;
  /** Signed loader that checks the kernel. Since libvirt 11.2.0. */
  shim?: string;
  /** Command line of the kernel. */
  cmdline?: string;
  /** Device tree for the kernel. */
  dtb?: string;
  /** Device with the root file system. */
  root?: string;
  acpi?: {
    table?: Table[];
  };
  boot?: Boot[];
  bootmenu?: Bootmenu;
  bios?: OsBios;
  smbios?: {
    /** Where the SMBIOS tables come from. */
    mode?: "none" | "emulate" | "host" | "sysinfo";
  };
};

export type OsBios = {
  /** The BIOS shows its messages on the serial port. */
  useserial?: boolean;
  /** Milliseconds until another attempt when nothing could be started; -1: none. Integer. */
  rebootTimeout?: number;
};

export type Page = {
  /** Size of the pages. Non-negative integer. */
  size: number;
  /** Unit of the size; KiB when not given. */
  unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
  /** NUMA cells of the guest that have them; all when not given. Set of CPU numbers. */
  nodeset?: string;
};

export type Panic = {
  /** How guests tell. */
  model?: "isa" | "pseries" | "hyperv" | "s390" | "pvpanic";
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Parallel = {
  log?: Log;
  target?: {
    /** Number of the port. Non-negative integer. */
    port?: number;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
} & (
  | {
    type?: "pty";
    source?: {
      /** Path of it on the host. While it runs. */
      path?: string;
      /** While it runs. */
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "null" | "vc";
  }
  | {
    type: "dev";
    source?: {
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "file";
    source?: {
      /** Path of it on the host. */
      path?: string;
      /** Go on at the end of the file. */
      append?: boolean;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "pipe";
    source?: {
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "stdio";
  }
  | {
    type: "udp";
    source?: SmartcardSource[];
  }
  | {
    type: "tcp";
    source?: {
      /** Listen or connect. */
      mode?: "bind" | "connect";
      /** Host name or address. */
      host?: string;
      /** Port or name of the service. */
      service?: string;
      /** The connection is encrypted. */
      tls?: boolean;
      reconnect?: Reconnect;
    };
    protocol?: {
      /** Plain bytes or telnet's protocol. */
      type?: "raw" | "telnet" | "telnets" | "tls";
    };
  }
  | {
    type: "unix";
    source?: {
      /** Listen or connect. */
      mode?: "bind" | "connect";
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
      reconnect?: Reconnect;
    };
  }
  | {
    type: "spicevmc";
  }
  | {
    type: "spiceport";
    source?: {
      /** Name of the channel for clients. */
      channel?: string;
    };
  }
  | {
    type: "nmdm";
    source?: {
      /** Device of the host on this side. */
      master?: string;
      /** Device of the host on the other side. */
      slave?: string;
    };
  }
  | {
    type: "qemu-vdagent";
    source?: {
      clipboard?: {
        /** Whether texts can be copied between guest and client. */
        copypaste: boolean;
      };
      mouse?: {
        /** Whether the pointer is the client's or the guest's. */
        mode: "client" | "server";
      };
    };
  }
  | {
    type: "dbus";
    source?: {
      /** Name of the channel for clients. */
      channel?: string;
    };
  }
);

export type Parameter = {
  /** Name of a variable of the filter. */
  name?: string;
  /** Its value. */
  value?: string;
};

export type Parameters = {
  /** Data base of port types, of 802.1Qbg. Non-negative integer. */
  managerid?: number;
  /** Type of the port there. Non-negative integer. */
  typeid?: number;
  /** Version of the type. Non-negative integer. */
  typeidversion?: number;
  /** This port. UUID. */
  instanceid?: string;
  /** This port, of Open vSwitch and Midonet. UUID. */
  interfaceid?: string;
  /** Profile of the port. */
  profileid?: string;
};

export type Passthrough = {
  /** Devices of the host can be given to a guest of Xen. */
  state: boolean;
  /** How their memory is mapped. */
  mode?: "sync_pt" | "share_pt";
};

export type Pm = {
  "suspend-to-mem"?: {
    /** The guest is offered suspend to memory. */
    enabled?: boolean;
  };
  "suspend-to-disk"?: {
    /** The guest is offered suspend to disk. */
    enabled?: boolean;
  };
};

export type Poll = {
  /** Nanoseconds it looks for work before it sleeps. Non-negative integer. */
  max?: number;
  /** Factor by which it looks longer when that was too short. Non-negative integer. */
  grow?: number;
  /** Divisor by which it looks shorter when that was too long. Non-negative integer. */
  shrink?: number;
};

export type Port = {
  /** Ports that are do not reach each other. */
  isolated?: boolean;
};

export type PortForward = {
  /** Protocol. */
  proto: "tcp" | "udp";
  /** Address of the host that is listened on. IP address. */
  address?: string;
  /** Card of the host that is listened on. */
  dev?: string;
  range?: Range[];
};

export type Profile = {
  /** Profile of swtpm that is the pattern. */
  source?: string;
  /** Algorithms the host forbids are left out. */
  removeDisabled?: "fips-host" | "check";
  /** Name of the profile that came of it. */
  name?: string;
};

export type Pstore = {
  /** Only acpi-erst. Since libvirt 10.8.0. */
  backend: "acpi-erst";
  /** File of the host. */
  path?: string;
  /** Its size. Number of bytes. */
  sizeBytes: number;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Queue = {
  /** A queue that it serves. Non-negative integer. */
  id: number;
};

export type Range = {
  /** First port of the host. Non-negative integer. */
  start?: number;
  /** Last port of the host. Non-negative integer. */
  end?: number;
  /** Port of the guest for the first one. Non-negative integer. */
  to?: number;
  /** Ports that are not forwarded. */
  exclude?: boolean;
};

export type Rate = {
  /** Bytes the guest may take in a period. Non-negative integer. */
  bytes?: number;
  /** Milliseconds of a period. Non-negative integer. */
  period?: number;
};

export type Reconnect = {
  /** Connect again when the other side goes away. */
  enabled?: boolean;
  /** Seconds between attempts to connect again. Non-negative integer. */
  timeout?: number;
};

export type Redirdev = {
  /** Only usb. */
  bus?: "usb";
  boot?: {
    /** Place in the order of devices to start from, from 1. Non-negative integer. */
    order: number;
    /** What firmware of mainframes loads from it. */
    loadparm?: string;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
} & (
  | {
    type: "pty";
    source?: {
      /** Path of it on the host. While it runs. */
      path?: string;
      /** While it runs. */
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "null" | "vc";
  }
  | {
    type: "dev";
    source?: {
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "file";
    source?: {
      /** Path of it on the host. */
      path?: string;
      /** Go on at the end of the file. */
      append?: boolean;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "pipe";
    source?: {
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "stdio";
  }
  | {
    type: "udp";
    source?: SmartcardSource[];
  }
  | {
    type: "tcp";
    source?: {
      /** Listen or connect. */
      mode?: "bind" | "connect";
      /** Host name or address. */
      host?: string;
      /** Port or name of the service. */
      service?: string;
      /** The connection is encrypted. */
      tls?: boolean;
      reconnect?: Reconnect;
    };
    protocol?: {
      /** Plain bytes or telnet's protocol. */
      type?: "raw" | "telnet" | "telnets" | "tls";
    };
  }
  | {
    type: "unix";
    source?: {
      /** Listen or connect. */
      mode?: "bind" | "connect";
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
      reconnect?: Reconnect;
    };
  }
  | {
    type: "spicevmc";
  }
  | {
    type: "spiceport";
    source?: {
      /** Name of the channel for clients. */
      channel?: string;
    };
  }
  | {
    type: "nmdm";
    source?: {
      /** Device of the host on this side. */
      master?: string;
      /** Device of the host on the other side. */
      slave?: string;
    };
  }
  | {
    type: "qemu-vdagent";
    source?: {
      clipboard?: {
        /** Whether texts can be copied between guest and client. */
        copypaste: boolean;
      };
      mouse?: {
        /** Whether the pointer is the client's or the guest's. */
        mode: "client" | "server";
      };
    };
  }
  | {
    type: "dbus";
    source?: {
      /** Name of the channel for clients. */
      channel?: string;
    };
  }
);

export type Redirfilter = {
  usbdev?: Usbdev[];
};

export type Reservations = {
  /** The daemon starts the helper for SCSI reservations itself. */
  managed: boolean;
  source?: Source;
};

export type Resolution = {
  /** Width in pixels. Non-negative integer. */
  x: number;
  /** Height in pixels. Non-negative integer. */
  y: number;
};

export type Resource = {
  /** Control group of the host that the guest's is made in. */
  partition?: string;
  fibrechannel?: {
    /** Marks the guest's traffic on Fibre Channel. Since libvirt 7.7.0. */
    appid?: string;
  };
};

export type Rng = {
  /** Which virtio device it is. */
  model: "virtio" | "virtio-transitional" | "virtio-non-transitional";
  rate?: Rate;
  backend: {
  } & (
    | {
      model: "random";
      /** Device file that numbers come from. */
      value?: string;
    }
    | {
      model: "egd";
      log?: Log;
    } & (
      | {
        type: "pty";
        source?: {
          /** Socket, file or folder. While it runs. */
          path?: string;
          /** While it runs. */
          seclabel?: Seclabel[];
        };
      }
      | {
        type: "null" | "vc";
      }
      | {
        type: "dev";
        source?: {
          /** Socket, file or folder. */
          path?: string;
          seclabel?: Seclabel[];
        };
      }
      | {
        type: "file";
        source?: {
          /** Socket, file or folder. */
          path?: string;
          /** Go on at the end of the file. */
          append?: boolean;
          seclabel?: Seclabel[];
        };
      }
      | {
        type: "pipe";
        source?: {
          /** Socket, file or folder. */
          path?: string;
          seclabel?: Seclabel[];
        };
      }
      | {
        type: "stdio";
      }
      | {
        type: "udp";
        source?: SmartcardSource[];
      }
      | {
        type: "tcp";
        source?: {
          /** Listen or connect. */
          mode?: "bind" | "connect";
          /** Host name or address. */
          host?: string;
          /** Port or name of the service. */
          service?: string;
          /** The connection is encrypted. */
          tls?: boolean;
          reconnect?: Reconnect;
        };
        protocol?: {
          /** Plain bytes or telnet's protocol. */
          type?: "raw" | "telnet" | "telnets" | "tls";
        };
      }
      | {
        type: "unix";
        source?: {
          /** Listen or connect. */
          mode?: "bind" | "connect";
          /** Socket, file or folder. */
          path?: string;
          seclabel?: Seclabel[];
          reconnect?: Reconnect;
        };
      }
      | {
        type: "spicevmc";
      }
      | {
        type: "spiceport";
        source?: {
          /** Name of the channel for clients. */
          channel?: string;
        };
      }
      | {
        type: "nmdm";
        source?: {
          /** Device of the host on this side. */
          master?: string;
          /** Device of the host on the other side. */
          slave?: string;
        };
      }
      | {
        type: "qemu-vdagent";
        source?: {
          clipboard?: {
            /** Whether texts can be copied between guest and client. */
            copypaste: boolean;
          };
          mouse?: {
            /** Whether the pointer is the client's or the guest's. */
            mode: "client" | "server";
          };
        };
      }
      | {
        type: "dbus";
        source?: {
          /** Name of the channel for clients. */
          channel?: string;
        };
      }
    )
    | {
      model: "builtin";
    }
  );
  driver?: InputDriver;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Rom = {
  /** Whether there is one at all. */
  enabled?: boolean;
  /** Whether the guest sees it in memory. */
  bar?: boolean;
  /** File instead of the device's own. */
  file?: string;
};

export type Route = {
  /** IPv4 or IPv6. */
  family?: "ipv4" | "ipv6";
  /** Network that the route is for. IP address. */
  address?: string;
  /** Its mask, instead of the prefix. IP address. */
  netmask?: string;
  /** Its bits. Non-negative integer. */
  prefix?: number;
  /** Address that packets go to. IP address. */
  gateway?: string;
  /** Routes with less go first. Non-negative integer. */
  metric?: number;
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

export type Serial = {
  log?: Log;
  target?: {
    /** Which bus it is on. */
    type?: "isa-serial" | "usb-serial" | "pci-serial" | "spapr-vio-serial" | "system-serial" | "sclp-serial" | "isa-debug";
    /** Number of the port. Non-negative integer. */
    port?: number;
    model?: {
      /** QEMU's device for it. */
      name?: "isa-serial" | "usb-serial" | "pci-serial" | "spapr-vty" | "pl011" | "sclpconsole" | "sclplmconsole" | "16550a" | "isa-debugcon";
    };
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
} & (
  | {
    type?: "pty";
    source?: {
      /** Path of it on the host. While it runs. */
      path?: string;
      /** While it runs. */
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "null" | "vc";
  }
  | {
    type: "dev";
    source?: {
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "file";
    source?: {
      /** Path of it on the host. */
      path?: string;
      /** Go on at the end of the file. */
      append?: boolean;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "pipe";
    source?: {
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "stdio";
  }
  | {
    type: "udp";
    source?: SmartcardSource[];
  }
  | {
    type: "tcp";
    source?: {
      /** Listen or connect. */
      mode?: "bind" | "connect";
      /** Host name or address. */
      host?: string;
      /** Port or name of the service. */
      service?: string;
      /** The connection is encrypted. */
      tls?: boolean;
      reconnect?: Reconnect;
    };
    protocol?: {
      /** Plain bytes or telnet's protocol. */
      type?: "raw" | "telnet" | "telnets" | "tls";
    };
  }
  | {
    type: "unix";
    source?: {
      /** Listen or connect. */
      mode?: "bind" | "connect";
      /** Path of it on the host. */
      path?: string;
      seclabel?: Seclabel[];
      reconnect?: Reconnect;
    };
  }
  | {
    type: "spicevmc";
  }
  | {
    type: "spiceport";
    source?: {
      /** Name of the channel for clients. */
      channel?: string;
    };
  }
  | {
    type: "nmdm";
    source?: {
      /** Device of the host on this side. */
      master?: string;
      /** Device of the host on the other side. */
      slave?: string;
    };
  }
  | {
    type: "qemu-vdagent";
    source?: {
      clipboard?: {
        /** Whether texts can be copied between guest and client. */
        copypaste: boolean;
      };
      mouse?: {
        /** Whether the pointer is the client's or the guest's. */
        mode: "client" | "server";
      };
    };
  }
  | {
    type: "dbus";
    source?: {
      /** Name of the channel for clients. */
      channel?: string;
    };
  }
);

export type Server = {
  /** Socket of the server. */
  path?: string;
};

export type Settings = {
  /** Samples a second. Non-negative integer. */
  frequency?: number;
  /** Channels. Non-negative integer. */
  channels?: number;
  /** Format of a sample. */
  format?: "u8" | "s8" | "u16" | "s16" | "u32" | "s32" | "f32";
};

export type Shmem = {
  /** Name of the memory. */
  name: string;
  /** Whether it goes with the guest at migration. */
  role?: "master" | "peer";
  model?: {
    /** Which device. */
    type?: "ivshmem" | "ivshmem-plain" | "ivshmem-doorbell";
  };
  /** Its size. Number of bytes. */
  sizeBytes?: number;
  server?: Server;
  msi?: Msi;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Sibling = {
  /** The other cell. Non-negative integer. */
  id: number;
  /** Distance to it; 10 is none. Non-negative integer. */
  value: number;
};

export type Slice = {
  /** Only storage: a part of the image file. */
  type?: "storage" | "format";
  /** First byte of the part. Non-negative integer. */
  offset: number;
  /** Bytes of the part. Non-negative integer. */
  size: number;
};

export type Smartcard = {
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
} & (
  | {
    mode: "host";
  }
  | {
    mode: "host-certificates";
    certificate?: Certificate[];
    /** Folder of the host with certificates. */
    database?: string;
  }
  | {
    mode: "passthrough";
    log?: Log;
  } & (
    | {
      type: "pty";
      source?: {
        /** Path of it on the host. While it runs. */
        path?: string;
        /** While it runs. */
        seclabel?: Seclabel[];
      };
    }
    | {
      type: "null" | "vc";
    }
    | {
      type: "dev";
      source?: {
        /** Path of it on the host. */
        path?: string;
        seclabel?: Seclabel[];
      };
    }
    | {
      type: "file";
      source?: {
        /** Path of it on the host. */
        path?: string;
        /** Go on at the end of the file. */
        append?: boolean;
        seclabel?: Seclabel[];
      };
    }
    | {
      type: "pipe";
      source?: {
        /** Path of it on the host. */
        path?: string;
        seclabel?: Seclabel[];
      };
    }
    | {
      type: "stdio";
    }
    | {
      type: "udp";
      source?: SmartcardSource[];
    }
    | {
      type: "tcp";
      source?: {
        /** Listen or connect. */
        mode?: "bind" | "connect";
        /** Host name or address. */
        host?: string;
        /** Port or name of the service. */
        service?: string;
        /** The connection is encrypted. */
        tls?: boolean;
        reconnect?: Reconnect;
      };
      protocol?: {
        /** Plain bytes or telnet's protocol. */
        type?: "raw" | "telnet" | "telnets" | "tls";
      };
    }
    | {
      type: "unix";
      source?: {
        /** Listen or connect. */
        mode?: "bind" | "connect";
        /** Path of it on the host. */
        path?: string;
        seclabel?: Seclabel[];
        reconnect?: Reconnect;
      };
    }
    | {
      type: "spicevmc";
    }
    | {
      type: "spiceport";
      source?: {
        /** Name of the channel for clients. */
        channel?: string;
      };
    }
    | {
      type: "nmdm";
      source?: {
        /** Device of the host on this side. */
        master?: string;
        /** Device of the host on the other side. */
        slave?: string;
      };
    }
    | {
      type: "qemu-vdagent";
      source?: {
        clipboard?: {
          /** Whether texts can be copied between guest and client. */
          copypaste: boolean;
        };
        mouse?: {
          /** Whether the pointer is the client's or the guest's. */
          mode: "client" | "server";
        };
      };
    }
    | {
      type: "dbus";
      source?: {
        /** Name of the channel for clients. */
        channel?: string;
      };
    }
  )
);

export type SmartcardSource = {
  /** Listen or connect. */
  mode?: "bind" | "connect";
  /** Host name or address. */
  host?: string;
  /** Port or name of the service. */
  service?: string;
};

export type Smm = {
  /** System management mode, which Secure Boot needs. */
  state?: boolean;
  /** Memory that only management mode sees. Number of bytes. */
  tsegBytes?: number;
};

export type Sound = {
  /** Which card the guest sees. */
  model: "sb16" | "es1370" | "pcspk" | "ac97" | "ich6" | "ich9" | "usb" | "ich7" | "virtio";
  /** A stream for each speaker. Since libvirt 9.4.0. */
  multichannel?: boolean;
  /** Number of streams. Non-negative integer. Since libvirt 10.4.0. */
  streams?: number;
  codec?: Codec[];
  audio?: {
    /** Number of the back end. Non-negative integer. */
    id: number;
  };
  /** Since libvirt 10.4.0. */
  driver?: InputDriver;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Source = {
  /** Only unix: a socket. */
  type: string;
  /** Socket of a helper that somebody else runs. */
  path: string;
  /** Only client. */
  mode: string;
};

export type Spinlocks = {
  /** The guest tells when it spins. */
  state: boolean;
  /** How often it tries before. Non-negative integer. */
  retries?: number;
};

export type Statistic = {
  /** Seconds over which figures are kept. Non-negative integer. */
  interval: number;
};

export type Stimer = {
  /** Synthetic timers. */
  state: boolean;
  direct?: {
    /** Events without a message. */
    state: boolean;
  };
};

export type Sysinfo = {
} & (
  | {
    type: "smbios";
    bios?: Bios;
    system?: Bios;
    baseBoard?: Bios[];
    /** Since libvirt 4.1.0. */
    chassis?: Bios;
    /** Since libvirt 4.1.0. */
    oemStrings?: {
      entry?: SysinfoEntry[];
    };
  }
  | {
    type: "fwcfg";
    entry?: DomainSysinfoEntry[];
  }
);

export type SysinfoEntry = {
  /** A text for programs in the guest. */
  value?: string;
};

export type Table = {
  /** Which kind of table. */
  type: "slic" | "raw" | "rawset";
  /** File of the host with the table. */
  value?: string;
};

export type Tag = {
  /** Number of the network. Non-negative integer. */
  id: number;
  /** How packets without a tag belong to it. */
  nativeMode?: "tagged" | "untagged";
};

export type Target = {
  /** Name of the disk in calls; the guest need not use it. */
  dev?: string;
  /** What it is plugged into. */
  bus?: "ide" | "fdc" | "scsi" | "virtio" | "xen" | "usb" | "uml" | "sata" | "sd" | "nvme";
  /** Whether the tray is open. Can change while it runs. */
  tray?: "closed" | "open";
  /** A USB disk the guest may take out. */
  removable?: boolean;
  /** Turns a minute; 1 for a solid state disk. Non-negative integer. */
  rotation_rate?: number;
  /** Cache control for each SCSI request. Since libvirt 11.10.0. */
  dpofua?: boolean;
};

export type Tcg = {
  /** Memory for code that the emulator has translated. Number of bytes. */
  "tb-cacheBytes"?: number;
};

export type Teaming = {
  /** The card that stays, or the one that goes at migration. */
  type?: "persistent" | "transient";
  /** Alias of the card that stays. */
  persistent?: string;
};

export type Throttlefilter = {
  /** Group of limits that goes for the disk. */
  group: string;
};

export type Throttlegroup = {
  /** Bytes a second in both directions, at most; 0 is no limit. Non-negative integer. Can change while it runs. */
  total_bytes_sec?: number;
  /** Bytes read a second, at most; 0 is no limit. Non-negative integer. Can change while it runs. */
  read_bytes_sec?: number;
  /** Bytes written a second, at most; 0 is no limit. Non-negative integer. Can change while it runs. */
  write_bytes_sec?: number;
  /** Requests a second in both directions, at most; 0 is no limit. Non-negative integer. Can change while it runs. */
  total_iops_sec?: number;
  /** Reads a second, at most; 0 is no limit. Non-negative integer. Can change while it runs. */
  read_iops_sec?: number;
  /** Writes a second, at most; 0 is no limit. Non-negative integer. Can change while it runs. */
  write_iops_sec?: number;
  /** Bytes a second while a burst lasts. Non-negative integer. Can change while it runs. */
  total_bytes_sec_max?: number;
  /** Bytes read a second while a burst lasts. Non-negative integer. Can change while it runs. */
  read_bytes_sec_max?: number;
  /** Bytes written a second while a burst lasts. Non-negative integer. Can change while it runs. */
  write_bytes_sec_max?: number;
  /** Requests a second while a burst lasts. Non-negative integer. Can change while it runs. */
  total_iops_sec_max?: number;
  /** Reads a second while a burst lasts. Non-negative integer. Can change while it runs. */
  read_iops_sec_max?: number;
  /** Writes a second while a burst lasts. Non-negative integer. Can change while it runs. */
  write_iops_sec_max?: number;
  /** Bytes that count as one request; larger ones count several times. Non-negative integer. Can change while it runs. */
  size_iops_sec?: number;
  /** Disks of one group share its limits. */
  group_name?: string;
  /** Seconds a burst may last. Non-negative integer. Can change while it runs. */
  total_bytes_sec_max_length?: number;
  /** Seconds a burst of reading may last. Non-negative integer. Can change while it runs. */
  read_bytes_sec_max_length?: number;
  /** Seconds a burst of writing may last. Non-negative integer. Can change while it runs. */
  write_bytes_sec_max_length?: number;
  /** Seconds a burst of requests may last. Non-negative integer. Can change while it runs. */
  total_iops_sec_max_length?: number;
  /** Seconds a burst of reads may last. Non-negative integer. Can change while it runs. */
  read_iops_sec_max_length?: number;
  /** Seconds a burst of writes may last. Non-negative integer. Can change while it runs. */
  write_iops_sec_max_length?: number;
};

export type Timer = {
  /** Which timer. */
  name: "platform" | "pit" | "rtc" | "hpet" | "tsc" | "kvmclock" | "hypervclock" | "armvtimer";
  /** Whether the guest has it. */
  present?: boolean;
  /** What becomes of ticks that came while the guest could not run. */
  tickpolicy?: "delay" | "catchup" | "merge" | "discard";
  /** What the timer follows. */
  track?: "boot" | "guest" | "wall" | "realtime";
  /** Hz of the timer. Non-negative integer. */
  frequency?: number;
  /** How a time counter is emulated. */
  mode?: "auto" | "native" | "emulate" | "paravirt" | "smpsafe";
  catchup?: Catchup;
};

export type Tlbflush = {
  /** Faster flushes of the address caches. */
  state: boolean;
  direct?: {
    /** Events without a message. Since libvirt 11.0.0. */
    state: boolean;
  };
  extended?: {
    /** More forms of the call. Since libvirt 11.0.0. */
    state: boolean;
  };
};

export type Topology = {
  /** Number of sockets. Non-negative integer. */
  sockets: number;
  /** Dies in a socket. Non-negative integer. */
  dies?: number;
  /** Clusters of a die. Non-negative integer. Since libvirt 10.1.0. */
  clusters?: number;
  /** Cores in a die. Non-negative integer. */
  cores: number;
  /** Threads of a core. Non-negative integer. */
  threads: number;
};

export type Tpm = {
  /** Which device guests see. */
  model?: "tpm-tis" | "tpm-crb" | "tpm-spapr" | "spapr-tpm-proxy";
  backend: {
  } & (
    | {
      type: "passthrough";
      device?: {
        /** Device file of the host. */
        path?: string;
      };
    }
    | {
      type: "emulator";
      /** Version of the chip. */
      version?: "1.2" | "2.0";
      /** State is kept when a transient domain ends. */
      persistent_state?: boolean;
      /** How much is written to the log. Non-negative integer. Since libvirt 10.10.0. */
      debug?: number;
      encryption?: {
        /** Secret that the state is encrypted with. UUID. */
        secret?: string;
      };
      active_pcr_banks?: ActivePcrBanks;
      /** Since libvirt 10.10.0. */
      source?: TpmSource;
      /** Since libvirt 10.10.0. */
      profile?: Profile;
    }
    | {
      type: "external";
      source?: {
        /** How it is reached, or where its state is. */
        type?: string;
        /** Listen or connect. */
        mode?: string;
        /** Socket, file or folder. */
        path?: string;
      };
    }
  );
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type TpmSource = {
  /** How it is reached, or where its state is. */
  type: "file" | "dir";
  /** Socket, file or folder. */
  path?: string;
};

export type Transient = {
  /** Several guests use the image at the same time. */
  shareBacking?: boolean;
};

export type Type = {
  /** Processor architecture, as uname prints it. */
  arch?: string;
  /** The board; an alias like "q35" becomes the version it stands for. */
  machine?: string;
  /** "hvm" for a whole machine; "exe" for a container. */
  value: string;
};

export type Uid = {
  /** First user inside. Non-negative integer. */
  start: number;
  /** User of the host that it is. Non-negative integer. */
  target: number;
  /** How many users follow. Non-negative integer. */
  count: number;
};

export type Usbdev = {
  /** USB class; -1 is any. Hexadecimal integer. */
  class?: number;
  /** Vendor; -1 is any. Hexadecimal integer. */
  vendor?: number;
  /** Product; -1 is any. Hexadecimal integer. */
  product?: number;
  /** Version; -1 is any. USB version. */
  version?: string;
  /** Whether such devices may be redirected. */
  allow: boolean;
};

export type Varstore = {
  /** What a new store is copied from. */
  template?: string;
  /** The guest's own store. */
  path?: string;
};

export type Vcpu = {
  /** Whether host processors are chosen by hand or by a placement service. */
  placement?: "static" | "auto";
  /** Host processors that its threads may use. Set of CPU numbers. */
  cpuset?: string;
  /** How many are plugged when it starts; all when not given. Non-negative integer. Can change while it runs. */
  current?: number;
  /** How many there can be. Non-negative integer. */
  value: number;
};

export type Vcpupin = {
  /** Number of the guest's processor. Non-negative integer. */
  vcpu: number;
  /** Host processors it may run on. Set of CPU numbers. Can change while it runs. */
  cpuset: string;
};

export type Vcpusched = {
  /** Processors this goes for. Set of CPU numbers. */
  vcpus: string;
  /** Scheduling policy of the host. */
  scheduler: "batch" | "idle" | "fifo" | "rr";
  /** 1 to 99 for real-time policies; more is first. Integer. */
  priority?: number;
};

export type VendorId = {
  /** Whether the hypervisor has another name. */
  state: boolean;
  /** The name, up to 12 characters. */
  value?: string;
};

export type Video = {
  driver?: VideoDriver;
  model?: VideoModel;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type VideoDriver = {
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  /** The device may cache addresses. */
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  /** Each queue's doorbell has a page of its own. */
  page_per_vq?: boolean;
  /** Which addresses it decodes, of bhyve. */
  vgaconf?: "io" | "on" | "off";
  /** Who serves it. */
  name?: "qemu" | "vhostuser";
};

export type VideoModel = {
  /** Which card the guest sees. */
  type?: "vga" | "cirrus" | "vmvga" | "xen" | "vbox" | "qxl" | "parallels" | "virtio" | "gop" | "none" | "bochs" | "ramfb";
  /** Memory of the first bar. Non-negative integer. */
  ram?: number;
  /** KiB of video memory. Non-negative integer. */
  vram?: number;
  /** Memory of the 64 bit bar. Non-negative integer. */
  vram64?: number;
  /** Memory for VGA modes. Non-negative integer. */
  vgamem?: number;
  /** Number of screens. Non-negative integer. */
  heads?: number;
  /** The card the machine starts with. */
  primary?: boolean;
  /** Memory of the host is shown without copying. Since libvirt 9.2.0. */
  blob?: boolean;
  /** The guest sees a monitor's data. Since libvirt 11.3.0. */
  edid?: boolean;
  acceleration?: Acceleration;
  resolution?: Resolution;
};

export type Virtualport = {
  /** Which kind of switch. */
  type?: "802.1Qbg" | "802.1Qbh" | "openvswitch" | "midonet";
  parameters?: Parameters;
};

export type Vlan = {
  /** Packets of several networks pass with their tags. */
  trunk?: boolean;
  tag?: Tag[];
};

export type Vsock = {
  /** Which virtio device it is. */
  model?: "virtio" | "virtio-transitional" | "virtio-non-transitional";
  cid?: {
    /** The daemon chooses the number. */
    auto?: boolean;
    /** The guest's number, from 3 on. Non-negative integer. */
    address?: number;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
  driver?: {
    /** The device's memory accesses go through the guest's IOMMU. */
    iommu?: boolean;
    /** The device may cache addresses. */
    ats?: boolean;
    /** Queues in the packed layout of virtio 1.1. */
    packed?: boolean;
    /** Each queue's doorbell has a page of its own. */
    page_per_vq?: boolean;
  };
};

export type Watchdog = {
  /** Which device the guest sees. */
  model: "i6300esb" | "ib700" | "diag288" | "itco";
  /** What happens when the guest does not answer. */
  action?: "reset" | "shutdown" | "poweroff" | "pause" | "dump" | "none" | "inject-nmi";
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Number that names the device to guests. Non-negative integer. */
    index?: number;
  };
  /** Where the guest finds the device; once given it never moves. */
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** PCI domain. Hexadecimal integer. */
      domain?: number;
      /** Bus. Hexadecimal integer. */
      bus?: number;
      /** Slot on the bus. Hexadecimal integer. */
      slot?: number;
      /** Function in the slot. Hexadecimal integer. */
      function?: number;
      /** Other functions share the slot. */
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** SCSI target. Non-negative integer. */
      target?: number;
      /** Place on the bus. Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Slot on the bus. Non-negative integer. */
      slot?: number;
    }
    | {
      type: "usb";
      /** Bus. Non-negative integer. */
      bus?: number;
      /** Port, with those of hubs. USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Register of POWER. Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Channel subsystem of mainframes. Hexadecimal integer. */
      cssid?: number;
      /** Subchannel set of mainframes. Hexadecimal integer. */
      ssid?: number;
      /** Number of the device of mainframes. Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** First port of an ISA device. Hexadecimal integer. */
      iobase?: number;
      /** Interrupt of an ISA device. Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Address of memory. Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Xen = {
  e820_host?: {
    /** Guests of Xen see the host's memory map. */
    state: boolean;
  };
  passthrough?: Passthrough;
  /** Kept as it is, and refused. */
  $xml?: string[];
};

export type Zpci = {
  /** Number of the device for guests of mainframes. Hexadecimal integer. */
  uid?: number;
  /** Number of its function there. Hexadecimal integer. */
  fid?: number;
};
