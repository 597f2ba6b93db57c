// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Acpi = {
  /** What it is when nothing is said. */
  default?: boolean;
  /** Whether it can be changed. */
  toggle?: boolean;
};

export type Arch = {
  /** Architecture of guests. */
  name: string;
  /** Bits of a word. Non-negative integer. */
  wordsize?: number;
  /** Program that runs them. */
  emulator?: string;
  /** Firmware of Xen. */
  loader?: string;
  machine?: Machine[];
  domain?: Domain[];
};

export type Bandwidth = {
  /** Cell that asks. Non-negative integer. */
  initiator: number;
  /** Cell that has the memory. Non-negative integer. */
  target: number;
  /** Level of the cache it is about; the memory itself when not given. Non-negative integer. */
  cache?: number;
  /** Reads, writes or both. */
  type: string;
  /** How much a second. Non-negative integer. */
  value: number;
  /** Unit of that. */
  unit?: "KiB";
};

export type Bank = {
  /** Number of the cache. Non-negative integer. */
  id: number;
  /** Its level. Non-negative integer. */
  level: number;
  /** For code, for data or for both. */
  type: "both" | "code" | "data";
  /** Its size. Non-negative integer. */
  size: number;
  /** Unit of the size. */
  unit: "B" | "KiB" | "MiB" | "GiB" | "TiB" | "PiB" | "EiB";
  /** Processors that share it. Set of CPU numbers. */
  cpus?: string;
  control?: Control[];
};

export type Baselabel = {
  /** Kind of domain. */
  type: string;
  /** Label that its guests have. */
  value?: string;
};

export type Cache = {
  /** Level of the cache. Non-negative integer. */
  level: number;
  /** How it is indexed. */
  associativity?: string;
  /** When it writes back. */
  policy?: string;
  size?: Size;
  line?: Size;
};

export type Capabilities = {
  host: Host;
  guest?: Guest[];
};

export type Cell = {
  /** Number of the node. Non-negative integer. */
  id: number;
  /** Memory of the node. Number of bytes. */
  memoryBytes?: number;
  pages?: CellPages[];
  distances?: {
    sibling?: Sibling[];
  };
  cache?: Cache[];
  cpus?: {
    /** Number of processors. Non-negative integer. */
    num?: number;
    cpu?: CellCpu[];
  };
};

export type CellCpu = {
  /** Number of the processor. Non-negative integer. */
  id: number;
  /** Its socket. Non-negative integer. */
  socket_id?: number;
  /** Its die. Non-negative integer. */
  die_id?: number;
  /** Its core. Non-negative integer. */
  core_id?: number;
  /** Processors of the same core. Set of CPU numbers. */
  siblings?: string;
};

export type CellPages = {
  /** Unit of the size. */
  unit?: "KiB";
  /** Size of a page. Non-negative integer. */
  size: number;
  /** How many there are. Non-negative integer. */
  value?: number;
};

export type Control = {
  /** Parts are multiples of this. Non-negative integer. */
  granularity: number;
  /** Smallest part. Non-negative integer. */
  min?: number;
  /** Unit of these. */
  unit: "B" | "KiB" | "MiB" | "GiB" | "TiB" | "PiB" | "EiB";
  /** For code, for data or for both. */
  type: "both" | "code" | "data";
  /** How many parts there can be. Non-negative integer. */
  maxAllocs: number;
};

export type Counter = {
  /** Which counter. */
  name: string;
  /** Hz. Non-negative integer. */
  frequency: number;
  /** Whether guests can have another frequency. */
  scaling?: boolean;
};

export type Cpu = {
  /** Architecture, as uname prints it. */
  arch: string;
  features?: Features;
  /** Closest model that is known. */
  model?: string;
  /** Who made it. */
  vendor?: string;
  microcode?: {
    /** Version of the microcode. Non-negative integer. */
    version?: number;
  };
  signature?: Signature;
  counter?: Counter;
  topology?: Topology;
  maxphysaddr?: Maxphysaddr;
  feature?: Feature[];
  pages?: Pages[];
};

export type Domain = {
  /** Kind of domain. */
  type: string;
  /** Program for this kind. */
  emulator?: string;
  /** Firmware for this kind. */
  loader?: string;
  machine?: Machine[];
};

export type Feature = {
  /** A feature the model does not have by itself. */
  name: string;
};

export type Features = {
  /** Physical address extension. */
  pae?: boolean;
  /** Works without physical address extension. */
  nonpae?: boolean;
  /** Intel's virtualization. */
  vmx?: boolean;
  /** AMD's virtualization. */
  svm?: boolean;
};

export type Guest = {
  /** hvm for whole machines, exe for containers. */
  os_type: string;
  arch: Arch;
  features?: GuestFeatures;
};

export type GuestFeatures = {
  /** Physical address extension. */
  pae?: boolean;
  /** Works without physical address extension. */
  nonpae?: boolean;
  /** Big endian guests. */
  ia64_be?: boolean;
  acpi?: Acpi;
  apic?: Acpi;
  /** The processor can be chosen. */
  cpuselection?: boolean;
  /** Boot order by device. */
  deviceboot?: boolean;
  disksnapshot?: Acpi;
  hap?: Acpi;
};

export type Host = {
  /** Identity of the host. UUID. */
  uuid?: string;
  cpu?: Cpu;
  power_management?: PowerManagement;
  iommu?: {
    /** Whether devices can be given to guests. */
    support?: boolean;
  };
  migration_features?: MigrationFeatures;
  topology?: HostTopology;
  cache?: HostCache;
  memory_bandwidth?: MemoryBandwidth;
  secmodel?: Secmodel[];
  /** Kept as it is. */
  $xml?: string[];
};

export type HostCache = {
  bank?: Bank[];
  monitor?: Monitor;
};

export type HostTopology = {
  cells?: {
    /** Number of NUMA nodes. Non-negative integer. */
    num?: number;
    cell?: Cell[];
  };
  interconnects?: {
    latency?: Latency[];
    bandwidth?: Bandwidth[];
  };
};

export type Latency = {
  /** Cell that asks. Non-negative integer. */
  initiator: number;
  /** Cell that has the memory. Non-negative integer. */
  target: number;
  /** Level of the cache it is about; the memory itself when not given. Non-negative integer. */
  cache?: number;
  /** Reads, writes or both. */
  type: string;
  /** Nanoseconds. Non-negative integer. */
  value: number;
};

export type Machine = {
  /** Name that an alias stands for. */
  canonical?: string;
  /** Most processors. Non-negative integer. */
  maxCpus?: number;
  /** It will go away. */
  deprecated?: boolean;
  /** Name of the machine. */
  value: string;
};

export type Maxphysaddr = {
  /** The host's number of address bits, or another one. */
  mode: "emulate" | "passthrough" | "disable";
  /** Bits of a physical address. Non-negative integer. */
  bits?: number;
  /** Bits at most, whatever the host has. Non-negative integer. Since libvirt 9.3.0. */
  limit?: number;
};

export type MemoryBandwidth = {
  node?: Node[];
  monitor?: Monitor;
};

export type MigrationFeatures = {
  /** Guests run on while they migrate. */
  live?: boolean;
  uri_transports?: {
    uri_transport?: UriTransport[];
  };
};

export type Monitor = {
  /** Level of the cache that is watched. Non-negative integer. */
  level?: number;
  /** What is left when a number may be used again. Non-negative integer. */
  reuseThreshold?: number;
  /** How many can watch. Non-negative integer. */
  maxMonitors: number;
  feature?: Feature[];
};

export type Node = {
  /** Number of the memory controller. Non-negative integer. */
  id: number;
  /** Processors that share it. Set of CPU numbers. */
  cpus?: string;
  control?: NodeControl[];
};

export type NodeControl = {
  /** Parts are multiples of this. Non-negative integer. */
  granularity: number;
  /** Smallest part. Non-negative integer. */
  min?: number;
  /** How many parts there can be. Non-negative integer. */
  maxAllocs: number;
};

export type Pages = {
  /** Unit of the size. */
  unit?: "KiB";
  /** Size of a page. Non-negative integer. */
  size: number;
};

export type PowerManagement = {
  /** The host can sleep. */
  suspend_mem?: boolean;
  /** The host can sleep on disk. */
  suspend_disk?: boolean;
  /** The host can do both at once. */
  suspend_hybrid?: boolean;
};

export type Secmodel = {
  /** Name of the security system. */
  model?: string;
  /** Its domain of interpretation. */
  doi?: string;
  baselabel?: Baselabel[];
};

export type Sibling = {
  /** The other cell. Non-negative integer. */
  id: number;
  /** Distance to it; 10 is none. Non-negative integer. */
  value: number;
};

export type Signature = {
  /** Family of the processor. Non-negative integer. */
  family: number;
  /** Model of the family. Non-negative integer. */
  model: number;
  /** Revision of the model. Non-negative integer. */
  stepping: number;
};

export type Size = {
  /** Its size. Non-negative integer. */
  value: number;
  /** Unit of the size. */
  unit: "B" | "KiB" | "MiB" | "GiB" | "TiB" | "PiB" | "EiB";
};

export type Topology = {
  /** Sockets. Non-negative integer. */
  sockets: number;
  /** Dies of a socket. Non-negative integer. */
  dies?: number;
  /** Clusters of a die. Non-negative integer. Since libvirt 10.1.0. */
  clusters?: number;
  /** Cores of each. Non-negative integer. */
  cores: number;
  /** Threads of a core. Non-negative integer. */
  threads: number;
};

export type UriTransport = {
  /** A way to reach other hosts. */
  value?: string;
};
