// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Arpmon = {
  /** Milliseconds between two questions. Non-negative integer. */
  interval: number;
  /** Address that is asked for. */
  target: string;
  /** Which cards' answers are checked. */
  validate?: "active" | "backup" | "all";
};

export type Bond = {
  /** How its cards share the work. */
  mode?: "balance-rr" | "active-backup" | "balance-xor" | "broadcast" | "802.3ad" | "balance-tlb" | "balance-alb";
  miimon?: Miimon;
  arpmon?: Arpmon;
  interface?: Interface[];
};

export type Bridge = {
  /** Spanning tree protocol. */
  stp?: boolean;
  /** Seconds until a new port forwards. */
  delay?: string;
  interface?: Interface[];
};

export type Dhcp = {
  /** Name servers come by DHCP too. */
  peerdns?: boolean;
};

export type Interface = {
  /** Name on the host. */
  name: string;
  start?: {
    /** When it is brought up. */
    mode?: "onboot" | "none" | "hotplug";
  };
  mtu?: {
    /** Largest packet. Non-negative integer. */
    size?: number;
  };
  protocol?: Protocol[];
  link?: Link;
  mac?: {
    /** The MAC address. */
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
  /** The address. */
  address?: string;
  /** Bits of the network. Integer. */
  prefix?: number;
};

export type Link = {
  /** Speed in Mbit/s. Non-negative integer. */
  speed?: number;
  /** Whether the line is up. */
  state?: "unknown" | "notpresent" | "down" | "lowerlayerdown" | "testing" | "dormant" | "up";
};

export type Miimon = {
  /** Milliseconds between two looks at the line. Non-negative integer. */
  freq: number;
  /** Milliseconds until a card counts as down. Non-negative integer. */
  downdelay?: number;
  /** Milliseconds until a card counts as up. Non-negative integer. */
  updelay?: number;
  /** Who tells whether the line is up. */
  carrier?: "ioctl" | "netif";
};

export type Protocol = {
  /** IPv4 or IPv6. */
  family: "ipv4" | "ipv6";
  /** Addresses come from the router's messages. */
  autoconf?: boolean;
  dhcp?: Dhcp;
  ip?: Ip[];
  route?: {
    /** Address that packets go to. */
    gateway?: string;
  };
};

export type Vlan = {
  /** Number of the network. */
  tag: string;
  interface: VlanInterface;
};

export type VlanInterface = {
  /** Card that it is on. */
  name: string;
};
