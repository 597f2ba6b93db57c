// SPDX-License-Identifier: Apache-2.0
// <panic>: tells the host that the guest's kernel has given up.
#pragma once

#include <cstdint>

#include "model/domain/device.h"

namespace yado::model {

enum class PanicModel : std::uint8_t { unset, isa, pseries, hyperv, s390, pvpanic };

struct Panic {
    PanicModel model{};
    DeviceInfo info;
};
void describe(schema::Io& io, Panic& panic);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::PanicModel> {
    static constexpr std::string_view values[] = {"", "isa", "pseries", "hyperv", "s390", "pvpanic"};
};
} // namespace yado::schema
