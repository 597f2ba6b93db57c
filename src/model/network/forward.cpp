// SPDX-License-Identifier: Apache-2.0
#include "model/network/forward.h"

#include "base/text.h"
#include "model/domain/rules.h"
#include "model/network/messages.h"

namespace yado::model {

using schema::Io;

namespace {

/// "yes" in any case, and everything else is no.
struct YesElseNo {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::boolean;
        static constexpr std::string_view type = "yes or no";
        static schema::Problem parse(std::string_view text, bool& value) {
            value = lower(text) == "yes";
            return schema::no_problem;
        }
        static void print(bool value, std::string& out) { out += value ? "yes" : "no"; }
    };
};

#define IN_NAT " in <nat> in <forward> in network "

} // namespace

void describe(Io& io, NatAddresses& a) {
    io.attribute("start", a.start,
                 needed_in_network("missing 'start' attribute in <address> element" IN_NAT YADO_NETWORK,
                                   "Bad ipv4 start address '{}'" IN_NAT "'" YADO_NETWORK "'"));
    io.attribute("end", a.end,
                 needed_in_network("missing 'end' attribute in <address> element" IN_NAT YADO_NETWORK,
                                   "Bad ipv4 end address '{}'" IN_NAT "'" YADO_NETWORK "'"));
}

void describe(Io& io, NatPorts& p) {
    constexpr std::string_view start = "Missing or invalid 'start' attribute in <port> in <nat> in <forward> "
                                       "in network " YADO_NETWORK;
    constexpr std::string_view end = "Missing or invalid 'end' attribute in <port> in <nat> in <forward> in "
                                     "network " YADO_NETWORK;
    constexpr auto rule = [](std::string_view message) {
        return schema::Rule{.required = true,
                            .code = Code::xml_detail,
                            .missing_code = Code::xml_detail,
                            .missing = message,
                            .invalid = message};
    };
    io.attribute("start", p.start, rule(start));
    io.attribute("end", p.end, rule(end));
}

void describe(Io& io, Nat& n) {
    io.attribute("ipv6", n.ipv6);
    io.child(
        "address", n.addresses,
        {.single = "Only one <address> element is allowed in <nat> in <forward> in network " YADO_NETWORK});
    io.child("port", n.ports,
             {.single = "Only one <port> element is allowed in <nat> in <forward> in network " YADO_NETWORK});
}

void describe(Io& io, ForwardInterface& i) {
    io.attribute("dev", i.device,
                 {.required = true,
                  .key = true,
                  .missing = "Missing required dev attribute in <forward> <interface> element of "
                             "network " YADO_NETWORK});
    io.attribute("connections", i.connections, live_only);
}

void describe(Io& io, PhysicalFunction& p) {
    io.attribute(
        "dev", p.device,
        missing_in_network("Missing required dev attribute in <pf> element of network '" YADO_NETWORK "'"));
}

void describe(Io& io, ForwardAddress& a) {
    io.attribute("type", a.type,
                 {.required = true,
                  .code = Code::config_unsupported,
                  .missing = "missing address type in network " YADO_NETWORK,
                  .invalid = "unknown address type '{}' in network " YADO_NETWORK});
    describe(io, a.place);
    io.attribute("connections", a.connections, live_only);
}

void describe(Io& io, Forward& f) {
    io.attribute("dev", f.device);
    io.attribute("mode", f.mode,
                 {.code = Code::config_unsupported, .invalid = "unknown forwarding type '{}'"});
    io.attribute<YesElseNo>("managed", f.managed);
    io.nested("driver", "name", f.driver,
              unsupported("Unknown forward <driver name='{}'/> in network " YADO_NETWORK));
    io.child("nat", f.nat,
             {.drop_empty = true,
              .single = "Only one <nat> element is allowed in <forward> of network " YADO_NETWORK});
    io.child("pf", f.physical_function,
             {.single = "Only one <pf> element is allowed in <forward> of network " YADO_NETWORK});
    io.child("interface", f.interfaces);
    io.child("address", f.addresses);
}

} // namespace yado::model
