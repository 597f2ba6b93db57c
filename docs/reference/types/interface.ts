// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Arpmon = {
  /** Non-negative integer. */
  interval: number;
  target: string;
  validate?: "active" | "backup" | "all";
};

export type Bond = {
  mode?: "balance-rr" | "active-backup" | "balance-xor" | "broadcast" | "802.3ad" | "balance-tlb" | "balance-alb";
  miimon?: Miimon;
  arpmon?: Arpmon;
  interface?: Interface[];
};

export type Bridge = {
  stp?: boolean;
  delay?: string;
  interface?: Interface[];
};

export type Dhcp = {
  peerdns?: boolean;
};

export type Interface = {
  name: string;
  start?: {
    mode?: "onboot" | "none" | "hotplug";
  };
  mtu?: {
    /** Non-negative integer. */
    size?: number;
  };
  protocol?: Protocol[];
  link?: Link;
  mac?: {
    address?: string;
  };
} & (
  | {
    type: "ethernet";
  }
  | {
    type: "bridge";
    bridge: Bridge;
  }
  | {
    type: "bond";
    bond: Bond;
  }
  | {
    type: "vlan";
    vlan: Vlan;
  }
);

export type Ip = {
  address?: string;
  /** Integer. */
  prefix?: number;
};

export type Link = {
  /** Non-negative integer. */
  speed?: number;
  state?: "unknown" | "notpresent" | "down" | "lowerlayerdown" | "testing" | "dormant" | "up";
};

export type Miimon = {
  /** Non-negative integer. */
  freq: number;
  /** Non-negative integer. */
  downdelay?: number;
  /** Non-negative integer. */
  updelay?: number;
  carrier?: "ioctl" | "netif";
};

export type Protocol = {
  family: "ipv4" | "ipv6";
  autoconf?: boolean;
  dhcp?: Dhcp;
  ip?: Ip[];
  route?: {
    gateway?: string;
  };
};

export type Vlan = {
  tag: string;
  interface: VlanInterface;
};

export type VlanInterface = {
  name: string;
};
