// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/video.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, VideoAcceleration& a) {
    io.attribute("accel3d", a.accel3d);
    io.attribute("accel2d", a.accel2d);
    io.attribute("rendernode", a.rendernode);
}

void describe(Io& io, VideoResolution& r) {
    io.attribute("x", r.x);
    io.attribute("y", r.y);
}

void describe(Io& io, VideoModel& m) {
    io.attribute(
        "type", m.type,
        {.guest_abi = true, .code = Code::config_unsupported, .invalid = "unknown video model '{}'"});
    io.attribute("ram", m.ram,
                 {.guest_abi = true, .code = Code::internal_error, .invalid = "cannot parse video ram '{}'"});
    io.attribute(
        "vram", m.vram,
        {.guest_abi = true, .code = Code::internal_error, .invalid = "cannot parse video vram '{}'"});
    io.attribute(
        "vram64", m.vram64,
        {.guest_abi = true, .code = Code::internal_error, .invalid = "cannot parse video vram64 '{}'"});
    io.attribute(
        "vgamem", m.vgamem,
        {.guest_abi = true, .code = Code::internal_error, .invalid = "cannot parse video vgamem '{}'"});
    io.attribute(
        "heads", m.heads,
        {.guest_abi = true, .code = Code::internal_error, .invalid = "cannot parse video heads '{}'"});
    io.attribute("primary", m.primary, abi);
    io.attribute("blob", m.blob);
    io.child("acceleration", m.acceleration, {.drop_empty = true});
    io.child("resolution", m.resolution);
}

void describe(Io& io, VideoDriver& d) {
    describe_virtio(io, d.virtio);
    io.attribute("name", d.name);
    io.attribute("vgaconf", d.vgaconf);
}

void describe(Io& io, Video& v) {
    io.child("driver", v.driver, {.drop_empty = true});
    io.child("model", v.model);
    describe_info(io, v.info);
}

} // namespace yado::model
