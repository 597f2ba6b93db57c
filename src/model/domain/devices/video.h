// SPDX-License-Identifier: Apache-2.0
// <video>: the guest's graphics card.
#pragma once

#include <cstdint>
#include <optional>

#include "model/domain/device.h"

namespace yado::model {

enum class VideoType : std::uint8_t {
    unset,
    vga,
    cirrus,
    vmvga,
    xen,
    vbox,
    qxl,
    parallels,
    virtio,
    gop,
    none,
    bochs,
    ramfb,
};

struct VideoAcceleration {
    schema::YesNo accel3d{}, accel2d{};
    std::string rendernode;
};
struct VideoResolution {
    std::uint32_t x = 0, y = 0;
};
struct VideoModel {
    VideoType type{};
    std::optional<std::uint32_t> ram, vram, vram64, vgamem; ///< KiB
    std::optional<std::uint32_t> heads;
    schema::YesNo primary{};
    schema::OnOff blob{};
    schema::Rare<VideoAcceleration> acceleration;
    schema::Rare<VideoResolution> resolution;
};
struct VideoDriver {
    std::string name, vgaconf;
    VirtioOptions virtio;
};

struct Video {
    schema::Rare<VideoDriver> driver;
    VideoModel model;
    DeviceInfo info;
};
void describe(schema::Io& io, Video& video);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::VideoType> {
    static constexpr std::string_view values[] = {"",     "vga",   "cirrus",    "vmvga",  "xen",
                                                  "vbox", "qxl",   "parallels", "virtio", "gop",
                                                  "none", "bochs", "ramfb"};
};
} // namespace yado::schema
