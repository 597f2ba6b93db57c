// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/pstore.h"

namespace yado::qemu {

namespace json = boost::json;

DeviceParts pstore_parts(const DeviceContext& context, const model::Pstore& pstore) {
    DeviceParts parts;
    const std::string id = "mem" + pstore.info.alias.name;
    json::object memory;
    memory["qom-type"] = "memory-backend-file";
    memory["id"] = id;
    memory["mem-path"] = pstore.path;
    memory["size"] = pstore.size_kib * 1024;
    memory["share"] = true; // or the records would not be in the file
    parts.objects.push_back(std::move(memory));
    parts.paths.push_back(pstore.path);
    json::object device = device_object(context, "acpi-erst", pstore.info.alias.name);
    device["memdev"] = id;
    add_address(device, context, pstore.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
