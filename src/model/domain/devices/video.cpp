// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/video.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule number(std::string_view invalid, Code code = Code::xml_error) {
    return {.guest_abi = true, .code = code, .invalid = invalid};
}

} // namespace

void describe(Io& io, VideoAcceleration& a) {
    io.attribute("accel3d", a.accel3d);
    io.attribute("accel2d", a.accel2d);
    io.attribute("rendernode", a.rendernode);
}

void describe(Io& io, VideoResolution& r) {
    io.attribute("x", r.x, required);
    io.attribute("y", r.y, required);
}

void describe(Io& io, VideoModel& m) {
    io.attribute(
        "type", m.type,
        {.guest_abi = true, .code = Code::config_unsupported, .invalid = "unknown video model '{}'"});
    io.attribute("ram", m.ram, number("cannot parse video ram '{}'"));
    io.attribute("vram", m.vram, number("cannot parse video vram '{}'"));
    io.attribute("vram64", m.vram64, number("cannot parse video vram64 '{}'"));
    io.attribute("vgamem", m.vgamem, number("cannot parse video vgamem '{}'"));
    io.attribute("heads", m.heads, number("cannot parse video heads '{}'", Code::internal_error));
    io.attribute("primary", m.primary, abi);
    io.attribute("blob", m.blob, {.since = "9.2.0"});
    io.attribute("edid", m.edid, {.guest_abi = true, .since = "11.3.0"});
    io.child("acceleration", m.acceleration, {.drop_empty = true});
    io.child("resolution", m.resolution);
}

void describe(Io& io, VideoDriver& d) {
    describe_virtio(io, d.virtio);
    io.attribute("vgaconf", d.vga, unsupported("unknown vgaconf value '{}'"));
    io.attribute("name", d.backend);
}

void describe(Io& io, Video& v) {
    io.child("driver", v.driver, {.drop_empty = true});
    io.child("model", v.model);
    describe_info(io, v.info);
}

} // namespace yado::model
