// SPDX-License-Identifier: Apache-2.0
// Building, finding and checking typed parameters.
#pragma once

#include "protocol/typed_value.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace yado::protocol {

/// Longest field name in bytes: the C structure holds 80 with the terminating zero.
inline constexpr std::size_t param_field_max = 79;

/// The order of TypedValue's alternatives; the tag on the wire.
enum class ParamType : std::uint8_t { i32 = 1, u32, i64, u64, f64, boolean, text };

ParamType type_of(const TypedValue& value);
/// libvirt's word for a type, as in its error messages: "int", "uint", "llong", ...
std::string_view name_of(ParamType type);

/// Collects parameters; the type is always said, since clients rely on it.
class ParamsBuilder {
  public:
    ParamsBuilder& i32(std::string field, std::int32_t value) { return add(std::move(field), value); }
    ParamsBuilder& u32(std::string field, std::uint32_t value) { return add(std::move(field), value); }
    ParamsBuilder& i64(std::string field, std::int64_t value) { return add(std::move(field), value); }
    ParamsBuilder& u64(std::string field, std::uint64_t value) { return add(std::move(field), value); }
    ParamsBuilder& f64(std::string field, double value) { return add(std::move(field), value); }
    ParamsBuilder& boolean(std::string field, bool value) { return add(std::move(field), Boolean{value}); }
    ParamsBuilder& text(std::string field, std::string value) {
        return add(std::move(field), std::move(value));
    }

    std::size_t size() const { return params_.size(); }
    TypedParams take() { return std::move(params_); }

  private:
    /// Throws Error(internal_error) for a name over param_field_max.
    ParamsBuilder& add(std::string field, TypedValue value);

    TypedParams params_;
};

/// The value of the first parameter called `field`, null when there is none.
const TypedValue* find(std::span<const TypedParam> params, std::string_view field);

/// The value as T, one of TypedValue's alternatives (bool for Boolean). Throws Error(invalid_arg) when the
/// parameter is there with another type.
template <class T> std::optional<T> get(std::span<const TypedParam> params, std::string_view field);

/// What a call accepts.
struct ParamRule {
    std::string_view field;
    ParamType type;
    bool repeated = false;
};
/// Throws Error(argument_unsupported) for unknown names, Error(invalid_arg) for wrong types, names over the
/// limit and repetition, in libvirt's words.
void check(std::span<const TypedParam> params, std::span<const ParamRule> rules);

/// Leaves strings out unless TypedParameterFlags::string_okay is in `flags`: old clients cannot take them.
void drop_strings_unless(TypedParams& params, std::uint32_t flags);

/// Answer of the calls that are made twice: asked for 0 parameters they tell how many there are, asked for
/// more they give that many at most and the number 0.
struct ParamsAnswer {
    TypedParams params;
    std::int32_t nparams = 0;
};
/// Throws Error(internal_error, "nparams too large") when `asked` is not in 0...limit.
ParamsAnswer answer(TypedParams params, std::int64_t asked, std::uint32_t flags, std::uint32_t limit);

} // namespace yado::protocol
