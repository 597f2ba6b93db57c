// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/vsock.h"

namespace yado::qemu {

namespace json = boost::json;

DeviceParts vsock_parts(const DeviceContext& context, const model::Vsock& vsock) {
    const std::string& alias = vsock.info.alias.name;
    const auto fd = context.facts.hostdevs.vhost.find(alias);
    if (fd == context.facts.hostdevs.vhost.end() || !vsock.cid) unsupported(context, "a vsock device");
    DeviceParts parts;
    json::object device = device_object(context, virtio_driver("vhost-vsock", schema::word(vsock.model)), {});
    add_virtio(device, vsock.virtio);
    device["id"] = alias;
    device["guest-cid"] = *vsock.cid;
    device["vhostfd"] = std::to_string(fd->second);
    add_address(device, context, vsock.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
