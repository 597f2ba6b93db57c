// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/balloon.h"

namespace yado::qemu {

std::optional<boost::json::object> balloon_device(const DeviceContext& context,
                                                  const model::Balloon& balloon) {
    using model::BalloonModel;
    std::string_view driver = "virtio-balloon-pci";
    switch (balloon.model) {
    case BalloonModel::none: return std::nullopt;
    case BalloonModel::virtio: break;
    case BalloonModel::virtio_transitional: driver = "virtio-balloon-pci-transitional"; break;
    case BalloonModel::virtio_non_transitional: driver = "virtio-balloon-pci-non-transitional"; break;
    default: unsupported(context, fmt::format("memory balloon model '{}'", schema::word(balloon.model)));
    }
    boost::json::object device = device_object(context, driver, balloon.info.alias.name);
    add_address(device, context, balloon.info);
    add_switch(device, "deflate-on-oom", balloon.autodeflate);
    add_switch(device, "free-page-reporting", balloon.free_page_reporting);
    if (balloon.driver) add_virtio(device, balloon.driver->virtio);
    return device;
}

} // namespace yado::qemu
