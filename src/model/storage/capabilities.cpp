// SPDX-License-Identifier: Apache-2.0
#include "model/storage/capabilities.h"

#include "model/domain/rules.h"
#include "schema/read.h"
#include "schema/write.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, PoolFormat& f) { io.text(f.name); }

void describe(Io& io, PoolFormatList& l) {
    io.attribute("name", l.name);
    io.child("value", l.words);
}

void describe(Io& io, PoolFormatChoice& c) {
    io.nested("defaultFormat", "type", c.usual);
    io.child("enum", c.list, {.expand_empty = true});
}

void describe(Io& io, PoolCapability& p) {
    io.attribute("type", p.type, required);
    io.attribute("supported", p.supported);
    io.child("poolOptions", p.source);
    io.child("volOptions", p.volume);
}

void describe(Io& io, StorageCapabilities& c) { io.child("pool", c.pools, {.expand_empty = true}); }

namespace {

std::optional<PoolFormatChoice> choice(const FormatWords& formats, std::string_view list) {
    if (formats.usual.empty()) { return std::nullopt; }
    PoolFormatChoice out{std::string(formats.usual), {std::string(list), {}}};
    for (const std::string_view word : formats.words) { out.list.words.push_back({std::string(word)}); }
    return out;
}

} // namespace

StorageCapabilities storage_capabilities(const std::function<bool(PoolType)>& supported) {
    StorageCapabilities out;
    for (std::size_t i = 0; i < std::size(schema::EnumNames<PoolType>::values); ++i) {
        const auto type = static_cast<PoolType>(i);
        const PoolKind& kind = kind_of(type);
        out.pools.push_back({type, schema::yes_no(supported(type)),
                             choice(kind.source_format, "sourceFormatType"),
                             choice(kind.volume_format, "targetFormatType")});
    }
    return out;
}

std::string write_storage_capabilities(const StorageCapabilities& capabilities) {
    return schema::write_xml(capabilities, "storagepoolCapabilities", {});
}

StorageCapabilities read_storage_capabilities(std::string_view text) {
    return schema::read_xml<StorageCapabilities>(text, "storagepoolCapabilities");
}

} // namespace yado::model
