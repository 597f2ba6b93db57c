// SPDX-License-Identifier: Apache-2.0
// A network filter: rules about a guest's packets and other filters it includes; the <filter> document as a
// plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/filter_reference.h"
#include "model/nwfilter/match.h"
#include "model/uuid.h"

namespace yado::model {

enum class FilterAction : std::uint8_t { drop, accept, reject, return_, continue_ };
enum class FilterDirection : std::uint8_t { in, out, inout };

/// What libvirt lets a rule's or chain's priority be; small ones come first.
inline constexpr std::int32_t lowest_filter_priority = -1000, highest_filter_priority = 1000;

/// Rules and inclusions stand in one order, which is that of their evaluation where priorities are equal;
/// a description only knows the order of each. Set by read_filter().
using FilterPosition = std::uint32_t;

struct FilterRule {
    FilterAction action{};
    FilterDirection direction{};
    std::int32_t priority = 500;
    bool without_state = false; ///< packets are not matched by the state of their connection
    FilterMatches matches;
    FilterPosition position = 0;

    /// Null: every packet.
    const FilterMatch* match() const;
};

struct FilterInclusion : FilterReference {
    FilterPosition position = 0;
};

struct NetworkFilter {
    std::string name;
    std::string chain;
    std::optional<std::int32_t> chain_priority;
    Uuid uuid;
    std::vector<FilterRule> rules;
    std::vector<FilterInclusion> inclusions;
};
void describe(schema::Io& io, NetworkFilter& filter);
void describe(schema::Io& io, FilterRule& rule);
/// All but rules and inclusions.
void describe_head(schema::Io& io, NetworkFilter& filter);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::FilterAction> {
    static constexpr std::string_view values[] = {"drop", "accept", "reject", "return", "continue"};
};
template <> struct EnumNames<model::FilterDirection> {
    static constexpr std::string_view values[] = {"in", "out", "inout"};
};
} // namespace yado::schema
