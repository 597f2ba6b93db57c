// SPDX-License-Identifier: Apache-2.0
// <bandwidth>: the traffic limits of interfaces, networks, port groups and network ports.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/diagnostics.h"
#include "schema/io.h"

namespace yado::model {

/// 0 means no limit, as not given does.
struct Rate {
    std::uint64_t average = 0; ///< KiB/s
    std::uint64_t peak = 0;    ///< KiB/s
    std::uint64_t floor = 0;   ///< KiB/s guaranteed; inbound of network interfaces only
    std::uint64_t burst = 0;   ///< KiB sent at once at the peak's speed
};

struct Bandwidth {
    /// The traffic class on the network's bridge; of running network ports and actual interfaces only.
    std::optional<std::uint32_t> class_id;
    std::optional<Rate> inbound, outbound; ///< as the guest sees it
};
void describe(schema::Io& io, Bandwidth& bandwidth);

/// Whether the place <bandwidth> stands at may say its traffic class.
enum class ClassId : bool { refused, allowed };
/// `path` is the element's place in the document.
void check(const Bandwidth& bandwidth, std::string_view path, ClassId class_id, schema::Diagnostics& out);

} // namespace yado::model
