// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/interface.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule live_change{.change = schema::Change::live};
constexpr schema::Rule abi_number{.omit_default = true, .guest_abi = true};

void describe_port(Io& io, SwitchPort& port) {
    io.child("vlan", port.vlan, live_change);
    io.child("virtualport", port.virtual_port, live_change);
    io.child("bandwidth", port.bandwidth, {.expand_empty = true, .change = schema::Change::live});
    io.child("port", port.options, live_change);
}

} // namespace

void describe(Io& io, ActualInterface& a) {
    io.choice_tag("type", a.kind, required);
    io.attribute("managed", a.managed);
    io.attribute("trustGuestRxFilters", a.trust_guest_rx_filters);
    io.choice_body(a.kind);
    describe_port(io, a.port);
}

void describe(Io& io, InterfaceTarget& t) {
    io.attribute("dev", t.device);
    io.attribute("managed", t.managed);
}

void describe(Io& io, InterfaceGuest& g) {
    io.attribute("dev", g.device);
    io.attribute("actual", g.actual);
}

void describe(Io& io, PortRange& r) {
    io.attribute("start", r.start, {.key = true});
    io.attribute("end", r.end);
    io.attribute("to", r.to);
    io.attribute("exclude", r.exclude);
}
void describe(Io& io, PortForward& f) {
    io.attribute("proto", f.protocol, {.required = true, .key = true});
    io.attribute("address", f.address, {.key = true, .invalid = "Invalid address '{}' in <portForward>"});
    io.attribute("dev", f.device, {.key = true});
    io.child("range", f.ranges);
}

void describe(Io& io, Offloads& o) {
    io.attribute("csum", o.csum, abi);
    io.attribute("gso", o.gso, abi);
    io.attribute("tso4", o.tso4, abi);
    io.attribute("tso6", o.tso6, abi);
    io.attribute("ecn", o.ecn, abi);
    io.attribute("ufo", o.ufo, abi);
    io.attribute("mrg_rxbuf", o.mrg_rxbuf, abi);
}
void describe(Io& io, InterfaceDriver& d) {
    io.attribute("name", d.name);
    io.attribute("txmode", d.txmode);
    io.attribute("ioeventfd", d.ioeventfd);
    io.attribute("event_idx", d.event_idx, abi);
    io.attribute("queues", d.queues, abi_number);
    io.attribute("rx_queue_size", d.rx_queue_size, abi_number);
    io.attribute("tx_queue_size", d.tx_queue_size, abi_number);
    io.attribute("rss", d.rss, abi);
    io.attribute("rss_hash_report", d.rss_hash_report, abi);
    describe_virtio(io, d.virtio);
    io.child("host", d.host);
    io.child("guest", d.guest);
}

void describe(Io& io, InterfaceBackend& b) {
    io.attribute("type", b.type);
    io.attribute("tap", b.tap);
    io.attribute("vhost", b.vhost);
    io.attribute("logFile", b.log_file);
    io.attribute("hostname", b.host_name, {.since = "11.6.0"});
    io.attribute("fqdn", b.fqdn, {.since = "11.6.0"});
}

void describe(Io& io, Teaming& t) {
    io.attribute("type", t.type, unsupported("unknown teaming type '{}'"));
    io.attribute("persistent", t.persistent);
}

bool Interface::is_hostdev() const { return actual_word() == "hostdev"; }

std::string_view Interface::actual_word() const {
    return actual ? schema::UnionTags<ActualKind>::values[actual->kind.index()] : word(kind);
}

void describe(Io& io, Interface& i) {
    io.choice_tag("type", i.kind);
    io.attribute("managed", i.managed);
    io.attribute("trustGuestRxFilters", i.trust_guest_rx_filters, live_change);
    io.group("mac", [&] {
        io.attribute("address", i.mac.address,
                     {.guest_abi = true, .key = true, .invalid = "unable to parse mac address '{}'"});
        io.attribute("type", i.mac.type);
        io.attribute("check", i.mac.check);
        io.attribute("currentAddress", i.mac.current, {.show = schema::Show::live, .since = "12.0.0"});
    });
    io.choice_body(i.kind);
    describe_port(io, i.port);
    io.child("actual", i.actual, live_only);
    describe_ips(io, i.guest_ips);
    io.child("portForward", i.port_forwards);
    io.nested("script", "path", i.script);
    io.nested("downscript", "path", i.downscript);
    io.nested("backenddomain", "name", i.backend_domain);
    io.child("target", i.target);
    io.child("guest", i.guest);
    io.nested("model", "type", i.model, abi);
    // An assigned card's <driver> is another one, which libvirt writes before <source>.
    if (!std::holds_alternative<HostdevNet>(i.kind)) { io.child("driver", i.driver, {.drop_empty = true}); }
    io.child("backend", i.backend, {.drop_empty = true});
    io.child("filterref", i.filter, live_change);
    io.group("tune",
             [&] { io.value("sndbuf", i.send_buffer, {.invalid = "sndbuf must be a positive integer"}); });
    io.child("teaming", i.teaming);
    io.nested("link", "state", i.link,
              {.change = schema::Change::live,
               .code = Code::config_unsupported,
               .invalid = "unknown interface link state '{}'"});
    io.nested("mtu", "size", i.mtu,
              {.omit_default = true, .guest_abi = true, .invalid = "malformed mtu size"});
    io.group("coalesce", [&] {
        io.group("rx", [&] {
            io.nested("frames", "max", i.rx_max_frames,
                      {.omit_default = true,
                       .change = schema::Change::live,
                       .code = Code::xml_detail,
                       .invalid = "cannot parse value '{}' for coalesce parameter"});
        });
    });
    describe_info(io, i.info, {.boot = true, .rom = true});
}

namespace {

FromNetwork from(const NetKind& declared) {
    const auto* network = std::get_if<NetworkNet>(&declared);
    return network != nullptr ? FromNetwork{network->network, network->portgroup, network->port_id}
                              : FromNetwork();
}

struct Shown {
    const NetKind& declared;

    NetKind operator()(const ActualNetwork& actual) const {
        NetworkNet net = std::get<NetworkNet>(declared);
        net.bridge = actual.bridge;
        net.mac_table = actual.mac_table;
        return net;
    }
    NetKind operator()(const ActualBridge& actual) const {
        return BridgeNet{actual.bridge, actual.mac_table, from(declared)};
    }
    NetKind operator()(const ActualDirect& actual) const {
        return DirectNet{actual.device, actual.mode, from(declared)};
    }
    NetKind operator()(const HostdevNet& actual) const { return actual; }
};

} // namespace

void show_actual(Interface& interface) {
    if (!interface.actual) { return; }
    const ActualInterface actual = std::move(*interface.actual);
    interface.actual.reset();
    if (!std::holds_alternative<NetworkNet>(interface.kind)) { return; }
    interface.kind = std::visit(Shown{interface.kind}, actual.kind);
    interface.managed = actual.managed;
    interface.trust_guest_rx_filters = actual.trust_guest_rx_filters;
    interface.port = actual.port;
}

} // namespace yado::model
