// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/disk.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

const std::string& Disk::path() const {
    static const std::string none;
    if (const auto* file = std::get_if<FileSource>(&source)) { return file->path; }
    const auto* block = std::get_if<BlockSource>(&source);
    return block != nullptr ? block->path : none;
}

bool Disk::is_empty() const { return !std::holds_alternative<OtherSource>(source) && path().empty(); }

namespace {

void describe_source_rest(Io& io, schema::Kept& rest) {
    io.opaque("seclabel", rest);
    io.opaque("slices", rest);
    io.opaque("encryption", rest);
    io.opaque("reservations", rest);
}

} // namespace

void describe(Io& io, FileSource& s) {
    io.attribute("file", s.path);
    io.attribute("startupPolicy", s.startup_policy);
    io.attribute("index", s.index, running_only);
    describe_source_rest(io, s.rest);
}
void describe(Io& io, BlockSource& s) {
    io.attribute("dev", s.path);
    io.attribute("startupPolicy", s.startup_policy);
    io.attribute("index", s.index, running_only);
    describe_source_rest(io, s.rest);
}
void describe(Io& io, OtherSource& s) {
    schema::Kept private_data; // of libvirt's own status files
    io.opaque("privateData", private_data);
    io.rest(s.rest);
}

void describe(Io& io, DiskDriver& d) {
    io.attribute("name", d.name);
    io.attribute("type", d.type, unsupported("unknown driver format value '{}'"));
    io.attribute("cache", d.cache);
    io.attribute("error_policy", d.error_policy);
    io.attribute("rerror_policy", d.rerror_policy);
    io.attribute("io", d.io);
    io.attribute("ioeventfd", d.ioeventfd);
    io.attribute("event_idx", d.event_idx, abi);
    io.attribute("copy_on_read", d.copy_on_read);
    io.attribute("discard", d.discard);
    io.attribute("iothread", d.iothread);
    io.attribute("detect_zeroes", d.detect_zeroes);
    io.attribute("queues", d.queues, abi);
    io.attribute("queue_size", d.queue_size, abi);
    describe_virtio(io, d.virtio);
    io.rest(d.rest);
}

void describe(Io& io, DiskTarget& t) {
    io.attribute("dev", t.dev, abi);
    io.attribute("bus", t.bus, abi);
    io.attribute("tray", t.tray);
    io.attribute("removable", t.removable, abi);
    io.attribute("rotation_rate", t.rotation_rate, abi);
}

void describe(Io& io, DiskGeometry& g) {
    io.attribute("cyls", g.cylinders, abi);
    io.attribute("heads", g.heads, abi);
    io.attribute("secs", g.sectors, abi);
    io.attribute("trans", g.translation, abi);
}

void describe(Io& io, DiskBlockIo& b) {
    io.attribute("logical_block_size", b.logical_block_size, abi);
    io.attribute("physical_block_size", b.physical_block_size, abi);
}

void describe(Io& io, Disk& d) {
    io.choice_tag("type", d.source);
    io.attribute("device", d.device, abi);
    io.attribute("model", d.model, abi);
    io.attribute("rawio", d.rawio);
    io.attribute("sgio", d.sgio);
    io.attribute("snapshot", d.snapshot);
    io.child("driver", d.driver);
    io.opaque("auth", d.rest);
    io.choice_body("source", d.source);
    io.opaque("backingStore", d.rest);
    io.opaque("backenddomain", d.rest);
    io.child("geometry", d.geometry);
    io.child("blockio", d.block_io);
    io.opaque("mirror", d.rest);
    io.child("target", d.target);
    io.opaque("iotune", d.rest);
    io.flag("readonly", d.readonly, abi);
    io.flag("shareable", d.shareable, abi);
    io.flag("transient", d.transient);
    io.value("serial", d.serial, abi);
    io.value("wwn", d.wwn, abi);
    io.value("vendor", d.vendor, abi);
    io.value("product", d.product, abi);
    io.opaque("encryption", d.rest);
    describe_info(io, d.info, true);
}

} // namespace yado::model
