// SPDX-License-Identifier: Apache-2.0
// How a UUID stands in a document; a null one is not given.
#pragma once

#include <string>
#include <string_view>

#include "base/uuid.h"
#include "schema/codec.h"

template <> struct yado::schema::Text<yado::Uuid> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view type = "UUID";
    static bool present(const Uuid& uuid) { return !uuid.is_null(); }
    static Problem parse(std::string_view text, Uuid& uuid) {
        const auto parsed = Uuid::parse(text);
        if (!parsed) { return wrong_value; }
        uuid = *parsed;
        return no_problem;
    }
    static void print(const Uuid& uuid, std::string& out) { out += uuid.text(); }
};
