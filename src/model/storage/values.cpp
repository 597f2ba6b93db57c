// SPDX-License-Identifier: Apache-2.0
#include "model/storage/values.h"

#include <fmt/format.h>

namespace yado::schema {

Problem Text<model::OwnerId>::parse(std::string_view text, model::OwnerId& id) {
    if (text == "-1") {
        id = {};
        return no_problem;
    }
    return parse_integer(text, id.value);
}

Problem Text<model::Timestamp>::parse(std::string_view text, model::Timestamp& time) {
    const std::size_t point = text.find('.');
    model::Timestamp parsed;
    if (const Problem problem = parse_integer(text.substr(0, point), parsed.seconds)) { return problem; }
    if (point != std::string_view::npos) {
        std::string fraction(text.substr(point + 1));
        constexpr std::size_t digits = 9;
        if (fraction.size() > digits) { return wrong_value; }
        fraction.resize(digits, '0');
        if (const Problem problem = parse_integer(fraction, parsed.nanoseconds)) { return problem; }
    }
    time = parsed;
    return no_problem;
}

void Text<model::Timestamp>::print(const model::Timestamp& time, std::string& out) {
    print_integer(time.seconds, out);
    if (time.nanoseconds != 0) { out += fmt::format(".{:09}", time.nanoseconds); }
}

} // namespace yado::schema

namespace yado::model {

using schema::Io;

namespace {

/// Octal with a leading 0, without set-id and sticky bits.
struct FileMode {
    template <class T> struct For : schema::Octal::For<T> {
        static constexpr std::string_view type = "octal file mode, at most 0777";
        static schema::Problem parse(std::string_view text, T& value) {
            T mode{};
            constexpr T most = 0777;
            if (schema::Octal::For<T>::parse(text, mode) != schema::no_problem || mode > most) {
                return schema::wrong_value;
            }
            value = mode;
            return schema::no_problem;
        }
    };
};

} // namespace

void describe(Io& io, Permissions& p) {
    io.value<FileMode>("mode", p.mode, {.invalid = "malformed octal mode"});
    io.value("owner", p.owner, {.invalid = "malformed owner element"});
    io.value("group", p.group, {.invalid = "malformed group element"});
    io.value("label", p.label);
}

void describe(Io& io, Timestamps& t) {
    io.value("atime", t.accessed);
    io.value("mtime", t.modified);
    io.value("ctime", t.changed);
    io.value("btime", t.born);
}

void describe(Io& io, StorageLabel& l) { io.attribute("name", l.name); }

} // namespace yado::model
