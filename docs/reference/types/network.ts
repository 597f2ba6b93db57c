// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Address = {
  /** First address that packets get. IP address. */
  start: string;
  /** Last address that packets get. IP address. */
  end: string;
};

export type Bandwidth = {
  /** Class of the port in its network's shaping. Non-negative integer. */
  classID?: number;
  inbound?: Inbound;
  outbound?: Inbound;
};

export type Bootp = {
  /** File that guests boot. */
  file?: string;
  /** Server they load it from. IP address. */
  server?: string;
};

export type Bridge = {
  /** Name of the bridge on the host. */
  name?: string;
  /** Zone of firewalld. */
  zone?: string;
  /** Spanning tree protocol. */
  stp?: boolean;
  /** Seconds until a new port forwards. Non-negative integer. */
  delay?: number;
  /** Who fills the bridge's table of addresses. */
  macTableManager?: "kernel" | "libvirt";
};

export type Dhcp = {
  range?: Range[];
  host?: DhcpHost[];
  bootp?: Bootp;
};

export type DhcpHost = {
  /** Card that gets the address. MAC address. */
  mac?: string;
  /** Client that gets the address. */
  id?: string;
  /** Name it gets. */
  name?: string;
  /** The address. IP address. */
  ip?: string;
  lease?: Lease;
};

export type Dns = {
  /** Whether there is a name server. */
  enable?: boolean;
  /** Names without a domain are asked for elsewhere. */
  forwardPlainNames?: boolean;
  forwarder?: Forwarder[];
  txt?: Txt[];
  srv?: Srv[];
  host?: Host[];
};

export type Domain = {
  /** DNS domain of the guests. */
  name?: string;
  /** Names of the domain are never asked for elsewhere. */
  localOnly?: boolean;
  /** The domain is told to the host's resolver. Since libvirt 10.1.0. */
  register?: boolean;
};

export type Forward = {
  /** Card of the host that packets leave by. */
  dev?: string;
  /** How packets reach other networks: translated, routed, not at all, by a bridge of the host or by a card of its own. */
  mode?: "none" | "nat" | "route" | "open" | "bridge" | "private" | "vepa" | "passthrough" | "hostdev";
  /** The daemon takes cards from the host and gives them back. */
  managed?: boolean;
  driver?: {
    /** Who assigns the cards. */
    name?: "kvm" | "vfio";
  };
  nat?: Nat;
  pf?: Pf;
  interface?: Interface[];
  address?: ForwardAddress[];
};

export type ForwardAddress = {
  /** Only pci. */
  type: "pci";
  /** PCI domain of the host. Hexadecimal integer. */
  domain?: number;
  /** PCI bus of the host. Hexadecimal integer. */
  bus?: number;
  /** PCI slot of the host. Hexadecimal integer. */
  slot?: number;
  /** PCI function of the host. Hexadecimal integer. */
  function?: number;
  /** How many interfaces use it. Non-negative integer. While it runs. */
  connections?: number;
};

export type Forwarder = {
  /** Names of this domain go to the address. */
  domain?: string;
  /** Name server of others. IP address. */
  addr?: string;
};

export type Host = {
  /** Address of the host. IP address. */
  ip: string;
  hostname: Hostname[];
};

export type Hostname = {
  /** A name of it. */
  value?: string;
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

export type Interface = {
  /** Card of the pool. */
  dev: string;
  /** How many interfaces use it. Non-negative integer. While it runs. */
  connections?: number;
};

export type Ip = {
  /** IPv4 or IPv6. */
  family?: "ipv4" | "ipv6";
  /** The address. IP address. */
  address: string;
  /** Mask of the network, instead of the prefix. IP address. */
  netmask?: string;
  /** Bits of the network. Non-negative integer. */
  prefix?: number;
  /** Names of its addresses are never asked for elsewhere. */
  localPtr?: boolean;
  tftp?: {
    /** Folder that is served by TFTP. */
    root?: string;
  };
  dhcp?: Dhcp;
};

export type Lease = {
  /** How long an address is given for; 0 is for ever. Non-negative integer. */
  expiry?: number;
  /** Unit of that; minutes when not given. */
  unit?: "seconds" | "minutes" | "hours";
};

export type Nat = {
  /** Addresses of IPv6 are translated too. */
  ipv6?: boolean;
  address?: Address;
  port?: Port;
};

export type Network = {
  /** How many interfaces are on it. Non-negative integer. While it runs. */
  connections?: number;
  /** Guests may speak IPv6 among themselves though the network has no such address. */
  ipv6?: boolean;
  /** The guest may change its MAC address and filters. */
  trustGuestRxFilters?: boolean;
  /** What people call it; one name for one network on a host. */
  name: string;
  /** Its identity for good; made up when not given. UUID. */
  uuid?: string;
  /** A short text for lists, in one line. Since libvirt 9.7.0. */
  title?: string;
  /** Anything people want to remember about it. Since libvirt 9.7.0. */
  description?: string;
  /** What applications keep with the network. */
  metadata?: string;
  forward?: Forward;
  bridge?: Bridge;
  mtu?: {
    /** Largest packet of the bridge and of interfaces on it. Non-negative integer. */
    size?: number;
  };
  mac?: {
    /** MAC address of the bridge. MAC address. */
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
  /** Lines for dnsmasq's own configuration; nobody checks them. */
  $xml?: string[];
};

export type NetworkPort = {
  /** Ports that are do not reach each other. */
  isolated?: boolean;
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

export type Pf = {
  /** Card whose virtual functions are the pool. */
  dev: string;
};

export type Port = {
  /** First port that packets get. Non-negative integer. */
  start: number;
  /** Last port that packets get. Non-negative integer. */
  end: number;
};

export type Portgroup = {
  /** What interfaces name it by. */
  name: string;
  /** Interfaces that name none are in it. */
  default?: boolean;
  /** The guest may change its MAC address and filters. */
  trustGuestRxFilters?: boolean;
  vlan?: Vlan;
  virtualport?: Virtualport;
  bandwidth?: Bandwidth;
};

export type Range = {
  /** First address that is given. IP address. */
  start: string;
  /** Last address that is given. IP address. */
  end: string;
  lease?: Lease;
};

export type Route = {
  /** IPv4 or IPv6. */
  family?: "ipv4" | "ipv6";
  /** Network that the route is for. IP address. */
  address: string;
  /** Its mask, instead of the prefix. IP address. */
  netmask?: string;
  /** Its bits. Non-negative integer. */
  prefix?: number;
  /** Address that packets go to. IP address. */
  gateway: string;
  /** Routes with less go first. Non-negative integer. */
  metric?: number;
};

export type Srv = {
  /** Name of the service. */
  service?: string;
  /** Its protocol. */
  protocol?: string;
  /** Domain of the record. */
  domain?: string;
  /** Who offers it. */
  target?: string;
  /** Its port. Non-negative integer. */
  port?: number;
  /** Less is asked first. Non-negative integer. */
  priority?: number;
  /** Share among those of one priority. Non-negative integer. */
  weight?: number;
};

export type Tag = {
  /** Number of the network. Non-negative integer. */
  id: number;
  /** How packets without a tag belong to it. */
  nativeMode?: "tagged" | "untagged";
};

export type Txt = {
  /** Name of the record. */
  name: string;
  /** Its text. */
  value?: string;
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
