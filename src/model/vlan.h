// SPDX-License-Identifier: Apache-2.0
// <vlan>: the 802.1Q tags of a port, of interfaces, networks, port groups and network ports.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schema/diagnostics.h"
#include "schema/io.h"

namespace yado::model {

/// What happens to frames of a trunk's native VLAN.
enum class NativeVlan : std::uint8_t { unset, tagged, untagged };

struct VlanTag {
    static constexpr std::uint32_t last = 4095;
    std::uint32_t id = 0;
    NativeVlan native{}; ///< of at most one tag
};

struct Vlan {
    schema::YesNo trunk{}; ///< after complete(): yes, or not given
    std::vector<VlanTag> tags;
};
void describe(schema::Io& io, Vlan& vlan);
/// More than one tag is a trunk, and no trunk is not worth saying.
void complete(Vlan& vlan);
/// `path` is the element's place in the document.
void check(const Vlan& vlan, std::string_view path, schema::Diagnostics& out);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::NativeVlan> {
    static constexpr std::string_view values[] = {"", "tagged", "untagged"};
};
