// SPDX-License-Identifier: Apache-2.0
#include "model/nwfilter/binding.h"

namespace yado::model {

using schema::Io;
using schema::Rule;

namespace {

constexpr Rule needed(std::string_view missing, std::string_view invalid = {}) {
    return {.required = true,
            .code = Code::internal_error,
            .missing_code = Code::internal_error,
            .missing = missing,
            .invalid = invalid};
}
constexpr Rule owner_name = needed("filter binding has no owner name");
constexpr Rule port_name = needed("filter binding has no port dev name");
constexpr Rule link_name = needed("filter binding has no link dev name");
constexpr Rule mac_address = needed("filter binding has no MAC address", "Unable to parse MAC '{}'");

} // namespace

void describe(Io& io, BindingOwner& o) {
    io.value("name", o.name, owner_name);
    io.value("uuid", o.uuid, needed("filter binding has no owner UUID", "Unable to parse UUID '{}'"));
}

void describe(Io& io, BindingDevice& d) { io.attribute("name", d.name, link_name); }

void describe(Io& io, FilterBinding& b) {
    io.child("owner", b.owner, owner_name);
    io.group("portdev", [&] { io.attribute("name", b.port.name, port_name); }, port_name);
    io.child("linkdev", b.link);
    io.group("mac", [&] { io.attribute("address", b.mac, mac_address); }, mac_address);
    io.child("filterref", b.filter, needed("filter binding has no filter reference"));
}

} // namespace yado::model
