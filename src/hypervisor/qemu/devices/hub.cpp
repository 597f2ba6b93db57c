// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/hub.h"

namespace yado::qemu {

DeviceParts hub_parts(const DeviceContext& context, const model::Hub& hub) {
    DeviceParts parts;
    boost::json::object device = device_object(context, "usb-hub", hub.info.alias.name);
    add_address(device, context, hub.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
