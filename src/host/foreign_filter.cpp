// SPDX-License-Identifier: Apache-2.0
#include "host/foreign_filter.h"

#include "base/error.h"

#include <boost/json.hpp>

namespace yado::host {
namespace {

namespace json = boost::json;

constexpr std::size_t chain_limit = 10'000; ///< that are looked at

std::string word(const json::object& chain, std::string_view key) {
    const json::value* found = chain.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

} // namespace

bool DroppingChain::of_iptables() const {
    return (family == "ip" || family == "ip6") && table == "filter" && (name == "FORWARD" || name == "INPUT");
}

std::string DroppingChain::text() const { return fmt::format("table {} {}, chain {}", family, table, name); }

ForeignChains foreign_chains(std::string_view text) {
    json::error_code failure;
    const json::value document = json::parse(text, failure);
    const json::object* object = failure ? nullptr : document.if_object();
    const json::value* list = object == nullptr ? nullptr : object->if_contains("nftables");
    if (list == nullptr || !list->is_array()) {
        fail(Code::internal_error, "nftables does not list its chains in a form that is known");
    }
    ForeignChains found;
    for (const json::value& entry : list->as_array()) {
        const json::object* holder = entry.if_object();
        const json::value* chain = holder == nullptr ? nullptr : holder->if_contains("chain");
        if (chain == nullptr || !chain->is_object() || found.dropping.size() >= chain_limit) continue;
        const json::object& row = chain->as_object();
        DroppingChain one{word(row, "family"), word(row, "table"), word(row, "name"), word(row, "hook")};
        if (one.table == "filter" && one.name == "DOCKER-USER") {
            if (one.family == "ip") found.docker_v4 = true;
            if (one.family == "ip6") found.docker_v6 = true;
        }
        const bool counts = one.hook == "input" || one.hook == "forward";
        const bool of_packets = one.family == "ip" || one.family == "ip6" || one.family == "inet";
        if (counts && of_packets && word(row, "policy") == "drop") found.dropping.push_back(std::move(one));
    }
    return found;
}

} // namespace yado::host
