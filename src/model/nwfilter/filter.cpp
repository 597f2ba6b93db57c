// SPDX-License-Identifier: Apache-2.0
#include "model/nwfilter/filter.h"

#include "base/text.h"
#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule needed(std::string_view missing, std::string_view invalid) {
    return {.required = true,
            .code = Code::config_unsupported,
            .missing_code = Code::internal_error,
            .missing = missing,
            .invalid = invalid};
}

/// What is no priority is forgotten.
struct RulePriority {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::integer;
        static constexpr std::string_view type = "integer";
        static schema::Problem parse(std::string_view text, std::int32_t& value) {
            std::int32_t parsed = 0;
            if (schema::parse_integer(text, parsed) == schema::no_problem &&
                parsed >= lowest_filter_priority && parsed <= highest_filter_priority) {
                value = parsed;
            }
            return schema::no_problem;
        }
        static void print(std::int32_t value, std::string& out) { schema::print_integer(value, out); }
    };
};

/// statematch='false' is the only thing said.
struct FalseElseTrue {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::word;
        static constexpr std::string_view type = "word";
        static constexpr std::string_view word[] = {"false"};
        static constexpr std::span<const std::string_view> words = word;
        static bool present(bool without) { return without; }
        static schema::Problem parse(std::string_view text, bool& without) {
            without = text == "0" || equal_ignoring_case(text, "false");
            return schema::no_problem;
        }
        static void print(bool, std::string& out) { out += "false"; }
    };
};

} // namespace

const FilterMatch* FilterRule::match() const {
    const FilterMatch* found = nullptr;
    const auto look = [&](const auto& candidate) {
        if (found == nullptr && candidate) { found = &*candidate; }
    };
    std::apply([&](const auto&... each) { (look(each), ...); }, matches);
    return found;
}

void describe(Io& io, FilterRule& r) {
    io.attribute("action", r.action,
                 needed("rule node requires action attribute", "unknown rule action attribute value"));
    io.attribute("direction", r.direction,
                 needed("rule node requires direction attribute", "unknown rule direction attribute value"));
    io.attribute<RulePriority>("priority", r.priority);
    io.attribute<FalseElseTrue>("statematch", r.without_state);
    std::size_t index = 0;
    const auto child = [&](auto& match) { io.child(name_of(static_cast<FilterProtocol>(index++)), match); };
    std::apply([&](auto&... each) { (child(each), ...); }, r.matches);
}

void describe_head(Io& io, NetworkFilter& f) {
    io.attribute("name", f.name,
                 {.required = true, .missing_code = Code::internal_error, .missing = "filter has no name"});
    io.attribute("chain", f.chain);
    io.attribute("priority", f.chain_priority,
                 {.code = Code::invalid_arg, .invalid = "Could not parse chain priority '{}'"});
    io.value("uuid", f.uuid, {.invalid = "malformed uuid element"});
}

void describe(Io& io, NetworkFilter& f) {
    describe_head(io, f);
    io.child("rule", f.rules);
    io.child("filterref", f.inclusions);
}

} // namespace yado::model
