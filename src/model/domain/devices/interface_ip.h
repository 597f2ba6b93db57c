// SPDX-License-Identifier: Apache-2.0
// <ip> and <route> of one side of a network interface.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/ip_address.h"
#include "schema/diagnostics.h"
#include "schema/io.h"

namespace yado::model {

struct InterfaceAddress {
    IpAddress address;
    IpFamily family{};        ///< after complete() that of the address
    std::uint32_t prefix = 0; ///< 0: not given
    IpAddress peer;           ///< the other end of a point-to-point link
};

struct InterfaceRoute {
    IpFamily family{};
    IpAddress address, netmask;
    std::optional<std::uint32_t> prefix;
    IpAddress gateway;
    std::optional<std::uint32_t> metric;
};

struct InterfaceIps {
    std::vector<InterfaceAddress> addresses;
    std::vector<InterfaceRoute> routes;

    bool empty() const { return addresses.empty() && routes.empty(); }
};
/// <ip> and <route> as the next children.
void describe_ips(schema::Io& io, InterfaceIps& ips);
void complete(InterfaceIps& ips);
/// `path` is the place of the element that holds them; `side` begins messages: "interface host IP".
void check(const InterfaceIps& ips, std::string_view path, std::string_view side, schema::Diagnostics& out);

} // namespace yado::model
