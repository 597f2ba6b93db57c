// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Filterbinding = {
  owner: Owner;
  portdev: {
    name: string;
  };
  linkdev?: Linkdev;
  mac: {
    /** MAC address. */
    address: string;
  };
  filterref: Filterref;
};

export type Filterref = {
  filter: string;
  parameter?: Parameter[];
};

export type Linkdev = {
  name: string;
};

export type Owner = {
  name: string;
  /** UUID. */
  uuid: string;
};

export type Parameter = {
  name?: string;
  value?: string;
};
