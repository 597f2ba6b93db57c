// SPDX-License-Identifier: Apache-2.0
// <capabilities>: what a host and its hypervisor can do, the answer to virConnectGetCapabilities.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/capabilities/guest.h"
#include "model/capabilities/host.h"
#include "schema/read.h"

namespace yado::model {

struct Capabilities {
    HostCapabilities host;
    std::vector<GuestCapabilities> guests;
};
void describe(schema::Io& io, Capabilities& capabilities);

/// Throws Error with all problems when `diagnostics` is null, else adds the semantic ones there.
Capabilities read_capabilities(std::string_view text, const schema::ReadOptions& options = {},
                               schema::Diagnostics* diagnostics = nullptr);

/// The document in libvirt's format, ending in a line end. It is the one document that libvirt spaces with
/// blank lines, round <host> and every <guest>; a plain write_xml() leaves these out.
std::string write_capabilities(const Capabilities& capabilities);

} // namespace yado::model
