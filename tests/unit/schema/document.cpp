// SPDX-License-Identifier: Apache-2.0
#include "document.h"

#include "schema/read.h"
#include "schema/write.h"

namespace yado::test {

using schema::Io;

void describe(Io& io, Circle& c) { io.attribute("radius", c.radius); }
void describe(Io& io, Square& s) { io.attribute("side", s.side); }
void describe(Io& io, OtherShape& o) { io.rest(o.rest); }

void describe(Io& io, Item& i) {
    io.attribute("name", i.name, {.required = true});
    io.attribute("level", i.level);
    io.choice("shape", "form", i.shape);
}

void describe(Io& io, Box& b) {
    io.attribute("colour", b.colour, {.guest_abi = true});
    io.text<schema::SizeInKiB>(b.size);
}

void describe(Io& io, Document& d) {
    io.attribute("number", d.number, {.required = true, .guest_abi = true});
    io.attribute("secret", d.secret, {.show = schema::Show::secure});
    io.declare_namespace("far", "urn:far", d.foreign);
    io.value("title", d.title);
    io.value("live", d.live, {.show = schema::Show::live});
    io.flag("flag", d.flag);
    io.child("box", d.box);
    io.child("spare", d.spare);
    io.child("rare", d.rare);
    io.group("items", [&] { io.child("item", d.items); });
    io.nested<schema::Hex<4>>("slot", "at", d.slot, {.omit_default = true});
    io.verbatim("metadata", d.metadata);
    io.opaque("kept", d.kept);
    io.namespace_children("far", "urn:far", d.foreign);
}

Document read(const std::string& text) {
    schema::ReadOptions options;
    options.document = "(document)";
    options.source = ErrorSource::conf;
    return schema::read_xml<Document>(text, "document", options);
}

std::string write(const Document& document) {
    return schema::write_xml(document, "document", {.secure = true});
}

} // namespace yado::test
