// SPDX-License-Identifier: Apache-2.0
// Network interfaces: addresses and models they get, and what does not belong to their kind.
#include "model/domain/complete_devices.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "model/domain/machine.h"

namespace yado::model {
namespace {

/// The models libvirt knows by name, which it takes in any case; others are QEMU's affair.
constexpr std::array<std::string_view, 20> known_models{"netfront",
                                                        "rtl8139",
                                                        "virtio",
                                                        "e1000",
                                                        "e1000e",
                                                        "igb",
                                                        "virtio-transitional",
                                                        "virtio-non-transitional",
                                                        "usb-net",
                                                        "spapr-vlan",
                                                        "lan9118",
                                                        "scm91c111",
                                                        "vlance",
                                                        "vmxnet",
                                                        "vmxnet2",
                                                        "vmxnet3",
                                                        "Am79C970A",
                                                        "Am79C973",
                                                        "82540EM",
                                                        "82545EM"};

void complete_kind(Interface& i) {
    if (auto* user = std::get_if<UserNet>(&i.kind); user != nullptr && !i.is_passt()) {
        user->device.clear();
    }
    if (auto* direct = std::get_if<DirectNet>(&i.kind);
        direct != nullptr && direct->mode == DirectMode::unset) {
        direct->mode = DirectMode::vepa;
    }
    if (auto* vhost = std::get_if<VhostUserNet>(&i.kind);
        vhost != nullptr && vhost->reconnect && vhost->reconnect->enabled != schema::YesNo::yes) {
        vhost->reconnect->timeout.reset();
    }
    if (auto* ethernet = std::get_if<EthernetNet>(&i.kind)) { complete(ethernet->host); }
    if (!std::holds_alternative<HostdevNet>(i.kind)) { i.managed = schema::YesNo::unset; }
    if (i.managed == schema::YesNo::no) { i.managed = schema::YesNo::unset; }
}

void complete_port(Interface& i, const CompleteContext& context) {
    SwitchPort& port = i.port;
    if (port.vlan) { complete(*port.vlan); }
    if (port.virtual_port) { complete(*port.virtual_port, context.new_uuid); }
    if (port.bandwidth && !port.bandwidth->inbound && !port.bandwidth->outbound &&
        !port.bandwidth->class_id) {
        port.bandwidth.reset();
    }
    const bool filtered = std::holds_alternative<EthernetNet>(i.kind) ||
                          std::holds_alternative<NetworkNet>(i.kind) ||
                          std::holds_alternative<BridgeNet>(i.kind);
    if (!filtered) { i.filter.reset(); }
    if (i.filter) { complete(*i.filter); }
}

/// What only virtio cards have is forgotten; switches that others refuse stay for check().
void complete_driver(Interface& i) {
    if (i.is_virtio()) { return; }
    if (i.driver) {
        InterfaceDriver kept;
        kept.virtio = i.driver->virtio;
        *i.driver = kept;
    }
    if (i.backend) { i.backend->vhost.clear(); }
}

void complete_model(const Domain& domain, Interface& i) {
    const auto known = std::ranges::find_if(
        known_models, [&](std::string_view model) { return equal_ignoring_case(model, i.model); });
    if (known != known_models.end()) { i.model = *known; }
    if (i.model.empty() && is_qemu(domain) && !std::holds_alternative<HostdevNet>(i.kind)) {
        i.model = is_x86(domain.os.type.arch) ? "rtl8139" : "virtio";
    }
}

/// Names the daemon makes up when a guest starts; in a definition they are left-overs.
bool is_generated(const std::string& device, const CompleteContext& context) {
    return (!context.tap_prefix.empty() && device.starts_with(context.tap_prefix)) ||
           device.starts_with("macvtap") || device.starts_with("macvlan");
}

} // namespace

void complete_interfaces(Domain& domain, const CompleteContext& context) {
    for (Interface& i : domain.devices.interfaces) {
        if (i.mac.address.is_null()) { i.mac.address = context.new_mac(); }
        complete_kind(i);
        complete_port(i, context);
        complete_model(domain, i);
        complete_driver(i);
        complete(i.guest_ips);
        if (i.teaming && i.teaming->type == TeamingType::unset) { i.teaming.reset(); }
        for (PortForward& forward : i.port_forwards) {
            std::erase_if(forward.ranges, [](const PortRange& range) { return !range.start; });
        }
        if (is_generated(i.target.device, context)) { i.target.device.clear(); }
    }
}

} // namespace yado::model
