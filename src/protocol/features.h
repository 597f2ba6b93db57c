// SPDX-License-Identifier: Apache-2.0
// What ConnectSupportsFeature asks about.
#pragma once

#include <cstdint>

namespace yado::protocol::Feature {

inline constexpr std::int32_t migration_v1 = 1;
inline constexpr std::int32_t remote_driver = 2; ///< answered by the client library itself
inline constexpr std::int32_t migration_v2 = 3;
inline constexpr std::int32_t migration_p2p = 4;
inline constexpr std::int32_t migration_direct = 5;
inline constexpr std::int32_t migration_v3 = 6;
inline constexpr std::int32_t migrate_change_protection = 7;
inline constexpr std::int32_t fd_passing = 8;
inline constexpr std::int32_t typed_param_string = 9;
inline constexpr std::int32_t keepalive =
    10; ///< asking also makes the server ping this client; allowed before open
inline constexpr std::int32_t xml_migratable = 11;
inline constexpr std::int32_t migration_offline = 12;
inline constexpr std::int32_t migration_params = 13;
inline constexpr std::int32_t domain_event_callback = 14;
inline constexpr std::int32_t close_callback = 15;
inline constexpr std::int32_t network_update_order =
    16; ///< command and section of NetworkUpdate in the right order

} // namespace yado::protocol::Feature
