// SPDX-License-Identifier: Apache-2.0
// The program that dnsmasq runs for every change of a lease, in a process of its own.
#include "network/leases.h"

#include "base/error.h"
#include "base/files.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace yado::network {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

/// What dnsmasq, which keeps no table itself, had given out before.
void tell_dnsmasq(std::span<const LeaseRow> rows) {
    const auto or_star = [](const std::string& text) { return text.empty() ? std::string("*") : text; };
    for (const LeaseRow& row : rows) {
        if (row.v6()) continue;
        fmt::print("{} {} {} {} {}\n", row.expiry, row.mac, row.address, or_star(row.host_name),
                   or_star(row.client_id));
    }
    const auto server =
        std::ranges::find_if(rows, [](const LeaseRow& row) { return !row.server_duid.empty(); });
    if (server == rows.end()) return;
    fmt::print("duid {}\n", server->server_duid);
    for (const LeaseRow& row : rows) {
        if (!row.v6()) continue;
        fmt::print("{} {} {} {} {}\n", row.expiry, row.iaid, row.address, or_star(row.host_name),
                   or_star(row.client_id));
    }
}

/// `card` is the MAC address, or for IPv6 the client's DUID.
LeaseRow row_of(const std::string& card, const std::string& address, const std::string& name) {
    LeaseRow row{.address = address,
                 .mac = {},
                 .host_name = name,
                 .client_id = variable("DNSMASQ_CLIENT_ID"),
                 .server_duid = variable("DNSMASQ_SERVER_DUID"),
                 .iaid = variable("DNSMASQ_IAID"),
                 .expiry = std::strtoll(variable("DNSMASQ_LEASE_EXPIRES").c_str(), nullptr, 10)};
    if (row.v6()) {
        row.mac = variable("DNSMASQ_MAC");
        if (row.client_id.empty()) row.client_id = card;
    } else {
        row.mac = card;
    }
    return row;
}

int run(std::span<const char* const> arguments) {
    const std::string path = variable("YADO_LEASES");
    if (path.empty() || arguments.size() < 2) {
        fmt::print(stderr, "{} is run by dnsmasq\n", lease_program_name);
        return 1;
    }
    const std::string operation = arguments[1];
    std::vector<LeaseRow> rows = read_leases(read_file_if_exists(path, lease_table_limit).value_or(""));
    if (operation == "init") {
        tell_dnsmasq(rows);
        return 0;
    }
    if (operation != "add" && operation != "old" && operation != "del") return 0; // of no lease: tftp, arp
    if (arguments.size() < 4) return 1;
    const std::string address = arguments[3];
    const std::string name = arguments.size() > 4 ? arguments[4] : variable("DNSMASQ_SUPPLIED_HOSTNAME");
    const auto same = [&](const LeaseRow& row) { return row.address == address; };
    LeaseRow fresh = row_of(arguments[2], address, name);
    const auto known = std::ranges::find_if(rows, same);
    if (operation == "old" && known != rows.end() && fresh.host_name.empty())
        fresh.host_name = known->host_name;
    std::erase_if(rows, same);
    if (operation != "del") rows.push_back(std::move(fresh));
    write_file_replacing(path, write_leases(rows), 0644);
    return 0;
}

} // namespace

int lease_program(std::span<const char* const> arguments) {
    try {
        return run(arguments);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}: {}\n", lease_program_name, error.what());
        return 1;
    }
}

} // namespace yado::network
