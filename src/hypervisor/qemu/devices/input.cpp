// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/input.h"

namespace yado::qemu {

std::optional<boost::json::object> input_device(const DeviceContext& context, const model::Input& input) {
    using model::InputBus;
    using model::InputType;
    if (input.bus == InputBus::ps2 || input.bus == InputBus::unset) return std::nullopt;
    if (input.type == InputType::passthrough || input.type == InputType::evdev) {
        unsupported(context, fmt::format("input device type '{}'", schema::word(input.type)));
    }
    std::string driver;
    if (input.bus == InputBus::usb) {
        driver =
            input.type == InputType::keyboard ? "usb-kbd" : fmt::format("usb-{}", schema::word(input.type));
    } else if (input.bus == InputBus::virtio) {
        driver = fmt::format("virtio-{}-pci", schema::word(input.type));
    } else {
        unsupported(context, fmt::format("input bus '{}'", schema::word(input.bus)));
    }
    boost::json::object device = device_object(context, driver, input.info.alias.name);
    if (input.driver) add_virtio(device, input.driver->virtio);
    add_address(device, context, input.info);
    return device;
}

} // namespace yado::qemu
