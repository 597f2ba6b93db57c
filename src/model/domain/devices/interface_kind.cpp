// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/interface_kind.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule live_change{.change = schema::Change::live};
constexpr schema::Rule needed{.required = true, .change = schema::Change::live};

void describe_from(Io& io, FromNetwork& from) {
    io.attribute("network", from.network, live_only);
    io.attribute("portgroup", from.portgroup, live_only);
    io.attribute("portid", from.port_id, live_only);
}
void describe_socket(Io& io, SocketNet& net, const schema::Rule& address) {
    io.attribute("address", net.address, address);
    io.attribute("port", net.port, required);
}
/// Every kind but those that have nothing to say needs it; check() misses it with libvirt's words.
template <class F> void source(Io& io, F&& body) { io.group("source", body); }

} // namespace

void describe(Io& io, UserNet& n) {
    source(io, [&] { io.attribute("dev", n.device); });
}
void describe(Io& io, NetworkNet& n) {
    source(io, [&] {
        io.attribute("network", n.network, needed);
        io.attribute("portgroup", n.portgroup, live_change);
        io.attribute("portid", n.port_id, live_only);
        io.attribute("bridge", n.bridge, live_only);
        io.attribute("macTableManager", n.mac_table, live_only);
    });
}
void describe(Io& io, BridgeNet& n) {
    source(io, [&] {
        describe_from(io, n.from);
        io.attribute("bridge", n.bridge, needed);
        io.attribute("macTableManager", n.mac_table, live_only);
    });
}
void describe(Io& io, DirectNet& n) {
    source(io, [&] {
        describe_from(io, n.from);
        io.attribute("dev", n.device, required);
        io.attribute("mode", n.mode);
    });
}
void describe(Io& io, EthernetNet& n) {
    source(io, [&] { describe_ips(io, n.host); });
}
void describe(Io& io, VhostUserNet& n) {
    source(io, [&] {
        io.attribute("type", n.type, required);
        io.attribute("path", n.path, required);
        io.attribute("mode", n.mode, required);
        io.child("reconnect", n.reconnect);
    });
}
void describe(Io& io, SocketNet& n) { describe_socket(io, n, required); }
void describe(Io& io, ServerNet& n) {
    source(io, [&] { describe_socket(io, n, {}); });
}
void describe(Io& io, ClientNet& n) {
    source(io, [&] { describe_socket(io, n, required); });
}
void describe(Io& io, MulticastNet& n) {
    source(io, [&] { describe_socket(io, n, required); });
}
void describe(Io& io, UdpNet& n) {
    source(io, [&] {
        describe_socket(io, n, required);
        io.child("local", n.local);
    });
}
void describe(Io& io, InternalNet& n) {
    source(io, [&] { io.attribute("name", n.name, required); });
}
void describe(Io& io, HostdevNet& n) {
    io.child("driver", n.driver);
    source(io, [&] {
        io.group("address", [&] {
            io.choice("type", n.address,
                      {.required = true,
                       .source = ErrorSource::domain,
                       .code = Code::config_unsupported,
                       .missing = "missing source address type",
                       .invalid = "unknown host device source address type '{}'"});
        });
    });
}
void describe(Io& io, VdpaNet& n) {
    source(io, [&] { io.attribute("dev", n.device, required); });
}
void describe(Io& io, VdsNet& n) {
    const auto parts = [&] {
        io.attribute("switchid", n.switch_id, required);
        io.attribute("portid", n.port_id, required);
        io.attribute("portgroupid", n.port_group, required);
        io.attribute("connectionid", n.connection_id, required);
    };
    // Its numbers have no value for "not given", so that nothing could be written for a missing <source>.
    io.group("source", parts,
             {.required = true, .missing = "interface type='vds' requires a 'source' element"});
}
void describe(Io&, NullNet&) {}

std::string_view word(const NetKind& kind) { return schema::UnionTags<NetKind>::values[kind.index()]; }

void describe(Io& io, ActualBridge& a) {
    source(io, [&] {
        io.attribute("bridge", a.bridge);
        io.attribute("macTableManager", a.mac_table);
    });
}
void describe(Io& io, ActualNetwork& a) { describe(io, static_cast<ActualBridge&>(a)); }
void describe(Io& io, ActualDirect& a) {
    source(io, [&] {
        io.attribute("dev", a.device);
        io.attribute("mode", a.mode);
    });
}

} // namespace yado::model
