// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Address = {
  /** PCI domain. Hexadecimal integer. */
  domain?: number;
  /** PCI bus. Hexadecimal integer. */
  bus?: number;
  /** PCI slot. Hexadecimal integer. */
  slot?: number;
  /** PCI function. Hexadecimal integer. */
  function?: number;
};

export type Attr = {
  /** Attribute of sysfs. */
  name: string;
  /** Its value. */
  value: string;
};

export type Capability = {
} & (
  | {
    type: "system";
    /** Name of the product. */
    product?: string;
    hardware?: Hardware;
    firmware?: Firmware;
  }
  | {
    type: "pci";
    /** Class of the device. Hexadecimal integer. */
    class?: number;
    /** PCI domain. Non-negative integer. */
    domain: number;
    /** Bus. Non-negative integer. */
    bus: number;
    /** PCI slot. Non-negative integer. */
    slot: number;
    /** PCI function. Non-negative integer. */
    function: number;
    /** Name of the product. */
    product: Product;
    vendor: Product;
    capability?: CapabilityCapability[];
    iommuGroup?: IommuGroup;
    numa?: {
      /** NUMA node that it is near. Integer. */
      node?: number;
    };
    "pci-express"?: PciExpress;
  }
  | {
    type: "usb_device";
    /** Bus. Non-negative integer. */
    bus: number;
    /** Number on the bus. Non-negative integer. */
    device: number;
    /** Name of the product. */
    product: Product;
    vendor: Product;
  }
  | {
    type: "usb";
    /** Number of the interface. Non-negative integer. */
    number: number;
    /** Class of the device. Non-negative integer. */
    class: number;
    /** Subclass of the interface. Non-negative integer. */
    subclass: number;
    /** Protocol of the interface. Non-negative integer. */
    protocol: number;
    /** What it is. */
    description?: string;
  }
  | {
    type: "net";
    /** Name of the network card. */
    interface: string;
    /** MAC address. MAC address. */
    address?: string;
    link?: CapabilityLink;
    feature?: Feature[];
    capability?: DeviceCapabilityCapability[];
  }
  | {
    type: "scsi_host";
    /** Number of the SCSI host. Non-negative integer. */
    host?: number;
    /** Number that does not change. Non-negative integer. */
    unique_id?: number;
    capability?: Capability2[];
  }
  | {
    type: "scsi_target";
    /** SCSI target. */
    target: string;
    capability?: Capability3[];
  }
  | {
    type: "scsi";
    /** Number of the SCSI host. Non-negative integer. */
    host: number;
    /** Bus. Non-negative integer. */
    bus: number;
    /** SCSI target. Non-negative integer. */
    target: number;
    /** SCSI unit. Non-negative integer. */
    lun: number;
    /** Kind of the SCSI device. */
    typeElement?: string;
  }
  | {
    type: "storage";
    /** Device file. */
    block: string;
    /** Bus. */
    bus?: string;
    /** Kind of the drive. */
    drive_type?: string;
    /** Model of the drive. */
    model?: string;
    vendor?: string;
    /** Serial number. */
    serial?: string;
    /** Bytes. Non-negative integer. */
    size?: number;
    /** Bytes of a block. Non-negative integer. */
    logical_block_size?: number;
    /** Number of blocks. Non-negative integer. */
    num_blocks?: number;
    capability?: Capability4[];
  }
  | {
    type: "scsi_generic";
    /** Device file. */
    char: string;
  }
  | {
    type: "drm";
    /** Kind of the SCSI device. */
    typeElement: string;
  }
  | {
    type: "mdev";
    /** Kind of the SCSI device. */
    typeElement?: CapabilityType;
    /** UUID of a mediated device. UUID. */
    uuid?: string;
    /** Device that it was made of. */
    parent_addr?: string;
    iommuGroup?: CapabilityIommuGroup;
    attr?: Attr[];
  }
  | {
    type: "ccw";
    /** Channel subsystem. Hexadecimal integer. */
    cssid: number;
    /** Subchannel set. Hexadecimal integer. */
    ssid: number;
    /** Number of the device. Hexadecimal integer. */
    devno: number;
  }
  | {
    type: "css";
    /** Channel subsystem. Hexadecimal integer. */
    cssid: number;
    /** Subchannel set. Hexadecimal integer. */
    ssid: number;
    /** Number of the device. Hexadecimal integer. */
    devno: number;
    channel_dev_addr?: ChannelDevAddr;
    capability?: Capability5[];
  }
  | {
    type: "vdpa";
    /** Device file. */
    chardev: string;
  }
  | {
    type: "ap_card";
    /** Number of the crypto adapter. Hexadecimal integer. */
    "ap-adapter": number;
  }
  | {
    type: "ap_queue";
    /** Number of the crypto adapter. Hexadecimal integer. */
    "ap-adapter": number;
    /** Number of its domain. Hexadecimal integer. */
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
    /** World wide node name. */
    wwnn?: string;
    /** World wide port name. */
    wwpn?: string;
    /** World wide name of the fabric. */
    fabric_wwn?: string;
  }
  | {
    type: "vport_ops";
    /** How many virtual ports there can be. Non-negative integer. */
    max_vports?: number;
    /** How many there are. Non-negative integer. */
    vports?: number;
  }
);

export type Capability3 = {
} & (
  | {
    type: "fc_remote_port";
    /** Name of the remote port. */
    rport?: string;
    /** World wide port name. */
    wwpn?: string;
  }
);

export type Capability4 = {
} & (
  | {
    type: "removable";
    /** A medium is in the drive. Non-negative integer. */
    media_available?: number;
    /** Its bytes. Non-negative integer. */
    media_size?: number;
    /** Its name. */
    media_label?: string;
    /** Bytes of a block. Non-negative integer. */
    logical_block_size?: number;
    /** Number of blocks. Non-negative integer. */
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
    /** How many virtual functions there can be. Non-negative integer. */
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
    /** Name for people. */
    name?: string;
    fields?: Fields[];
  }
);

export type CapabilityIommuGroup = {
  /** Devices of one group go to one guest. Non-negative integer. */
  number: number;
};

export type CapabilityLink = {
  /** Speed of the link. Non-negative integer. */
  speed?: number;
  /** Whether the line is up. */
  state?: "unknown" | "notpresent" | "down" | "lowerlayerdown" | "testing" | "dormant" | "up";
};

export type CapabilityType = {
  /** Type of mediated device. */
  id?: string;
};

export type ChannelDevAddr = {
  /** Channel subsystem. Hexadecimal integer. */
  cssid: number;
  /** Subchannel set. Hexadecimal integer. */
  ssid: number;
  /** Number of the device. Hexadecimal integer. */
  devno: number;
};

export type Device = {
  /** Name of the device, made of what it is. */
  name?: string;
  /** Its folder in sysfs. */
  path?: string;
  devnode?: Devnode[];
  parent?: Parent;
  driver?: {
    /** Driver of the host that has it. */
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
  /** The device file itself, or a link to it. */
  type: "dev" | "link";
  /** Path of the file. */
  value?: string;
};

export type Feature = {
  /** What the card does itself. */
  name: string;
};

export type Fields = {
  /** Whether they can be written. */
  access: "readonly" | "readwrite";
  /** Engineering level of the card. */
  change_level?: string;
  /** Who made the card. */
  manufacture_id?: string;
  /** Part number of the card. */
  part_number?: string;
  /** Serial number of the card. */
  serial_number?: string;
  /** What the owner calls it. */
  asset_tag?: string;
  vendor_field?: VendorField[];
  system_field?: VendorField[];
};

export type Firmware = {
  /** Who made the firmware. */
  vendor?: string;
  /** Version of the firmware. */
  version?: string;
  /** When it was released. */
  release_date?: string;
};

export type Hardware = {
  /** Who made the machine. */
  vendor?: string;
  /** Version of the machine. */
  version?: string;
  /** Serial number of the machine. */
  serial?: string;
  /** UUID of the machine. UUID. */
  uuid?: string;
};

export type IommuGroup = {
  /** Devices of one group go to one guest. Non-negative integer. */
  number: number;
  address?: Address[];
};

export type Link = {
  /** What it can do, or what it does now. */
  validity: "cap" | "sta";
  /** Number of the port. Non-negative integer. */
  port?: number;
  /** Speed of the link. */
  speed?: string;
  /** Number of lanes. Non-negative integer. */
  width: number;
};

export type Parent = {
  /** The parent by its node name. */
  wwnn?: string;
  /** The parent by its port name. */
  wwpn?: string;
  /** The parent by its fabric. */
  fabric_wwn?: string;
  /** Device that it hangs on. */
  value?: string;
};

export type PciExpress = {
  link?: Link[];
};

export type Product = {
  /** Number of the product. Hexadecimal integer. */
  id: number;
  /** Name of the product. */
  value?: string;
};

export type Type = {
  /** Type of mediated device. */
  id: string;
  /** Name of the type for people. */
  name?: string;
  /** How guests are given it. */
  deviceAPI: string;
  /** How many more can be made. Non-negative integer. */
  availableInstances: number;
};

export type VendorField = {
  /** Number of the vendor's field. */
  index: string;
  /** Its text. */
  value?: string;
};
