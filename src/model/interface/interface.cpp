// SPDX-License-Identifier: Apache-2.0
#include "model/interface/interface.h"

namespace yado::model {

using schema::Io;
using schema::Rule;

namespace {

constexpr Rule invalid(std::string_view message) { return {.invalid = message}; }
/// The same words for what is missing and for what is not understood.
constexpr Rule needed(std::string_view message) {
    return {.required = true, .missing = message, .invalid = message};
}
constexpr Rule delay(std::string_view message) { return {.omit_default = true, .invalid = message}; }

/// Words other than "on" and "off" are not taken.
struct OnOffOrNothing {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::word;
        static constexpr std::string_view type = "word";
        static constexpr std::span<const std::string_view> words = schema::EnumNames<schema::OnOff>::values;
        static bool present(schema::OnOff value) { return value != schema::OnOff::unset; }
        static schema::Problem parse(std::string_view text, schema::OnOff& value) {
            value = schema::from_word<schema::OnOff>(text).value_or(schema::OnOff::unset);
            return schema::no_problem;
        }
        static void print(schema::OnOff value, std::string& out) { out += schema::word(value); }
    };
};

} // namespace

void describe(Io& io, InterfaceDhcp& d) { io.attribute("peerdns", d.peer_dns); }

void describe(Io& io, InterfaceIp& i) {
    io.attribute("address", i.address, {.key = true});
    io.attribute("prefix", i.prefix, {.omit_default = true});
}

void describe(Io& io, InterfaceProtocol& p) {
    io.attribute("family", p.family,
                 {.required = true,
                  .key = true,
                  .missing = "protocol misses the family attribute",
                  .invalid = "unsupported protocol family '{}'"});
    io.flag("autoconf", p.autoconf);
    io.child("dhcp", p.dhcp);
    io.child("ip", p.ips);
    io.nested("route", "gateway", p.gateway);
}

void describe(Io&, EthernetKind&) {}

void describe(Io& io, HostBridge& b) {
    io.attribute<OnOffOrNothing>("stp", b.stp);
    io.attribute("delay", b.delay);
    io.child("interface", b.members, {.expand_empty = true});
}

void describe(Io& io, BridgeKind& b) {
    io.child(
        "bridge", b.bridge,
        {.required = true, .expand_empty = true, .missing = "bridge interface misses the bridge element"});
}

void describe(Io& io, Miimon& m) {
    io.attribute("freq", m.frequency, needed("bond interface miimon freq missing or invalid"));
    io.attribute("downdelay", m.down_delay, delay("bond interface miimon downdelay invalid"));
    io.attribute("updelay", m.up_delay, delay("bond interface miimon updelay invalid"));
    io.attribute("carrier", m.carrier, invalid("unknown mii bonding carrier {}"));
}

void describe(Io& io, Arpmon& a) {
    io.attribute("interval", a.interval, needed("bond interface arpmon interval missing or invalid"));
    io.attribute("target", a.target, needed("bond interface arpmon target missing"));
    io.attribute("validate", a.validate, invalid("unknown arp bonding validate {}"));
}

void describe(Io& io, HostBond& b) {
    io.attribute("mode", b.mode, invalid("unknown bonding mode {}"));
    io.child("miimon", b.miimon);
    io.child("arpmon", b.arpmon);
    io.child("interface", b.members, {.expand_empty = true});
}

void describe(Io& io, BondKind& b) {
    io.child("bond", b.bond,
             {.required = true, .expand_empty = true, .missing = "bond interface misses the bond element"});
}

void describe(Io& io, VlanDevice& d) {
    io.attribute("name", d.name, needed("vlan interface misses name attribute"));
}

void describe(Io& io, HostVlan& v) {
    io.attribute("tag", v.tag, needed("vlan interface misses the tag attribute"));
    io.child("interface", v.device, needed("vlan interface misses name attribute"));
}

void describe(Io& io, VlanKind& v) {
    io.child("vlan", v.vlan, needed("vlan interface misses the vlan element"));
}

void describe(Io& io, HostInterface& i) {
    io.choice_tag("type", i.kind, {.required = true});
    io.attribute("name", i.name, {.required = true, .key = true, .missing = "interface has no name"});
    io.nested("start", "mode", i.start, invalid("unknown interface startmode {}"));
    io.nested("mtu", "size", i.mtu, {.omit_default = true});
    io.child("protocol", i.protocols, {.expand_empty = true});
    io.child("link", i.link);
    io.nested("mac", "address", i.mac);
    io.choice_body(i.kind);
}

} // namespace yado::model
