// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Devices = {
  disk?: MemoryBacking;
  graphics?: MemoryBacking;
  video?: MemoryBacking;
  hostdev?: MemoryBacking;
  rng?: MemoryBacking;
  filesystem?: MemoryBacking;
  tpm?: MemoryBacking;
  redirdev?: MemoryBacking;
  channel?: MemoryBacking;
  /** Kept as it is. */
  $xml?: string[];
};

export type DomainCapabilities = {
  /** Program that runs them. */
  path: string;
  /** Kind of domain. */
  domain: string;
  /** Machine, by its full name. */
  machine?: string;
  /** Architecture. */
  arch: string;
  vcpu?: {
    /** Most processors. Non-negative integer. */
    max?: number;
  };
  iothreads?: {
    /** Whether domains can have it. */
    supported?: boolean;
  };
  os?: Os;
  cpu?: {
    mode?: Mode[];
  };
  memoryBacking?: MemoryBacking;
  devices?: Devices;
  features?: Features;
};

export type Enum = {
  /** Name of an attribute or element. */
  name: string;
  value?: Value[];
};

export type Feature = {
  /** What is said of the feature. */
  policy?: "force" | "require" | "optional" | "disable" | "forbid";
  /** Name of the feature. */
  name: string;
};

export type Features = {
  gic?: MemoryBacking;
  vmcoreinfo?: {
    /** Whether domains can have it. */
    supported?: boolean;
  };
  genid?: {
    /** Whether domains can have it. */
    supported?: boolean;
  };
  backingStoreInput?: {
    /** Whether domains can have it. */
    supported?: boolean;
  };
  backup?: {
    /** Whether domains can have it. */
    supported?: boolean;
  };
  "s390-pv"?: {
    /** Whether domains can have it. */
    supported?: boolean;
  };
  sev?: Sev;
  sgx?: Sgx;
  hyperv?: MemoryBacking;
  /** Kept as it is, and refused. */
  $xml?: string[];
};

export type Loader = {
  /** Whether domains can have it. */
  supported?: boolean;
  value?: Value[];
  enum?: Enum[];
};

export type Maxphysaddr = {
  /** The host's number of address bits, or another one. */
  mode: "emulate" | "passthrough" | "disable";
  /** Bits of a physical address. Non-negative integer. */
  bits?: number;
  /** Bits at most, whatever the host has. Non-negative integer. Since libvirt 9.3.0. */
  limit?: number;
};

export type MemoryBacking = {
  /** Whether domains can have it. */
  supported?: boolean;
  enum?: Enum[];
};

export type Mode = {
  /** Whether domains can have it. */
  supported?: boolean;
} & (
  | {
    name: "host-passthrough";
    enum?: Enum[];
  }
  | {
    name: "maximum";
    enum?: Enum[];
  }
  | {
    name: "host-model";
    model?: Model;
    /** Who makes the processor. */
    vendor?: string;
    maxphysaddr?: Maxphysaddr;
    feature?: Feature[];
  }
  | {
    name: "custom";
    model?: ModeModel[];
  }
);

export type ModeModel = {
  /** Whether this host can run it. */
  usable?: "yes" | "no" | "unknown";
  /** It will go away. */
  deprecated?: boolean;
  /** Who makes such processors. */
  vendor?: string;
  /** Name of the model. */
  value: string;
};

export type Model = {
  /** Whether another model may take its place. */
  fallback?: "allow" | "forbid";
  /** Name of the vendor that guests see. */
  vendor_id?: string;
  /** Name of the model. */
  value?: string;
};

export type Os = {
  /** Whether domains can have it. */
  supported?: boolean;
  enum?: Enum[];
  loader?: Loader;
};

export type Section = {
  /** NUMA node that it is on. Non-negative integer. */
  node: number;
  /** Its size. Non-negative integer. */
  size: number;
  /** Unit of the size. */
  unit?: "KiB";
};

export type Sev = {
  /** Whether domains can have it. */
  supported?: boolean;
  /** Bit of an address that says encrypted. Non-negative integer. */
  cbitpos?: number;
  /** Address bits that are lost by it. Non-negative integer. */
  reducedPhysBits?: number;
  /** Guests at a time. Non-negative integer. */
  maxGuests?: number;
  /** Guests with encrypted registers at a time. Non-negative integer. */
  maxESGuests?: number;
  /** Identity of the host's first processor. */
  cpu0Id?: string;
};

export type Sgx = {
  /** Whether domains can have it. */
  supported?: boolean;
  /** Launches can be controlled by guests. */
  flc?: boolean;
  /** First version. */
  sgx1?: boolean;
  /** Second version. */
  sgx2?: boolean;
  /** Protected memory of the host. Number of bytes. */
  section_sizeBytes?: number;
  sections?: {
    section?: Section[];
  };
};

export type Value = {
  /** A value it can have. */
  value?: string;
};
