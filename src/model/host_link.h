// SPDX-License-Identifier: Apache-2.0
// <link>: speed and state of a network card of the host.
#pragma once

#include <cstdint>

#include "schema/io.h"

namespace yado::model {

enum class HostLinkState : std::uint8_t {
    unset,
    unknown,
    notpresent,
    down,
    lowerlayerdown,
    testing,
    dormant,
    up,
};

struct HostLink {
    std::uint32_t speed = 0; ///< Mbit/s; 0: not known
    HostLinkState state{};
};
void describe(schema::Io& io, HostLink& link);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::HostLinkState> {
    static constexpr std::string_view values[] = {
        "", "unknown", "notpresent", "down", "lowerlayerdown", "testing", "dormant", "up"};
};
