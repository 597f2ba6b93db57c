// SPDX-License-Identifier: Apache-2.0
#include "model/interface/check.h"

namespace yado::model {
namespace {

void check_at(const HostInterface& interface, const std::string& path, schema::Diagnostics& out);

void check_members(const std::vector<HostInterface>& members, bool only_ethernet, const std::string& path,
                   schema::Diagnostics& out) {
    std::size_t index = 0;
    for (const HostInterface& member : members) {
        const std::string at = fmt::format("{}/interface[{}]", path, ++index);
        const bool allowed = only_ethernet ? std::holds_alternative<EthernetKind>(member.kind)
                                           : !std::holds_alternative<BridgeKind>(member.kind);
        if (allowed) {
            check_at(member, at, out);
        } else {
            out.add({Code::xml_error,
                     fmt::format("interface has unsupported type '{}'",
                                 schema::UnionTags<InterfaceKind>::values[member.kind.index()]),
                     at + "/@type", 0, ErrorSource::interface});
        }
    }
}

void check_at(const HostInterface& interface, const std::string& path, schema::Diagnostics& out) {
    if (interface.name.empty()) {
        out.add({Code::xml_error, "interface has no name", path + "/@name", 0, ErrorSource::interface});
    }
    if (const auto* kind = std::get_if<BridgeKind>(&interface.kind); kind != nullptr && kind->bridge) {
        check_members(kind->bridge->members, false, path + "/bridge", out);
    }
    if (const auto* kind = std::get_if<BondKind>(&interface.kind); kind != nullptr && kind->bond) {
        check_members(kind->bond->members, true, path + "/bond", out);
    }
}

} // namespace

void check(const HostInterface& interface, schema::Diagnostics& diagnostics) {
    check_at(interface, "/interface", diagnostics);
}

} // namespace yado::model
