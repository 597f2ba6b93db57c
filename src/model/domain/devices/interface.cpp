// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/interface.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, UserNet& n) { io.attribute("dev", n.device); }
void describe(Io& io, NetworkNet& n) {
    io.attribute("network", n.network, required);
    io.attribute("portgroup", n.portgroup);
    io.attribute("portid", n.port_id, live_only);
    io.attribute("bridge", n.bridge, live_only);
}
void describe(Io& io, BridgeNet& n) { io.attribute("bridge", n.bridge, required); }
void describe(Io& io, DirectNet& n) {
    io.attribute("dev", n.device, required);
    io.attribute("mode", n.mode);
}
void describe(Io&, EthernetNet&) {}
void describe(Io& io, OtherNet& n) { io.rest(n.rest); }

void describe(Io& io, InterfaceTarget& t) {
    io.attribute("dev", t.device);
    io.attribute("managed", t.managed);
}

void describe(Io& io, InterfaceDriver& d) {
    io.attribute("name", d.name);
    io.attribute("txmode", d.txmode);
    io.attribute("ioeventfd", d.ioeventfd);
    io.attribute("event_idx", d.event_idx, abi);
    io.attribute("queues", d.queues, abi);
    io.attribute("rx_queue_size", d.rx_queue_size, abi);
    io.attribute("tx_queue_size", d.tx_queue_size, abi);
    io.attribute("rss", d.rss, abi);
    io.attribute("rss_hash_report", d.rss_hash_report, abi);
    describe_virtio(io, d.virtio);
    io.rest(d.rest);
}

void describe(Io& io, Interface& i) {
    io.choice_tag("type", i.kind);
    io.attribute("trustGuestRxFilters", i.trust_guest_rx_filters);
    io.nested("mac", "address", i.mac,
              {.required = true, .guest_abi = true, .invalid = "unable to parse mac address '{}'"});
    io.choice_body("source", i.kind);
    io.opaque("virtualport", i.rest);
    io.opaque("vlan", i.rest);
    io.opaque("bandwidth", i.rest);
    io.opaque("port", i.rest);
    io.opaque("ip", i.rest);
    io.opaque("route", i.rest);
    io.nested("script", "path", i.script);
    io.nested("downscript", "path", i.downscript);
    io.opaque("backenddomain", i.rest);
    io.child("target", i.target);
    io.opaque("guest", i.rest);
    io.nested("model", "type", i.model, abi);
    io.child("driver", i.driver, {.drop_empty = true});
    io.opaque("backend", i.rest);
    io.opaque("filterref", i.rest);
    io.opaque("tune", i.rest);
    io.nested("link", "state", i.link, unsupported("unknown interface link state '{}'"));
    io.nested("mtu", "size", i.mtu, {.guest_abi = true, .invalid = "malformed mtu size"});
    io.opaque("coalesce", i.rest);
    io.opaque("teaming", i.rest);
    describe_info(io, i.info, true);
}

} // namespace yado::model
