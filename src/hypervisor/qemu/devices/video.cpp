// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/video.h"

namespace yado::qemu {

namespace json = boost::json;
using model::VideoType;

namespace {

std::string_view video_driver(const DeviceContext& context, const model::Video& video, bool primary) {
    switch (video.model.type) {
    case VideoType::vga: return primary ? "VGA" : "secondary-vga";
    case VideoType::cirrus: return "cirrus-vga";
    case VideoType::vmvga: return "vmware-svga";
    case VideoType::qxl: return primary ? "qxl-vga" : "qxl";
    case VideoType::virtio: return primary ? "virtio-vga" : "virtio-gpu-pci";
    case VideoType::bochs: return "bochs-display";
    case VideoType::ramfb: return "ramfb";
    default: unsupported(context, fmt::format("video type '{}'", schema::word(video.model.type)));
    }
}

} // namespace

std::optional<json::object> video_device(const DeviceContext& context, const model::Video& video,
                                         bool primary) {
    const model::VideoModel& model = video.model;
    if (model.type == VideoType::none) return std::nullopt;
    if (model.acceleration && model.acceleration->accel3d == schema::YesNo::yes) {
        unsupported(context, "3D acceleration of a video device without an OpenGL display");
    }
    json::object device =
        device_object(context, video_driver(context, video, primary), video.info.alias.name);
    constexpr std::uint32_t kib_a_mib = 1024;
    switch (model.type) {
    case VideoType::qxl:
        if (model.ram) device["ram_size"] = std::uint64_t{*model.ram} * 1024;
        if (model.vram) device["vram_size"] = std::uint64_t{*model.vram} * 1024;
        device["vram64_size_mb"] = model.vram64.value_or(0) / kib_a_mib;
        if (model.vgamem) device["vgamem_mb"] = *model.vgamem / kib_a_mib;
        if (model.heads) device["max_outputs"] = *model.heads;
        break;
    case VideoType::virtio:
        if (model.heads) device["max_outputs"] = *model.heads;
        if (video.driver) add_virtio(device, video.driver->virtio);
        break;
    case VideoType::vga:
    case VideoType::vmvga:
        if (model.vram && *model.vram >= kib_a_mib) device["vgamem_mb"] = *model.vram / kib_a_mib;
        break;
    case VideoType::bochs:
        if (model.vram) device["vgamem"] = std::uint64_t{*model.vram} * 1024;
        break;
    default: break;
    }
    if (model.resolution) {
        device["xres"] = model.resolution->x;
        device["yres"] = model.resolution->y;
    }
    add_address(device, context, video.info);
    return device;
}

} // namespace yado::qemu
