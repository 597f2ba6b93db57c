// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/redirdev.h"

#include <charconv>

#include <fmt/format.h>

#include "model/domain/rules.h"

namespace yado::schema {

// "1.1" is 1.10 as USB counts: at most two digits on either side.
Problem Text<model::UsbVersion>::parse(std::string_view text, model::UsbVersion& version) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) { return wrong_value; }
    const auto number = [](std::string_view digits) {
        unsigned value = 100;
        const bool plain =
            !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
        if (plain && digits.size() <= 2) {
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        }
        return value;
    };
    const std::string_view fraction = text.substr(dot + 1);
    const unsigned major = number(text.substr(0, dot));
    const unsigned minor = number(fraction) * (fraction.size() == 1 ? 10 : 1);
    if (major > 99 || minor > 99) { return wrong_value; }
    const auto bcd = [](unsigned two_digits) { return two_digits / 10 * 16 + two_digits % 10; };
    version.bcd = static_cast<std::uint16_t>(bcd(major) * 256 + bcd(minor));
    return no_problem;
}

void Text<model::UsbVersion>::print(model::UsbVersion version, std::string& out) {
    out += fmt::format("{:x}.{:02x}", version.bcd >> 8, version.bcd & 0xff);
}

} // namespace yado::schema

namespace yado::model {

using schema::Io;

namespace {

/// 0x and capital digits; negative numbers are what is not given.
template <int digits> struct FilterHex {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::integer;
        static constexpr std::string_view type = "hexadecimal integer";
        static bool present(T value) { return value >= 0; }
        static schema::Problem parse(std::string_view text, T& value) {
            const bool negative = text.starts_with('-');
            if (negative) { text.remove_prefix(1); }
            std::int32_t number = 0;
            const schema::Problem problem = schema::parse_integer(text, number, 0);
            if (problem == schema::no_problem) { value = negative ? -number : number; }
            return problem;
        }
        static void print(T value, std::string& out) { out += fmt::format("0x{:0{}X}", value, digits); }
    };
};

} // namespace

void describe(Io& io, Redirdev& r) {
    io.attribute("bus", r.bus, unsupported("unknown redirdev bus '{}'"));
    describe_backend_type(io, r.backend,
                          {.required = true,
                           .code = Code::config_unsupported,
                           .missing_code = Code::internal_error,
                           .missing = "missing type in redirdev",
                           .invalid = "unknown redirdev character device type '{}'"});
    describe_backend(io, r.backend);
    describe_info(io, r.info, {.boot = true});
}

void describe(Io& io, UsbFilter& f) {
    io.attribute<FilterHex<2>>("class", f.usb_class);
    io.attribute<FilterHex<4>>("vendor", f.vendor);
    io.attribute<FilterHex<4>>("product", f.product);
    io.attribute("version", f.version, {.invalid = "Cannot parse USB device version {}"});
    io.attribute("allow", f.allow, required);
}

void describe(Io& io, RedirFilter& f) { io.child("usbdev", f.rules); }

} // namespace yado::model
