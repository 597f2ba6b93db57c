// SPDX-License-Identifier: Apache-2.0
#include "model/host_pci.h"

#include <fmt/format.h>

namespace yado::model {

using schema::Hex;

std::string HostPci::text() const {
    return fmt::format("{:04x}:{:02x}:{:02x}.{:x}", domain, bus, slot, function);
}

void describe(schema::Io& io, HostPci& a) {
    io.attribute<Hex<4>>("domain", a.domain);
    io.attribute<Hex<2>>("bus", a.bus);
    io.attribute<Hex<2>>("slot", a.slot);
    io.attribute<Hex<1>>("function", a.function);
}

} // namespace yado::model
