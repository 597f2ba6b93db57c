// SPDX-License-Identifier: Apache-2.0
// <hub>: more USB ports. complete() adds hubs where ports run out.
#pragma once

#include <cstdint>

#include "model/domain/device.h"

namespace yado::model {

enum class HubType : std::uint8_t { usb };

struct Hub {
    HubType type{};
    DeviceInfo info;
};
void describe(schema::Io& io, Hub& hub);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::HubType> {
    static constexpr std::string_view values[] = {"usb"};
};
} // namespace yado::schema
