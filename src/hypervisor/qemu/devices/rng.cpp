// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/rng.h"

namespace yado::qemu {

namespace json = boost::json;

json::object rng_backend(const DeviceContext& context, const model::Rng& rng, unsigned number) {
    json::object backend;
    if (const auto* random = std::get_if<model::RandomSource>(&rng.backend)) {
        backend["qom-type"] = "rng-random";
        backend["id"] = fmt::format("objrng{}", number);
        backend["filename"] = random->path.empty() ? "/dev/urandom" : random->path;
    } else if (std::holds_alternative<model::BuiltinSource>(rng.backend)) {
        backend["qom-type"] = "rng-builtin";
        backend["id"] = fmt::format("objrng{}", number);
    } else {
        if (!context.capabilities.objects.empty() && !context.capabilities.has_object("rng-egd")) {
            unsupported(context, "rng backend 'egd'");
        }
        backend["qom-type"] = "rng-egd";
        backend["id"] = fmt::format("objrng{}", number);
        backend["chardev"] = "char" + rng.info.alias.name;
    }
    return backend;
}

json::object rng_device(const DeviceContext& context, const model::Rng& rng, unsigned number) {
    std::string_view driver = "virtio-rng-pci";
    if (rng.model == model::RngModel::virtio_transitional) driver = "virtio-rng-pci-transitional";
    if (rng.model == model::RngModel::virtio_non_transitional) driver = "virtio-rng-pci-non-transitional";
    json::object device = device_object(context, driver, {});
    device["rng"] = fmt::format("objrng{}", number);
    device["id"] = rng.info.alias.name;
    if (rng.rate) {
        device["max-bytes"] = rng.rate->bytes;
        device["period"] = rng.rate->period.value_or(1000);
    }
    if (rng.driver) add_virtio(device, rng.driver->virtio);
    add_address(device, context, rng.info);
    return device;
}

} // namespace yado::qemu
