// SPDX-License-Identifier: Apache-2.0
#include "cli/params.h"

#include "protocol/constants.h"
#include "protocol/features.h"

#include <type_traits>

namespace yado::cli {

std::string text_of(const protocol::TypedValue& value) {
    return std::visit(
        []<class T>(const T& one) -> std::string {
            if constexpr (std::is_same_v<T, protocol::Boolean>) return one.value ? "yes" : "no";
            else if constexpr (std::is_same_v<T, std::string>) return one;
            else if constexpr (std::is_same_v<T, double>) return fmt::format("{:f}", one);
            else return std::to_string(one);
        },
        value);
}

Value value_of(const protocol::TypedValue& value) {
    return std::visit(
        []<class T>(const T& one) -> Value {
            if constexpr (std::is_same_v<T, protocol::Boolean>) return one.value;
            else return one;
        },
        value);
}

Value value_of(const protocol::TypedParams& params) {
    Value object = Value::object();
    for (const protocol::TypedParam& param : params) object.set(param.field, value_of(param.value));
    return object;
}

std::uint32_t strings_flag(Session& session) {
    return session.connection().supports(protocol::Feature::typed_param_string)
               ? protocol::TypedParameterFlags::string_okay
               : 0;
}

} // namespace yado::cli
