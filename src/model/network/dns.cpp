// SPDX-License-Identifier: Apache-2.0
#include "model/network/dns.h"

#include "model/network/messages.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule detail(std::string_view message) {
    return {.code = Code::xml_detail, .invalid = message};
}

} // namespace

void describe(Io& io, DnsForwarder& f) {
    io.attribute("domain", f.domain);
    io.attribute("addr", f.address,
                 invalid_in_network("Invalid forwarder IP address '{}' in network '" YADO_NETWORK "'"));
}

void describe(Io& io, DnsText& t) {
    io.attribute("name", t.name, {.required = true, .missing_code = Code::no_name});
    io.attribute("value", t.value);
}

void describe(Io& io, DnsService& s) {
    io.attribute("service", s.service);
    io.attribute("protocol", s.protocol);
    io.attribute("domain", s.domain);
    io.attribute("target", s.target);
    io.attribute("port", s.port, detail("invalid DNS SRV port attribute '{}' in network '" YADO_NETWORK "'"));
    io.attribute("priority", s.priority,
                 detail("Invalid DNS SRV priority attribute '{}' in network '" YADO_NETWORK "'"));
    io.attribute("weight", s.weight,
                 detail("invalid DNS SRV weight attribute '{}' in network '" YADO_NETWORK "'"));
}

void describe(Io& io, DnsName& n) { io.text(n.text); }

void describe(Io& io, DnsHost& h) {
    io.attribute("ip", h.address,
                 {.required = true,
                  .key = true,
                  .code = Code::xml_detail,
                  .missing_code = Code::xml_detail,
                  .missing = "Missing IP address in network '" YADO_NETWORK "' DNS HOST record",
                  .invalid = "Invalid IP address in network '" YADO_NETWORK "' DNS HOST record"});
    io.child("hostname", h.names, {.required = true, .missing_code = Code::no_name});
}

void describe(Io& io, Dns& d) {
    io.attribute("enable", d.enable);
    io.attribute("forwardPlainNames", d.forward_plain_names);
    io.child("forwarder", d.forwarders);
    io.child("txt", d.texts);
    io.child("srv", d.services);
    io.child("host", d.hosts);
}

} // namespace yado::model
