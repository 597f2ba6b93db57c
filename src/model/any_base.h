// SPDX-License-Identifier: Apache-2.0
// Integers that documents may write in any base with C's prefixes, and that libvirt writes in decimal.
#pragma once

#include <string>
#include <string_view>

#include "schema/codec.h"

namespace yado::model {

struct AnyBase {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::integer;
        static constexpr std::string_view type = "non-negative integer";
        static schema::Problem parse(std::string_view text, T& value) {
            return schema::parse_integer(text, value, 0);
        }
        static void print(T value, std::string& out) { schema::print_integer(value, out); }
    };
};

} // namespace yado::model
