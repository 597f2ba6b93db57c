// SPDX-License-Identifier: Apache-2.0
// The text of a host interface.
#pragma once

#include <string>
#include <string_view>

#include "model/interface/interface.h"
#include "schema/diagnostics.h"
#include "schema/read.h"

namespace yado::model {

/// Reads an <interface> document. Throws Error with all problems when `diagnostics` is null, else adds the
/// semantic ones there.
HostInterface read_interface(std::string_view text, const schema::ReadOptions& options = {},
                             schema::Diagnostics* diagnostics = nullptr);
/// The <interface> document in libvirt's format, ending in a line end.
std::string write_interface(const HostInterface& interface);
/// Reads, completes and checks a client's document. Throws Error with everything that is wrong with it.
HostInterface parse_interface(std::string_view text, const schema::ReadOptions& options = {});

} // namespace yado::model
