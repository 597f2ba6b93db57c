// SPDX-License-Identifier: Apache-2.0
// <video>: the guest's graphics card.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

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
/// Who draws: QEMU, or a process that speaks vhost-user with it.
enum class VideoBackend : std::uint8_t { unset, qemu, vhostuser };
enum class VgaConfiguration : std::uint8_t { unset, io, on, off };

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
    schema::OnOff blob{}, edid{};
    schema::Rare<VideoAcceleration> acceleration;
    schema::Rare<VideoResolution> resolution;
};
struct VideoDriver {
    VirtioOptions virtio;
    VgaConfiguration vga{}; ///< bhyve's
    VideoBackend backend{};
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
template <> struct EnumNames<model::VideoBackend> {
    static constexpr std::string_view values[] = {"", "qemu", "vhostuser"};
};
template <> struct EnumNames<model::VgaConfiguration> {
    static constexpr std::string_view values[] = {"", "io", "on", "off"};
};
} // namespace yado::schema
