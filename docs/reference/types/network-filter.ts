// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Ah = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv4 address or variable. */
  srcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** IPv4 address or variable. */
  dstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** IPv4 address or variable. */
  srcipfrom?: string;
  /** IPv4 address or variable. */
  srcipto?: string;
  /** IPv4 address or variable. */
  dstipfrom?: string;
  /** IPv4 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** String or variable. */
  comment?: string;
};

export type AhIpv6 = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv6 address or variable. */
  srcipaddr?: string;
  /** IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** IPv6 address or variable. */
  dstipaddr?: string;
  /** IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** IPv6 address or variable. */
  srcipfrom?: string;
  /** IPv6 address or variable. */
  srcipto?: string;
  /** IPv6 address or variable. */
  dstipfrom?: string;
  /** IPv6 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** String or variable. */
  comment?: string;
};

export type All = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv4 address or variable. */
  srcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** IPv4 address or variable. */
  dstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** IPv4 address or variable. */
  srcipfrom?: string;
  /** IPv4 address or variable. */
  srcipto?: string;
  /** IPv4 address or variable. */
  dstipfrom?: string;
  /** IPv4 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** String or variable. */
  comment?: string;
};

export type AllIpv6 = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv6 address or variable. */
  srcipaddr?: string;
  /** IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** IPv6 address or variable. */
  dstipaddr?: string;
  /** IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** IPv6 address or variable. */
  srcipfrom?: string;
  /** IPv6 address or variable. */
  srcipto?: string;
  /** IPv6 address or variable. */
  dstipfrom?: string;
  /** IPv6 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** String or variable. */
  comment?: string;
};

export type Arp = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address or variable. */
  dstmacaddr?: string;
  /** MAC address mask or variable. */
  dstmacmask?: string;
  /** 16-bit number or variable. */
  hwtype?: string;
  /** 16-bit number or variable. */
  protocoltype?: string;
  /** ARP operation or variable. */
  opcode?: string;
  /** MAC address or variable. */
  arpsrcmacaddr?: string;
  /** MAC address or variable. */
  arpdstmacaddr?: string;
  /** IPv4 address or variable. */
  arpsrcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  arpsrcipmask?: string;
  /** IPv4 address or variable. */
  arpdstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  arpdstipmask?: string;
  /** True, false or variable. */
  gratuitous?: string;
  /** String or variable. */
  comment?: string;
};

export type Esp = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv4 address or variable. */
  srcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** IPv4 address or variable. */
  dstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** IPv4 address or variable. */
  srcipfrom?: string;
  /** IPv4 address or variable. */
  srcipto?: string;
  /** IPv4 address or variable. */
  dstipfrom?: string;
  /** IPv4 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** String or variable. */
  comment?: string;
};

export type EspIpv6 = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv6 address or variable. */
  srcipaddr?: string;
  /** IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** IPv6 address or variable. */
  dstipaddr?: string;
  /** IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** IPv6 address or variable. */
  srcipfrom?: string;
  /** IPv6 address or variable. */
  srcipto?: string;
  /** IPv6 address or variable. */
  dstipfrom?: string;
  /** IPv6 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** String or variable. */
  comment?: string;
};

export type Filter = {
  name: string;
  chain?: string;
  /** Integer. */
  priority?: number;
  /** UUID. */
  uuid?: string;
  rule?: Rule[];
  filterref?: Filterref[];
};

export type Filterref = {
  filter: string;
  parameter?: Parameter[];
};

export type Icmp = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv4 address or variable. */
  srcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** IPv4 address or variable. */
  dstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** IPv4 address or variable. */
  srcipfrom?: string;
  /** IPv4 address or variable. */
  srcipto?: string;
  /** IPv4 address or variable. */
  dstipfrom?: string;
  /** IPv4 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** 8-bit number or variable. */
  type?: string;
  /** 8-bit number or variable. */
  code?: string;
  /** String or variable. */
  comment?: string;
};

export type Icmpv6 = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv6 address or variable. */
  srcipaddr?: string;
  /** IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** IPv6 address or variable. */
  dstipaddr?: string;
  /** IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** IPv6 address or variable. */
  srcipfrom?: string;
  /** IPv6 address or variable. */
  srcipto?: string;
  /** IPv6 address or variable. */
  dstipfrom?: string;
  /** IPv6 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** 8-bit number or variable. */
  type?: string;
  /** 8-bit number or variable. */
  code?: string;
  /** String or variable. */
  comment?: string;
};

export type Igmp = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv4 address or variable. */
  srcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** IPv4 address or variable. */
  dstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** IPv4 address or variable. */
  srcipfrom?: string;
  /** IPv4 address or variable. */
  srcipto?: string;
  /** IPv4 address or variable. */
  dstipfrom?: string;
  /** IPv4 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** String or variable. */
  comment?: string;
};

export type Ip = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address or variable. */
  dstmacaddr?: string;
  /** MAC address mask or variable. */
  dstmacmask?: string;
  /** IPv4 address or variable. */
  srcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** IPv4 address or variable. */
  dstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** IP protocol or variable. */
  protocol?: string;
  /** 16-bit number or variable. */
  srcportstart?: string;
  /** 16-bit number or variable. */
  srcportend?: string;
  /** 16-bit number or variable. */
  dstportstart?: string;
  /** 16-bit number or variable. */
  dstportend?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** String or variable. */
  comment?: string;
};

export type Ipv6 = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address or variable. */
  dstmacaddr?: string;
  /** MAC address mask or variable. */
  dstmacmask?: string;
  /** IPv6 address or variable. */
  srcipaddr?: string;
  /** IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** IPv6 address or variable. */
  dstipaddr?: string;
  /** IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** IP protocol or variable. */
  protocol?: string;
  /** 16-bit number or variable. */
  srcportstart?: string;
  /** 16-bit number or variable. */
  srcportend?: string;
  /** 16-bit number or variable. */
  dstportstart?: string;
  /** 16-bit number or variable. */
  dstportend?: string;
  /** 8-bit number or variable. */
  type?: string;
  /** 8-bit number or variable. */
  typeend?: string;
  /** 8-bit number or variable. */
  code?: string;
  /** 8-bit number or variable. */
  codeend?: string;
  /** String or variable. */
  comment?: string;
};

export type Mac = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address or variable. */
  dstmacaddr?: string;
  /** MAC address mask or variable. */
  dstmacmask?: string;
  /** Ethernet protocol or variable. */
  protocolid?: string;
  /** String or variable. */
  comment?: string;
};

export type Parameter = {
  name?: string;
  value?: string;
};

export type Rarp = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address or variable. */
  dstmacaddr?: string;
  /** MAC address mask or variable. */
  dstmacmask?: string;
  /** 16-bit number or variable. */
  hwtype?: string;
  /** 16-bit number or variable. */
  protocoltype?: string;
  /** ARP operation or variable. */
  opcode?: string;
  /** MAC address or variable. */
  arpsrcmacaddr?: string;
  /** MAC address or variable. */
  arpdstmacaddr?: string;
  /** IPv4 address or variable. */
  arpsrcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  arpsrcipmask?: string;
  /** IPv4 address or variable. */
  arpdstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  arpdstipmask?: string;
  /** True, false or variable. */
  gratuitous?: string;
  /** String or variable. */
  comment?: string;
};

export type Rule = {
  action: "drop" | "accept" | "reject" | "return" | "continue";
  direction: "in" | "out" | "inout";
  /** Integer. */
  priority?: number;
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
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv4 address or variable. */
  srcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** IPv4 address or variable. */
  dstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** IPv4 address or variable. */
  srcipfrom?: string;
  /** IPv4 address or variable. */
  srcipto?: string;
  /** IPv4 address or variable. */
  dstipfrom?: string;
  /** IPv4 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** 16-bit number or variable. */
  srcportstart?: string;
  /** 16-bit number or variable. */
  srcportend?: string;
  /** 16-bit number or variable. */
  dstportstart?: string;
  /** 16-bit number or variable. */
  dstportend?: string;
  /** String or variable. */
  comment?: string;
};

export type SctpIpv6 = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv6 address or variable. */
  srcipaddr?: string;
  /** IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** IPv6 address or variable. */
  dstipaddr?: string;
  /** IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** IPv6 address or variable. */
  srcipfrom?: string;
  /** IPv6 address or variable. */
  srcipto?: string;
  /** IPv6 address or variable. */
  dstipfrom?: string;
  /** IPv6 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** 16-bit number or variable. */
  srcportstart?: string;
  /** 16-bit number or variable. */
  srcportend?: string;
  /** 16-bit number or variable. */
  dstportstart?: string;
  /** 16-bit number or variable. */
  dstportend?: string;
  /** String or variable. */
  comment?: string;
};

export type Stp = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** MAC address mask or variable. */
  srcmacmask?: string;
  /** 8-bit number or variable. */
  type?: string;
  /** 8-bit number or variable. */
  flags?: string;
  /** 16-bit number or variable. */
  "root-priority"?: string;
  /** 16-bit number or variable. */
  "root-priority-hi"?: string;
  /** MAC address or variable. */
  "root-address"?: string;
  /** MAC address mask or variable. */
  "root-address-mask"?: string;
  /** 32-bit number or variable. */
  "root-cost"?: string;
  /** 32-bit number or variable. */
  "root-cost-hi"?: string;
  /** 16-bit number or variable. */
  "sender-priority"?: string;
  /** 16-bit number or variable. */
  "sender-priority-hi"?: string;
  /** MAC address or variable. */
  "sender-address"?: string;
  /** MAC address mask or variable. */
  "sender-address-mask"?: string;
  /** 16-bit number or variable. */
  port?: string;
  /** 16-bit number or variable. */
  "port-hi"?: string;
  /** 16-bit number or variable. */
  age?: string;
  /** 16-bit number or variable. */
  "age-hi"?: string;
  /** 16-bit number or variable. */
  "max-age"?: string;
  /** 16-bit number or variable. */
  "max-age-hi"?: string;
  /** 16-bit number or variable. */
  "hello-time"?: string;
  /** 16-bit number or variable. */
  "hello-time-hi"?: string;
  /** 16-bit number or variable. */
  "forward-delay"?: string;
  /** 16-bit number or variable. */
  "forward-delay-hi"?: string;
  /** String or variable. */
  comment?: string;
};

export type Tcp = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv4 address or variable. */
  srcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** IPv4 address or variable. */
  dstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** IPv4 address or variable. */
  srcipfrom?: string;
  /** IPv4 address or variable. */
  srcipto?: string;
  /** IPv4 address or variable. */
  dstipfrom?: string;
  /** IPv4 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** 16-bit number or variable. */
  srcportstart?: string;
  /** 16-bit number or variable. */
  srcportend?: string;
  /** 16-bit number or variable. */
  dstportstart?: string;
  /** 16-bit number or variable. */
  dstportend?: string;
  /** 8-bit number or variable. */
  option?: string;
  /** TCP flags MASK/FLAGS or variable. */
  flags?: string;
  /** String or variable. */
  comment?: string;
};

export type TcpIpv6 = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv6 address or variable. */
  srcipaddr?: string;
  /** IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** IPv6 address or variable. */
  dstipaddr?: string;
  /** IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** IPv6 address or variable. */
  srcipfrom?: string;
  /** IPv6 address or variable. */
  srcipto?: string;
  /** IPv6 address or variable. */
  dstipfrom?: string;
  /** IPv6 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** 16-bit number or variable. */
  srcportstart?: string;
  /** 16-bit number or variable. */
  srcportend?: string;
  /** 16-bit number or variable. */
  dstportstart?: string;
  /** 16-bit number or variable. */
  dstportend?: string;
  /** 8-bit number or variable. */
  option?: string;
  /** TCP flags MASK/FLAGS or variable. */
  flags?: string;
  /** String or variable. */
  comment?: string;
};

export type Udp = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv4 address or variable. */
  srcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** IPv4 address or variable. */
  dstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** IPv4 address or variable. */
  srcipfrom?: string;
  /** IPv4 address or variable. */
  srcipto?: string;
  /** IPv4 address or variable. */
  dstipfrom?: string;
  /** IPv4 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** 16-bit number or variable. */
  srcportstart?: string;
  /** 16-bit number or variable. */
  srcportend?: string;
  /** 16-bit number or variable. */
  dstportstart?: string;
  /** 16-bit number or variable. */
  dstportend?: string;
  /** String or variable. */
  comment?: string;
};

export type UdpIpv6 = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv6 address or variable. */
  srcipaddr?: string;
  /** IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** IPv6 address or variable. */
  dstipaddr?: string;
  /** IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** IPv6 address or variable. */
  srcipfrom?: string;
  /** IPv6 address or variable. */
  srcipto?: string;
  /** IPv6 address or variable. */
  dstipfrom?: string;
  /** IPv6 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** 16-bit number or variable. */
  srcportstart?: string;
  /** 16-bit number or variable. */
  srcportend?: string;
  /** 16-bit number or variable. */
  dstportstart?: string;
  /** 16-bit number or variable. */
  dstportend?: string;
  /** String or variable. */
  comment?: string;
};

export type Udplite = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv4 address or variable. */
  srcipaddr?: string;
  /** IPv4 mask, its length or variable. */
  srcipmask?: string;
  /** IPv4 address or variable. */
  dstipaddr?: string;
  /** IPv4 mask, its length or variable. */
  dstipmask?: string;
  /** IPv4 address or variable. */
  srcipfrom?: string;
  /** IPv4 address or variable. */
  srcipto?: string;
  /** IPv4 address or variable. */
  dstipfrom?: string;
  /** IPv4 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** String or variable. */
  comment?: string;
};

export type UdpliteIpv6 = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** IPv6 address or variable. */
  srcipaddr?: string;
  /** IPv6 mask, its length or variable. */
  srcipmask?: string;
  /** IPv6 address or variable. */
  dstipaddr?: string;
  /** IPv6 mask, its length or variable. */
  dstipmask?: string;
  /** IPv6 address or variable. */
  srcipfrom?: string;
  /** IPv6 address or variable. */
  srcipto?: string;
  /** IPv6 address or variable. */
  dstipfrom?: string;
  /** IPv6 address or variable. */
  dstipto?: string;
  /** 6-bit number or variable. */
  dscp?: string;
  /** 16-bit decimal number or variable. */
  "connlimit-above"?: string;
  /** Connection states or variable. */
  state?: string;
  /** Name of an IP set or variable. */
  ipset?: string;
  /** Up to six of src and dst, or variable. */
  ipsetflags?: string;
  /** String or variable. */
  comment?: string;
};

export type Vlan = {
  match?: boolean;
  /** MAC address or variable. */
  srcmacaddr?: string;
  /** MAC address mask or variable. */
  srcmacmask?: string;
  /** MAC address or variable. */
  dstmacaddr?: string;
  /** MAC address mask or variable. */
  dstmacmask?: string;
  /** 12-bit number or variable. */
  vlanid?: string;
  /** Ethernet protocol, length or variable. */
  "encap-protocol"?: string;
  /** String or variable. */
  comment?: string;
};
