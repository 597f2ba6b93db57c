// SPDX-License-Identifier: Apache-2.0
#include "support/host/fake_network.h"

#include "base/error.h"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace yado::test_support {

using namespace host;

namespace {

template <class T> void erase_or_fail(std::vector<T>& list, const T& value, std::string_view what) {
    if (std::erase(list, value) == 0) throw system_error(EADDRNOTAVAIL, what);
}
template <class T> void add_or_fail(std::vector<T>& list, const T& value, std::string_view what) {
    if (std::ranges::find(list, value) != list.end()) throw system_error(EEXIST, what);
    list.push_back(value);
}

} // namespace

void FakeNetwork::count() {
    if (++calls == fail_at) throw system_error(EIO, "ordered failure");
}

FakeNetwork::Device& FakeNetwork::require(const std::string& name) {
    require_link_name(name);
    const auto found = devices.find(name);
    if (found == devices.end()) throw system_error(ENODEV, fmt::format("network interface '{}'", name));
    return found->second;
}

FakeNetwork::Device& FakeNetwork::require_port(const std::string& name) {
    Device& device = require(name);
    if (device.link.master == 0) throw system_error(EOPNOTSUPP, fmt::format("'{}' is no bridge port", name));
    return device;
}

FakeNetwork::Device& FakeNetwork::create(const std::string& pattern, std::string kind) {
    std::string name = pattern;
    if (const std::size_t percent = pattern.find("%d"); percent != std::string::npos) {
        for (int number = 0;; ++number) {
            name = pattern.substr(0, percent) + std::to_string(number) + pattern.substr(percent + 2);
            if (!devices.contains(name)) break;
        }
    }
    require_link_name(name);
    if (devices.contains(name)) throw system_error(EEXIST, fmt::format("cannot create '{}'", name));
    Device& device = devices[name];
    device.link.index = next_index_++;
    device.link.name = name;
    device.link.kind = std::move(kind);
    device.link.mtu = 1500;
    return device;
}

void FakeNetwork::add_hardware(const std::string& name) { create(name, {}); }
void FakeNetwork::close_tap(const std::string& name) {
    if (!require(name).persistent) devices.erase(name);
}

std::vector<Link> FakeNetwork::links() {
    std::vector<Link> out;
    for (const auto& [name, device] : devices) out.push_back(device.link);
    return out;
}
std::optional<Link> FakeNetwork::link(const std::string& name) {
    require_link_name(name);
    const auto found = devices.find(name);
    return found == devices.end() ? std::nullopt : std::optional(found->second.link);
}
void FakeNetwork::delete_link(const std::string& name) {
    count();
    const Link link = require(name).link;
    if (link.kind.empty()) throw system_error(EOPNOTSUPP, fmt::format("cannot delete '{}'", name));
    for (auto& [other, device] : devices) {
        if (device.link.master == link.index) device.link.master = 0;
    }
    devices.erase(name);
}
void FakeNetwork::set_mac(const std::string& name, MacBytes mac) {
    count();
    if ((mac[0] & 1) != 0) throw system_error(EADDRNOTAVAIL, fmt::format("MAC address of '{}'", name));
    require(name).link.mac = mac;
}
void FakeNetwork::set_mtu(const std::string& name, std::uint32_t mtu) {
    count();
    constexpr std::uint32_t least = 68, most = 65535;
    if (mtu < least || mtu > most) throw system_error(EINVAL, fmt::format("MTU of '{}'", name));
    require(name).link.mtu = mtu;
}
void FakeNetwork::set_up(const std::string& name, bool up) {
    count();
    require(name).link.up = up;
}
void FakeNetwork::set_receive_batch(const std::string& name, std::uint32_t frames) {
    count();
    require(name).receive_batch = frames;
}
void FakeNetwork::add_address(const std::string& name, const LinkAddress& address) {
    count();
    add_or_fail(require(name).addresses, address, "address");
}
void FakeNetwork::remove_address(const std::string& name, const LinkAddress& address) {
    count();
    erase_or_fail(require(name).addresses, address, "address");
}
void FakeNetwork::add_route(const std::string& name, const LinkRoute& route) {
    count();
    if (!require(name).link.up) throw system_error(ENETDOWN, "route");
    add_or_fail(require(name).routes, route, "route");
}
void FakeNetwork::remove_route(const std::string& name, const LinkRoute& route) {
    count();
    erase_or_fail(require(name).routes, route, "route");
}

Tap FakeNetwork::queues_of(Device& device, unsigned queues) {
    Tap tap{.name = device.link.name, .queues = {}};
    for (unsigned i = 0; i < queues; ++i) {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
            fail_errno("socket pair");
        tap.queues.emplace_back(ends[0]);
        device.peers.emplace_back(ends[1]);
    }
    return tap;
}

std::vector<LinkAddress> FakeNetwork::addresses(const std::string& name) { return require(name).addresses; }

std::vector<HostRoute> FakeNetwork::routes() {
    std::vector<HostRoute> found = other_routes;
    for (const auto& [name, device] : devices) {
        for (const LinkAddress& address : device.addresses) {
            HostRoute route{address.address, address.prefix, name, true};
            for (unsigned bit = address.prefix; bit < address.address.size() * 8; ++bit)
                route.destination.bytes[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> bit % 8));
            found.push_back(route);
        }
        for (const LinkRoute& route : device.routes)
            found.push_back({route.destination, route.prefix, name, false});
    }
    return found;
}

std::optional<std::string> FakeNetwork::setting(const std::string& key) {
    const auto row = settings.find(key);
    return row == settings.end() ? std::nullopt : std::optional(row->second);
}

void FakeNetwork::set_setting(const std::string& key, std::string_view value) {
    count();
    settings[key] = value;
}

Tap FakeNetwork::open_tap(const TapRequest& request) {
    count();
    const auto found = devices.find(request.name);
    if (found != devices.end()) {
        if (found->second.link.kind != "tun" || !found->second.persistent)
            throw system_error(EBUSY, fmt::format("cannot create tap '{}'", request.name));
        return queues_of(found->second, request.queues);
    }
    Device& device = create(request.name, "tun");
    device.persistent = request.persistent;
    return queues_of(device, request.queues);
}
Tap FakeNetwork::open_macvtap(const MacvtapRequest& request) {
    count();
    const Link lower = require(request.lower).link;
    Device& device = create(request.name, "macvtap");
    device.lower = request.lower;
    device.link.lower = lower.index;
    device.link.mac = request.mac;
    return queues_of(device, request.queues);
}

void FakeNetwork::create_bridge(const BridgeRequest& request) {
    count();
    Device& device = create(request.name, "bridge");
    if (request.mac) device.link.mac = *request.mac;
}
void FakeNetwork::add_port(const std::string& bridge, const std::string& port) {
    count();
    const Link master = require(bridge).link;
    Device& device = require(port);
    if (master.kind != "bridge") throw system_error(EOPNOTSUPP, fmt::format("'{}' is no bridge", bridge));
    if (device.link.kind == "bridge") throw system_error(ELOOP, fmt::format("'{}' is a bridge", port));
    if (device.link.master != 0) throw system_error(EBUSY, fmt::format("'{}' is a port already", port));
    device.link.master = master.index;
}
void FakeNetwork::remove_port(const std::string& port) {
    count();
    require(port).link.master = 0;
}
void FakeNetwork::set_port_flags(const std::string& port, const PortFlags& flags) {
    count();
    PortFlags& now = require_port(port).flags;
    if (flags.isolated) now.isolated = flags.isolated;
    if (flags.learning) now.learning = flags.learning;
    if (flags.flood) now.flood = flags.flood;
}
void FakeNetwork::set_port_vlans(const std::string& port, const std::vector<PortVlan>& vlans) {
    count();
    require_port(port).vlans = vlans;
}
void FakeNetwork::add_port_mac(const std::string& port, MacBytes mac) {
    count();
    if (!require_port(port).entries.insert(mac).second) throw system_error(EEXIST, "address");
}
void FakeNetwork::remove_port_mac(const std::string& port, MacBytes mac) {
    count();
    if (require_port(port).entries.erase(mac) == 0) throw system_error(ENOENT, "address");
}
std::vector<std::string> FakeNetwork::set_traffic_limits(const std::string& name,
                                                         const TrafficLimits& limits) {
    count();
    require(name).limits = limits;
    return traffic_warnings;
}

} // namespace yado::test_support
