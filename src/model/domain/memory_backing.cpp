// SPDX-License-Identifier: Apache-2.0
#include "model/domain/memory_backing.h"

#include "model/domain/rules.h"
#include "model/units.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, HugePage& p) {
    io.attribute(
        "size", p.size_kib,
        {.required = true, .source = ErrorSource::xml, .missing = "missing element or attribute './@size'"});
    io.attribute<UnitInKiB>("unit", p.size_kib);
    io.attribute("nodeset", p.nodes);
}

void describe(Io& io, HugePages& h) { io.child("page", h.pages); }

void describe(Io& io, Allocation& a) {
    io.attribute("mode", a.mode, unsupported("unknown memoryBacking/allocation/mode '{}'"));
    io.attribute("threads", a.threads, {.since = "8.2.0"});
}

void describe(Io& io, MemoryBacking& m) {
    io.child("hugepages", m.huge_pages);
    io.flag("nosharepages", m.no_share_pages);
    io.flag("locked", m.locked);
    io.nested("source", "type", m.source, unsupported("unknown memoryBacking/source/type '{}'"));
    io.nested("access", "mode", m.access, unsupported("unknown memoryBacking/access/mode '{}'"));
    io.child("allocation", m.allocation);
    io.flag("discard", m.discard);
}

const HugePage* huge_page_of(const MemoryBacking& backing, int cell) {
    if (!backing.huge_pages) { return nullptr; }
    static const HugePage usual{};
    if (backing.huge_pages->pages.empty()) { return &usual; }
    const HugePage* rest = nullptr;
    for (const HugePage& page : backing.huge_pages->pages) {
        if (page.nodes.empty()) {
            rest = &page;
        } else if (cell >= 0 && page.nodes.contains(static_cast<std::uint32_t>(cell))) {
            return &page;
        }
    }
    return rest;
}

} // namespace yado::model
