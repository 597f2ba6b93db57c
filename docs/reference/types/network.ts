// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Address = {
  /** IP address. */
  start: string;
  /** IP address. */
  end: string;
};

export type Bandwidth = {
  /** Non-negative integer. */
  classID?: number;
  inbound?: Inbound;
  outbound?: Inbound;
};

export type Bootp = {
  file?: string;
  /** IP address. */
  server?: string;
};

export type Bridge = {
  name?: string;
  zone?: string;
  stp?: boolean;
  /** Non-negative integer. */
  delay?: number;
  macTableManager?: "kernel" | "libvirt";
};

export type Dhcp = {
  range?: Range[];
  host?: DhcpHost[];
  bootp?: Bootp;
};

export type DhcpHost = {
  /** MAC address. */
  mac?: string;
  id?: string;
  name?: string;
  /** IP address. */
  ip?: string;
  lease?: Lease;
};

export type Dns = {
  enable?: boolean;
  forwardPlainNames?: boolean;
  forwarder?: Forwarder[];
  txt?: Txt[];
  srv?: Srv[];
  host?: Host[];
};

export type Domain = {
  name?: string;
  localOnly?: boolean;
  /** Since libvirt 10.1.0. */
  register?: boolean;
};

export type Forward = {
  dev?: string;
  mode?: "none" | "nat" | "route" | "open" | "bridge" | "private" | "vepa" | "passthrough" | "hostdev";
  managed?: boolean;
  driver?: {
    name?: "kvm" | "vfio";
  };
  nat?: Nat;
  pf?: Pf;
  interface?: Interface[];
  address?: ForwardAddress[];
};

export type ForwardAddress = {
  type: "pci";
  /** Hexadecimal integer. */
  domain?: number;
  /** Hexadecimal integer. */
  bus?: number;
  /** Hexadecimal integer. */
  slot?: number;
  /** Hexadecimal integer. */
  function?: number;
  /** Non-negative integer. While it runs. */
  connections?: number;
};

export type Forwarder = {
  domain?: string;
  /** IP address. */
  addr?: string;
};

export type Host = {
  /** IP address. */
  ip: string;
  hostname: Hostname[];
};

export type Hostname = {
  value?: string;
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

export type Interface = {
  dev: string;
  /** Non-negative integer. While it runs. */
  connections?: number;
};

export type Ip = {
  family?: "ipv4" | "ipv6";
  /** IP address. */
  address: string;
  /** IP address. */
  netmask?: string;
  /** Non-negative integer. */
  prefix?: number;
  localPtr?: boolean;
  tftp?: {
    root?: string;
  };
  dhcp?: Dhcp;
};

export type Lease = {
  /** Non-negative integer. */
  expiry?: number;
  unit?: "seconds" | "minutes" | "hours";
};

export type Nat = {
  ipv6?: boolean;
  address?: Address;
  port?: Port;
};

export type Network = {
  /** Non-negative integer. While it runs. */
  connections?: number;
  ipv6?: boolean;
  trustGuestRxFilters?: boolean;
  name: string;
  /** UUID. */
  uuid?: string;
  /** Since libvirt 9.7.0. */
  title?: string;
  /** Since libvirt 9.7.0. */
  description?: string;
  metadata?: string;
  forward?: Forward;
  bridge?: Bridge;
  mtu?: {
    /** Non-negative integer. */
    size?: number;
  };
  mac?: {
    /** MAC address. */
    address?: string;
  };
  domain?: Domain;
  dns?: Dns;
  vlan?: Vlan;
  bandwidth?: Bandwidth;
  port?: NetworkPort;
  ip?: Ip[];
  route?: Route[];
  virtualport?: Virtualport;
  portgroup?: Portgroup[];
  $xml?: string[];
};

export type NetworkPort = {
  isolated?: boolean;
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

export type Pf = {
  dev: string;
};

export type Port = {
  /** Non-negative integer. */
  start: number;
  /** Non-negative integer. */
  end: number;
};

export type Portgroup = {
  name: string;
  default?: boolean;
  trustGuestRxFilters?: boolean;
  vlan?: Vlan;
  virtualport?: Virtualport;
  bandwidth?: Bandwidth;
};

export type Range = {
  /** IP address. */
  start: string;
  /** IP address. */
  end: string;
  lease?: Lease;
};

export type Route = {
  family?: "ipv4" | "ipv6";
  /** IP address. */
  address: string;
  /** IP address. */
  netmask?: string;
  /** Non-negative integer. */
  prefix?: number;
  /** IP address. */
  gateway: string;
  /** Non-negative integer. */
  metric?: number;
};

export type Srv = {
  service?: string;
  protocol?: string;
  domain?: string;
  target?: string;
  /** Non-negative integer. */
  port?: number;
  /** Non-negative integer. */
  priority?: number;
  /** Non-negative integer. */
  weight?: number;
};

export type Tag = {
  /** Non-negative integer. */
  id: number;
  nativeMode?: "tagged" | "untagged";
};

export type Txt = {
  name: string;
  value?: string;
};

export type Virtualport = {
  type?: "802.1Qbg" | "802.1Qbh" | "openvswitch" | "midonet";
  parameters?: Parameters;
};

export type Vlan = {
  trunk?: boolean;
  tag?: Tag[];
};
