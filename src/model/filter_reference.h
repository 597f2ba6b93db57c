// SPDX-License-Identifier: Apache-2.0
// <filterref>: the network filter an interface has, or another filter includes, and the values of its
// variables.
#pragma once

#include <string>
#include <vector>

#include "schema/io.h"

namespace yado::model {

/// A variable may have several values, each its own element.
struct FilterParameter {
    std::string name, value;
};

struct FilterReference {
    std::string filter;
    std::vector<FilterParameter> parameters;
};
void describe(schema::Io& io, FilterReference& reference);

/// Drops what libvirt does not take as name or value and sorts the rest by name, as libvirt does.
void complete(FilterReference& reference);

} // namespace yado::model
