// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Filterbinding = {
  owner: Owner;
  portdev: {
    /** Interface of the host that is filtered. */
    name: string;
  };
  linkdev?: Linkdev;
  mac: {
    /** MAC address of the guest. MAC address. */
    address: string;
  };
  filterref: Filterref;
};

export type Filterref = {
  /** The filter. */
  filter: string;
  parameter?: Parameter[];
};

export type Linkdev = {
  /** Card that the interface is on. */
  name: string;
};

export type Owner = {
  /** Domain that the interface is of. */
  name: string;
  /** UUID of that domain. UUID. */
  uuid: string;
};

export type Parameter = {
  /** Name of a variable of the filter. */
  name?: string;
  /** Its value. */
  value?: string;
};
