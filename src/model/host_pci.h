// SPDX-License-Identifier: Apache-2.0
// The place of a device on the host's own PCI buses, as against PciAddress, where a guest sees one.
#pragma once

#include <cstdint>
#include <string>

#include "schema/io.h"

namespace yado::model {

struct HostPci {
    std::uint32_t domain = 0;
    std::uint8_t bus = 0, slot = 0, function = 0;

    /// "0000:01:00.0", the kernel's name
    std::string text() const;
};
void describe(schema::Io& io, HostPci& address);

} // namespace yado::model
