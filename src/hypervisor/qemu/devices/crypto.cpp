// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/crypto.h"

namespace yado::qemu {

namespace json = boost::json;

DeviceParts crypto_parts(const DeviceContext& context, const model::Crypto& crypto) {
    DeviceParts parts;
    const std::string type = fmt::format("cryptodev-backend-{}", schema::word(crypto.backend));
    require_object(context, type);
    const std::string id = "obj" + crypto.info.alias.name;
    json::object backend;
    backend["qom-type"] = type;
    backend["id"] = id;
    if (crypto.queues) backend["queues"] = *crypto.queues;
    parts.objects.push_back(std::move(backend));
    json::object device = device_object(context, "virtio-crypto-pci", {});
    device["cryptodev"] = id;
    device["id"] = crypto.info.alias.name;
    if (crypto.driver) add_virtio(device, crypto.driver->virtio);
    add_address(device, context, crypto.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
