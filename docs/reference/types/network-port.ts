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

export type Bandwidth = {
  /** Non-negative integer. */
  classID?: number;
  inbound?: Inbound;
  outbound?: Inbound;
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

export type Networkport = {
  /** UUID. */
  uuid: string;
  owner: Owner;
  group?: string;
  mac: {
    /** MAC address. */
    address: string;
  };
  virtualport?: Virtualport;
  bandwidth?: Bandwidth;
  vlan?: Vlan;
  port?: Port;
  rxfilters?: {
    trustGuest?: boolean;
  };
  plug?: Plug;
};

export type Owner = {
  name: string;
  /** UUID. */
  uuid: string;
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

export type Plug = {
} & (
  | {
    type?: undefined;
  }
  | {
    type: "network";
    bridge: string;
    macTableManager?: "kernel" | "libvirt";
  }
  | {
    type: "bridge";
    bridge: string;
    macTableManager?: "kernel" | "libvirt";
  }
  | {
    type: "direct";
    dev: string;
    mode?: "vepa" | "private" | "bridge" | "passthrough";
  }
  | {
    type: "hostdev-pci";
    managed?: boolean;
    driver?: {
      name?: "kvm" | "vfio";
    };
    address: Address;
  }
);

export type Port = {
  isolated?: boolean;
};

export type Tag = {
  /** Non-negative integer. */
  id: number;
  nativeMode?: "tagged" | "untagged";
};

export type Virtualport = {
  type?: "802.1Qbg" | "802.1Qbh" | "openvswitch" | "midonet";
  parameters?: Parameters;
};

export type Vlan = {
  trunk?: boolean;
  tag?: Tag[];
};
