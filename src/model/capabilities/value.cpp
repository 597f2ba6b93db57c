// SPDX-License-Identifier: Apache-2.0
#include "model/capabilities/value.h"

#include <limits>

namespace yado::model {

using schema::Io;

void describe(Io& io, CapabilityValue& v) { io.text(v.text); }
void describe(Io& io, CapabilityName& n) { io.attribute("name", n.name, {.required = true}); }

ScaledSize ScaledSize::of(std::uint64_t bytes) {
    ScaledSize size{.value = bytes};
    while (size.value != 0 && size.value % 1024 == 0 && size.unit != SizeUnit::eib) {
        size.value /= 1024;
        size.unit = static_cast<SizeUnit>(static_cast<int>(size.unit) + 1);
    }
    return size;
}

std::uint64_t ScaledSize::bytes() const {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    const int shift = 10 * static_cast<int>(unit);
    return value > most >> shift ? most : value << shift;
}

} // namespace yado::model
