// SPDX-License-Identifier: Apache-2.0
#include "model/network/port.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;
using schema::Rule;

namespace {

constexpr Rule missing(std::string_view message) { return {.required = true, .missing = message}; }
constexpr Rule invalid(std::string_view message) { return {.invalid = message}; }
constexpr Rule uuid_rule(std::string_view message) {
    return {.required = true,
            .code = Code::internal_error,
            .missing_code = Code::internal_error,
            .missing = message,
            .invalid = "Unable to parse UUID '{}'"};
}
constexpr Rule bridge_rule = missing("Missing network port bridge name");
constexpr Rule manager_rule = invalid("Invalid macTableManager setting '{}' in network port");

} // namespace

void describe(Io& io, NetworkPlug& p) {
    io.attribute("bridge", p.bridge, bridge_rule);
    io.attribute("macTableManager", p.mac_table_owner, manager_rule);
}

void describe(Io& io, BridgePlug& p) {
    io.attribute("bridge", p.bridge, bridge_rule);
    io.attribute("macTableManager", p.mac_table_owner, manager_rule);
}

void describe(Io& io, DirectPlug& p) {
    io.attribute("dev", p.device, missing("Missing network port link device name"));
    io.attribute("mode", p.mode, invalid("Invalid mode setting '{}' in network port"));
}

void describe(Io& io, HostdevPlug& p) {
    io.attribute("managed", p.managed);
    io.nested("driver", "name", p.driver, invalid("Missing network port driver name"));
    io.child("address", p.address, missing("Missing network port PCI address"));
}

void describe(Io& io, PortPlug& p) { io.choice("type", p.kind); }

void describe(Io& io, PortOwner& o) {
    io.value("name", o.name,
             {.required = true,
              .missing_code = Code::internal_error,
              .missing = "network port has no owner name"});
    io.value("uuid", o.uuid, uuid_rule("network port has no owner UUID"));
}

void describe(Io& io, NetworkPort& p) {
    io.value("uuid", p.uuid, uuid_rule("network port has no uuid"));
    io.child("owner", p.owner,
             {.required = true,
              .missing_code = Code::internal_error,
              .missing = "network port has no owner name"});
    io.value("group", p.group);
    io.group("mac",
             [&] {
                 io.attribute("address", p.mac,
                              {.required = true,
                               .code = Code::internal_error,
                               .missing_code = Code::internal_error,
                               .missing = "network port has no mac",
                               .invalid = "Unable to parse MAC '{}'"});
             },
             {.required = true, .missing_code = Code::internal_error, .missing = "network port has no mac"});
    io.child("virtualport", p.virtual_port, {.drop_empty = true});
    io.child("bandwidth", p.bandwidth, {.drop_empty = true});
    io.child("vlan", p.vlan);
    io.child("port", p.options);
    io.nested("rxfilters", "trustGuest", p.trust_guest_rx_filters);
    io.child("plug", p.plug);
}

} // namespace yado::model
