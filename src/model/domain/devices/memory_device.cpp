// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/memory_device.h"

#include "model/domain/rules.h"
#include "model/uuid.h"

namespace yado::model {

using schema::Hex;
using schema::Io;
using schema::SizeInKiB;

void describe(Io& io, MemorySource& s) {
    io.value("path", s.path);
    io.value("nodemask", s.nodes);
    io.value<SizeInKiB>("pagesize", s.page_size_kib);
    io.value<SizeInKiB>("alignsize", s.alignment_kib);
    io.flag("pmem", s.persistent);
}

void describe(Io& io, MemoryTarget& t) {
    io.attribute("dynamicMemslots", t.dynamic_slots, {.guest_abi = true, .since = "10.1.0"});
    io.value<SizeInKiB>("size", t.size_kib,
                        {.required = true,
                         .guest_abi = true,
                         .source = ErrorSource::xml,
                         .missing = "missing element or attribute './size'"});
    io.value("node", t.node, {.guest_abi = true, .invalid = "invalid value of memory device node"});
    io.group("label",
             [&] { io.value<SizeInKiB>("size", t.label_kib, {.required = true, .guest_abi = true}); });
    io.flag("readonly", t.readonly, abi);
    io.value<SizeInKiB>("block", t.block_kib, abi);
    io.value<SizeInKiB>("requested", t.requested_kib, {.change = schema::Change::live});
    io.value<SizeInKiB>("current", t.current_kib, live_only);
    io.group("address",
             [&] { io.attribute<Hex<1>>("base", t.address, {.guest_abi = true, .since = "9.4.0"}); });
}

void describe(Io& io, MemoryDevice& m) {
    io.attribute("model", m.model, {.required = true, .guest_abi = true});
    io.attribute("access", m.access);
    io.attribute("discard", m.discard);
    io.value("uuid", m.uuid,
             {.guest_abi = true, .code = Code::internal_error, .invalid = "malformed uuid element"});
    io.child("source", m.source, {.drop_empty = true});
    io.child("target", m.target,
             {.required = true, .missing = "missing <target> element for <memory> device"});
    describe_info(io, m.info);
}

} // namespace yado::model
