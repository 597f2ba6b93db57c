// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/attachments.h"

#include "base/error.h"

#include <algorithm>

namespace yado::qemu {

std::string NetworkAttachment::bridge() const {
    if (interface.actual) {
        if (const auto* network = std::get_if<model::ActualNetwork>(&interface.actual->kind))
            return network->bridge;
        const auto* bridge = std::get_if<model::ActualBridge>(&interface.actual->kind);
        return bridge == nullptr ? std::string() : bridge->bridge;
    }
    const auto* bridge = std::get_if<model::BridgeNet>(&interface.kind);
    return bridge == nullptr ? std::string() : bridge->bridge;
}

std::optional<NetworkAttachment::Direct> NetworkAttachment::direct() const {
    if (interface.actual) {
        const auto* direct = std::get_if<model::ActualDirect>(&interface.actual->kind);
        return direct == nullptr ? std::nullopt : std::optional(Direct{direct->device, direct->mode});
    }
    const auto* direct = std::get_if<model::DirectNet>(&interface.kind);
    return direct == nullptr ? std::nullopt : std::optional(Direct{direct->device, direct->mode});
}

namespace {

bool has_tap(std::string_view kind) {
    return kind == "network" || kind == "bridge" || kind == "direct" || kind == "ethernet";
}

/// libvirt's choice: emulated guests use it only when told to, since it serves the host's CPU, not theirs.
VhostUse vhost_use(const model::Domain& domain, const model::Interface& interface) {
    if (!interface.is_virtio()) return VhostUse::never;
    const auto name = interface.driver ? interface.driver->name : model::InterfaceDriverName::unset;
    if (name == model::InterfaceDriverName::qemu || domain.type != model::DomainType::kvm)
        return VhostUse::never;
    return name == model::InterfaceDriverName::vhost ? VhostUse::required : VhostUse::when_there;
}

[[noreturn]] void refuse(std::string_view what) {
    fail(ErrorSource::qemu, Code::config_unsupported, "{}", what);
}

/// What libvirt refuses for the kind a card has while it runs.
void refuse_unsuited(const model::Interface& card, std::string_view kind) {
    const model::SwitchPort& port = card.actual ? card.actual->port : card.port;
    const auto type = port.virtual_port ? port.virtual_port->type : model::VirtualPortType::unset;
    const bool tagged = kind == "hostdev"; // a tap in a bridge gets them from the bridge, which has no way
    if (port.vlan && !port.vlan->tags.empty() && !tagged) {
        refuse(fmt::format("interface {} - vlan tag not supported for this connection type",
                           card.mac.address.text()));
    }
    if (type != model::VirtualPortType::unset && kind != "hostdev") {
        refuse(fmt::format("interface {} - virtualport type '{}' is not supported", card.mac.address.text(),
                           schema::word(type)));
    }
    if ((!card.script.empty() || !card.downscript.empty()) && kind != "ethernet")
        refuse(fmt::format("scripts are not supported on interfaces of type {}", kind));
}

} // namespace

std::optional<NetworkAttachment> network_attachment(const model::Domain& domain,
                                                    const model::Interface& interface) {
    const std::string_view kind = interface.actual_word();
    refuse_unsuited(interface, kind);
    const unsigned queues = interface.driver ? std::max(1U, interface.driver->queues) : 1;
    if (queues > 1 && !has_tap(kind) && kind != "vhostuser" && kind != "vdpa") {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "interface {} - multiqueue is not supported for network interfaces of type {}",
             interface.mac.address.text(), kind);
    }
    constexpr unsigned most = 256; // MAX_TAP_QUEUES of the kernel
    if (queues > most)
        fail(ErrorSource::qemu, Code::config_unsupported, "interface {} - more than {} queues",
             interface.mac.address.text(), most);
    if (!has_tap(kind)) return std::nullopt;
    return NetworkAttachment{.alias = interface.info.alias.name,
                             .interface = interface,
                             .queues = queues,
                             .vnet_header = interface.is_virtio(),
                             .vhost = vhost_use(domain, interface)};
}

std::vector<NetworkAttachment> network_attachments(const model::Domain& domain) {
    std::vector<NetworkAttachment> found;
    for (const model::Interface& each : domain.devices.interfaces) {
        if (auto attachment = network_attachment(domain, each)) found.push_back(std::move(*attachment));
    }
    return found;
}

} // namespace yado::qemu
