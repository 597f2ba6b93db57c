// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/smartcard.h"

#include "hypervisor/qemu/devices/character.h"

namespace yado::qemu {

namespace json = boost::json;

DeviceParts smartcard_parts(const DeviceContext& context, const model::Smartcard& smartcard) {
    DeviceParts parts;
    const std::string& alias = smartcard.info.alias.name;
    json::object device;
    if (const auto* passed = std::get_if<model::PassedCard>(&smartcard.mode)) {
        add_stream(parts, context,
                   {.backend = passed->backend,
                    .log = passed->log ? &*passed->log : nullptr,
                    .id = "char" + alias,
                    .parallel = false,
                    .spice = "smartcard"});
        device = device_object(context, "ccid-card-passthru", {});
        device["chardev"] = "char" + alias;
    } else if (const auto* made = std::get_if<model::CertificateCard>(&smartcard.mode)) {
        device = device_object(context, "ccid-card-emulated", {});
        device["backend"] = "certificates";
        for (std::size_t i = 0; i < made->certificates.size(); ++i)
            device[fmt::format("cert{}", i + 1)] = made->certificates[i].name;
        // where NSS keeps the host's
        device["db"] = made->database.empty() ? "/etc/pki/nssdb" : made->database;
    } else {
        device = device_object(context, "ccid-card-emulated", {});
        device["backend"] = "nss-emulated";
    }
    device["id"] = alias;
    add_address(device, context, smartcard.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
