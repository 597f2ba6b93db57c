// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Acpi = {
  default?: boolean;
  toggle?: boolean;
};

export type Arch = {
  name: string;
  /** Non-negative integer. */
  wordsize?: number;
  emulator?: string;
  loader?: string;
  machine?: Machine[];
  domain?: Domain[];
};

export type Bandwidth = {
  /** Non-negative integer. */
  initiator: number;
  /** Non-negative integer. */
  target: number;
  /** Non-negative integer. */
  cache?: number;
  type: string;
  /** Non-negative integer. */
  value: number;
  unit?: "KiB";
};

export type Bank = {
  /** Non-negative integer. */
  id: number;
  /** Non-negative integer. */
  level: number;
  type: "both" | "code" | "data";
  /** Non-negative integer. */
  size: number;
  unit: "B" | "KiB" | "MiB" | "GiB" | "TiB" | "PiB" | "EiB";
  /** Set of CPU numbers. */
  cpus?: string;
  control?: Control[];
};

export type Baselabel = {
  type: string;
  value?: string;
};

export type Cache = {
  /** Non-negative integer. */
  level: number;
  associativity?: string;
  policy?: string;
  size?: Size;
  line?: Size;
};

export type Capabilities = {
  host: Host;
  guest?: Guest[];
};

export type Cell = {
  /** Non-negative integer. */
  id: number;
  /** Number of bytes. */
  memoryBytes?: number;
  pages?: CellPages[];
  distances?: {
    sibling?: Sibling[];
  };
  cache?: Cache[];
  cpus?: {
    /** Non-negative integer. */
    num?: number;
    cpu?: CellCpu[];
  };
};

export type CellCpu = {
  /** Non-negative integer. */
  id: number;
  /** Non-negative integer. */
  socket_id?: number;
  /** Non-negative integer. */
  die_id?: number;
  /** Non-negative integer. */
  core_id?: number;
  /** Set of CPU numbers. */
  siblings?: string;
};

export type CellPages = {
  unit?: "KiB";
  /** Non-negative integer. */
  size: number;
  /** Non-negative integer. */
  value?: number;
};

export type Control = {
  /** Non-negative integer. */
  granularity: number;
  /** Non-negative integer. */
  min?: number;
  unit: "B" | "KiB" | "MiB" | "GiB" | "TiB" | "PiB" | "EiB";
  type: "both" | "code" | "data";
  /** Non-negative integer. */
  maxAllocs: number;
};

export type Counter = {
  name: string;
  /** Non-negative integer. */
  frequency: number;
  scaling?: boolean;
};

export type Cpu = {
  arch: string;
  features?: Features;
  model?: string;
  vendor?: string;
  microcode?: {
    /** Non-negative integer. */
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
  type: string;
  emulator?: string;
  loader?: string;
  machine?: Machine[];
};

export type Feature = {
  name: string;
};

export type Features = {
  pae?: boolean;
  nonpae?: boolean;
  vmx?: boolean;
  svm?: boolean;
};

export type Guest = {
  os_type: string;
  arch: Arch;
  features?: GuestFeatures;
};

export type GuestFeatures = {
  pae?: boolean;
  nonpae?: boolean;
  ia64_be?: boolean;
  acpi?: Acpi;
  apic?: Acpi;
  cpuselection?: boolean;
  deviceboot?: boolean;
  disksnapshot?: Acpi;
  hap?: Acpi;
};

export type Host = {
  /** UUID. */
  uuid?: string;
  cpu?: Cpu;
  power_management?: PowerManagement;
  iommu?: {
    support?: boolean;
  };
  migration_features?: MigrationFeatures;
  topology?: HostTopology;
  cache?: HostCache;
  memory_bandwidth?: MemoryBandwidth;
  secmodel?: Secmodel[];
  $xml?: string[];
};

export type HostCache = {
  bank?: Bank[];
  monitor?: Monitor;
};

export type HostTopology = {
  cells?: {
    /** Non-negative integer. */
    num?: number;
    cell?: Cell[];
  };
  interconnects?: {
    latency?: Latency[];
    bandwidth?: Bandwidth[];
  };
};

export type Latency = {
  /** Non-negative integer. */
  initiator: number;
  /** Non-negative integer. */
  target: number;
  /** Non-negative integer. */
  cache?: number;
  type: string;
  /** Non-negative integer. */
  value: number;
};

export type Machine = {
  canonical?: string;
  /** Non-negative integer. */
  maxCpus?: number;
  deprecated?: boolean;
  value: string;
};

export type Maxphysaddr = {
  mode: "emulate" | "passthrough" | "disable";
  /** Non-negative integer. */
  bits?: number;
  /** Non-negative integer. Since libvirt 9.3.0. */
  limit?: number;
};

export type MemoryBandwidth = {
  node?: Node[];
  monitor?: Monitor;
};

export type MigrationFeatures = {
  live?: boolean;
  uri_transports?: {
    uri_transport?: UriTransport[];
  };
};

export type Monitor = {
  /** Non-negative integer. */
  level?: number;
  /** Non-negative integer. */
  reuseThreshold?: number;
  /** Non-negative integer. */
  maxMonitors: number;
  feature?: Feature[];
};

export type Node = {
  /** Non-negative integer. */
  id: number;
  /** Set of CPU numbers. */
  cpus?: string;
  control?: NodeControl[];
};

export type NodeControl = {
  /** Non-negative integer. */
  granularity: number;
  /** Non-negative integer. */
  min?: number;
  /** Non-negative integer. */
  maxAllocs: number;
};

export type Pages = {
  unit?: "KiB";
  /** Non-negative integer. */
  size: number;
};

export type PowerManagement = {
  suspend_mem?: boolean;
  suspend_disk?: boolean;
  suspend_hybrid?: boolean;
};

export type Secmodel = {
  model?: string;
  doi?: string;
  baselabel?: Baselabel[];
};

export type Sibling = {
  /** Non-negative integer. */
  id: number;
  /** Non-negative integer. */
  value: number;
};

export type Signature = {
  /** Non-negative integer. */
  family: number;
  /** Non-negative integer. */
  model: number;
  /** Non-negative integer. */
  stepping: number;
};

export type Size = {
  /** Non-negative integer. */
  value: number;
  unit: "B" | "KiB" | "MiB" | "GiB" | "TiB" | "PiB" | "EiB";
};

export type Topology = {
  /** Non-negative integer. */
  sockets: number;
  /** Non-negative integer. */
  dies?: number;
  /** Non-negative integer. Since libvirt 10.1.0. */
  clusters?: number;
  /** Non-negative integer. */
  cores: number;
  /** Non-negative integer. */
  threads: number;
};

export type UriTransport = {
  value?: string;
};
