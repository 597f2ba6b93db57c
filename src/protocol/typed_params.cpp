// SPDX-License-Identifier: Apache-2.0
#include "protocol/typed_params.h"

#include "base/error.h"
#include "protocol/constants.h"

#include <algorithm>
#include <set>
#include <type_traits>

namespace yado::protocol {
namespace {

template <class T> constexpr ParamType param_type() {
    if constexpr (std::is_same_v<T, std::int32_t>) return ParamType::i32;
    else if constexpr (std::is_same_v<T, std::uint32_t>) return ParamType::u32;
    else if constexpr (std::is_same_v<T, std::int64_t>) return ParamType::i64;
    else if constexpr (std::is_same_v<T, std::uint64_t>) return ParamType::u64;
    else if constexpr (std::is_same_v<T, double>) return ParamType::f64;
    else if constexpr (std::is_same_v<T, bool>) return ParamType::boolean;
    else return ParamType::text;
}

} // namespace

ParamType type_of(const TypedValue& value) { return static_cast<ParamType>(value.index() + 1); }

std::string_view name_of(ParamType type) {
    switch (type) {
    case ParamType::i32: return "int";
    case ParamType::u32: return "uint";
    case ParamType::i64: return "llong";
    case ParamType::u64: return "ullong";
    case ParamType::f64: return "double";
    case ParamType::boolean: return "boolean";
    case ParamType::text: return "string";
    }
    return "unknown";
}

ParamsBuilder& ParamsBuilder::add(std::string field, TypedValue value) {
    if (field.size() > param_field_max) fail(Code::internal_error, "Field name '{}' too long", field);
    params_.push_back({std::move(field), std::move(value)});
    return *this;
}

const TypedValue* find(std::span<const TypedParam> params, std::string_view field) {
    const auto at = std::ranges::find(params, field, &TypedParam::field);
    return at == params.end() ? nullptr : &at->value;
}

template <class T> std::optional<T> get(std::span<const TypedParam> params, std::string_view field) {
    const TypedValue* value = find(params, field);
    if (value == nullptr) return std::nullopt;
    using Held = std::conditional_t<std::is_same_v<T, bool>, Boolean, T>;
    const Held* held = std::get_if<Held>(value);
    if (held == nullptr)
        fail(Code::invalid_arg, "Invalid type '{}' requested for parameter '{}', actual type is '{}'",
             name_of(param_type<T>()), field, name_of(type_of(*value)));
    if constexpr (std::is_same_v<T, bool>) return held->value;
    else return *held;
}

template std::optional<std::int32_t> get(std::span<const TypedParam>, std::string_view);
template std::optional<std::uint32_t> get(std::span<const TypedParam>, std::string_view);
template std::optional<std::int64_t> get(std::span<const TypedParam>, std::string_view);
template std::optional<std::uint64_t> get(std::span<const TypedParam>, std::string_view);
template std::optional<double> get(std::span<const TypedParam>, std::string_view);
template std::optional<bool> get(std::span<const TypedParam>, std::string_view);
template std::optional<std::string> get(std::span<const TypedParam>, std::string_view);

void check(std::span<const TypedParam> params, std::span<const ParamRule> rules) {
    std::set<std::string_view> seen;
    for (const TypedParam& param : params) {
        if (param.field.size() > param_field_max)
            fail(Code::invalid_arg, "parameter name of {} bytes, {} are allowed", param.field.size(),
                 param_field_max);
        const auto rule = std::ranges::find(rules, param.field, &ParamRule::field);
        if (rule == rules.end())
            fail(Code::argument_unsupported, "parameter '{}' not supported", param.field);
        if (type_of(param.value) != rule->type)
            fail(Code::invalid_arg, "invalid type '{}' for parameter '{}', expected '{}'",
                 name_of(type_of(param.value)), param.field, name_of(rule->type));
        if (!seen.insert(param.field).second && !rule->repeated)
            fail(Code::invalid_arg, "parameter '{}' occurs multiple times", param.field);
    }
}

void drop_strings_unless(TypedParams& params, std::uint32_t flags) {
    if ((flags & TypedParameterFlags::string_okay) != 0) return;
    std::erase_if(params, [](const TypedParam& param) { return type_of(param.value) == ParamType::text; });
}

ParamsAnswer answer(TypedParams params, std::int64_t asked, std::uint32_t flags, std::uint32_t limit) {
    if (asked < 0 || asked > limit) fail(Code::internal_error, "nparams too large");
    drop_strings_unless(params, flags);
    ParamsAnswer result;
    if (asked == 0) {
        result.nparams = static_cast<std::int32_t>(params.size());
        return result;
    }
    if (params.size() > static_cast<std::size_t>(asked)) params.resize(static_cast<std::size_t>(asked));
    result.params = std::move(params);
    return result;
}

} // namespace yado::protocol
