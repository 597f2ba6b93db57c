// SPDX-License-Identifier: Apache-2.0
#include "network/leases.h"

#include "base/error.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

namespace yado::network {
namespace {

namespace json = boost::json;

constexpr std::size_t row_limit = 65'536; ///< what the wire takes

std::string text_of(const json::object& row, std::string_view key) {
    const json::value* found = row.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

std::int64_t number_of(const json::object& row, std::string_view key) {
    const json::value* found = row.if_contains(key);
    if (found == nullptr) return 0;
    if (found->is_int64()) return found->as_int64();
    return found->is_uint64() ? static_cast<std::int64_t>(found->as_uint64()) : 0;
}

} // namespace

std::vector<LeaseRow> read_leases(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return {};
    json::parse_options options;
    options.max_depth = 4;
    json::error_code failure;
    const json::value document = json::parse(text, failure, {}, options);
    if (failure || !document.is_array())
        fail(ErrorSource::network, Code::internal_error, "the table of leases is broken");
    std::vector<LeaseRow> rows;
    for (const json::value& entry : document.as_array()) {
        if (!entry.is_object() || rows.size() >= row_limit) continue;
        const json::object& row = entry.as_object();
        LeaseRow lease{.address = text_of(row, "ip-address"),
                       .mac = text_of(row, "mac-address"),
                       .host_name = text_of(row, "hostname"),
                       .client_id = text_of(row, "client-id"),
                       .server_duid = text_of(row, "server-duid"),
                       .iaid = text_of(row, "iaid"),
                       .expiry = number_of(row, "expiry-time")};
        if (!lease.address.empty()) rows.push_back(std::move(lease));
    }
    return rows;
}

std::string write_leases(std::span<const LeaseRow> rows) {
    std::string out = "[\n";
    bool first = true;
    for (const LeaseRow& row : rows) {
        out += first ? "" : ",\n";
        first = false;
        out += "  {\n";
        const auto text = [&](std::string_view key, const std::string& value) {
            if (!value.empty())
                out += fmt::format("    \"{}\": {},\n", key, json::serialize(json::value(value)));
        };
        if (row.v6()) text("iaid", row.iaid);
        text("ip-address", row.address);
        text("mac-address", row.mac);
        text("hostname", row.host_name);
        text("client-id", row.client_id);
        text("server-duid", row.server_duid);
        out += fmt::format("    \"expiry-time\": {}\n  }}", row.expiry);
    }
    return out + (rows.empty() ? "]\n" : "\n]\n");
}

std::vector<Lease> shown_leases(std::span<const LeaseRow> rows, const model::Network& network,
                                std::int64_t now) {
    std::vector<Lease> leases;
    for (const LeaseRow& row : rows) {
        if (row.expiry > 0 && row.expiry < now) continue;
        const auto address = model::IpAddress::parse(row.address);
        if (!address) continue;
        Lease lease{.interface = network.bridge.name,
                    .mac = row.mac,
                    .address = row.address,
                    .host_name = row.host_name,
                    .client_id = row.client_id,
                    .iaid = row.iaid,
                    .expiry = row.expiry,
                    .v6 = address->is_v6()};
        for (const model::NetworkIp& ip : network.ips) {
            const unsigned prefix = model::prefix_of(ip).value_or(0);
            if (ip.address.family == address->family &&
                ip.address.network(prefix) == address->network(prefix))
                lease.prefix = prefix;
        }
        leases.push_back(std::move(lease));
    }
    return leases;
}

std::string write_plugged(std::span<const PluggedCard> cards) {
    std::map<std::string, std::vector<std::string>> by_domain;
    for (const PluggedCard& card : cards) by_domain[card.domain].push_back(card.mac);
    std::string out = "[\n";
    bool first = true;
    for (const auto& [domain, macs] : by_domain) {
        out += first ? "" : ",\n";
        first = false;
        out +=
            fmt::format("  {{\n    \"domain\": {},\n    \"macs\": [\n", json::serialize(json::value(domain)));
        for (std::size_t i = 0; i < macs.size(); ++i) {
            out += fmt::format("      {}{}\n", json::serialize(json::value(macs[i])),
                               i + 1 < macs.size() ? "," : "");
        }
        out += "    ]\n  }";
    }
    return out + (by_domain.empty() ? "\n]\n" : "\n]\n");
}

} // namespace yado::network
