// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/video.h"

#include "hypervisor/qemu/devices/character.h"

namespace yado::qemu {

namespace json = boost::json;
using model::VideoType;

namespace {

bool draws_3d(const model::Video& video) {
    return video.model.acceleration && video.model.acceleration->accel3d == schema::YesNo::yes;
}
bool is_vhost_user(const model::Video& video) {
    return video.driver && video.driver->backend == model::VideoBackend::vhostuser;
}

std::string_view virtio_driver_of(const DeviceContext& context, const model::Video& video, bool primary) {
    const bool vga = primary && context.capabilities.has_device("virtio-vga");
    if (is_vhost_user(video)) return vga ? "vhost-user-vga" : "vhost-user-gpu-pci";
    if (draws_3d(video)) {
        // QEMU 6.1 has devices of their own for it.
        const std::string_view driver = vga ? "virtio-vga-gl" : "virtio-gpu-gl-pci";
        if (!context.capabilities.has_device(driver))
            unsupported(context, "3D acceleration of video type 'virtio'");
        return driver;
    }
    return vga ? "virtio-vga" : "virtio-gpu-pci";
}

std::string_view video_driver(const DeviceContext& context, const model::Video& video, bool primary) {
    switch (video.model.type) {
    case VideoType::vga: return primary ? "VGA" : "secondary-vga";
    case VideoType::cirrus: return "cirrus-vga";
    case VideoType::vmvga: return "vmware-svga";
    case VideoType::qxl: return primary ? "qxl-vga" : "qxl";
    case VideoType::virtio: return virtio_driver_of(context, video, primary);
    case VideoType::bochs: return "bochs-display";
    case VideoType::ramfb: return "ramfb";
    default: unsupported(context, fmt::format("video type '{}'", schema::word(video.model.type)));
    }
}

/// A process that draws for the guest, and its socket.
void add_vhost_user(DeviceParts& parts, json::object& device, const DeviceContext& context,
                    const model::Video& video) {
    const std::string& alias = video.info.alias.name;
    model::UnixChar stream;
    stream.mode = model::SocketMode::connect;
    stream.path = fmt::format("{}/{}-vhost-user-gpu.sock", context.facts.domain_dir, alias);
    HelperProcess helper;
    helper.name = alias + "-vhost-user-gpu";
    helper.socket = stream.path;
    helper.package = "qemu-system-gui";
    helper.argv = {context.facts.vhost_user_gpu, "--socket-path=" + stream.path};
    if (draws_3d(video)) helper.argv.emplace_back("--virgl");
    if (video.model.acceleration && !video.model.acceleration->rendernode.empty())
        helper.argv.push_back("--render-node=" + video.model.acceleration->rendernode);
    parts.helpers.push_back(std::move(helper));
    const std::string id = "chr-vu-" + alias;
    const model::CharBackend backend = stream;
    add_stream(parts, context,
               {.backend = backend, .log = nullptr, .id = id, .parallel = false, .spice = {}});
    device["chardev"] = id;
}

void add_memory(json::object& device, const model::VideoModel& model) {
    constexpr std::uint32_t kib_a_mib = 1024;
    switch (model.type) {
    case VideoType::qxl:
        if (model.ram) device["ram_size"] = std::uint64_t{*model.ram} * 1024;
        if (model.vram) device["vram_size"] = std::uint64_t{*model.vram} * 1024;
        device["vram64_size_mb"] = model.vram64.value_or(0) / kib_a_mib;
        if (model.vgamem) device["vgamem_mb"] = *model.vgamem / kib_a_mib;
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
}

} // namespace

DeviceParts video_parts(const DeviceContext& context, const model::Video& video, bool primary) {
    DeviceParts parts;
    const model::VideoModel& model = video.model;
    if (model.type == VideoType::none) return parts;
    json::object device = device_object(context, video_driver(context, video, primary), {});
    if (video.driver) add_virtio(device, video.driver->virtio);
    device["id"] = video.info.alias.name;
    const bool outputs = model.type == VideoType::qxl || model.type == VideoType::virtio;
    if (outputs && model.heads) device["max_outputs"] = *model.heads;
    add_memory(device, model);
    if (model.resolution) {
        device["xres"] = model.resolution->x;
        device["yres"] = model.resolution->y;
    }
    add_switch(device, "blob", model.blob);
    add_switch(device, "edid", model.edid);
    if (is_vhost_user(video)) add_vhost_user(parts, device, context, video);
    add_address(device, context, video.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
