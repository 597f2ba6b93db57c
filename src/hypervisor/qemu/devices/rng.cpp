// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/rng.h"

#include "hypervisor/qemu/devices/character.h"

namespace yado::qemu {

namespace json = boost::json;

DeviceParts rng_parts(const DeviceContext& context, const model::Rng& rng) {
    DeviceParts parts;
    const std::string id = "obj" + rng.info.alias.name;
    json::object backend;
    if (const auto* random = std::get_if<model::RandomSource>(&rng.backend)) {
        backend["qom-type"] = "rng-random";
        backend["id"] = id;
        backend["filename"] = random->path.empty() ? "/dev/urandom" : random->path;
    } else if (const auto* egd = std::get_if<model::EgdSource>(&rng.backend)) {
        require_object(context, "rng-egd");
        const std::string stream = "char" + rng.info.alias.name;
        add_stream(parts, context,
                   {.backend = egd->backend,
                    .log = egd->log ? &*egd->log : nullptr,
                    .id = stream,
                    .parallel = false,
                    .spice = {}});
        backend["qom-type"] = "rng-egd";
        backend["id"] = id;
        backend["chardev"] = stream;
    } else {
        require_object(context, "rng-builtin");
        backend["qom-type"] = "rng-builtin";
        backend["id"] = id;
    }
    parts.objects.push_back(std::move(backend));
    json::object device = device_object(context, virtio_driver("virtio-rng", schema::word(rng.model)), {});
    device["rng"] = id;
    device["id"] = rng.info.alias.name;
    if (rng.rate) {
        device["max-bytes"] = rng.rate->bytes;
        device["period"] = rng.rate->period.value_or(1000);
    }
    if (rng.driver) add_virtio(device, rng.driver->virtio);
    add_address(device, context, rng.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
