// SPDX-License-Identifier: Apache-2.0
// <watchdog>: acts when the guest stops reporting that it is alive.
#pragma once

#include <cstdint>

#include "model/domain/device.h"

namespace yado::model {

enum class WatchdogModel : std::uint8_t { i6300esb, ib700, diag288, itco };
enum class WatchdogAction : std::uint8_t { unset, reset, shutdown, poweroff, pause, dump, none, inject_nmi };

struct Watchdog {
    WatchdogModel model{};
    WatchdogAction action{};
    DeviceInfo info;
};
void describe(schema::Io& io, Watchdog& watchdog);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::WatchdogModel> {
    static constexpr std::string_view values[] = {"i6300esb", "ib700", "diag288", "itco"};
};
template <> struct EnumNames<model::WatchdogAction> {
    static constexpr std::string_view values[] = {"",      "reset", "shutdown", "poweroff",
                                                  "pause", "dump",  "none",     "inject-nmi"};
};
} // namespace yado::schema
