// SPDX-License-Identifier: Apache-2.0
#include "model/capabilities/capabilities.h"

#include "schema/write.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::View view{};

template <class T> void write_spaced(std::string& out, std::string_view name, const T& part) {
    schema::write_document(out, name, &part, schema::detail::body_of<T>, view, 1);
    out += '\n';
}

} // namespace

void describe(Io& io, Capabilities& c) {
    io.child("host", c.host, {.required = true});
    io.child("guest", c.guests);
}

Capabilities read_capabilities(std::string_view text, const schema::ReadOptions& options,
                               schema::Diagnostics* diagnostics) {
    return schema::read_xml<Capabilities>(text, "capabilities", options, diagnostics);
}

std::string write_capabilities(const Capabilities& capabilities) {
    std::string out = "<capabilities>\n\n";
    write_spaced(out, "host", capabilities.host);
    for (const GuestCapabilities& guest : capabilities.guests) { write_spaced(out, "guest", guest); }
    out += "</capabilities>\n";
    return out;
}

} // namespace yado::model
