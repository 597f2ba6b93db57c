// SPDX-License-Identifier: Apache-2.0
#include "model/bandwidth.h"

namespace yado::model {
namespace {

constexpr schema::Rule number(std::string_view invalid) {
    return {.omit_default = true, .code = Code::config_unsupported, .invalid = invalid};
}

constexpr schema::Rule once(std::string_view message) {
    return {.keep_empty = true, .code = Code::xml_detail, .single = message};
}

} // namespace

void describe(schema::Io& io, Rate& r) {
    io.attribute("average", r.average, number("could not convert bandwidth average value '{}'"));
    io.attribute("peak", r.peak, number("could not convert bandwidth peak value '{}'"));
    io.attribute("floor", r.floor, number("could not convert bandwidth floor value '{}'"));
    io.attribute("burst", r.burst, number("could not convert bandwidth burst value '{}'"));
}

void describe(schema::Io& io, Bandwidth& b) {
    io.attribute("classID", b.class_id,
                 {.code = Code::xml_detail, .invalid = "Unable to parse class id '{}'"});
    io.child("inbound", b.inbound, once("Only one child <inbound> element allowed"));
    io.child("outbound", b.outbound, once("Only one child <outbound> element allowed"));
}

void check(const Bandwidth& bandwidth, std::string_view path, ClassId class_id, schema::Diagnostics& out) {
    const auto problem = [&](Code code, std::string_view part, std::string message) {
        out.add({code, std::move(message), fmt::format("{}{}", path, part), 0, ErrorSource::none});
    };
    if (bandwidth.class_id && class_id == ClassId::refused) {
        problem(Code::xml_detail, "/@classID",
                "classID attribute not supported on <bandwidth> in this usage context");
    }
    if (bandwidth.inbound && bandwidth.inbound->average == 0 && bandwidth.inbound->floor == 0) {
        problem(Code::xml_detail, "/inbound", "Missing mandatory average or floor attributes");
    }
    if (!bandwidth.outbound) { return; }
    if (bandwidth.outbound->floor != 0) {
        problem(Code::config_unsupported, "/outbound/@floor",
                "'floor' attribute allowed only in <inbound> element");
    } else if (bandwidth.outbound->average == 0) {
        problem(Code::xml_detail, "/outbound", "Missing mandatory average or floor attributes");
    }
}

} // namespace yado::model
