// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/disk.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

const Auth* Disk::credentials() const {
    const schema::Rare<Auth>& inner = parts_of(source).auth;
    if (inner) { return &*inner; }
    return auth ? &*auth : nullptr;
}

const Encryption* Disk::encryption_used() const {
    const schema::Rare<Encryption>& inner = parts_of(source).encryption;
    if (inner) { return &*inner; }
    return encryption ? &*encryption : nullptr;
}

const NetworkStorage* Disk::network() const {
    const auto* network = std::get_if<NetworkSource>(&source);
    return network != nullptr ? &network->storage : nullptr;
}

namespace {

/// Old documents of Xen say "aio" for raw.
struct FormatOrAio {
    template <class T> struct For : schema::Text<T> {
        static schema::Problem parse(std::string_view text, T& value) {
            return schema::Text<T>::parse(text == "aio" ? "raw" : text, value);
        }
    };
};

constexpr schema::Rule positive{.omit_default = true, .guest_abi = true};

} // namespace

void describe(Io& io, BackingStore& b) {
    io.choice_tag("type", b.source, {.invalid = "unknown storage source type '{}'"});
    io.attribute("index", b.index, running_only);
    io.child("format", b.format);
    io.choice_body("source", b.source);
    io.child("backingStore", b.backing);
}

void describe(Io& io, Mirror& m) {
    io.choice_tag("type", m.source);
    io.attribute("file", m.file);
    io.attribute("format", m.file_format);
    io.attribute("job", m.job);
    io.attribute("ready", m.ready);
    io.child("format", m.format);
    io.choice_body("source", m.source);
    io.child("backingStore", m.backing);
}

void describe(Io& io, StatisticsInterval& s) { io.attribute("interval", s.seconds, {.required = true}); }

void describe(Io& io, DiskDriver& d) {
    io.attribute("name", d.name);
    io.attribute<FormatOrAio>("type", d.type, unsupported("unknown driver format value '{}'"));
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
    io.attribute("queues", d.queues, positive);
    io.attribute("queue_size", d.queue_size, positive);
    describe_virtio(io, d.virtio);
    io.attribute("discard_no_unref", d.discard_no_unref, {.since = "9.5.0"});
    describe_iothread_uses(io, d.iothreads);
    io.group("statistics", [&] { io.child("statistic", d.statistics); }, {.since = "11.9.0"});
    describe_metadata_cache(io, d.metadata_cache_size);
}

void describe(Io& io, DiskTarget& t) {
    io.attribute("dev", t.dev, {.guest_abi = true, .key = true});
    io.attribute("bus", t.bus, abi);
    io.attribute("tray", t.tray, live);
    io.attribute("removable", t.removable, abi);
    io.attribute("rotation_rate", t.rotation_rate, positive);
    io.attribute("dpofua", t.dpofua, {.guest_abi = true, .since = "11.10.0"});
}

void describe(Io& io, DiskGeometry& g) {
    io.attribute("cyls", g.cylinders, abi);
    io.attribute("heads", g.heads, abi);
    io.attribute("secs", g.sectors, abi);
    io.attribute("trans", g.translation, abi);
}

void describe(Io& io, DiskBlockIo& b) {
    io.attribute("logical_block_size", b.logical_block_size, positive);
    io.attribute("physical_block_size", b.physical_block_size, positive);
    io.attribute("discard_granularity", b.discard_granularity, {.guest_abi = true, .since = "10.1.0"});
}

void describe(Io& io, Transient& t) { io.attribute("shareBacking", t.share_backing); }
void describe(Io& io, ThrottleFilter& f) { io.attribute("group", f.group, required); }

void describe(Io& io, Disk& d) {
    io.choice_tag("type", d.source);
    io.attribute("device", d.device, abi);
    io.attribute("model", d.model, abi);
    io.attribute("rawio", d.rawio);
    io.attribute("sgio", d.sgio);
    io.attribute("snapshot", d.snapshot);
    io.child("driver", d.driver);
    io.child("auth", d.auth);
    io.choice_body("source", d.source);
    io.child("backingStore", d.backing);
    io.nested("backenddomain", "name", d.backend_domain);
    io.child("geometry", d.geometry);
    io.child("blockio", d.block_io, {.drop_empty = true});
    io.child("mirror", d.mirror, live_only);
    io.child("target", d.target);
    io.child("iotune", d.limits, {.drop_empty = true, .change = schema::Change::live});
    io.group("throttlefilters", [&] { io.child("throttlefilter", d.throttle_filters); }, {.since = "11.2.0"});
    io.flag("readonly", d.readonly, abi);
    io.flag("shareable", d.shareable, abi);
    io.child("transient", d.transient);
    io.value("serial", d.serial, abi);
    io.value("wwn", d.wwn, abi);
    io.value("vendor", d.vendor, abi);
    io.value("product", d.product, abi);
    io.child("encryption", d.encryption, {.expand_empty = true});
    describe_info(io, d.info, {.boot = true});
}

} // namespace yado::model
