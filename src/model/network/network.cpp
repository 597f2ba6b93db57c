// SPDX-License-Identifier: Apache-2.0
#include "model/network/network.h"

#include "base/text.h"
#include "model/domain/rules.h"
#include "model/network/messages.h"
#include "schema/compact.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr std::string_view dnsmasq_namespace = "http://libvirt.org/schemas/network/dnsmasq/1.0";

/// "off", and everything else is on.
struct OffElseOn {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::word;
        static constexpr std::string_view type = "word";
        static constexpr std::span<const std::string_view> words = schema::EnumNames<schema::OnOff>::values;
        static schema::Problem parse(std::string_view text, schema::OnOff& value) {
            value = schema::on_off(text != "off");
            return schema::no_problem;
        }
        static void print(schema::OnOff value, std::string& out) { out += schema::word(value); }
    };
};

/// "yes" in any case; everything else is not said.
struct YesOrNothing {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::boolean;
        static constexpr std::string_view type = "yes or no";
        static bool present(bool value) { return value; }
        static schema::Problem parse(std::string_view text, bool& value) {
            value = lower(text) == "yes";
            return schema::no_problem;
        }
        static void print(bool value, std::string& out) { out += value ? "yes" : "no"; }
    };
};

} // namespace

void describe(Io& io, NetworkBridge& b) {
    io.attribute("name", b.name);
    io.attribute("zone", b.zone);
    io.attribute<OffElseOn>("stp", b.stp);
    io.attribute("delay", b.delay, invalid_in_network("Invalid delay value in network '" YADO_NETWORK "'"));
    io.attribute("macTableManager", b.mac_table_owner,
                 invalid_in_network("Invalid macTableManager setting '{}' in network '" YADO_NETWORK "'"));
}

void describe(Io& io, NetworkDomain& d) {
    io.attribute("name", d.name);
    io.attribute("localOnly", d.local_only);
    io.attribute("register", d.register_, {.since = "10.1.0"});
}

void describe(Io& io, PortGroup& p) {
    io.attribute("name", p.name, named);
    io.attribute<YesOrNothing>("default", p.is_default);
    io.attribute("trustGuestRxFilters", p.trust_guest_rx_filters);
    io.child("vlan", p.vlan);
    io.child("virtualport", p.virtual_port, {.drop_empty = true});
    io.child("bandwidth", p.bandwidth, {.drop_empty = true});
}

void describe(Io& io, Network& n) {
    io.declare_namespace("dnsmasq", dnsmasq_namespace, n.dnsmasq);
    io.attribute("connections", n.connections, live_only);
    io.attribute("ipv6", n.ipv6,
                 invalid_in_network("Invalid ipv6 setting '{}' in network '" YADO_NETWORK "'"));
    io.attribute("trustGuestRxFilters", n.trust_guest_rx_filters);
    io.value("name", n.name, {.required = true, .missing_code = Code::no_name});
    io.value("uuid", n.uuid, internal("malformed uuid element"));
    io.value("title", n.title, {.since = "9.7.0"});
    io.value("description", n.description, {.since = "9.7.0"});
    io.verbatim("metadata", n.metadata);
    io.child("forward", n.forward);
    io.child("bridge", n.bridge);
    io.nested("mtu", "size", n.mtu,
              {.omit_default = true, .invalid = "Invalid mtu size '{}' in network '" YADO_NETWORK "'"});
    io.nested("mac", "address", n.mac,
              invalid_in_network("Invalid bridge mac address '{}' in network '" YADO_NETWORK "'"));
    io.child("domain", n.domain);
    io.child("dns", n.dns);
    io.child("vlan", n.vlan);
    io.child("bandwidth", n.bandwidth, {.drop_empty = true});
    io.child("port", n.port);
    io.child("ip", n.ips, {.expand_empty = true});
    io.child("route", n.routes);
    io.child("virtualport", n.virtual_port, {.drop_empty = true});
    io.child("portgroup", n.port_groups, {.expand_empty = true});
    io.namespace_children("dnsmasq", dnsmasq_namespace, n.dnsmasq);
}

std::vector<std::string> Network::dnsmasq_options() const {
    std::vector<std::string> options;
    for (const std::string& part : dnsmasq.parts()) {
        schema::CompactScanner scanner(part);
        for (auto token = scanner.next(); token != schema::CompactScanner::Token::end;
             token = scanner.next()) {
            if (token != schema::CompactScanner::Token::open || !scanner.name().ends_with(":option")) {
                continue;
            }
            for (const auto& [attribute, value] : scanner.attributes()) {
                if (attribute == "value") { options.push_back(schema::unescape(value)); }
            }
        }
    }
    return options;
}

} // namespace yado::model
