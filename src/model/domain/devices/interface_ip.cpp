// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/interface_ip.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, InterfaceAddress& a) {
    io.attribute("address", a.address,
                 {.required = true,
                  .key = true,
                  .missing = "Missing required address in <ip>",
                  .invalid = "Invalid address '{}' in <ip>"});
    io.attribute("family", a.family);
    io.attribute("prefix", a.prefix, {.omit_default = true, .invalid = "Invalid prefix value '{}' in <ip>"});
    io.attribute("peer", a.peer, {.code = Code::invalid_arg, .invalid = "Invalid peer '{}' in <ip>"});
}

void describe(Io& io, InterfaceRoute& r) {
    io.attribute("family", r.family);
    io.attribute("address", r.address, {.key = true});
    io.attribute("netmask", r.netmask);
    io.attribute("prefix", r.prefix, {.key = true});
    io.attribute("gateway", r.gateway);
    io.attribute("metric", r.metric, {.key = true});
}

void describe_ips(Io& io, InterfaceIps& ips) {
    io.child("ip", ips.addresses);
    io.child("route", ips.routes);
}

void complete(InterfaceIps& ips) {
    for (InterfaceAddress& each : ips.addresses) {
        if (each.family == IpFamily::unset) { each.family = each.address.family; }
    }
}

namespace {

/// What is wrong with a route in libvirt's words; empty when it is right.
std::string route_problem(const InterfaceRoute& r) {
    const auto says = [](auto text, const auto&... values) {
        return fmt::format(fmt::runtime(text), values...);
    };
    const std::string address = r.address.text(), gateway = r.gateway.text();
    if (!r.address.is_given()) { return "Missing required address attribute in route definition"; }
    if (!r.gateway.is_given()) { return "Missing required gateway attribute in route definition"; }
    if (r.family == IpFamily::v6 && !r.address.is_v6()) {
        return says("ipv6 family specified for non-IPv6 address '{}' in route definition", address);
    }
    if (r.family == IpFamily::v4 && !r.address.is_v4()) {
        return says("IPv4 family specified for non-IPv4 address '{}' in route definition", address);
    }
    if (r.family == IpFamily::unset && !r.address.is_v4()) {
        return says("No family specified for non-IPv4 address '{}' in route definition", address);
    }
    if (r.netmask.is_given() && r.address.is_v6()) {
        return says("Specifying netmask invalid for IPv6 address '{}' in route definition", address);
    }
    if (r.netmask.is_given() && r.prefix) {
        return "Route definition cannot have both a prefix and a netmask";
    }
    if (r.gateway.family != r.address.family) {
        return says("{} for address '{}' in route definition is not of the same family", gateway, address);
    }
    if (r.prefix.value_or(0) > r.address.bits()) {
        return says("Invalid prefix {} specified in route definition, must be 0 - {}", *r.prefix,
                    r.address.bits());
    }
    const auto prefix =
        r.netmask.is_given() ? r.netmask.mask_bits() : std::optional<unsigned>(r.prefix.value_or(0));
    if (!prefix || r.address.network(*prefix) != r.address) {
        return says("Address '{}' in route definition is not a network address", address);
    }
    return {};
}

} // namespace

void check(const InterfaceIps& ips, std::string_view path, std::string_view side, schema::Diagnostics& out) {
    for (std::size_t i = 0; i < ips.addresses.size(); ++i) {
        const InterfaceAddress& each = ips.addresses[i];
        const std::string here = fmt::format("{}/ip[{}]", path, i + 1);
        if (each.family != each.address.family) {
            out.add({Code::xml_error, fmt::format("Invalid address '{}' in <ip>", each.address.text()), here,
                     0, ErrorSource::domain});
        } else if (each.prefix > each.address.bits()) {
            out.add({Code::xml_error, fmt::format("Invalid prefix value '{}' in <ip>", each.prefix), here, 0,
                     ErrorSource::domain});
        }
    }
    for (std::size_t i = 0; i < ips.routes.size(); ++i) {
        const InterfaceRoute& each = ips.routes[i];
        const std::string here = fmt::format("{}/route[{}]", path, i + 1);
        if (const std::string wrong = route_problem(each); !wrong.empty()) {
            out.add({Code::xml_error, fmt::format("{}: {}", side, wrong), here, 0, ErrorSource::network});
        }
        if (each.metric == 0U) {
            out.add({Code::xml_error,
                     "Invalid value for attribute 'metric' in element 'route': Zero is not permitted", here,
                     0, ErrorSource::xml});
        }
    }
}

} // namespace yado::model
