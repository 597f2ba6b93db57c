// SPDX-License-Identifier: Apache-2.0
// The texts of network filters and of their bindings to interfaces.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/nwfilter/binding.h"
#include "model/nwfilter/filter.h"
#include "schema/diagnostics.h"
#include "schema/read.h"

namespace yado::model {

/// Reads a <filter> document. Throws Error with all problems when `diagnostics` is null, else adds the
/// semantic ones there.
NetworkFilter read_filter(std::string_view text, const schema::ReadOptions& options = {},
                          schema::Diagnostics* diagnostics = nullptr);
/// The <filter> document in libvirt's format, ending in a line end; rules and inclusions by position.
std::string write_filter(const NetworkFilter& filter);
/// Reads, completes and checks a client's document. Throws Error with everything that is wrong with it.
NetworkFilter parse_filter(std::string_view text, const std::function<Uuid()>& new_uuid,
                           const schema::ReadOptions& options = {});

FilterBinding read_filter_binding(std::string_view text, const schema::ReadOptions& options = {},
                                  schema::Diagnostics* diagnostics = nullptr);
std::string write_filter_binding(const FilterBinding& binding);
FilterBinding parse_filter_binding(std::string_view text, const schema::ReadOptions& options = {});

} // namespace yado::model
