// SPDX-License-Identifier: Apache-2.0
#include "model/interface/complete.h"

namespace yado::model {
namespace {

/// The parts of bridges and bonds have neither addresses nor a start of their own.
void complete_member(HostInterface& member) {
    member.start = StartMode::unset;
    member.mtu = 0;
    member.protocols.clear();
    complete(member);
}

void complete(EthernetKind&) {}
void complete(BridgeKind& kind) {
    if (!kind.bridge) { return; }
    for (HostInterface& member : kind.bridge->members) { complete_member(member); }
}
void complete(BondKind& kind) {
    if (!kind.bond) { return; }
    if (kind.bond->miimon) { kind.bond->arpmon.reset(); }
    for (HostInterface& member : kind.bond->members) { complete_member(member); }
}
void complete(VlanKind&) {}

} // namespace

void complete(HostInterface& interface) {
    if (std::holds_alternative<BridgeKind>(interface.kind)) { interface.link = {}; }
    if (!std::holds_alternative<EthernetKind>(interface.kind)) { interface.mac.clear(); }
    for (InterfaceProtocol& protocol : interface.protocols) {
        if (protocol.family == ProtocolFamily::ipv4) { protocol.autoconf = false; }
        std::erase_if(protocol.ips, [](const InterfaceIp& ip) { return ip.address.empty(); });
    }
    std::visit([](auto& kind) { complete(kind); }, interface.kind);
}

} // namespace yado::model
