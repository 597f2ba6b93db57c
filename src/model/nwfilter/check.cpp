// SPDX-License-Identifier: Apache-2.0
#include "model/nwfilter/check.h"

#include <algorithm>
#include <array>

#include "model/nwfilter/chain.h"

namespace yado::model {
namespace {

template <class... Args>
void problem(schema::Diagnostics& out, Code code, std::string path, fmt::format_string<Args...> text,
             Args&&... args) {
    out.add(
        {code, fmt::format(text, std::forward<Args>(args)...), std::move(path), 0, ErrorSource::nwfilter});
}

void check_chain(const NetworkFilter& filter, schema::Diagnostics& out) {
    constexpr std::size_t longest = 12;
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-";
    const std::string path = "/filter/@chain";
    if (filter.chain != root_chain && chain_of(filter.chain) == nullptr) {
        problem(out, Code::invalid_arg, path,
                "Invalid chain name '{}'. Please use a chain name called 'root' or any of the following "
                "prefixes: mac, vlan, stp, arp, rarp, ipv4, ipv6",
                filter.chain);
    }
    if (filter.chain.size() > longest) {
        problem(out, Code::invalid_arg, path, "Name of chain is longer than {} characters", longest);
    }
    if (filter.chain.find_first_not_of(allowed) != std::string::npos) {
        problem(out, Code::invalid_arg, path, "Chain name contains invalid characters");
    }
    const std::int32_t priority = filter.chain_priority.value_or(0);
    if (priority < lowest_filter_priority || priority > highest_filter_priority) {
        problem(out, Code::invalid_arg, "/filter/@priority",
                "Priority '{}' is outside valid range of [{},{}]", priority, lowest_filter_priority,
                highest_filter_priority);
    }
}

/// Ports mean something only to protocols that have them.
void check_ports(const FilterMatch& match, const std::string& path, schema::Diagnostics& out) {
    if (match.protocol != FilterProtocol::ip && match.protocol != FilterProtocol::ipv6) { return; }
    constexpr std::array<std::string_view, 4> ports{"srcportstart", "srcportend", "dstportstart",
                                                    "dstportend"};
    constexpr std::array<std::string_view, 5> with_ports{"tcp", "udp", "sctp", "33", "0x21"};
    const bool given =
        std::ranges::any_of(ports, [&](std::string_view p) { return !match.value(p).empty(); });
    const bool has_ports = std::ranges::find(with_ports, match.value("protocol")) != with_ports.end();
    if (given && !has_ports) {
        problem(out, Code::internal_error, path,
                "{} rule with port specification requires protocol specification with protocol to be either "
                "one of tcp(6), udp(17), dccp(33), or sctp(132)",
                match.protocol == FilterProtocol::ip ? "IP" : "IPv6");
    }
}

} // namespace

void check(const NetworkFilter& filter, schema::Diagnostics& diagnostics) {
    if (filter.name.empty()) {
        problem(diagnostics, Code::internal_error, "/filter/@name", "filter has no name");
    }
    for (const char wrong : {'/', '\n'}) {
        if (filter.name.find(wrong) != std::string::npos) {
            problem(diagnostics, Code::xml_detail, "/filter/@name", "invalid char in {}: {}", "name", wrong);
        }
    }
    check_chain(filter, diagnostics);
    std::size_t index = 0;
    for (const FilterRule& rule : filter.rules) {
        ++index;
        if (const FilterMatch* match = rule.match()) {
            check_ports(*match, fmt::format("/filter/rule[{}]/{}", index, name_of(match->protocol)),
                        diagnostics);
        }
    }
    if (std::ranges::find(filter.inclusions, filter.name, &FilterInclusion::filter) !=
        filter.inclusions.end()) {
        problem(diagnostics, Code::operation_failed, "/filter/filterref", "filter would introduce a loop");
    }
}

void check(const FilterBinding& binding, schema::Diagnostics& diagnostics) {
    if (binding.filter.filter.empty()) {
        problem(diagnostics, Code::internal_error, "/filterbinding/filterref",
                "filter binding has no filter reference");
    }
}

} // namespace yado::model
