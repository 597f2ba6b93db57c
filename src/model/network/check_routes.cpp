// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "model/network/check_parts.h"

namespace yado::model {
namespace {

class RouteCheck {
  public:
    RouteCheck(NetworkProblems& problems, const Route& route, std::string path)
        : problems_(problems), route_(route), path_(std::move(path)) {}

    void run() {
        if (!address_family() || !netmask() || !gateway_family()) { return; }
        if (route_.prefix.value_or(0) > route_.address.bits()) {
            return wrong("Invalid prefix {} specified in route definition, must be 0 - {}", *route_.prefix,
                         route_.address.bits());
        }
        // Without a prefix only the default route is meant.
        const auto prefix = route_.netmask.is_given() ? route_.netmask.mask_bits()
                                                      : std::optional<unsigned>(route_.prefix.value_or(0));
        if (!prefix || route_.address.network(*prefix) != route_.address) {
            wrong("Address '{}' in route definition is not a network address", address());
        }
        if (route_.metric == 0U) {
            problems_.out().add({Code::xml_error,
                                 "Invalid value for attribute 'metric' in element 'route': Zero is not "
                                 "permitted",
                                 fmt::format("/network{}/@metric", path_), 0, ErrorSource::xml});
        }
        reachable();
    }

  private:
    template <class... Args> void wrong(fmt::format_string<Args...> text, Args&&... args) {
        problems_.error(path_, "{}: {}", problems_.name(), fmt::format(text, std::forward<Args>(args)...));
    }
    std::string address() const { return route_.address.text(); }

    bool address_family() {
        const IpFamily family = route_.family;
        if (family == IpFamily::v6 && !route_.address.is_v6()) {
            wrong("ipv6 family specified for non-IPv6 address '{}' in route definition", address());
        } else if (family == IpFamily::v4 && !route_.address.is_v4()) {
            wrong("IPv4 family specified for non-IPv4 address '{}' in route definition", address());
        } else if (family == IpFamily::unset && !route_.address.is_v4()) {
            wrong("No family specified for non-IPv4 address '{}' in route definition", address());
        } else {
            return true;
        }
        return false;
    }

    bool netmask() {
        if (!route_.netmask.is_given()) { return true; }
        if (route_.address.is_v6()) {
            wrong("Specifying netmask invalid for IPv6 address '{}' in route definition", address());
        } else if (route_.prefix) {
            wrong("Route definition cannot have both a prefix and a netmask");
        } else if (!route_.netmask.is_v4()) {
            wrong("Invalid netmask '{}' for address '{}' (both must be IPv4)", route_.netmask.text(),
                  address());
        } else {
            return true;
        }
        return false;
    }

    bool gateway_family() {
        const IpFamily family = route_.family;
        if (family == IpFamily::v6 && !route_.gateway.is_v6()) {
            wrong("ipv6 specified for non-IPv6 gateway address '{}' in route definition",
                  route_.gateway.text());
        } else if (family == IpFamily::v4 && !route_.gateway.is_v4()) {
            // libvirt names the address here and below.
            wrong("IPv4 family specified for non-IPv4 gateway '{}' in route definition", address());
        } else if (family == IpFamily::unset && !route_.gateway.is_v4()) {
            wrong("No family specified for non-IPv4 gateway '{}' in route definition", address());
        } else {
            return true;
        }
        return false;
    }

    /// Whether one of the bridge's own networks has the gateway in it.
    void reachable() {
        const auto holds = [&](const NetworkIp& ip) {
            const auto prefix = prefix_of(ip.address, ip.netmask, ip.prefix);
            return prefix && *prefix <= ip.address.bits() && ip.address.family == route_.gateway.family &&
                   ip.address.network(*prefix) == route_.gateway.network(*prefix);
        };
        if (std::ranges::none_of(problems_.network().ips, holds)) {
            problems_.unsupported(path_, "unreachable static route gateway '{}' specified for network '{}'",
                                  route_.gateway.text(), problems_.name());
        }
    }

    NetworkProblems& problems_;
    const Route& route_;
    std::string path_;
};

} // namespace

void check_routes(NetworkProblems& problems) {
    std::size_t index = 0;
    for (const Route& route : problems.network().routes) {
        RouteCheck(problems, route, nth("route", index++)).run();
    }
}

} // namespace yado::model
