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
      address?: {
      } & (
        | {
          type?: undefined;
        }
        | {
          type: "pci";
          /** Hexadecimal integer. */
          domain?: number;
          /** Hexadecimal integer. */
          bus?: number;
          /** Hexadecimal integer. */
          slot?: number;
          /** Hexadecimal integer. */
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
  /** Hexadecimal integer. */
  domain?: number;
  /** Hexadecimal integer. */
  bus?: number;
  /** Hexadecimal integer. */
  slot?: number;
  /** Hexadecimal integer. */
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
    input?: DomainsnapshotDomainDevicesAudioInput;
    output?: DomainsnapshotDomainDevicesAudioInput;
  }
  | {
    type: "oss";
    tryMMap?: boolean;
    exclusive?: boolean;
    /** Integer. */
    dspPolicy?: number;
    input?: Input2;
    output?: Input2;
  }
  | {
    type: "pulseaudio";
    serverName?: string;
    input?: Input3;
    output?: Input3;
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
    input?: Input3;
    output?: Input3;
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
  /** Non-negative integer. */
  logical_block_size?: number;
  /** Non-negative integer. */
  physical_block_size?: number;
  /** Non-negative integer. Since libvirt 10.1.0. */
  discard_granularity?: number;
};

export type Boot = {
  dev: "fd" | "cdrom" | "hd" | "network";
};

export type Bootmenu = {
  enable?: boolean;
  /** Non-negative integer. */
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
    name?: string;
    /** While it runs. */
    state?: "connected" | "disconnected";
  };
  alias?: {
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
      host?: string;
      service?: string;
      tls?: boolean;
      reconnect?: Reconnect;
    };
    protocol?: {
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
  offset?: "utc" | "localtime" | "variable" | "timezone" | "absolute";
  adjustment?: string;
  basis?: "utc" | "localtime";
  timezone?: string;
  /** Integer. */
  start?: number;
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
      host?: string;
      service?: string;
      tls?: boolean;
      reconnect?: Reconnect;
    };
    protocol?: {
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
  type?: "ide" | "fdc" | "scsi" | "sata" | "virtio-serial" | "ccid" | "usb" | "pci" | "xenbus" | "isa" | "nvme";
  /** Non-negative integer. */
  index?: number;
  model?: "pci-root" | "pcie-root" | "pci-bridge" | "dmi-to-pci-bridge" | "pcie-to-pci-bridge" | "pcie-root-port" | "pcie-switch-upstream-port" | "pcie-switch-downstream-port" | "pci-expander-bus" | "pcie-expander-bus" | "auto" | "buslogic" | "lsilogic" | "lsisas1068" | "vmpvscsi" | "ibmvscsi" | "virtio-scsi" | "lsisas1078" | "ncr53c90" | "dc390" | "am53c974" | "piix3-uhci" | "piix4-uhci" | "ehci" | "ich9-ehci1" | "ich9-uhci1" | "ich9-uhci2" | "ich9-uhci3" | "vt82c686b-uhci" | "pci-ohci" | "nec-xhci" | "qusb1" | "qusb2" | "qemu-xhci" | "none" | "piix3" | "piix4" | "ich6" | "virtio" | "virtio-transitional" | "virtio-non-transitional";
  /** Non-negative integer. */
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
    /** Device alias. */
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
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  ioeventfd?: boolean;
  /** Non-negative integer. */
  iothread?: number;
  iommu?: boolean;
  ats?: boolean;
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
  mode?: "custom" | "host-model" | "host-passthrough" | "maximum";
  match?: "minimum" | "exact" | "strict";
  check?: "none" | "partial" | "full";
  migratable?: boolean;
  model?: Model;
  vendor?: string;
  topology?: Topology;
  cache?: CpuCache;
  maxphysaddr?: Maxphysaddr;
  feature?: CpuFeature[];
  numa?: Numa;
};

export type CpuCache = {
  /** Non-negative integer. */
  level?: number;
  mode: "emulate" | "passthrough" | "disable";
};

export type CpuFeature = {
  policy?: "force" | "require" | "optional" | "disable" | "forbid";
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  emulator?: string;
  disk?: DevicesDisk[];
  controller?: Controller[];
  lease?: Lease[];
  filesystem?: Filesystem[];
  interface?: Interface[];
  smartcard?: Smartcard[];
  serial?: Serial[];
  parallel?: Parallel[];
  console?: Console[];
  channel?: Channel[];
  input?: Input[];
  tpm?: Tpm[];
  graphics?: Graphics[];
  sound?: Sound[];
  audio?: Audio[];
  video?: Video[];
  hostdev?: Hostdev[];
  redirdev?: Redirdev[];
  redirfilter?: Redirfilter;
  hub?: Hub[];
  watchdog?: Watchdog[];
  memballoon?: Memballoon;
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

export type DevicesDisk = {
  device?: "disk" | "cdrom" | "floppy" | "lun";
  model?: "virtio" | "virtio-transitional" | "virtio-non-transitional" | "usb-storage" | "usb-bot";
  rawio?: boolean;
  sgio?: "default" | "filtered" | "unfiltered";
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
  readonly?: boolean;
  shareable?: boolean;
  transient?: Transient;
  serial?: string;
  wwn?: string;
  vendor?: string;
  product?: string;
  encryption?: Encryption;
  boot?: {
    /** Non-negative integer. */
    order: number;
    loadparm?: string;
  };
  alias?: {
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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

export type DevicesHostdevAddress = {
  /** Non-negative integer. */
  bus: number;
  /** Non-negative integer. */
  target: number;
  /** Non-negative integer. */
  unit: number;
};

export type DevicesInterfaceDriver = {
  name?: "qemu" | "vhost";
  txmode?: "iothread" | "timer";
  ioeventfd?: boolean;
  event_idx?: boolean;
  /** Non-negative integer. */
  queues?: number;
  /** Non-negative integer. */
  rx_queue_size?: number;
  /** Non-negative integer. */
  tx_queue_size?: number;
  rss?: boolean;
  rss_hash_report?: boolean;
  iommu?: boolean;
  ats?: boolean;
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  /** Target or source of the disk in the domain. */
  name: string;
  /** Whether the state is kept in the image, or a new image is written from then on. */
  snapshot?: "no" | "internal" | "external" | "manual";
  driver?: {
    /** Format of the new image. */
    type?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
    metadata_cache?: {
      /** Number of bytes. */
      max_sizeBytes?: number;
    };
  };
} & (
  | {
    type?: undefined;
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

export type Domain = {
  type: "none" | "qemu" | "kqemu" | "kvm" | "xen" | "lxc" | "uml" | "openvz" | "test" | "vmware" | "hyperv" | "vbox" | "phyp" | "parallels" | "bhyve" | "vz" | "hvf";
  /** Integer. While it runs. */
  id?: number;
  name: string;
  /** UUID. */
  uuid?: string;
  genid?: Genid;
  title?: string;
  description?: string;
  metadata?: string;
  maxMemory?: MaxMemory;
  memory?: DomainMemory;
  /** Number of bytes. */
  currentMemoryBytes?: number;
  blkiotune?: Blkiotune;
  memtune?: Memtune;
  memoryBacking?: MemoryBacking;
  vcpu?: Vcpu;
  vcpus?: {
    vcpu?: DomainVcpu[];
  };
  /** Non-negative integer. */
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
  os: Os;
  idmap?: {
    uid?: Uid[];
    gid?: Uid[];
  };
  /** Since libvirt 11.2.0. */
  throttlegroups?: {
    throttlegroup?: Throttlegroup[];
  };
  features?: Features;
  cpu?: Cpu;
  clock?: Clock;
  on_poweroff?: "destroy" | "restart" | "rename-restart" | "preserve" | "coredump-destroy" | "coredump-restart";
  on_reboot?: "destroy" | "restart" | "rename-restart" | "preserve" | "coredump-destroy" | "coredump-restart";
  on_crash?: "destroy" | "restart" | "rename-restart" | "preserve" | "coredump-destroy" | "coredump-restart";
  on_lockfailure?: "default" | "poweroff" | "restart" | "pause" | "ignore";
  pm?: Pm;
  perf?: {
    event?: Event[];
  };
  devices?: Devices;
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

export type DomainMemory = {
  dumpCore?: boolean;
  /** Number of bytes. */
  valueBytes?: number;
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
  $xml?: string[];
  /** In files: 1 for the one the domain is at. Non-negative integer. */
  active?: number;
};

export type DomainsnapshotDomainDevicesAudioInput = {
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

export type Driver = {
  name?: string;
  type?: "none" | "raw" | "dir" | "bochs" | "cloop" | "dmg" | "iso" | "vpc" | "vdi" | "fat" | "vhd" | "ploop" | "cow" | "qcow" | "qcow2" | "qed" | "vmdk";
  cache?: "default" | "none" | "writethrough" | "writeback" | "directsync" | "unsafe";
  error_policy?: "default" | "stop" | "report" | "ignore" | "enospace";
  rerror_policy?: "default" | "stop" | "report" | "ignore" | "enospace";
  io?: "default" | "native" | "threads" | "io_uring";
  ioeventfd?: boolean;
  event_idx?: boolean;
  copy_on_read?: boolean;
  discard?: "default" | "unmap" | "ignore";
  /** Non-negative integer. */
  iothread?: number;
  detect_zeroes?: "default" | "off" | "on" | "unmap";
  /** Non-negative integer. */
  queues?: number;
  /** Non-negative integer. */
  queue_size?: number;
  iommu?: boolean;
  ats?: boolean;
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
  acpi?: boolean;
  apic?: Apic;
  pae?: boolean;
  hap?: Hap;
  viridian?: boolean;
  privnet?: boolean;
  hyperv?: Hyperv;
  kvm?: Kvm;
  pvspinlock?: {
    state?: boolean;
  };
  capabilities?: Capabilities;
  pmu?: {
    state?: boolean;
  };
  vmport?: {
    state?: boolean;
  };
  gic?: Gic;
  smm?: Smm;
  ioapic?: {
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
    /** Non-negative integer. */
    order: number;
    loadparm?: string;
  };
  alias?: {
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  iommu?: boolean;
  ats?: boolean;
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
    /** Integer. */
    port?: number;
    autoport?: boolean;
    /** Integer. */
    websocket?: number;
    listen?: string;
    keymap?: string;
    sharePolicy?: "allow-exclusive" | "force-shared" | "ignore";
    powerControl?: boolean;
    /** Since libvirt 11.6.0. */
    wait?: boolean;
    /** Shown only when secrets are asked for. */
    passwd?: string;
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
    /** Integer. */
    port?: number;
    /** Integer. */
    tlsPort?: number;
    autoport?: boolean;
    listen?: string;
    keymap?: string;
    defaultMode?: "any" | "secure" | "insecure";
    /** Shown only when secrets are asked for. */
    passwd?: string;
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
    /** Integer. */
    port?: number;
    autoport?: boolean;
    replaceUser?: boolean;
    multiUser?: boolean;
    listen?: string;
    /** Since libvirt 11.1.0. */
    username?: string;
    /** Shown only when secrets are asked for. */
    passwd?: string;
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
    /** Non-negative integer. */
    order: number;
    loadparm?: string;
  };
  alias?: {
    /** Device alias. */
    name?: string;
  };
  rom?: Rom;
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
      address?: HostdevAddress;
    };
  }
  | {
    type: "pci";
    driver?: InterfaceDriver;
    source: {
      writeFiltering?: boolean;
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  type: "mouse" | "tablet" | "keyboard" | "passthrough" | "evdev";
  bus?: "ps2" | "usb" | "xen" | "parallels" | "virtio" | "none";
  model?: "virtio" | "virtio-transitional" | "virtio-non-transitional";
  driver?: InputDriver;
  source?: InputSource;
  alias?: {
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  dev?: string;
  /** Non-negative integer. */
  bufferCount?: number;
  tryPoll?: boolean;
  settings?: Settings;
};

export type Input3 = {
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
  iommu?: boolean;
  ats?: boolean;
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
    /** MAC address. */
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
    /** Can change while it runs. */
    state?: "up" | "down";
  };
  mtu?: {
    /** Non-negative integer. */
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
    /** Non-negative integer. */
    order: number;
    loadparm?: string;
  };
  alias?: {
    /** Device alias. */
    name?: string;
  };
  rom?: Rom;
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
      dev?: string;
    };
  }
  | {
    type: "network";
    source?: {
      /** Can change while it runs. */
      network: string;
      /** Can change while it runs. */
      portgroup?: string;
      /** UUID. While it runs. */
      portid?: string;
      /** While it runs. */
      bridge?: string;
      /** While it runs. */
      macTableManager?: "kernel" | "libvirt";
    };
  }
  | {
    type: "bridge";
    source?: {
      /** While it runs. */
      network?: string;
      /** While it runs. */
      portgroup?: string;
      /** UUID. While it runs. */
      portid?: string;
      /** Can change while it runs. */
      bridge: string;
      /** While it runs. */
      macTableManager?: "kernel" | "libvirt";
    };
  }
  | {
    type: "direct";
    source?: {
      /** While it runs. */
      network?: string;
      /** While it runs. */
      portgroup?: string;
      /** UUID. While it runs. */
      portid?: string;
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
      address?: {
      } & (
        | {
          type?: undefined;
        }
        | {
          type: "pci";
          /** Hexadecimal integer. */
          domain?: number;
          /** Hexadecimal integer. */
          bus?: number;
          /** Hexadecimal integer. */
          slot?: number;
          /** Hexadecimal integer. */
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
  name?: "kvm" | "vfio" | "xen";
  /** Since libvirt 10.0.0. */
  model?: string;
  /** Since libvirt 12.0.0. */
  iommufd?: boolean;
};

export type InterfaceTarget = {
  dev?: string;
  managed?: boolean;
};

export type Iommu = {
  model: "intel" | "smmuv3" | "virtio" | "amd";
  driver?: IommuDriver;
  alias?: {
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  address?: string;
  network?: string;
  socket?: string;
};

export type Loader = {
  readonly?: boolean;
  secure?: boolean;
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
  file?: string;
  append?: boolean;
};

export type MaxMemory = {
  /** Non-negative integer. */
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
  autodeflate?: boolean;
  freePageReporting?: boolean;
  stats?: {
    /** Non-negative integer. */
    period?: number;
  };
  alias?: {
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  /** Where the memory went. */
  snapshot?: "no" | "internal" | "external" | "manual";
  /** File of an external one. */
  file?: string;
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

export type Model = {
  fallback?: "allow" | "forbid";
  vendor_id?: string;
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

export type Origstates = {
  unbind?: boolean;
  removeslot?: boolean;
  reprobe?: boolean;
};

export type Os = {
  firmware?: "bios" | "efi";
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
  loader?: Loader;
  nvram?: Nvram;
  /** Since libvirt 12.1.0. */
  varstore?: Varstore;
  kernel?: string;
  initrd?: string;
  /** Since libvirt 11.2.0. */
  shim?: string;
  cmdline?: string;
  dtb?: string;
  root?: string;
  acpi?: {
    table?: Table[];
  };
  boot?: Boot[];
  bootmenu?: Bootmenu;
  bios?: OsBios;
  smbios?: {
    mode?: "none" | "emulate" | "host" | "sysinfo";
  };
};

export type OsBios = {
  useserial?: boolean;
  /** Integer. */
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
      host?: string;
      service?: string;
      tls?: boolean;
      reconnect?: Reconnect;
    };
    protocol?: {
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
    enabled?: boolean;
  };
  "suspend-to-disk"?: {
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  /** Non-negative integer. */
  bytes?: number;
  /** Non-negative integer. */
  period?: number;
};

export type Reconnect = {
  enabled?: boolean;
  /** Non-negative integer. */
  timeout?: number;
};

export type Redirdev = {
  bus?: "usb";
  boot?: {
    /** Non-negative integer. */
    order: number;
    loadparm?: string;
  };
  alias?: {
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
      host?: string;
      service?: string;
      tls?: boolean;
      reconnect?: Reconnect;
    };
    protocol?: {
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
          host?: string;
          service?: string;
          tls?: boolean;
          reconnect?: Reconnect;
        };
        protocol?: {
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
      host?: string;
      service?: string;
      tls?: boolean;
      reconnect?: Reconnect;
    };
    protocol?: {
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
        host?: string;
        service?: string;
        tls?: boolean;
        reconnect?: Reconnect;
      };
      protocol?: {
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
  host?: string;
  service?: string;
};

export type Smm = {
  state?: boolean;
  /** Number of bytes. */
  tsegBytes?: number;
};

export type Sound = {
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  dev?: string;
  bus?: "ide" | "fdc" | "scsi" | "virtio" | "xen" | "usb" | "uml" | "sata" | "sd" | "nvme";
  tray?: "closed" | "open";
  removable?: boolean;
  /** Non-negative integer. */
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
  name: "platform" | "pit" | "rtc" | "hpet" | "tsc" | "kvmclock" | "hypervclock" | "armvtimer";
  present?: boolean;
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
  /** Non-negative integer. */
  sockets: number;
  /** Non-negative integer. */
  dies?: number;
  /** Non-negative integer. Since libvirt 10.1.0. */
  clusters?: number;
  /** Non-negative integer. */
  cores: number;
  /** Non-negative integer. */
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  arch?: string;
  machine?: string;
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
  placement?: "static" | "auto";
  /** Set of CPU numbers. */
  cpuset?: string;
  /** Non-negative integer. */
  current?: number;
  /** Non-negative integer. */
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
  iommu?: boolean;
  ats?: boolean;
  packed?: boolean;
  page_per_vq?: boolean;
  vgaconf?: "io" | "on" | "off";
  name?: "qemu" | "vhostuser";
};

export type VideoModel = {
  type?: "vga" | "cirrus" | "vmvga" | "xen" | "vbox" | "qxl" | "parallels" | "virtio" | "gop" | "none" | "bochs" | "ramfb";
  /** Non-negative integer. */
  ram?: number;
  /** Non-negative integer. */
  vram?: number;
  /** Non-negative integer. */
  vram64?: number;
  /** Non-negative integer. */
  vgamem?: number;
  /** Non-negative integer. */
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
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      slot: number;
      /** Hexadecimal integer. */
      base?: number;
    }
    | {
      type: "unassigned";
    }
  );
  driver?: {
    iommu?: boolean;
    ats?: boolean;
    packed?: boolean;
    page_per_vq?: boolean;
  };
};

export type Watchdog = {
  model: "i6300esb" | "ib700" | "diag288" | "itco";
  action?: "reset" | "shutdown" | "poweroff" | "pause" | "dump" | "none" | "inject-nmi";
  alias?: {
    /** Device alias. */
    name?: string;
  };
  acpi?: {
    /** Non-negative integer. */
    index?: number;
  };
  address?: {
  } & (
    | {
      type?: undefined;
    }
    | {
      type: "pci";
      /** Hexadecimal integer. */
      domain?: number;
      /** Hexadecimal integer. */
      bus?: number;
      /** Hexadecimal integer. */
      slot?: number;
      /** Hexadecimal integer. */
      function?: number;
      multifunction?: boolean;
      zpci?: Zpci;
    }
    | {
      type: "drive";
      /** Non-negative integer. */
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
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
      bus?: number;
      /** Non-negative integer. */
      port?: number;
    }
    | {
      type: "ccid";
      /** Non-negative integer. */
      controller?: number;
      /** Non-negative integer. */
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
      /** Non-negative integer. */
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
