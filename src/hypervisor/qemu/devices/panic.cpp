// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/panic.h"

namespace yado::qemu {

namespace json = boost::json;

DeviceParts panic_parts(const DeviceContext& context, const model::Panic& panic) {
    DeviceParts parts;
    switch (panic.model) {
    case model::PanicModel::isa: {
        json::object device = device_object(context, "pvpanic", {});
        const auto* place = std::get_if<model::IsaAddress>(&panic.info.address);
        if (place != nullptr && place->iobase) device["ioport"] = *place->iobase;
        parts.devices.push_back(std::move(device));
        break;
    }
    case model::PanicModel::pvpanic: {
        json::object device = device_object(context, "pvpanic-pci", panic.info.alias.name);
        add_address(device, context, panic.info);
        parts.devices.push_back(std::move(device));
        break;
    }
    case model::PanicModel::hyperv:  // a feature of the CPU
    case model::PanicModel::pseries: // the machine has them
    case model::PanicModel::s390: break;
    case model::PanicModel::unset: unsupported(context, "a panic device");
    }
    return parts;
}

} // namespace yado::qemu
