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
    io.attribute("name", i.name, {.required = true, .key = true});
    io.attribute("level", i.level, {.guest_abi = true, .change = schema::Change::live});
    io.choice("shape", "form", i.shape);
}

void describe(Io& io, Box& b) {
    io.attribute("colour", b.colour, {.guest_abi = true});
    io.text<schema::SizeInKiB>(b.size);
}

void describe(Io& io, Mark& m) { io.text(m.text); }

void describe(Io& io, Layer& l) {
    io.attribute("file", l.file);
    io.value<schema::ReadableSize>("capacity", l.capacity);
    io.child("layer", l.below);
}

void describe(Io& io, Document& d) {
    io.attribute("number", d.number, {.required = true, .guest_abi = true, .change = schema::Change::never});
    io.attribute("power", d.power);
    io.attribute("balance", d.balance);
    io.attribute("total", d.total);
    io.attribute("model", d.model);
    io.attribute("secret", d.secret, {.show = schema::Show::secure});
    io.declare_namespace("far", "urn:far", d.foreign);
    io.value("title", d.title);
    io.value("live", d.live, {.show = schema::Show::live});
    io.flag("flag", d.flag);
    io.child("box", d.box);
    io.child("spare", d.spare);
    io.child("rare", d.rare);
    io.group("items", [&] { io.child("item", d.items, {.change = schema::Change::live}); });
    io.nested<schema::Hex<4>>("slot", "at", d.slot, {.omit_default = true});
    io.nested<schema::Octal>("file", "mode", d.mode, {.omit_default = true});
    io.nested("model", "name", d.model_name);
    io.child("mark", d.marks);
    io.child("layer", d.layer);
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
