// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Address = {
  /** PCI domain of the host's card. Hexadecimal integer. */
  domain?: number;
  /** PCI bus of the host's card. Hexadecimal integer. */
  bus?: number;
  /** PCI slot of the host's card. Hexadecimal integer. */
  slot?: number;
  /** PCI function of the host's card. Hexadecimal integer. */
  function?: number;
};

export type Bandwidth = {
  /** Class of the port in its network's shaping. Non-negative integer. */
  classID?: number;
  inbound?: Inbound;
  outbound?: Inbound;
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

export type Networkport = {
  /** Its identity. UUID. */
  uuid: string;
  owner: Owner;
  /** Port group of the network. */
  group?: string;
  mac: {
    /** The MAC address. MAC address. */
    address: string;
  };
  virtualport?: Virtualport;
  bandwidth?: Bandwidth;
  vlan?: Vlan;
  port?: Port;
  rxfilters?: {
    /** The guest may change its MAC address and filters. */
    trustGuest?: boolean;
  };
  plug?: Plug;
};

export type Owner = {
  /** Domain that the interface is of. */
  name: string;
  /** UUID of that domain. UUID. */
  uuid: string;
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

export type Plug = {
} & (
  | {
    type?: undefined;
  }
  | {
    type: "network";
    /** Bridge of the host. */
    bridge: string;
    /** Who fills the bridge's table of addresses. */
    macTableManager?: "kernel" | "libvirt";
  }
  | {
    type: "bridge";
    /** Bridge of the host. */
    bridge: string;
    /** Who fills the bridge's table of addresses. */
    macTableManager?: "kernel" | "libvirt";
  }
  | {
    type: "direct";
    /** Card of the host. */
    dev: string;
    /** How it shares the card. */
    mode?: "vepa" | "private" | "bridge" | "passthrough";
  }
  | {
    type: "hostdev-pci";
    /** The daemon takes the card from the host and gives it back. */
    managed?: boolean;
    driver?: {
      /** Who serves it. */
      name?: "kvm" | "vfio";
    };
    address: Address;
  }
);

export type Port = {
  /** Ports that are do not reach each other. */
  isolated?: boolean;
};

export type Tag = {
  /** Number of the network. Non-negative integer. */
  id: number;
  /** How packets without a tag belong to it. */
  nativeMode?: "tagged" | "untagged";
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
