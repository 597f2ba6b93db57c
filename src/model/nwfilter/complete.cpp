// SPDX-License-Identifier: Apache-2.0
#include "model/nwfilter/complete.h"

#include <algorithm>

#include "model/nwfilter/chain.h"

namespace yado::model {
namespace {

/// A rule has one protocol; of several, libvirt takes one and forgets the others.
void keep_one_match(FilterRule& rule) {
    bool taken = false;
    const auto keep_first = [&](auto& match) {
        if (taken) { match.reset(); }
        taken = taken || match.has_value();
    };
    std::apply([&](auto&... each) { (keep_first(each), ...); }, rule.matches);
}

/// Which end of a packet is looked up in an IP set.
void complete_ipset(FilterRule& rule) {
    const auto fill = [](auto& match) {
        if (!match) { return; }
        const bool set = !match->value("ipset").empty();
        if (!set) { match->set("ipsetflags", ""); }
        if (set && match->value("ipsetflags").empty()) { match->set("ipsetflags", "src"); }
    };
    std::apply([&](auto&... each) { (fill(each), ...); }, rule.matches);
}

} // namespace

void complete(NetworkFilter& filter, const std::function<Uuid()>& new_uuid) {
    if (filter.uuid.is_null()) { filter.uuid = new_uuid(); }
    if (filter.chain.empty()) {
        filter.chain = root_chain;
        filter.chain_priority.reset();
    }
    if (!filter.chain_priority) {
        const FilterChain* chain = chain_of(filter.chain);
        if (chain != nullptr) { filter.chain_priority = chain->priority; }
    }
    if (filter.chain_priority == 0) { filter.chain_priority.reset(); }
    for (FilterRule& rule : filter.rules) {
        keep_one_match(rule);
        complete_ipset(rule);
    }
    for (FilterInclusion& inclusion : filter.inclusions) { complete(inclusion); }
}

void complete(FilterBinding& binding) { complete(binding.filter); }

} // namespace yado::model
