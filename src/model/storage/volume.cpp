// SPDX-License-Identifier: Apache-2.0
#include "model/storage/volume.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule malformed_size{.invalid = "malformed capacity element"};

struct ClusterBytes {
    template <class T> struct For : DigitBytes::For<T> {
        static constexpr std::string_view unit = "B";
        static bool present(T value) { return value != 0; }
    };
};

} // namespace

void describe(Io& io, VolumeExtent& e) {
    io.attribute("start", e.start);
    io.attribute("end", e.end);
}

void describe(Io& io, VolumeDevice& d) {
    io.attribute("path", d.path, {.key = true});
    io.child("extent", d.extents);
}

void describe(Io& io, VolumeFeatures& f) {
    io.flag("lazy_refcounts", f.lazy_refcounts);
    io.flag("extended_l2", f.extended_l2);
    io.rest(f.rest);
}

void describe(Io& io, VolumeTarget& t) {
    io.value("path", t.path);
    io.nested("format", "type", t.format);
    io.child("permissions", t.permissions);
    io.child("timestamps", t.timestamps);
    io.child("encryption", t.encryption);
    io.value("compat", t.compat);
    io.flag("nocow", t.nocow);
    io.value<ClusterBytes>("clusterSize", t.cluster_size,
                           {.source = ErrorSource::xml,
                            .invalid = "Invalid value '{}' for element or attribute './target/clusterSize'"});
    io.child("features", t.features);
}

void describe(Io& io, VolumeBacking& b) {
    io.value("path", b.path);
    io.nested("format", "type", b.format);
    io.child("permissions", b.permissions);
    io.child("timestamps", b.timestamps);
}

void describe(Io& io, StorageVolume& v) {
    io.attribute("type", v.type, unsupported("unknown volume type '{}'"));
    io.value("name", v.name, {.required = true, .missing = "missing volume name element"});
    io.value("key", v.key);
    io.group("source", [&] { io.child("device", v.devices); });
    io.value<DigitBytes>("capacity", v.capacity, malformed_size);
    io.value<DigitBytes>("allocation", v.allocation, malformed_size);
    io.value<MeasuredBytes>("physical", v.physical);
    io.child("target", v.target);
    io.child("backingStore", v.backing);
}

} // namespace yado::model
