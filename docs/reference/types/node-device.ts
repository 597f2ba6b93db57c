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

export type Attr = {
  name: string;
  value: string;
};

export type Capability = {
} & (
  | {
    type: "system";
    product?: string;
    hardware?: Hardware;
    firmware?: Firmware;
  }
  | {
    type: "pci";
    /** Hexadecimal integer. */
    class?: number;
    /** Non-negative integer. */
    domain: number;
    /** Non-negative integer. */
    bus: number;
    /** Non-negative integer. */
    slot: number;
    /** Non-negative integer. */
    function: number;
    product: Product;
    vendor: Product;
    capability?: CapabilityCapability[];
    iommuGroup?: IommuGroup;
    numa?: {
      /** Integer. */
      node?: number;
    };
    "pci-express"?: PciExpress;
  }
  | {
    type: "usb_device";
    /** Non-negative integer. */
    bus: number;
    /** Non-negative integer. */
    device: number;
    product: Product;
    vendor: Product;
  }
  | {
    type: "usb";
    /** Non-negative integer. */
    number: number;
    /** Non-negative integer. */
    class: number;
    /** Non-negative integer. */
    subclass: number;
    /** Non-negative integer. */
    protocol: number;
    description?: string;
  }
  | {
    type: "net";
    interface: string;
    /** MAC address. */
    address?: string;
    link?: CapabilityLink;
    feature?: Feature[];
    capability?: DeviceCapabilityCapability[];
  }
  | {
    type: "scsi_host";
    /** Non-negative integer. */
    host?: number;
    /** Non-negative integer. */
    unique_id?: number;
    capability?: Capability2[];
  }
  | {
    type: "scsi_target";
    target: string;
    capability?: Capability3[];
  }
  | {
    type: "scsi";
    /** Non-negative integer. */
    host: number;
    /** Non-negative integer. */
    bus: number;
    /** Non-negative integer. */
    target: number;
    /** Non-negative integer. */
    lun: number;
    typeElement?: string;
  }
  | {
    type: "storage";
    block: string;
    bus?: string;
    drive_type?: string;
    model?: string;
    vendor?: string;
    serial?: string;
    /** Non-negative integer. */
    size?: number;
    /** Non-negative integer. */
    logical_block_size?: number;
    /** Non-negative integer. */
    num_blocks?: number;
    capability?: Capability4[];
  }
  | {
    type: "scsi_generic";
    char: string;
  }
  | {
    type: "drm";
    typeElement: string;
  }
  | {
    type: "mdev";
    typeElement?: CapabilityType;
    /** UUID. */
    uuid?: string;
    parent_addr?: string;
    iommuGroup?: CapabilityIommuGroup;
    attr?: Attr[];
  }
  | {
    type: "ccw";
    /** Hexadecimal integer. */
    cssid: number;
    /** Hexadecimal integer. */
    ssid: number;
    /** Hexadecimal integer. */
    devno: number;
  }
  | {
    type: "css";
    /** Hexadecimal integer. */
    cssid: number;
    /** Hexadecimal integer. */
    ssid: number;
    /** Hexadecimal integer. */
    devno: number;
    channel_dev_addr?: ChannelDevAddr;
    capability?: Capability5[];
  }
  | {
    type: "vdpa";
    chardev: string;
  }
  | {
    type: "ap_card";
    /** Hexadecimal integer. */
    "ap-adapter": number;
  }
  | {
    type: "ap_queue";
    /** Hexadecimal integer. */
    "ap-adapter": number;
    /** Hexadecimal integer. */
    "ap-domain": number;
  }
  | {
    type: "ap_matrix";
    capability?: Capability5[];
  }
);

export type Capability2 = {
} & (
  | {
    type: "fc_host";
    wwnn?: string;
    wwpn?: string;
    fabric_wwn?: string;
  }
  | {
    type: "vport_ops";
    /** Non-negative integer. */
    max_vports?: number;
    /** Non-negative integer. */
    vports?: number;
  }
);

export type Capability3 = {
} & (
  | {
    type: "fc_remote_port";
    rport?: string;
    wwpn?: string;
  }
);

export type Capability4 = {
} & (
  | {
    type: "removable";
    /** Non-negative integer. */
    media_available?: number;
    /** Non-negative integer. */
    media_size?: number;
    media_label?: string;
    /** Non-negative integer. */
    logical_block_size?: number;
    /** Non-negative integer. */
    num_blocks?: number;
  }
  | {
    type: "hotpluggable";
  }
);

export type Capability5 = {
} & (
  | {
    type: "mdev_types";
    typeElement?: Type[];
  }
);

export type CapabilityCapability = {
} & (
  | {
    type: "phys_function";
    address?: Address;
  }
  | {
    type: "virt_functions";
    /** Non-negative integer. */
    maxCount?: number;
    address?: Address[];
  }
  | {
    type: "pci-bridge" | "cardbus-bridge";
  }
  | {
    type: "mdev_types";
    typeElement?: Type[];
  }
  | {
    type: "vpd";
    name?: string;
    fields?: Fields[];
  }
);

export type CapabilityIommuGroup = {
  /** Non-negative integer. */
  number: number;
};

export type CapabilityLink = {
  /** Non-negative integer. */
  speed?: number;
  state?: "unknown" | "notpresent" | "down" | "lowerlayerdown" | "testing" | "dormant" | "up";
};

export type CapabilityType = {
  id?: string;
};

export type ChannelDevAddr = {
  /** Hexadecimal integer. */
  cssid: number;
  /** Hexadecimal integer. */
  ssid: number;
  /** Hexadecimal integer. */
  devno: number;
};

export type Device = {
  name?: string;
  path?: string;
  devnode?: Devnode[];
  parent?: Parent;
  driver?: {
    name?: string;
  };
  capability?: Capability[];
};

export type DeviceCapabilityCapability = {
} & (
  | {
    type: "80203" | "80211";
  }
);

export type Devnode = {
  type: "dev" | "link";
  value?: string;
};

export type Feature = {
  name: string;
};

export type Fields = {
  access: "readonly" | "readwrite";
  change_level?: string;
  manufacture_id?: string;
  part_number?: string;
  serial_number?: string;
  asset_tag?: string;
  vendor_field?: VendorField[];
  system_field?: VendorField[];
};

export type Firmware = {
  vendor?: string;
  version?: string;
  release_date?: string;
};

export type Hardware = {
  vendor?: string;
  version?: string;
  serial?: string;
  /** UUID. */
  uuid?: string;
};

export type IommuGroup = {
  /** Non-negative integer. */
  number: number;
  address?: Address[];
};

export type Link = {
  validity: "cap" | "sta";
  /** Non-negative integer. */
  port?: number;
  speed?: string;
  /** Non-negative integer. */
  width: number;
};

export type Parent = {
  wwnn?: string;
  wwpn?: string;
  fabric_wwn?: string;
  value?: string;
};

export type PciExpress = {
  link?: Link[];
};

export type Product = {
  /** Hexadecimal integer. */
  id: number;
  value?: string;
};

export type Type = {
  id: string;
  name?: string;
  deviceAPI: string;
  /** Non-negative integer. */
  availableInstances: number;
};

export type VendorField = {
  index: string;
  value?: string;
};
