// SPDX-License-Identifier: Apache-2.0
// <virtualport>: what a switch outside the kernel's bridge is told about a port: 802.1Qbg and Qbh, Open
// vSwitch, MidoNet. Of interfaces, networks, port groups and network ports.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "model/uuid.h"
#include "schema/diagnostics.h"
#include "schema/io.h"

namespace yado::model {

enum class VirtualPortType : std::uint8_t { unset, qbg, qbh, openvswitch, midonet };

/// Which of them a type has: 802.1Qbg the first four, 802.1Qbh the profile, Open vSwitch interface and
/// profile, MidoNet the interface. Without a type all may be given; the network chooses.
struct VirtualPortParameters {
    std::optional<std::uint32_t> manager_id;      ///< 8 bits
    std::optional<std::uint32_t> type_id;         ///< 24 bits
    std::optional<std::uint32_t> type_id_version; ///< 8 bits
    Uuid instance_id, interface_id;               ///< null: not given
    std::string profile_id;                       ///< at most 39 bytes
};

struct VirtualPort {
    VirtualPortType type{};
    VirtualPortParameters parameters;
};
void describe(schema::Io& io, VirtualPort& port);

/// Makes up the identities that the type needs and that may be random.
void complete(VirtualPort& port, const std::function<Uuid()>& new_uuid);

/// Networks are content with some of the parameters, since interfaces bring the others.
enum class VirtualPortNeeds : std::uint8_t { nothing, type_and_parameters };
/// `path` is the element's place in the document.
void check(const VirtualPort& port, std::string_view path, VirtualPortNeeds needs, schema::Diagnostics& out);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::VirtualPortType> {
    static constexpr std::string_view values[] = {"", "802.1Qbg", "802.1Qbh", "openvswitch", "midonet"};
};
