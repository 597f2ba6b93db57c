// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/input.h"

namespace yado::qemu {

namespace json = boost::json;
using model::InputBus;
using model::InputType;

namespace {

/// The host's device works in all of the guest's.
json::object host_input(const DeviceContext& context, const model::Input& input) {
    require_object(context, "input-linux");
    const model::InputSource source = input.source ? *input.source : model::InputSource();
    json::object object;
    object["qom-type"] = "input-linux";
    object["id"] = input.info.alias.name;
    object["evdev"] = source.device;
    add_switch(object, "repeat", source.repeat);
    if (source.grab == model::InputGrab::all) object["grab_all"] = true;
    if (source.grab_toggle != model::InputGrabToggle::unset)
        object["grab-toggle"] = schema::word(source.grab_toggle);
    return object;
}

std::string driver_of(const DeviceContext& context, const model::Input& input) {
    const std::string_view type = schema::word(input.type);
    if (input.bus == InputBus::usb)
        return input.type == InputType::keyboard ? "usb-kbd" : fmt::format("usb-{}", type);
    if (input.bus == InputBus::virtio) {
        const std::string stem = input.type == InputType::passthrough ? std::string("virtio-input-host")
                                                                      : fmt::format("virtio-{}", type);
        return virtio_driver(stem, schema::word(input.model));
    }
    unsupported(context, fmt::format("input bus '{}'", schema::word(input.bus)));
}

} // namespace

DeviceParts input_parts(const DeviceContext& context, const model::Input& input) {
    DeviceParts parts;
    const bool passes = input.type == InputType::passthrough || input.type == InputType::evdev;
    if (passes && input.source)
        parts.paths.push_back(input.type == InputType::evdev ? input.source->device : input.source->evdev);
    if (input.type == InputType::evdev) {
        parts.objects.push_back(host_input(context, input));
        return parts;
    }
    if (input.bus == InputBus::ps2 || input.bus == InputBus::unset || input.bus == InputBus::none)
        return parts;
    json::object device = device_object(context, driver_of(context, input), input.info.alias.name);
    if (input.type == InputType::passthrough && input.source) device["evdev"] = input.source->evdev;
    if (input.driver) add_virtio(device, input.driver->virtio);
    add_address(device, context, input.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
