// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Acceleration = {
  accel3d?: boolean;
  accel2d?: boolean;
  rendernode?: string;
};

export type ActivePcrBanks = {
  sha1?: boolean;
  sha256?: boolean;
  sha384?: boolean;
  sha512?: boolean;
};

export type Actual = {
  managed?: boolean;
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
      bridge?: string;
      macTableManager?: "kernel" | "libvirt";
    };
  }
  | {
    type: "bridge";
    source?: {
      bridge?: string;
      macTableManager?: "kernel" | "libvirt";
    };
  }
  | {
    type: "direct";
    source?: {
      dev?: string;
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
          /** Hexadecimal integer. */
          bus?: number;
          /** Slot on the bus. Hexadecimal integer. */
          slot?: number;
          /** Function in the slot. Hexadecimal integer. */
          function?: number;
        }
        | {
          type: "usb";
          /** Non-negative integer. */
          bus?: number;
          /** Non-negative integer. */
          device?: number;
          /** Since libvirt 12.0.0. */
          port?: string;
        }
      );
    };
  }
);

export type Address = {
  /** PCI domain. Hexadecimal integer. */
  domain?: number;
  /** Hexadecimal integer. */
  bus?: number;
  /** Slot on the bus. Hexadecimal integer. */
  slot?: number;
  /** Function in the slot. Hexadecimal integer. */
  function?: number;
};

export type Allocation = {
  mode?: "immediate" | "ondemand";
  /** Non-negative integer. Since libvirt 8.2.0. */
  threads?: number;
};

export type Apic = {
  eoi?: boolean;
};

export type Audio = {
  /** Non-negative integer. */
  id: number;
  /** Non-negative integer. */
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
    input?: Input2;
    output?: Input2;
  }
  | {
    type: "oss";
    tryMMap?: boolean;
    exclusive?: boolean;
    /** Integer. */
    dspPolicy?: number;
    input?: Input3;
    output?: Input3;
  }
  | {
    type: "pulseaudio";
    serverName?: string;
    input?: Input4;
    output?: Input4;
  }
  | {
    type: "sdl";
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
    /** Since libvirt 9.10.0. */
    runtimeDir?: string;
    input?: Input4;
    output?: Input4;
  }
);

export type AudioInput = {
  mixingEngine?: boolean;
  fixedSettings?: boolean;
  /** Non-negative integer. */
  voices?: number;
  /** Non-negative integer. */
  bufferLength?: number;
  settings?: Settings;
};

export type Auth = {
  type?: "none" | "chap" | "ceph";
  username?: string;
  secret?: Secret;
};

export type Backend = {
  type?: "passt";
  tap?: string;
  vhost?: string;
  logFile?: string;
  /** Since libvirt 11.6.0. */
  hostname?: string;
  /** Since libvirt 11.6.0. */
  fqdn?: string;
};

export type BackingStore = {
  /** Non-negative integer. While it runs. */
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
      /** The connection is encrypted. */
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

export type Bandwidth = {
  /** Non-negative integer. */
  initiator: number;
  /** Non-negative integer. */
  target: number;
  /** Non-negative integer. */
  cache?: number;
  type: "access" | "read" | "write";
  /** Non-negative integer. */
  value: number;
  unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
};

export type Binary = {
  path?: string;
  xattr?: boolean;
  cache?: {
    mode?: "none" | "always";
  };
  sandbox?: {
    mode?: "namespace" | "chroot";
  };
  lock?: {
    posix?: boolean;
    flock?: boolean;
  };
  thread_pool?: {
    /** Non-negative integer. */
    size?: number;
  };
  openfiles?: {
    /** Non-negative integer. Since libvirt 10.6.0. */
    max?: number;
  };
};

export type Bios = {
  entry?: Entry[];
};

export type Blkiotune = {
  /** Non-negative integer. Can change while it runs. */
  weight?: number;
  device?: Device[];
};

export type Blockio = {
  /** Bytes in the smallest piece that can be addressed. Non-negative integer. */
  logical_block_size?: number;
  /** Bytes in the smallest piece that can be written at once. Non-negative integer. */
  physical_block_size?: number;
  /** Non-negative integer. Since libvirt 10.1.0. */
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
  /** Non-negative integer. */
  id: number;
  /** Non-negative integer. */
  level: number;
  type: "both" | "code" | "data";
  /** Non-negative integer. */
  size: number;
  unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
};

export type Cachetune = {
  /** Set of CPU numbers. */
  vcpus: string;
  /** While it runs. */
  id?: string;
  cache?: Cache[];
  monitor?: Monitor[];
};

export type Capabilities = {
  policy?: "default" | "allow" | "deny";
  audit_control?: {
    state?: boolean;
  };
  audit_write?: {
    state?: boolean;
  };
  block_suspend?: {
    state?: boolean;
  };
  chown?: {
    state?: boolean;
  };
  dac_override?: {
    state?: boolean;
  };
  dac_read_search?: {
    state?: boolean;
  };
  fowner?: {
    state?: boolean;
  };
  fsetid?: {
    state?: boolean;
  };
  ipc_lock?: {
    state?: boolean;
  };
  ipc_owner?: {
    state?: boolean;
  };
  kill?: {
    state?: boolean;
  };
  lease?: {
    state?: boolean;
  };
  linux_immutable?: {
    state?: boolean;
  };
  mac_admin?: {
    state?: boolean;
  };
  mac_override?: {
    state?: boolean;
  };
  mknod?: {
    state?: boolean;
  };
  net_admin?: {
    state?: boolean;
  };
  net_bind_service?: {
    state?: boolean;
  };
  net_broadcast?: {
    state?: boolean;
  };
  net_raw?: {
    state?: boolean;
  };
  setgid?: {
    state?: boolean;
  };
  setfcap?: {
    state?: boolean;
  };
  setpcap?: {
    state?: boolean;
  };
  setuid?: {
    state?: boolean;
  };
  sys_admin?: {
    state?: boolean;
  };
  sys_boot?: {
    state?: boolean;
  };
  sys_chroot?: {
    state?: boolean;
  };
  sys_module?: {
    state?: boolean;
  };
  sys_nice?: {
    state?: boolean;
  };
  sys_pacct?: {
    state?: boolean;
  };
  sys_ptrace?: {
    state?: boolean;
  };
  sys_rawio?: {
    state?: boolean;
  };
  sys_resource?: {
    state?: boolean;
  };
  sys_time?: {
    state?: boolean;
  };
  sys_tty_config?: {
    state?: boolean;
  };
  syslog?: {
    state?: boolean;
  };
  wake_alarm?: {
    state?: boolean;
  };
  $xml?: string[];
};

export type Catchup = {
  /** Non-negative integer. */
  threshold?: number;
  /** Non-negative integer. */
  slew?: number;
  /** Non-negative integer. */
  limit?: number;
};

export type Cell = {
  /** Non-negative integer. */
  id?: number;
  /** Set of CPU numbers. */
  cpus?: string;
  /** Non-negative integer. */
  memory: number;
  unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
  memAccess?: "shared" | "private";
  discard?: boolean;
  distances?: {
    sibling?: Sibling[];
  };
  /** Since libvirt 6.6.0. */
  cache?: CellCache[];
};

export type CellCache = {
  /** Non-negative integer. */
  level: number;
  associativity: "none" | "direct" | "full";
  policy: "none" | "writeback" | "writethrough";
  size: {
    /** Non-negative integer. */
    value: number;
    unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
  };
  line: {
    /** Non-negative integer. */
    value: number;
    unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
  };
};

export type Certificate = {
  value?: string;
};

export type Channel = {
  log?: Log;
  target: {
    type: "virtio" | "guestfwd" | "xen";
    address?: string;
    /** Non-negative integer. */
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
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
      /** While it runs. */
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
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "file";
    source?: {
      path?: string;
      append?: boolean;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "pipe";
    source?: {
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
      mode?: "bind" | "connect";
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
      channel?: string;
    };
  }
  | {
    type: "nmdm";
    source?: {
      master?: string;
      slave?: string;
    };
  }
  | {
    type: "qemu-vdagent";
    source?: {
      clipboard?: {
        copypaste: boolean;
      };
      mouse?: {
        mode: "client" | "server";
      };
    };
  }
  | {
    type: "dbus";
    source?: {
      channel?: string;
    };
  }
);

export type Cipher = {
  name?: string;
  /** Non-negative integer. */
  size: number;
  mode?: string;
  hash?: string;
};

export type Clock = {
  /** What the clock is set to. */
  offset?: "utc" | "localtime" | "variable" | "timezone" | "absolute";
  /** Seconds added to it. */
  adjustment?: string;
  basis?: "utc" | "localtime";
  /** Name of the time zone. */
  timezone?: string;
  /** Integer. */
  start?: number;
  /** How one of the machine's timers behaves. */
  timer?: Timer[];
};

export type Codec = {
  type: "duplex" | "micro" | "output";
};

export type Console = {
  /** While it runs. */
  tty?: string;
  log?: Log;
  target?: {
    type?: "serial" | "virtio" | "xen" | "uml" | "lxc" | "openvz" | "sclp" | "sclplm";
    /** Non-negative integer. */
    port?: number;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
      /** While it runs. */
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
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "file";
    source?: {
      path?: string;
      append?: boolean;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "pipe";
    source?: {
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
      mode?: "bind" | "connect";
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
      channel?: string;
    };
  }
  | {
    type: "nmdm";
    source?: {
      master?: string;
      slave?: string;
    };
  }
  | {
    type: "qemu-vdagent";
    source?: {
      clipboard?: {
        copypaste: boolean;
      };
      mouse?: {
        mode: "client" | "server";
      };
    };
  }
  | {
    type: "dbus";
    source?: {
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
  /** Non-negative integer. */
  vectors?: number;
  /** Non-negative integer. */
  maxGrantFrames?: number;
  /** Non-negative integer. */
  maxEventChannels?: number;
  modelElement?: {
    name?: "none" | "pci-bridge" | "i82801b11-bridge" | "x3130-upstream" | "xio3130-downstream" | "ioh3420" | "pcie-root-port" | "spapr-pci-host-bridge" | "pxb" | "pxb-pcie" | "pcie-pci-bridge";
  };
  target?: ControllerTarget;
  driver?: ControllerDriver;
  /** Number of bytes. */
  pcihole64Bytes?: number;
  /** Since libvirt 11.5.0. */
  serial?: string;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  master?: {
    /** Non-negative integer. */
    startport?: number;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type ControllerDriver = {
  /** Non-negative integer. */
  queues?: number;
  /** Non-negative integer. */
  cmd_per_lun?: number;
  /** Non-negative integer. */
  max_sectors?: number;
  /** The guest's requests wake a thread instead of stopping the processor. */
  ioeventfd?: boolean;
  /** Non-negative integer. */
  iothread?: number;
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  page_per_vq?: boolean;
  iothreads?: {
    iothread?: DriverIothread[];
  };
};

export type ControllerTarget = {
  /** Integer. */
  chassisNr?: number;
  /** Integer. */
  chassis?: number;
  /** Hexadecimal integer. */
  port?: number;
  /** Integer. */
  busNr?: number;
  /** Non-negative integer. */
  index?: number;
  hotplug?: boolean;
  /** Non-negative integer. Since libvirt 10.3.0. */
  memReserve?: number;
  /** Non-negative integer. */
  node?: number;
};

export type Cookie = {
  name: string;
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
  /** Non-negative integer. */
  level?: number;
  mode: "emulate" | "passthrough" | "disable";
};

export type CpuFeature = {
  /** Whether it must be there, may be, or must not. */
  policy?: "force" | "require" | "optional" | "disable" | "forbid";
  /** Name of the feature. */
  name: string;
};

export type Cputune = {
  /** Non-negative integer. Can change while it runs. */
  shares?: number;
  /** Non-negative integer. Can change while it runs. */
  period?: number;
  /** Integer. Can change while it runs. */
  quota?: number;
  /** Non-negative integer. Can change while it runs. */
  global_period?: number;
  /** Integer. Can change while it runs. */
  global_quota?: number;
  /** Non-negative integer. Can change while it runs. */
  emulator_period?: number;
  /** Integer. Can change while it runs. */
  emulator_quota?: number;
  /** Non-negative integer. Can change while it runs. */
  iothread_period?: number;
  /** Integer. Can change while it runs. */
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
  /** Since libvirt 9.1.0. */
  model: "virtio";
  type: "qemu";
  backend: {
    model: "builtin" | "lkcf";
    /** Non-negative integer. */
    queues?: number;
  };
  driver?: InputDriver;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
      /** The connection is encrypted. */
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

export type Defaultiothread = {
  /** Non-negative integer. Since libvirt 8.5.0. */
  thread_pool_min?: number;
  /** Non-negative integer. Since libvirt 8.5.0. */
  thread_pool_max?: number;
};

export type Device = {
  path: string;
  /** Non-negative integer. Can change while it runs. */
  weight?: number;
  /** Non-negative integer. Can change while it runs. */
  read_iops_sec?: number;
  /** Non-negative integer. Can change while it runs. */
  write_iops_sec?: number;
  /** Non-negative integer. Can change while it runs. */
  read_bytes_sec?: number;
  /** Non-negative integer. Can change while it runs. */
  write_bytes_sec?: number;
};

export type Devices = {
  /** Program that runs the guest. */
  emulator?: string;
  /** A hard disk, CD-ROM or floppy. */
  disk?: Disk[];
  /** What devices are plugged into; made as needed. */
  controller?: Controller[];
  lease?: Lease[];
  filesystem?: Filesystem[];
  /** A network card. */
  interface?: Interface[];
  smartcard?: Smartcard[];
  /** A serial port. */
  serial?: Serial[];
  /** A parallel port. */
  parallel?: Parallel[];
  /** The console of the guest; the first one is the first serial port. */
  console?: Console[];
  /** A private line between a program in the guest and one on the host. */
  channel?: Channel[];
  /** Keyboard, mouse or tablet. */
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
  hostdev?: Hostdev[];
  redirdev?: Redirdev[];
  redirfilter?: Redirfilter;
  hub?: Hub[];
  /** Restarts a guest that hangs. */
  watchdog?: Watchdog[];
  /** Takes memory from the guest and gives it back. */
  memballoon?: Memballoon;
  /** Random numbers from the host. */
  rng?: Rng[];
  nvram?: DevicesNvram;
  panic?: Panic[];
  shmem?: Shmem[];
  memory?: DevicesMemory[];
  crypto?: Crypto[];
  iommu?: Iommu;
  vsock?: Vsock;
  pstore?: Pstore;
};

export type DevicesAudioInput = {
  mixingEngine?: boolean;
  fixedSettings?: boolean;
  /** Non-negative integer. */
  voices?: number;
  /** Non-negative integer. */
  bufferLength?: number;
  dev?: string;
  settings?: Settings;
};

export type DevicesHostdevAddress = {
  /** Non-negative integer. */
  bus: number;
  /** Non-negative integer. */
  target: number;
  /** Non-negative integer. */
  unit: number;
};

export type DevicesInterfaceDriver = {
  /** Whether the kernel or QEMU moves the packets. */
  name?: "qemu" | "vhost";
  txmode?: "iothread" | "timer";
  /** The guest's requests wake a thread instead of stopping the processor. */
  ioeventfd?: boolean;
  event_idx?: boolean;
  /** Number of queues for several processors. Non-negative integer. */
  queues?: number;
  /** Non-negative integer. */
  rx_queue_size?: number;
  /** Non-negative integer. */
  tx_queue_size?: number;
  rss?: boolean;
  rss_hash_report?: boolean;
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  page_per_vq?: boolean;
  host?: DriverHost;
  guest?: DriverHost;
};

export type DevicesMemory = {
  model: "dimm" | "nvdimm" | "virtio-pmem" | "virtio-mem" | "sgx-epc";
  access?: "shared" | "private";
  discard?: boolean;
  /** UUID. */
  uuid?: string;
  source?: MemorySource;
  target: MemoryTarget;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type DirtyRing = {
  state: boolean;
  /** Non-negative integer. */
  size?: number;
};

export type Disk = {
  /** What the guest sees. */
  device?: "disk" | "cdrom" | "floppy" | "lun";
  model?: "virtio" | "virtio-transitional" | "virtio-non-transitional" | "usb-storage" | "usb-bot";
  rawio?: boolean;
  sgio?: "default" | "filtered" | "unfiltered";
  /** How snapshots of the domain treat it. */
  snapshot?: "default" | "no" | "internal" | "external" | "manual";
  driver?: Driver;
  auth?: Auth;
  backingStore?: BackingStore;
  backenddomain?: {
    name?: string;
  };
  geometry?: Geometry;
  blockio?: Blockio;
  /** While it runs. */
  mirror?: Mirror;
  target?: Target;
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
    loadparm?: string;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
      $xml?: string[];
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
      $xml?: string[];
    };
  }
  | {
    type: "dir";
    source?: {
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
      $xml?: string[];
    };
  }
  | {
    type: "network";
    source?: {
      protocol: "nbd" | "rbd" | "sheepdog" | "gluster" | "iscsi" | "http" | "https" | "ftp" | "ftps" | "tftp" | "ssh" | "vxhs" | "nfs";
      name?: string;
      query?: string;
      /** The connection is encrypted. */
      tls?: boolean;
      tlsHostname?: string;
      /** What to do when the image is not there at the start. */
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      /** Number of the image in the running guest's block graph. Non-negative integer. While it runs. */
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
      $xml?: string[];
    };
  }
  | {
    type: "vhostuser";
    source?: {
      type: string;
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
      $xml?: string[];
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
      $xml?: string[];
    };
  }
);

export type Domain = {
  /** Which kind of hypervisor runs it: kvm with the processor's help, qemu in pure emulation. */
  type: "none" | "qemu" | "kqemu" | "kvm" | "xen" | "lxc" | "uml" | "openvz" | "test" | "vmware" | "hyperv" | "vbox" | "phyp" | "parallels" | "bhyve" | "vz" | "hvf";
  /** Number of the running guest, new at every start. Integer. While it runs. */
  id?: number;
  /** What people call it; one name for one domain on a host. */
  name: string;
  /** Its identity for good; made up when not given. UUID. */
  uuid?: string;
  /** Tells the guest, by a number that changes, that it was restored from an earlier moment. */
  genid?: Genid;
  /** A short text for lists, in one line. */
  title?: string;
  /** Anything people want to remember about it. */
  description?: string;
  /** What applications keep with the domain, one element for each XML namespace. */
  metadata?: string;
  /** How far memory can grow by plugging memory devices. */
  maxMemory?: MaxMemory;
  /** Memory the guest has when it starts. */
  memory?: Memory;
  /** How much of the memory the balloon leaves to the guest. Number of bytes. */
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
    iothread?: Iothread[];
  };
  /** Since libvirt 8.5.0. */
  defaultiothread?: Defaultiothread;
  cputune?: Cputune;
  numatune?: Numatune;
  resource?: Resource;
  sysinfo?: Sysinfo[];
  bootloader?: string;
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
  /** What happens when the guest switches itself off. */
  on_poweroff?: "destroy" | "restart" | "rename-restart" | "preserve" | "coredump-destroy" | "coredump-restart";
  /** What happens when the guest restarts. */
  on_reboot?: "destroy" | "restart" | "rename-restart" | "preserve" | "coredump-destroy" | "coredump-restart";
  /** What happens when the guest reports a crash. */
  on_crash?: "destroy" | "restart" | "rename-restart" | "preserve" | "coredump-destroy" | "coredump-restart";
  /** What happens when the lock on a disk is lost. */
  on_lockfailure?: "default" | "poweroff" | "restart" | "pause" | "ignore";
  pm?: Pm;
  perf?: {
    event?: Event[];
  };
  devices?: Devices;
  /** How the guest is kept apart from others and from the host. */
  seclabel?: DomainSeclabel[];
  keywrap?: {
    cipher?: DomainCipher[];
  };
  launchSecurity?: LaunchSecurity;
  $xml?: string[];
};

export type DomainCipher = {
  name: "aes" | "dea";
  state: boolean;
};

export type DomainDevicesAudioInput = {
  mixingEngine?: boolean;
  fixedSettings?: boolean;
  /** Non-negative integer. */
  voices?: number;
  /** Non-negative integer. */
  bufferLength?: number;
  /** Non-negative integer. */
  bufferCount?: number;
  settings?: Settings;
};

export type DomainSeclabel = {
  type?: "none" | "dynamic" | "static";
  model?: string;
  relabel?: boolean;
  label?: string;
  /** While it runs. */
  imagelabel?: string;
  baselabel?: string;
};

export type DomainSysinfoEntry = {
  name: string;
  file?: string;
  value?: string;
};

export type DomainVcpu = {
  /** Non-negative integer. */
  id: number;
  enabled: boolean;
  hotpluggable?: boolean;
  /** Non-negative integer. */
  order?: number;
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
  event_idx?: boolean;
  /** Blocks read from the backing image are kept. */
  copy_on_read?: boolean;
  /** Whether blocks the guest frees are freed on the host. */
  discard?: "default" | "unmap" | "ignore";
  /** Number of the I/O thread that serves it. Non-negative integer. */
  iothread?: number;
  /** Whether writing zeroes is made into freeing. */
  detect_zeroes?: "default" | "off" | "on" | "unmap";
  /** Non-negative integer. */
  queues?: number;
  /** Entries in a queue. Non-negative integer. */
  queue_size?: number;
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  page_per_vq?: boolean;
  /** Since libvirt 9.5.0. */
  discard_no_unref?: boolean;
  iothreads?: {
    iothread?: DriverIothread[];
  };
  /** Since libvirt 11.9.0. */
  statistics?: {
    statistic?: Statistic[];
  };
  metadata_cache?: {
    /** Number of bytes. */
    max_sizeBytes?: number;
  };
};

export type DriverHost = {
  csum?: boolean;
  gso?: boolean;
  tso4?: boolean;
  tso6?: boolean;
  ecn?: boolean;
  ufo?: boolean;
  mrg_rxbuf?: boolean;
};

export type DriverIothread = {
  /** Non-negative integer. */
  id: number;
  queue?: Queue[];
};

export type Emulatorpin = {
  /** Set of CPU numbers. Can change while it runs. */
  cpuset: string;
};

export type Emulatorsched = {
  scheduler: "batch" | "idle" | "fifo" | "rr";
  /** Integer. */
  priority?: number;
};

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

export type Entry = {
  name?: string;
  value?: string;
};

export type Event = {
  name: "cmt" | "mbmt" | "mbml" | "cpu_cycles" | "instructions" | "cache_references" | "cache_misses" | "branch_instructions" | "branch_misses" | "bus_cycles" | "stalled_cycles_frontend" | "stalled_cycles_backend" | "ref_cpu_cycles" | "cpu_clock" | "task_clock" | "page_faults" | "context_switches" | "cpu_migrations" | "page_faults_min" | "page_faults_maj" | "alignment_faults" | "emulation_faults";
  enabled: boolean;
};

export type Feature = {
  enabled: boolean;
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
  viridian?: boolean;
  privnet?: boolean;
  /** What makes Windows run faster, as Hyper-V offers it. */
  hyperv?: Hyperv;
  /** Details of KVM that a guest can notice. */
  kvm?: Kvm;
  pvspinlock?: {
    state?: boolean;
  };
  capabilities?: Capabilities;
  pmu?: {
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
    state?: boolean;
  };
  htm?: {
    state: boolean;
  };
  "nested-hv"?: {
    state: boolean;
  };
  msrs?: {
    unknown: "ignore" | "fault";
  };
  "ccf-assist"?: {
    state: boolean;
  };
  xen?: Xen;
  cfpc?: {
    value?: "broken" | "workaround" | "fixed";
  };
  sbbc?: {
    value?: "broken" | "workaround" | "fixed";
  };
  ibs?: {
    value?: "broken" | "workaround" | "fixed-ibs" | "fixed-ccd" | "fixed-na";
  };
  tcg?: Tcg;
  "async-teardown"?: {
    /** Since libvirt 9.6.0. */
    enabled?: boolean;
  };
  ras?: {
    /** Since libvirt 10.4.0. */
    state?: boolean;
  };
  ps2?: {
    /** Since libvirt 10.7.0. */
    state?: boolean;
  };
  aia?: {
    /** Since libvirt 11.1.0. */
    value?: "none" | "aplic" | "aplic-imsic";
  };
  $xml?: string[];
};

export type Filesystem = {
  accessmode?: "passthrough" | "mapped" | "squash";
  model?: "virtio" | "virtio-transitional" | "virtio-non-transitional";
  multidevs?: "default" | "remap" | "forbid" | "warn";
  /** Octal integer. */
  fmode?: number;
  /** Octal integer. */
  dmode?: number;
  driver?: FilesystemDriver;
  binary?: Binary;
  /** Since libvirt 10.0.0. */
  idmap?: {
    uid?: Uid[];
    gid?: Uid[];
  };
  target?: {
    dir?: string;
  };
  readonly?: boolean;
  boot?: {
    /** Place in the order of devices to start from, from 1. Non-negative integer. */
    order: number;
    loadparm?: string;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
  /** Number of bytes. */
  space_hard_limitBytes?: number;
  /** Number of bytes. */
  space_soft_limitBytes?: number;
} & (
  | {
    type?: "mount";
    source?: {
      dir?: string;
      socket?: string;
    };
  }
  | {
    type: "file";
    source?: {
      file?: string;
    };
  }
  | {
    type: "block";
    source?: {
      dev?: string;
    };
  }
  | {
    type: "template";
    source?: {
      name?: string;
    };
  }
  | {
    type: "ram";
    source?: {
      /** Non-negative integer. */
      usage: number;
      units?: string;
    };
  }
  | {
    type: "bind";
    source?: {
      dir?: string;
    };
  }
  | {
    type: "volume";
    source?: {
      pool?: string;
      volume?: string;
    };
  }
);

export type FilesystemDriver = {
  type?: "path" | "handle" | "loop" | "nbd" | "ploop" | "virtiofs" | "mtp";
  format?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  wrpolicy?: "immediate";
  /** Non-negative integer. */
  queue?: number;
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  page_per_vq?: boolean;
};

export type Filterref = {
  filter: string;
  parameter?: Parameter[];
};

export type Format = {
  type: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  metadata_cache?: {
    /** Number of bytes. */
    max_sizeBytes?: number;
  };
};

export type Genid = {
  /** UUID. */
  value?: string;
};

export type Geometry = {
  /** Non-negative integer. */
  cyls?: number;
  /** Non-negative integer. */
  heads?: number;
  /** Non-negative integer. */
  secs?: number;
  trans?: "default" | "none" | "auto" | "lba";
};

export type Gic = {
  /** Version of ARM's interrupt controller. */
  version?: string;
};

export type Gl = {
  enable: boolean;
  rendernode?: string;
};

export type Graphics = {
} & (
  | {
    type: "vnc";
    socket?: string;
    /** TCP port; -1 for a free one. Integer. */
    port?: number;
    /** A free port is taken at every start. */
    autoport?: boolean;
    /** Port for browsers; -1 for a free one. Integer. */
    websocket?: number;
    listen?: string;
    /** Keyboard layout of viewers that send no key codes. */
    keymap?: string;
    sharePolicy?: "allow-exclusive" | "force-shared" | "ignore";
    powerControl?: boolean;
    /** Since libvirt 11.6.0. */
    wait?: boolean;
    /** Password of viewers. Shown only when secrets are asked for. */
    passwd?: string;
    /** End of the password's life. */
    passwdValidTo?: string;
    connected?: "fail" | "disconnect" | "keep";
    listenElement?: Listen[];
    audio?: {
      /** Non-negative integer. */
      id: number;
    };
  }
  | {
    type: "spice";
    /** TCP port; -1 for a free one. Integer. */
    port?: number;
    /** Integer. */
    tlsPort?: number;
    /** A free port is taken at every start. */
    autoport?: boolean;
    listen?: string;
    /** Keyboard layout of viewers that send no key codes. */
    keymap?: string;
    defaultMode?: "any" | "secure" | "insecure";
    /** Password of viewers. Shown only when secrets are asked for. */
    passwd?: string;
    /** End of the password's life. */
    passwdValidTo?: string;
    connected?: "fail" | "disconnect" | "keep";
    listenElement?: Listen[];
    channel?: GraphicsChannel[];
    image?: {
      compression: "auto_glz" | "auto_lz" | "quic" | "glz" | "lz" | "off";
    };
    jpeg?: {
      compression: "auto" | "never" | "always";
    };
    zlib?: {
      compression: "auto" | "never" | "always";
    };
    playback?: {
      compression: boolean;
    };
    streaming?: {
      mode: "filter" | "all" | "off";
    };
    mouse?: {
      mode: "client" | "server";
    };
    clipboard?: {
      copypaste: boolean;
    };
    filetransfer?: {
      enable: boolean;
    };
    gl?: Gl;
  }
  | {
    type: "sdl";
    display?: string;
    xauth?: string;
    fullscreen?: boolean;
    gl?: {
      enable: boolean;
    };
  }
  | {
    type: "rdp";
    /** TCP port; -1 for a free one. Integer. */
    port?: number;
    /** A free port is taken at every start. */
    autoport?: boolean;
    replaceUser?: boolean;
    multiUser?: boolean;
    listen?: string;
    /** Since libvirt 11.1.0. */
    username?: string;
    /** Password of viewers. Shown only when secrets are asked for. */
    passwd?: string;
    /** End of the password's life. */
    passwdValidTo?: string;
    connected?: "fail" | "disconnect" | "keep";
    listenElement?: Listen[];
  }
  | {
    type: "desktop";
    display?: string;
    fullscreen?: boolean;
  }
  | {
    type: "egl-headless";
    gl?: {
      rendernode?: string;
    };
  }
  | {
    type: "dbus";
    p2p?: boolean;
    address?: string;
    gl?: Gl;
    audio?: {
      /** Non-negative integer. */
      id: number;
    };
  }
);

export type GraphicsChannel = {
  name: "main" | "display" | "inputs" | "cursor" | "playback" | "record" | "smartcard" | "usbredir";
  mode: "any" | "secure" | "insecure";
};

export type Guest = {
  dev?: string;
  actual?: string;
};

export type Hap = {
  state?: boolean;
};

export type Host = {
  name?: string;
  /** Non-negative integer. */
  port?: number;
  transport?: "tcp" | "unix" | "rdma";
  socket?: string;
};

export type Hostdev = {
  mode?: "subsystem" | "capabilities";
  managed?: boolean;
  teaming?: Teaming;
  readonly?: boolean;
  shareable?: boolean;
  boot?: {
    /** Place in the order of devices to start from, from 1. Non-negative integer. */
    order: number;
    loadparm?: string;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  rom?: Rom;
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
      startupPolicy?: "default" | "mandatory" | "requisite" | "optional";
      guestReset?: "off" | "uninitialized" | "on";
      /** While it runs. */
      missing?: boolean;
      vendor?: {
        /** Hexadecimal integer. */
        id: number;
      };
      product?: {
        /** Hexadecimal integer. */
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
      writeFiltering?: boolean;
      /** Where the guest finds the device; once given it never moves. */
      address?: Address;
      /** While it runs. */
      origstates?: Origstates;
    };
  }
  | {
    type: "scsi";
    sgio?: "filtered" | "unfiltered";
    rawio?: boolean;
    source: {
      protocol?: "adapter" | "iscsi";
      name?: string;
      adapter?: {
        name?: string;
      };
      /** Where the guest finds the device; once given it never moves. */
      address?: DevicesHostdevAddress;
      host?: Host[];
      auth?: Auth;
      initiator?: {
        iqn?: {
          name?: string;
        };
      };
    };
  }
  | {
    type: "scsi_host";
    model?: "virtio" | "virtio-transitional" | "virtio-non-transitional";
    source: {
      protocol: string;
      wwpn?: string;
    };
  }
  | {
    type: "mdev";
    model: "vfio-pci" | "vfio-ccw" | "vfio-ap";
    display?: boolean;
    ramfb?: boolean;
    source: {
      /** Where the guest finds the device; once given it never moves. */
      address: {
        /** UUID. */
        uuid: string;
      };
    };
  }
  | {
    type: "storage";
    source: {
      block: string;
    };
  }
  | {
    type: "misc";
    source: {
      char: string;
    };
  }
  | {
    type: "net";
    source: {
      interface: string;
    };
    ip?: Ip[];
    route?: Route[];
  }
);

export type HostdevAddress = {
  /** Non-negative integer. */
  bus?: number;
  /** Non-negative integer. */
  device?: number;
  /** Since libvirt 12.0.0. */
  port?: string;
};

export type Hpt = {
  resizing?: "enabled" | "disabled" | "required";
  /** Number of bytes. */
  maxpagesizeBytes?: number;
};

export type Hub = {
  type: "usb";
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
    state: boolean;
  };
  vapic?: {
    state: boolean;
  };
  spinlocks?: Spinlocks;
  vpindex?: {
    state: boolean;
  };
  runtime?: {
    state: boolean;
  };
  synic?: {
    state: boolean;
  };
  stimer?: Stimer;
  reset?: {
    state: boolean;
  };
  vendor_id?: VendorId;
  frequencies?: {
    state: boolean;
  };
  reenlightenment?: {
    state: boolean;
  };
  tlbflush?: Tlbflush;
  ipi?: {
    state: boolean;
  };
  evmcs?: {
    state: boolean;
  };
  avic?: {
    state: boolean;
  };
  emsr_bitmap?: {
    /** Since libvirt 10.7.0. */
    state: boolean;
  };
  xmm_input?: {
    /** Since libvirt 10.7.0. */
    state: boolean;
  };
  $xml?: string[];
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

export type Inbound = {
  /** Non-negative integer. */
  average?: number;
  /** Non-negative integer. */
  peak?: number;
  /** Non-negative integer. */
  floor?: number;
  /** Non-negative integer. */
  burst?: number;
};

export type Initarg = {
  value?: string;
};

export type Initenv = {
  name: string;
  value?: string;
};

export type Input = {
  /** Which of them. */
  type: "mouse" | "tablet" | "keyboard" | "passthrough" | "evdev";
  /** What it is plugged into. */
  bus?: "ps2" | "usb" | "xen" | "parallels" | "virtio" | "none";
  model?: "virtio" | "virtio-transitional" | "virtio-non-transitional";
  driver?: InputDriver;
  source?: InputSource;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Input2 = {
  mixingEngine?: boolean;
  fixedSettings?: boolean;
  /** Non-negative integer. */
  voices?: number;
  /** Non-negative integer. */
  bufferLength?: number;
  serverName?: string;
  clientName?: string;
  connectPorts?: string;
  exactName?: boolean;
  settings?: Settings;
};

export type Input3 = {
  mixingEngine?: boolean;
  fixedSettings?: boolean;
  /** Non-negative integer. */
  voices?: number;
  /** Non-negative integer. */
  bufferLength?: number;
  dev?: string;
  /** Non-negative integer. */
  bufferCount?: number;
  tryPoll?: boolean;
  settings?: Settings;
};

export type Input4 = {
  mixingEngine?: boolean;
  fixedSettings?: boolean;
  /** Non-negative integer. */
  voices?: number;
  /** Non-negative integer. */
  bufferLength?: number;
  name?: string;
  streamName?: string;
  /** Non-negative integer. */
  latency?: number;
  settings?: Settings;
};

export type InputDriver = {
  /** The device's memory accesses go through the guest's IOMMU. */
  iommu?: boolean;
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  page_per_vq?: boolean;
};

export type InputSource = {
  evdev?: string;
  dev?: string;
  grab?: "all";
  grabToggle?: "ctrl-ctrl" | "alt-alt" | "shift-shift" | "meta-meta" | "scrolllock" | "ctrl-scrolllock";
  repeat?: boolean;
};

export type Interconnects = {
  latency?: Latency[];
  bandwidth?: Bandwidth[];
};

export type Interface = {
  managed?: boolean;
  /** Can change while it runs. */
  trustGuestRxFilters?: boolean;
  mac?: {
    /** Its hardware address; made up when not given. MAC address. */
    address?: string;
    type?: "generated" | "static";
    check?: boolean;
    /** MAC address. While it runs. Since libvirt 12.0.0. */
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
    path?: string;
  };
  downscript?: {
    path?: string;
  };
  backenddomain?: {
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
    /** Non-negative integer. */
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
        /** Non-negative integer. Can change while it runs. */
        max?: number;
      };
    };
  };
  boot?: {
    /** Place in the order of devices to start from, from 1. Non-negative integer. */
    order: number;
    loadparm?: string;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  rom?: Rom;
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
      /** UUID. While it runs. */
      portid?: string;
      /** Name of the bridge on the host. While it runs. */
      bridge?: string;
      /** While it runs. */
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
      /** UUID. While it runs. */
      portid?: string;
      /** Name of the bridge on the host. Can change while it runs. */
      bridge: string;
      /** While it runs. */
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
      /** UUID. While it runs. */
      portid?: string;
      /** Name of the interface on the host. */
      dev: string;
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
      type: string;
      path: string;
      mode: "server" | "client";
      reconnect?: Reconnect;
    };
  }
  | {
    type: "server";
    source?: {
      address?: string;
      /** Integer. */
      port: number;
    };
  }
  | {
    type: "client";
    source?: {
      address: string;
      /** Integer. */
      port: number;
    };
  }
  | {
    type: "mcast";
    source?: {
      address: string;
      /** Integer. */
      port: number;
    };
  }
  | {
    type: "udp";
    source?: {
      address: string;
      /** Integer. */
      port: number;
      local?: Local;
    };
  }
  | {
    type: "internal";
    source?: {
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
          /** Hexadecimal integer. */
          bus?: number;
          /** Slot on the bus. Hexadecimal integer. */
          slot?: number;
          /** Function in the slot. Hexadecimal integer. */
          function?: number;
        }
        | {
          type: "usb";
          /** Non-negative integer. */
          bus?: number;
          /** Non-negative integer. */
          device?: number;
          /** Since libvirt 12.0.0. */
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
    source?: {
      /** UUID. */
      switchid: string;
      /** Integer. */
      portid: number;
      portgroupid: string;
      /** Integer. */
      connectionid: number;
    };
  }
  | {
    type: "null";
  }
);

export type InterfaceBandwidth = {
  /** Non-negative integer. */
  classID?: number;
  inbound?: Inbound;
  outbound?: Inbound;
};

export type InterfaceDriver = {
  /** Whether the kernel or QEMU moves the packets. */
  name?: "kvm" | "vfio" | "xen";
  /** Since libvirt 10.0.0. */
  model?: string;
  /** Since libvirt 12.0.0. */
  iommufd?: boolean;
};

export type InterfaceTarget = {
  /** Name of the host's end. */
  dev?: string;
  managed?: boolean;
};

export type Iommu = {
  model: "intel" | "smmuv3" | "virtio" | "amd";
  driver?: IommuDriver;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type IommuDriver = {
  intremap?: boolean;
  caching_mode?: boolean;
  eim?: boolean;
  iotlb?: boolean;
  /** Non-negative integer. */
  aw_bits?: number;
  /** Since libvirt 10.7.0. */
  dma_translation?: boolean;
  /** Since libvirt 11.5.0. */
  xtsup?: boolean;
  /** Since libvirt 11.5.0. */
  passthrough?: boolean;
};

export type Iothread = {
  /** Non-negative integer. */
  id: number;
  /** Non-negative integer. Since libvirt 8.5.0. */
  thread_pool_min?: number;
  /** Non-negative integer. Since libvirt 8.5.0. */
  thread_pool_max?: number;
  /** Since libvirt 9.4.0. */
  poll?: Poll;
};

export type Iothreadpin = {
  /** Non-negative integer. */
  iothread: number;
  /** Set of CPU numbers. Can change while it runs. */
  cpuset: string;
};

export type Iothreadsched = {
  /** Set of CPU numbers. */
  iothreads: string;
  scheduler: "batch" | "idle" | "fifo" | "rr";
  /** Integer. */
  priority?: number;
};

export type Ip = {
  /** IP address. */
  address: string;
  family?: "ipv4" | "ipv6";
  /** Non-negative integer. */
  prefix?: number;
  /** IP address. */
  peer?: string;
};

export type Ivgen = {
  name?: string;
  hash?: string;
};

export type Kvm = {
  hidden?: {
    /** The guest is not told that it runs on KVM. */
    state: boolean;
  };
  "hint-dedicated"?: {
    state: boolean;
  };
  "poll-control"?: {
    state: boolean;
  };
  "pv-ipi"?: {
    state: boolean;
  };
  "dirty-ring"?: DirtyRing;
  $xml?: string[];
};

export type Latency = {
  /** Non-negative integer. */
  initiator: number;
  /** Non-negative integer. */
  target: number;
  /** Non-negative integer. */
  cache?: number;
  type: "access" | "read" | "write";
  /** Non-negative integer. */
  value: number;
};

export type LaunchSecurity = {
} & (
  | {
    type: "sev";
    /** Since libvirt 8.0.0. */
    kernelHashes?: boolean;
    /** Non-negative integer. */
    cbitpos?: number;
    /** Non-negative integer. */
    reducedPhysBits?: number;
    /** Hexadecimal integer. */
    policy: number;
    dhCert?: string;
    session?: string;
  }
  | {
    type: "sev-snp";
    kernelHashes?: boolean;
    authorKey?: boolean;
    vcek?: boolean;
    /** Non-negative integer. */
    cbitpos?: number;
    /** Non-negative integer. */
    reducedPhysBits?: number;
    /** Hexadecimal integer. */
    policy: number;
    guestVisibleWorkarounds?: string;
    idBlock?: string;
    idAuth?: string;
    hostData?: string;
  }
  | {
    type: "tdx";
    /** Hexadecimal integer. */
    policy?: number;
    mrConfigId?: string;
    mrOwner?: string;
    mrOwnerConfig?: string;
    quoteGenerationService?: {
      path?: string;
    };
  }
  | {
    type: "s390-pv";
  }
);

export type Lease = {
  lockspace?: string;
  key: string;
  target: {
    path: string;
    /** Non-negative integer. */
    offset?: number;
  };
};

export type Listen = {
  type: "none" | "address" | "network" | "socket";
  /** Address it listens on. */
  address?: string;
  network?: string;
  socket?: string;
};

export type Loader = {
  /** The guest cannot write to the firmware. */
  readonly?: boolean;
  /** The firmware implements Secure Boot and needs SMM. */
  secure?: boolean;
  /** Mapped as memory ("rom") or as flash ("pflash"). */
  type?: "rom" | "pflash";
  /** Since libvirt 8.6.0. */
  stateless?: boolean;
  /** Since libvirt 9.2.0. */
  format?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  value?: string;
};

export type Local = {
  address: string;
  /** Integer. */
  port: number;
};

export type Log = {
  /** File that gets a copy of everything the guest writes. */
  file?: string;
  append?: boolean;
};

export type MaxMemory = {
  /** How many memory devices can be plugged. Non-negative integer. */
  slots?: number;
  /** Number of bytes. */
  valueBytes?: number;
};

export type Maxphysaddr = {
  mode: "emulate" | "passthrough" | "disable";
  /** Non-negative integer. */
  bits?: number;
  /** Non-negative integer. Since libvirt 9.3.0. */
  limit?: number;
};

export type Memballoon = {
  model: "virtio" | "xen" | "none" | "virtio-transitional" | "virtio-non-transitional";
  /** Gives memory back before the guest runs out of it. */
  autodeflate?: boolean;
  freePageReporting?: boolean;
  stats?: {
    /** Seconds between reports of the guest's memory. Non-negative integer. */
    period?: number;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
  driver?: InputDriver;
};

export type Memnode = {
  /** Non-negative integer. */
  cellid: number;
  mode?: "strict" | "preferred" | "interleave" | "restrictive";
  /** Set of CPU numbers. */
  nodeset: string;
};

export type Memory = {
  /** Whether a core dump of the hypervisor holds the guest's memory. */
  dumpCore?: boolean;
  /** The amount; KiB unless a unit is given. Number of bytes. */
  valueBytes?: number;
};

export type MemoryBacking = {
  hugepages?: Hugepages;
  nosharepages?: boolean;
  locked?: boolean;
  source?: {
    type?: "file" | "anonymous" | "memfd";
  };
  access?: {
    mode?: "shared" | "private";
  };
  allocation?: Allocation;
  discard?: boolean;
};

export type MemorySource = {
  path?: string;
  /** Set of CPU numbers. */
  nodemask?: string;
  /** Number of bytes. */
  pagesizeBytes?: number;
  /** Number of bytes. */
  alignsizeBytes?: number;
  pmem?: boolean;
};

export type MemoryTarget = {
  /** Since libvirt 10.1.0. */
  dynamicMemslots?: boolean;
  /** Number of bytes. */
  sizeBytes: number;
  /** Non-negative integer. */
  node?: number;
  label?: {
    /** Number of bytes. */
    sizeBytes: number;
  };
  readonly?: boolean;
  /** Number of bytes. */
  blockBytes?: number;
  /** Number of bytes. Can change while it runs. */
  requestedBytes?: number;
  /** Number of bytes. While it runs. */
  currentBytes?: number;
  /** Where the guest finds the device; once given it never moves. */
  address?: {
    /** Hexadecimal integer. Since libvirt 9.4.0. */
    base?: number;
  };
};

export type Memorytune = {
  /** Set of CPU numbers. */
  vcpus: string;
  /** While it runs. */
  id?: string;
  node?: Node[];
  monitor?: MemorytuneMonitor[];
};

export type MemorytuneMonitor = {
  /** Set of CPU numbers. */
  vcpus: string;
};

export type Memtune = {
  /** Number of bytes. Can change while it runs. */
  hard_limitBytes?: number;
  /** Number of bytes. Can change while it runs. */
  soft_limitBytes?: number;
  /** Number of bytes. Can change while it runs. */
  min_guaranteeBytes?: number;
  /** Number of bytes. Can change while it runs. */
  swap_hard_limitBytes?: number;
};

export type Mirror = {
  file?: string;
  format?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  job?: "copy" | "active-commit";
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
      /** The connection is encrypted. */
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

export type Model = {
  /** Whether a similar model will do when the host lacks this one. */
  fallback?: "allow" | "forbid";
  /** Vendor the guest reads, twelve characters. */
  vendor_id?: string;
  /** Name of the model. */
  value?: string;
};

export type Monitor = {
  /** Non-negative integer. */
  level: number;
  /** Set of CPU numbers. */
  vcpus: string;
};

export type Msi = {
  /** Non-negative integer. */
  vectors?: number;
  ioeventfd?: boolean;
};

export type Node = {
  /** Non-negative integer. */
  id: number;
  /** Non-negative integer. */
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
  mode?: "strict" | "preferred" | "interleave" | "restrictive";
  placement?: "static" | "auto";
  /** Set of CPU numbers. Can change while it runs. */
  nodeset?: string;
};

export type Nvram = {
  /** File that new variables are copied from. */
  template?: string;
  /** Since libvirt 10.10.0. */
  templateFormat?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  /** Since libvirt 9.2.0. */
  format?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  value?: string;
} & (
  | {
    type?: undefined;
  }
  | {
    type: "file";
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
      /** The connection is encrypted. */
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

export type Origstates = {
  unbind?: boolean;
  removeslot?: boolean;
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
  init?: string;
  initarg?: Initarg[];
  initenv?: Initenv[];
  initdir?: string;
  inituser?: string;
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
  /** Since libvirt 11.2.0. */
  shim?: string;
  /** Command line of the kernel. */
  cmdline?: string;
  /** Device tree for the kernel. */
  dtb?: string;
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
  /** Non-negative integer. */
  size: number;
  unit?: "B" | "bytes" | "KB" | "KiB" | "k" | "MB" | "MiB" | "M" | "GB" | "GiB" | "G" | "TB" | "TiB" | "T" | "PiB" | "P" | "EiB" | "E";
  /** Set of CPU numbers. */
  nodeset?: string;
};

export type Panic = {
  model?: "isa" | "pseries" | "hyperv" | "s390" | "pvpanic";
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
    /** Non-negative integer. */
    port?: number;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
      /** While it runs. */
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
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "file";
    source?: {
      path?: string;
      append?: boolean;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "pipe";
    source?: {
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
      mode?: "bind" | "connect";
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
      channel?: string;
    };
  }
  | {
    type: "nmdm";
    source?: {
      master?: string;
      slave?: string;
    };
  }
  | {
    type: "qemu-vdagent";
    source?: {
      clipboard?: {
        copypaste: boolean;
      };
      mouse?: {
        mode: "client" | "server";
      };
    };
  }
  | {
    type: "dbus";
    source?: {
      channel?: string;
    };
  }
);

export type Parameter = {
  name?: string;
  value?: string;
};

export type Parameters = {
  /** Non-negative integer. */
  managerid?: number;
  /** Non-negative integer. */
  typeid?: number;
  /** Non-negative integer. */
  typeidversion?: number;
  /** UUID. */
  instanceid?: string;
  /** UUID. */
  interfaceid?: string;
  profileid?: string;
};

export type Passthrough = {
  state: boolean;
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
  /** Non-negative integer. */
  max?: number;
  /** Non-negative integer. */
  grow?: number;
  /** Non-negative integer. */
  shrink?: number;
};

export type Port = {
  isolated?: boolean;
};

export type PortForward = {
  proto: "tcp" | "udp";
  /** IP address. */
  address?: string;
  dev?: string;
  range?: Range[];
};

export type Profile = {
  source?: string;
  removeDisabled?: "fips-host" | "check";
  name?: string;
};

export type Pstore = {
  /** Since libvirt 10.8.0. */
  backend: "acpi-erst";
  path?: string;
  /** Number of bytes. */
  sizeBytes: number;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Queue = {
  /** Non-negative integer. */
  id: number;
};

export type Range = {
  /** Non-negative integer. */
  start?: number;
  /** Non-negative integer. */
  end?: number;
  /** Non-negative integer. */
  to?: number;
  exclude?: boolean;
};

export type Rate = {
  /** Bytes the guest may take in a period. Non-negative integer. */
  bytes?: number;
  /** Milliseconds of a period. Non-negative integer. */
  period?: number;
};

export type Reconnect = {
  enabled?: boolean;
  /** Seconds between attempts to connect again. Non-negative integer. */
  timeout?: number;
};

export type Redirdev = {
  bus?: "usb";
  boot?: {
    /** Place in the order of devices to start from, from 1. Non-negative integer. */
    order: number;
    loadparm?: string;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
      /** While it runs. */
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
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "file";
    source?: {
      path?: string;
      append?: boolean;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "pipe";
    source?: {
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
      mode?: "bind" | "connect";
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
      channel?: string;
    };
  }
  | {
    type: "nmdm";
    source?: {
      master?: string;
      slave?: string;
    };
  }
  | {
    type: "qemu-vdagent";
    source?: {
      clipboard?: {
        copypaste: boolean;
      };
      mouse?: {
        mode: "client" | "server";
      };
    };
  }
  | {
    type: "dbus";
    source?: {
      channel?: string;
    };
  }
);

export type Redirfilter = {
  usbdev?: Usbdev[];
};

export type Reservations = {
  managed: boolean;
  source?: Source;
};

export type Resolution = {
  /** Non-negative integer. */
  x: number;
  /** Non-negative integer. */
  y: number;
};

export type Resource = {
  partition?: string;
  fibrechannel?: {
    /** Since libvirt 7.7.0. */
    appid?: string;
  };
};

export type Rng = {
  model: "virtio" | "virtio-transitional" | "virtio-non-transitional";
  rate?: Rate;
  backend: {
  } & (
    | {
      model: "random";
      value?: string;
    }
    | {
      model: "egd";
      log?: Log;
    } & (
      | {
        type: "pty";
        source?: {
          /** While it runs. */
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
          path?: string;
          seclabel?: Seclabel[];
        };
      }
      | {
        type: "file";
        source?: {
          path?: string;
          append?: boolean;
          seclabel?: Seclabel[];
        };
      }
      | {
        type: "pipe";
        source?: {
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
          mode?: "bind" | "connect";
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
          channel?: string;
        };
      }
      | {
        type: "nmdm";
        source?: {
          master?: string;
          slave?: string;
        };
      }
      | {
        type: "qemu-vdagent";
        source?: {
          clipboard?: {
            copypaste: boolean;
          };
          mouse?: {
            mode: "client" | "server";
          };
        };
      }
      | {
        type: "dbus";
        source?: {
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
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Rom = {
  enabled?: boolean;
  bar?: boolean;
  file?: string;
};

export type Route = {
  family?: "ipv4" | "ipv6";
  /** IP address. */
  address?: string;
  /** IP address. */
  netmask?: string;
  /** Non-negative integer. */
  prefix?: number;
  /** IP address. */
  gateway?: string;
  /** Non-negative integer. */
  metric?: number;
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

export type Serial = {
  log?: Log;
  target?: {
    type?: "isa-serial" | "usb-serial" | "pci-serial" | "spapr-vio-serial" | "system-serial" | "sclp-serial" | "isa-debug";
    /** Non-negative integer. */
    port?: number;
    model?: {
      name?: "isa-serial" | "usb-serial" | "pci-serial" | "spapr-vty" | "pl011" | "sclpconsole" | "sclplmconsole" | "16550a" | "isa-debugcon";
    };
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
      /** While it runs. */
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
      path?: string;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "file";
    source?: {
      path?: string;
      append?: boolean;
      seclabel?: Seclabel[];
    };
  }
  | {
    type: "pipe";
    source?: {
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
      mode?: "bind" | "connect";
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
      channel?: string;
    };
  }
  | {
    type: "nmdm";
    source?: {
      master?: string;
      slave?: string;
    };
  }
  | {
    type: "qemu-vdagent";
    source?: {
      clipboard?: {
        copypaste: boolean;
      };
      mouse?: {
        mode: "client" | "server";
      };
    };
  }
  | {
    type: "dbus";
    source?: {
      channel?: string;
    };
  }
);

export type Server = {
  path?: string;
};

export type Settings = {
  /** Non-negative integer. */
  frequency?: number;
  /** Non-negative integer. */
  channels?: number;
  format?: "u8" | "s8" | "u16" | "s16" | "u32" | "s32" | "f32";
};

export type Shmem = {
  name: string;
  role?: "master" | "peer";
  model?: {
    type?: "ivshmem" | "ivshmem-plain" | "ivshmem-doorbell";
  };
  /** Number of bytes. */
  sizeBytes?: number;
  server?: Server;
  msi?: Msi;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Sibling = {
  /** Non-negative integer. */
  id: number;
  /** Non-negative integer. */
  value: number;
};

export type Slice = {
  type?: "storage" | "format";
  /** Non-negative integer. */
  offset: number;
  /** Non-negative integer. */
  size: number;
};

export type Smartcard = {
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
    database?: string;
  }
  | {
    mode: "passthrough";
    log?: Log;
  } & (
    | {
      type: "pty";
      source?: {
        /** While it runs. */
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
        path?: string;
        seclabel?: Seclabel[];
      };
    }
    | {
      type: "file";
      source?: {
        path?: string;
        append?: boolean;
        seclabel?: Seclabel[];
      };
    }
    | {
      type: "pipe";
      source?: {
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
        mode?: "bind" | "connect";
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
        channel?: string;
      };
    }
    | {
      type: "nmdm";
      source?: {
        master?: string;
        slave?: string;
      };
    }
    | {
      type: "qemu-vdagent";
      source?: {
        clipboard?: {
          copypaste: boolean;
        };
        mouse?: {
          mode: "client" | "server";
        };
      };
    }
    | {
      type: "dbus";
      source?: {
        channel?: string;
      };
    }
  )
);

export type SmartcardSource = {
  mode?: "bind" | "connect";
  /** Host name or address. */
  host?: string;
  /** Port or name of the service. */
  service?: string;
};

export type Smm = {
  /** System management mode, which Secure Boot needs. */
  state?: boolean;
  /** Number of bytes. */
  tsegBytes?: number;
};

export type Sound = {
  /** Which card the guest sees. */
  model: "sb16" | "es1370" | "pcspk" | "ac97" | "ich6" | "ich9" | "usb" | "ich7" | "virtio";
  /** Since libvirt 9.4.0. */
  multichannel?: boolean;
  /** Non-negative integer. Since libvirt 10.4.0. */
  streams?: number;
  codec?: Codec[];
  audio?: {
    /** Non-negative integer. */
    id: number;
  };
  /** Since libvirt 10.4.0. */
  driver?: InputDriver;
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Source = {
  type: string;
  path: string;
  mode: string;
};

export type Spinlocks = {
  state: boolean;
  /** Non-negative integer. */
  retries?: number;
};

export type Statistic = {
  /** Non-negative integer. */
  interval: number;
};

export type Stimer = {
  state: boolean;
  direct?: {
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
  value?: string;
};

export type Table = {
  type: "slic" | "raw" | "rawset";
  value?: string;
};

export type Tag = {
  /** Non-negative integer. */
  id: number;
  nativeMode?: "tagged" | "untagged";
};

export type Target = {
  /** Name of the disk in calls; the guest need not use it. */
  dev?: string;
  /** What it is plugged into. */
  bus?: "ide" | "fdc" | "scsi" | "virtio" | "xen" | "usb" | "uml" | "sata" | "sd" | "nvme";
  /** Whether the tray is open. */
  tray?: "closed" | "open";
  /** A USB disk the guest may take out. */
  removable?: boolean;
  /** Turns a minute; 1 for a solid state disk. Non-negative integer. */
  rotation_rate?: number;
  /** Since libvirt 11.10.0. */
  dpofua?: boolean;
};

export type Tcg = {
  /** Number of bytes. */
  "tb-cacheBytes"?: number;
};

export type Teaming = {
  type?: "persistent" | "transient";
  persistent?: string;
};

export type Throttlefilter = {
  group: string;
};

export type Throttlegroup = {
  /** Non-negative integer. Can change while it runs. */
  total_bytes_sec?: number;
  /** Non-negative integer. Can change while it runs. */
  read_bytes_sec?: number;
  /** Non-negative integer. Can change while it runs. */
  write_bytes_sec?: number;
  /** Non-negative integer. Can change while it runs. */
  total_iops_sec?: number;
  /** Non-negative integer. Can change while it runs. */
  read_iops_sec?: number;
  /** Non-negative integer. Can change while it runs. */
  write_iops_sec?: number;
  /** Non-negative integer. Can change while it runs. */
  total_bytes_sec_max?: number;
  /** Non-negative integer. Can change while it runs. */
  read_bytes_sec_max?: number;
  /** Non-negative integer. Can change while it runs. */
  write_bytes_sec_max?: number;
  /** Non-negative integer. Can change while it runs. */
  total_iops_sec_max?: number;
  /** Non-negative integer. Can change while it runs. */
  read_iops_sec_max?: number;
  /** Non-negative integer. Can change while it runs. */
  write_iops_sec_max?: number;
  /** Non-negative integer. Can change while it runs. */
  size_iops_sec?: number;
  group_name?: string;
  /** Non-negative integer. Can change while it runs. */
  total_bytes_sec_max_length?: number;
  /** Non-negative integer. Can change while it runs. */
  read_bytes_sec_max_length?: number;
  /** Non-negative integer. Can change while it runs. */
  write_bytes_sec_max_length?: number;
  /** Non-negative integer. Can change while it runs. */
  total_iops_sec_max_length?: number;
  /** Non-negative integer. Can change while it runs. */
  read_iops_sec_max_length?: number;
  /** Non-negative integer. Can change while it runs. */
  write_iops_sec_max_length?: number;
};

export type Timer = {
  /** Which timer. */
  name: "platform" | "pit" | "rtc" | "hpet" | "tsc" | "kvmclock" | "hypervclock" | "armvtimer";
  /** Whether the guest has it. */
  present?: boolean;
  /** What becomes of ticks that came while the guest could not run. */
  tickpolicy?: "delay" | "catchup" | "merge" | "discard";
  track?: "boot" | "guest" | "wall" | "realtime";
  /** Non-negative integer. */
  frequency?: number;
  mode?: "auto" | "native" | "emulate" | "paravirt" | "smpsafe";
  catchup?: Catchup;
};

export type Tlbflush = {
  state: boolean;
  direct?: {
    /** Since libvirt 11.0.0. */
    state: boolean;
  };
  extended?: {
    /** Since libvirt 11.0.0. */
    state: boolean;
  };
};

export type Topology = {
  /** Number of sockets. Non-negative integer. */
  sockets: number;
  /** Dies in a socket. Non-negative integer. */
  dies?: number;
  /** Non-negative integer. Since libvirt 10.1.0. */
  clusters?: number;
  /** Cores in a die. Non-negative integer. */
  cores: number;
  /** Threads of a core. Non-negative integer. */
  threads: number;
};

export type Tpm = {
  model?: "tpm-tis" | "tpm-crb" | "tpm-spapr" | "spapr-tpm-proxy";
  backend: {
  } & (
    | {
      type: "passthrough";
      device?: {
        path?: string;
      };
    }
    | {
      type: "emulator";
      version?: "1.2" | "2.0";
      persistent_state?: boolean;
      /** Non-negative integer. Since libvirt 10.10.0. */
      debug?: number;
      encryption?: {
        /** UUID. */
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
        type?: string;
        mode?: string;
        path?: string;
      };
    }
  );
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type TpmSource = {
  type: "file" | "dir";
  path?: string;
};

export type Transient = {
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
  /** Non-negative integer. */
  start: number;
  /** Non-negative integer. */
  target: number;
  /** Non-negative integer. */
  count: number;
};

export type Usbdev = {
  /** Hexadecimal integer. */
  class?: number;
  /** Hexadecimal integer. */
  vendor?: number;
  /** Hexadecimal integer. */
  product?: number;
  /** USB version. */
  version?: string;
  allow: boolean;
};

export type Varstore = {
  template?: string;
  path?: string;
};

export type Vcpu = {
  /** Whether host processors are chosen by hand or by a placement service. */
  placement?: "static" | "auto";
  /** Host processors that its threads may use. Set of CPU numbers. */
  cpuset?: string;
  /** How many are plugged when it starts; all when not given. Non-negative integer. */
  current?: number;
  /** How many there can be. Non-negative integer. */
  value: number;
};

export type Vcpupin = {
  /** Non-negative integer. */
  vcpu: number;
  /** Set of CPU numbers. Can change while it runs. */
  cpuset: string;
};

export type Vcpusched = {
  /** Set of CPU numbers. */
  vcpus: string;
  scheduler: "batch" | "idle" | "fifo" | "rr";
  /** Integer. */
  priority?: number;
};

export type VendorId = {
  state: boolean;
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
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
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
  ats?: boolean;
  /** Queues in the packed layout of virtio 1.1. */
  packed?: boolean;
  page_per_vq?: boolean;
  vgaconf?: "io" | "on" | "off";
  name?: "qemu" | "vhostuser";
};

export type VideoModel = {
  /** Which card the guest sees. */
  type?: "vga" | "cirrus" | "vmvga" | "xen" | "vbox" | "qxl" | "parallels" | "virtio" | "gop" | "none" | "bochs" | "ramfb";
  /** Non-negative integer. */
  ram?: number;
  /** KiB of video memory. Non-negative integer. */
  vram?: number;
  /** Non-negative integer. */
  vram64?: number;
  /** Non-negative integer. */
  vgamem?: number;
  /** Number of screens. Non-negative integer. */
  heads?: number;
  primary?: boolean;
  /** Since libvirt 9.2.0. */
  blob?: boolean;
  /** Since libvirt 11.3.0. */
  edid?: boolean;
  acceleration?: Acceleration;
  resolution?: Resolution;
};

export type Virtualport = {
  type?: "802.1Qbg" | "802.1Qbh" | "openvswitch" | "midonet";
  parameters?: Parameters;
};

export type Vlan = {
  trunk?: boolean;
  tag?: Tag[];
};

export type Vsock = {
  model?: "virtio" | "virtio-transitional" | "virtio-non-transitional";
  cid?: {
    auto?: boolean;
    /** Non-negative integer. */
    address?: number;
  };
  alias?: {
    /** Name of the device in the running guest; the user's when it starts with "ua-". Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
  driver?: {
    /** The device's memory accesses go through the guest's IOMMU. */
    iommu?: boolean;
    ats?: boolean;
    /** Queues in the packed layout of virtio 1.1. */
    packed?: boolean;
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
    /** Non-negative integer. */
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
      /** Hexadecimal integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      target?: number;
      /** Non-negative integer. */
      unit?: number;
    }
    | {
      type: "virtio-serial";
      /** Number of the controller. Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      bus?: number;
      /** USB port chain. */
      port?: string;
    }
    | {
      type: "spapr-vio";
      /** Hexadecimal integer. */
      reg?: number;
    }
    | {
      type: "virtio-s390";
    }
    | {
      type: "ccw";
      /** Hexadecimal integer. */
      cssid?: number;
      /** Hexadecimal integer. */
      ssid?: number;
      /** Hexadecimal integer. */
      devno?: number;
    }
    | {
      type: "virtio-mmio";
    }
    | {
      type: "isa";
      /** Hexadecimal integer. */
      iobase?: number;
      /** Hexadecimal integer. */
      irq?: number;
    }
    | {
      type: "dimm";
      /** Slot on the bus. Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
};

export type Xen = {
  e820_host?: {
    state: boolean;
  };
  passthrough?: Passthrough;
  $xml?: string[];
};

export type Zpci = {
  /** Hexadecimal integer. */
  uid?: number;
  /** Hexadecimal integer. */
  fid?: number;
};
