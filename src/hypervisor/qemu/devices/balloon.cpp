// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/balloon.h"

namespace yado::qemu {

DeviceParts balloon_parts(const DeviceContext& context, const model::Balloon& balloon) {
    DeviceParts parts;
    if (balloon.model == model::BalloonModel::none) return parts;
    if (balloon.model == model::BalloonModel::xen) unsupported(context, "memory balloon model 'xen'");
    boost::json::object device = device_object(
        context, virtio_driver("virtio-balloon", schema::word(balloon.model)), balloon.info.alias.name);
    add_address(device, context, balloon.info);
    add_switch(device, "deflate-on-oom", balloon.autodeflate);
    add_switch(device, "free-page-reporting", balloon.free_page_reporting);
    if (balloon.driver) add_virtio(device, balloon.driver->virtio);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
