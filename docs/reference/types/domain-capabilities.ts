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
  $xml?: string[];
};

export type DomainCapabilities = {
  path: string;
  domain: string;
  machine?: string;
  arch: string;
  vcpu?: {
    /** Non-negative integer. */
    max?: number;
  };
  iothreads?: {
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
  name: string;
  value?: Value[];
};

export type Feature = {
  policy?: "force" | "require" | "optional" | "disable" | "forbid";
  name: string;
};

export type Features = {
  gic?: MemoryBacking;
  vmcoreinfo?: {
    supported?: boolean;
  };
  genid?: {
    supported?: boolean;
  };
  backingStoreInput?: {
    supported?: boolean;
  };
  backup?: {
    supported?: boolean;
  };
  "s390-pv"?: {
    supported?: boolean;
  };
  sev?: Sev;
  sgx?: Sgx;
  hyperv?: MemoryBacking;
  $xml?: string[];
};

export type Loader = {
  supported?: boolean;
  value?: Value[];
  enum?: Enum[];
};

export type Maxphysaddr = {
  mode: "emulate" | "passthrough" | "disable";
  /** Non-negative integer. */
  bits?: number;
  /** Non-negative integer. Since libvirt 9.3.0. */
  limit?: number;
};

export type MemoryBacking = {
  supported?: boolean;
  enum?: Enum[];
};

export type Mode = {
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
  usable?: "yes" | "no" | "unknown";
  deprecated?: boolean;
  vendor?: string;
  value: string;
};

export type Model = {
  fallback?: "allow" | "forbid";
  vendor_id?: string;
  value?: string;
};

export type Os = {
  supported?: boolean;
  enum?: Enum[];
  loader?: Loader;
};

export type Section = {
  /** Non-negative integer. */
  node: number;
  /** Non-negative integer. */
  size: number;
  unit?: "KiB";
};

export type Sev = {
  supported?: boolean;
  /** Non-negative integer. */
  cbitpos?: number;
  /** Non-negative integer. */
  reducedPhysBits?: number;
  /** Non-negative integer. */
  maxGuests?: number;
  /** Non-negative integer. */
  maxESGuests?: number;
  cpu0Id?: string;
};

export type Sgx = {
  supported?: boolean;
  flc?: boolean;
  sgx1?: boolean;
  sgx2?: boolean;
  /** Number of bytes. */
  section_sizeBytes?: number;
  sections?: {
    section?: Section[];
  };
};

export type Value = {
  value?: string;
};
