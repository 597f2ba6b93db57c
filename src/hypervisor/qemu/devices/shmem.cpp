// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/shmem.h"

#include "hypervisor/qemu/devices/character.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

void add_memory(DeviceParts& parts, json::object& device, const model::Shmem& shmem) {
    const std::string id = "shmmem-" + shmem.info.alias.name;
    const std::string path = "/dev/shm/" + shmem.name;
    json::object memory;
    memory["qom-type"] = "memory-backend-file";
    memory["id"] = id;
    memory["mem-path"] = path;
    memory["size"] = shmem.size;
    memory["share"] = true;
    parts.objects.push_back(std::move(memory));
    device["memdev"] = id;
}

void add_server(DeviceParts& parts, json::object& device, const DeviceContext& context,
                const model::Shmem& shmem) {
    const std::string id = "char" + shmem.info.alias.name;
    model::UnixChar stream;
    stream.mode = model::SocketMode::connect;
    stream.path = shmem.server && !shmem.server->path.empty()
                      ? shmem.server->path
                      : fmt::format("/var/lib/libvirt/shmem-{}-sock", shmem.name);
    const model::CharBackend backend = stream;
    add_stream(parts, context,
               {.backend = backend, .log = nullptr, .id = id, .parallel = false, .spice = {}});
    device["chardev"] = id;
    if (!shmem.interrupts) return;
    if (shmem.interrupts->vectors) device["vectors"] = *shmem.interrupts->vectors;
    add_switch(device, "ioeventfd", shmem.interrupts->ioeventfd);
}

} // namespace

DeviceParts shmem_parts(const DeviceContext& context, const model::Shmem& shmem) {
    DeviceParts parts;
    if (shmem.model == model::ShmemModel::ivshmem || shmem.model == model::ShmemModel::unset)
        unsupported(context, "shared memory model 'ivshmem'"); // gone since QEMU 4.0
    json::object device = device_object(context, schema::word(shmem.model), shmem.info.alias.name);
    if (shmem.model == model::ShmemModel::plain) {
        add_memory(parts, device, shmem);
    } else {
        add_server(parts, device, context, shmem);
    }
    if (shmem.role != model::ShmemRole::unset)
        device["master"] = shmem.role == model::ShmemRole::master ? "on" : "off";
    add_address(device, context, shmem.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
