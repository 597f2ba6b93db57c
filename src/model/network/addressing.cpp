// SPDX-License-Identifier: Apache-2.0
#include "model/network/addressing.h"

#include "model/mac.h"
#include "model/network/messages.h"

namespace yado::model {

using schema::Io;

namespace {

/// A MAC address kept in its spelling, as libvirt shows it.
struct MacText {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::text;
        static constexpr std::string_view type = "MAC address";
        static bool present(const std::string& mac) { return !mac.empty(); }
        static schema::Problem parse(std::string_view text, std::string& mac) {
            if (!Mac::parse(text)) { return schema::wrong_value; }
            mac = text;
            return schema::no_problem;
        }
        static void print(const std::string& mac, std::string& out) { out += mac; }
    };
};

constexpr schema::Rule range_end(std::string_view missing) {
    return {.required = true,
            .key = true,
            .code = Code::system_error,
            .missing = missing,
            .invalid = "Cannot parse socket address '{}': Name or service not known"};
}

} // namespace

void describe(Io& io, Lease& l) {
    io.attribute("expiry", l.expiry);
    io.attribute("unit", l.unit);
}

void describe(Io& io, DhcpRange& r) {
    io.attribute("start", r.start,
                 range_end("Missing 'start' attribute in dhcp range for network '" YADO_NETWORK "'"));
    io.attribute("end", r.end,
                 range_end("Missing 'end' attribute in dhcp range for network '" YADO_NETWORK "'"));
    io.child("lease", r.lease);
}

void describe(Io& io, DhcpHost& h) {
    io.attribute<MacText>("mac", h.mac,
                          invalid_in_network("Cannot parse MAC address '{}' in network '" YADO_NETWORK "'"));
    io.attribute("id", h.id);
    io.attribute("name", h.name);
    io.attribute("ip", h.address,
                 {.key = true,
                  .invalid = "Invalid IP address in static host definition for network '" YADO_NETWORK "'"});
    io.child("lease", h.lease);
}

void describe(Io& io, Bootp& b) {
    io.attribute("file", b.file);
    io.attribute("server", b.server,
                 {.code = Code::system_error,
                  .invalid = "Cannot parse socket address '{}': Name or service not known"});
}

void describe(Io& io, Dhcp& d) {
    io.child("range", d.ranges);
    io.child("host", d.hosts);
    io.child("bootp", d.bootp);
}

void describe(Io& io, NetworkIp& ip) {
    io.attribute("family", ip.family,
                 invalid_in_network("Unrecognized family '{}' in network '" YADO_NETWORK "'"));
    io.attribute("address", ip.address,
                 {.required = true,
                  .key = true,
                  .missing = "Missing required address attribute in network '" YADO_NETWORK "'",
                  .invalid = "Invalid address '{}' in network '" YADO_NETWORK "'"});
    io.attribute("netmask", ip.netmask,
                 invalid_in_network("Invalid netmask '{}' in network '" YADO_NETWORK "'"));
    io.attribute("prefix", ip.prefix);
    io.attribute("localPtr", ip.local_ptr);
    io.nested("tftp", "root", ip.tftp_root);
    io.child("dhcp", ip.dhcp);
}

std::optional<unsigned> prefix_of(const NetworkIp& ip) {
    return prefix_of(ip.address, ip.netmask, ip.prefix);
}

void describe(Io& io, Route& r) {
    io.attribute("family", r.family,
                 invalid_in_network(YADO_NETWORK ": Unrecognized family '{}' in route definition"));
    io.attribute("address", r.address,
                 {.required = true,
                  .key = true,
                  .missing = YADO_NETWORK ": Missing required address attribute in route definition",
                  .invalid = YADO_NETWORK ": Bad network address '{}' in route definition"});
    io.attribute("netmask", r.netmask,
                 invalid_in_network(YADO_NETWORK ": Bad netmask address '{}' in route definition"));
    io.attribute("prefix", r.prefix);
    io.attribute("gateway", r.gateway,
                 needed_in_network(YADO_NETWORK ": Missing required gateway attribute in route definition",
                                   YADO_NETWORK ": Bad gateway address '{}' in route definition"));
    io.attribute("metric", r.metric);
}

} // namespace yado::model
