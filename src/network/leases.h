// SPDX-License-Identifier: Apache-2.0
// The table of addresses given out, which dnsmasq's lease program keeps in BRIDGE.status as JSON; libvirt's
// form, which its name service module reads.
#pragma once

#include "model/network/network.h"
#include "network/backend.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yado::network {

/// One row of the table.
struct LeaseRow {
    std::string address, mac, host_name, client_id, server_duid;
    std::string iaid; ///< given: IPv6
    std::int64_t expiry = 0;

    bool v6() const { return address.find(':') != std::string::npos; }
};

inline constexpr std::size_t lease_table_limit = 64U << 20U; ///< bytes that are read of one

/// An empty text is an empty table. Throws internal_error for one that is broken.
std::vector<LeaseRow> read_leases(std::string_view text);
std::string write_leases(std::span<const LeaseRow> rows);

/// As clients see them: those that have not expired at `now`, seconds since 1970.
std::vector<Lease> shown_leases(std::span<const LeaseRow> rows, const model::Network& network,
                                std::int64_t now);

/// The table of guests' cards in BRIDGE.macs: one entry a domain.
std::string write_plugged(std::span<const PluggedCard> cards);

/// What dnsmasq calls when it gives out, renews or takes back an address (`arguments`: the operation, the
/// card, the address, the name), and at its start ("init") for what it gave out before. Its exit code.
/// Everything else is in the environment.
int lease_program(std::span<const char* const> arguments);
/// By this name the daemon's program is that.
inline constexpr std::string_view lease_program_name = "yado-lease-program";

} // namespace yado::network
