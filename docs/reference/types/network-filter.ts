// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Ah = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv4 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv4 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv4 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv4 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv4 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv4 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type AhIpv6 = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv6 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv6 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv6 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv6 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv6 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv6 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type All = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv4 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv4 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv4 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv4 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv4 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv4 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type AllIpv6 = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv6 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv6 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv6 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv6 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv6 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv6 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Arp = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address they go to. MAC address or variable. */
  dstmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  dstmacmask?: string;
  /** Kind of hardware. 16-bit number or variable. */
  hwtype?: string;
  /** Protocol that is asked for. 16-bit number or variable. */
  protocoltype?: string;
  /** Question or answer. ARP operation or variable. */
  opcode?: string;
  /** MAC address they are from. MAC address or variable. */
  arpsrcmacaddr?: string;
  /** MAC address they are for. MAC address or variable. */
  arpdstmacaddr?: string;
  /** Address they are from. IPv4 address or variable. */
  arpsrcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  arpsrcipmask?: string;
  /** Address they are for. IPv4 address or variable. */
  arpdstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  arpdstipmask?: string;
  /** Answers nobody asked for. True, false or variable. */
  gratuitous?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Esp = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv4 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv4 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv4 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv4 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv4 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv4 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type EspIpv6 = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv6 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv6 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv6 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv6 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv6 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv6 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Filter = {
  /** What people call it; one name for one filter on a host. */
  name: string;
  /** Which packets it sees: all, or those of one protocol. */
  chain?: string;
  /** Chains with less are asked first. Integer. */
  priority?: number;
  /** Its identity for good; made up when not given. UUID. */
  uuid?: string;
  rule?: Rule[];
  filterref?: Filterref[];
};

export type Filterref = {
  /** The filter. */
  filter: string;
  parameter?: Parameter[];
};

export type Icmp = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv4 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv4 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv4 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv4 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv4 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv4 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** Type of the message. 8-bit number or variable. */
  type?: string;
  /** Code of the message. 8-bit number or variable. */
  code?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Icmpv6 = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv6 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv6 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv6 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv6 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv6 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv6 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** Type of the message. 8-bit number or variable. */
  type?: string;
  /** Code of the message. 8-bit number or variable. */
  code?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Igmp = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv4 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv4 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv4 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv4 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv4 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv4 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Ip = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address they go to. MAC address or variable. */
  dstmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  dstmacmask?: string;
  /** Address they come from. IPv4 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv4 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** Protocol inside. IP protocol or variable. */
  protocol?: string;
  /** First port they come from. 16-bit number or variable. */
  srcportstart?: string;
  /** Last port they come from. 16-bit number or variable. */
  srcportend?: string;
  /** First port they go to. 16-bit number or variable. */
  dstportstart?: string;
  /** Last port they go to. 16-bit number or variable. */
  dstportend?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Ipv6 = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address they go to. MAC address or variable. */
  dstmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  dstmacmask?: string;
  /** Address they come from. IPv6 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv6 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** Protocol inside. IP protocol or variable. */
  protocol?: string;
  /** First port they come from. 16-bit number or variable. */
  srcportstart?: string;
  /** Last port they come from. 16-bit number or variable. */
  srcportend?: string;
  /** First port they go to. 16-bit number or variable. */
  dstportstart?: string;
  /** Last port they go to. 16-bit number or variable. */
  dstportend?: string;
  /** Type of the message. 8-bit number or variable. */
  type?: string;
  /** Last type of the message. 8-bit number or variable. */
  typeend?: string;
  /** Code of the message. 8-bit number or variable. */
  code?: string;
  /** Last code of the message. 8-bit number or variable. */
  codeend?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Mac = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address they go to. MAC address or variable. */
  dstmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  dstmacmask?: string;
  /** Protocol, by its number or name. Ethernet protocol or variable. */
  protocolid?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Parameter = {
  /** Name of a variable of the filter. */
  name?: string;
  /** Its value. */
  value?: string;
};

export type Rarp = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address they go to. MAC address or variable. */
  dstmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  dstmacmask?: string;
  /** Kind of hardware. 16-bit number or variable. */
  hwtype?: string;
  /** Protocol that is asked for. 16-bit number or variable. */
  protocoltype?: string;
  /** Question or answer. ARP operation or variable. */
  opcode?: string;
  /** MAC address they are from. MAC address or variable. */
  arpsrcmacaddr?: string;
  /** MAC address they are for. MAC address or variable. */
  arpdstmacaddr?: string;
  /** Address they are from. IPv4 address or variable. */
  arpsrcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  arpsrcipmask?: string;
  /** Address they are for. IPv4 address or variable. */
  arpdstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  arpdstipmask?: string;
  /** Answers nobody asked for. True, false or variable. */
  gratuitous?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Rule = {
  /** What happens to packets that match. */
  action: "drop" | "accept" | "reject" | "return" | "continue";
  /** Packets from the guest, to it, or both. */
  direction: "in" | "out" | "inout";
  /** Rules with less are asked first. Integer. */
  priority?: number;
  /** Whether the rule looks at the state of connections. */
  statematch?: "false";
  mac?: Mac;
  vlan?: Vlan;
  stp?: Stp;
  arp?: Arp;
  rarp?: Rarp;
  ip?: Ip;
  ipv6?: Ipv6;
  tcp?: Tcp;
  udp?: Udp;
  udplite?: Udplite;
  esp?: Esp;
  ah?: Ah;
  sctp?: Sctp;
  icmp?: Icmp;
  igmp?: Igmp;
  all?: All;
  "tcp-ipv6"?: TcpIpv6;
  "udp-ipv6"?: UdpIpv6;
  "udplite-ipv6"?: UdpliteIpv6;
  "esp-ipv6"?: EspIpv6;
  "ah-ipv6"?: AhIpv6;
  "sctp-ipv6"?: SctpIpv6;
  icmpv6?: Icmpv6;
  "all-ipv6"?: AllIpv6;
};

export type Sctp = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv4 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv4 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv4 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv4 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv4 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv4 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** First port they come from. 16-bit number or variable. */
  srcportstart?: string;
  /** Last port they come from. 16-bit number or variable. */
  srcportend?: string;
  /** First port they go to. 16-bit number or variable. */
  dstportstart?: string;
  /** Last port they go to. 16-bit number or variable. */
  dstportend?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type SctpIpv6 = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv6 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv6 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv6 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv6 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv6 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv6 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** First port they come from. 16-bit number or variable. */
  srcportstart?: string;
  /** Last port they come from. 16-bit number or variable. */
  srcportend?: string;
  /** First port they go to. 16-bit number or variable. */
  dstportstart?: string;
  /** Last port they go to. 16-bit number or variable. */
  dstportend?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Stp = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  srcmacmask?: string;
  /** Type of the message. 8-bit number or variable. */
  type?: string;
  /** Flags that are looked at, and those that are set. 8-bit number or variable. */
  flags?: string;
  /** Priority of the root, or the lowest. 16-bit number or variable. */
  "root-priority"?: string;
  /** Highest priority of the root. 16-bit number or variable. */
  "root-priority-hi"?: string;
  /** Address of the root. MAC address or variable. */
  "root-address"?: string;
  /** Bits of it that count. MAC address mask or variable. */
  "root-address-mask"?: string;
  /** Cost to the root, or the lowest. 32-bit number or variable. */
  "root-cost"?: string;
  /** Highest cost to the root. 32-bit number or variable. */
  "root-cost-hi"?: string;
  /** Priority of the sender, or the lowest. 16-bit number or variable. */
  "sender-priority"?: string;
  /** Highest priority of the sender. 16-bit number or variable. */
  "sender-priority-hi"?: string;
  /** Address of the sender. MAC address or variable. */
  "sender-address"?: string;
  /** Bits of it that count. MAC address mask or variable. */
  "sender-address-mask"?: string;
  /** Port, or the lowest. 16-bit number or variable. */
  port?: string;
  /** Highest port. 16-bit number or variable. */
  "port-hi"?: string;
  /** Age, or the lowest. 16-bit number or variable. */
  age?: string;
  /** Highest age. 16-bit number or variable. */
  "age-hi"?: string;
  /** Age they may reach, or the lowest. 16-bit number or variable. */
  "max-age"?: string;
  /** Highest age they may reach. 16-bit number or variable. */
  "max-age-hi"?: string;
  /** Time between messages, or the lowest. 16-bit number or variable. */
  "hello-time"?: string;
  /** Highest time between messages. 16-bit number or variable. */
  "hello-time-hi"?: string;
  /** Delay, or the lowest. 16-bit number or variable. */
  "forward-delay"?: string;
  /** Highest delay. 16-bit number or variable. */
  "forward-delay-hi"?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Tcp = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv4 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv4 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv4 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv4 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv4 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv4 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** First port they come from. 16-bit number or variable. */
  srcportstart?: string;
  /** Last port they come from. 16-bit number or variable. */
  srcportend?: string;
  /** First port they go to. 16-bit number or variable. */
  dstportstart?: string;
  /** Last port they go to. 16-bit number or variable. */
  dstportend?: string;
  /** Number of an option that is there. 8-bit number or variable. */
  option?: string;
  /** Flags that are looked at, and those that are set. TCP flags MASK/FLAGS or variable. */
  flags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type TcpIpv6 = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv6 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv6 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv6 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv6 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv6 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv6 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** First port they come from. 16-bit number or variable. */
  srcportstart?: string;
  /** Last port they come from. 16-bit number or variable. */
  srcportend?: string;
  /** First port they go to. 16-bit number or variable. */
  dstportstart?: string;
  /** Last port they go to. 16-bit number or variable. */
  dstportend?: string;
  /** Number of an option that is there. 8-bit number or variable. */
  option?: string;
  /** Flags that are looked at, and those that are set. TCP flags MASK/FLAGS or variable. */
  flags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Udp = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv4 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv4 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv4 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv4 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv4 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv4 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** First port they come from. 16-bit number or variable. */
  srcportstart?: string;
  /** Last port they come from. 16-bit number or variable. */
  srcportend?: string;
  /** First port they go to. 16-bit number or variable. */
  dstportstart?: string;
  /** Last port they go to. 16-bit number or variable. */
  dstportend?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type UdpIpv6 = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv6 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv6 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv6 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv6 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv6 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv6 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** First port they come from. 16-bit number or variable. */
  srcportstart?: string;
  /** Last port they come from. 16-bit number or variable. */
  srcportend?: string;
  /** First port they go to. 16-bit number or variable. */
  dstportstart?: string;
  /** Last port they go to. 16-bit number or variable. */
  dstportend?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Udplite = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv4 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv4 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv4 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv4 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv4 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv4 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type UdpliteIpv6 = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Address they come from. IPv6 address or variable. */
  srcipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** Address they go to. IPv6 address or variable. */
  dstipaddr?: string;
  /** Bits of it that count. IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** First address they come from. IPv6 address or variable. */
  srcipfrom?: string;
  /** Last address they come from. IPv6 address or variable. */
  srcipto?: string;
  /** First address they go to. IPv6 address or variable. */
  dstipfrom?: string;
  /** Last address they go to. IPv6 address or variable. */
  dstipto?: string;
  /** Class of traffic. 6-bit number or variable. */
  dscp?: string;
  /** From this number of connections on. 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** State of the connection. Connection states or variable. */
  state?: string;
  /** Set of addresses of the kernel. Name of an IP set or variable. */
  ipset?: string;
  /** Which of their addresses are looked up in the set. Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** A text for people. String or variable. */
  comment?: string;
};

export type Vlan = {
  /** With no, the rule is for packets that are not so. */
  match?: boolean;
  /** MAC address they come from. MAC address or variable. */
  srcmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address they go to. MAC address or variable. */
  dstmacaddr?: string;
  /** Bits of it that count. MAC address mask or variable. */
  dstmacmask?: string;
  /** Number of the network. 12-bit number or variable. */
  vlanid?: string;
  /** Protocol inside the tag. Ethernet protocol, length or variable. */
  "encap-protocol"?: string;
  /** A text for people. String or variable. */
  comment?: string;
};
