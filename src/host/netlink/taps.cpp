// SPDX-License-Identifier: Apache-2.0
// Taps and macvtaps: network devices whose other end is descriptors.
#include "host/netlink/system_network.h"

#include "base/error.h"
#include "base/fault.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <thread>

namespace yado::host {
namespace {

constexpr unsigned most_queues = 256; // MAX_TAP_QUEUES

void require_queues(unsigned queues) {
    if (queues == 0 || queues > most_queues)
        fail(Code::invalid_arg, "a tap has 1 to {} queues, not {}", most_queues, queues);
}

short tap_flags(unsigned queues, bool vnet_header) {
    unsigned flags = IFF_TAP | IFF_NO_PI;
    if (queues > 1) flags |= IFF_MULTI_QUEUE;
    if (vnet_header) flags |= IFF_VNET_HDR;
    return static_cast<short>(flags);
}

/// The header of the oldest virtio, which QEMU then enlarges as the guest's driver wishes.
void set_header_size(const UniqueFd& fd) {
    int size = 10; // struct virtio_net_hdr
    ::ioctl(fd.get(), TUNSETVNETHDRSZ, &size);
}

UniqueFd open_node(const std::string& node) {
    UniqueFd fd(::open(node.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
    if (!fd) fail_errno("cannot open '{}'", node);
    return fd;
}

std::uint32_t macvlan_mode(MacvlanMode mode) {
    switch (mode) {
    case MacvlanMode::vepa: return MACVLAN_MODE_VEPA;
    case MacvlanMode::bridge: return MACVLAN_MODE_BRIDGE;
    case MacvlanMode::private_: return MACVLAN_MODE_PRIVATE;
    case MacvlanMode::passthrough: break;
    }
    return MACVLAN_MODE_PASSTHRU;
}

/// The device node comes from devtmpfs at once, or a little later from udev.
UniqueFd open_macvtap_node(const std::string& node) {
    using namespace std::chrono_literals;
    constexpr int tries = 100;
    for (int i = 1;; ++i) {
        UniqueFd fd(::open(node.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
        if (fd) return fd;
        if (errno != ENOENT || i == tries) fail_errno("cannot open macvtap device '{}'", node);
        std::this_thread::sleep_for(10ms);
    }
}

/// "macvtap%d": the first that is free.
std::string free_name(const std::string& pattern) {
    const std::size_t percent = pattern.find("%d");
    if (percent == std::string::npos) return pattern;
    constexpr int most = 10'000;
    for (int number = 0; number < most; ++number) {
        std::string name = pattern.substr(0, percent) + std::to_string(number) + pattern.substr(percent + 2);
        require_link_name(name);
        if (::if_nametoindex(name.c_str()) == 0) return name;
    }
    fail(Code::internal_error, "no name like '{}' is free", pattern);
}

} // namespace

void SystemNetwork::set_receive_batch(const std::string& name, std::uint32_t frames) {
    require_link_name(name);
    ethtool_coalesce wish{};
    wish.cmd = ETHTOOL_SCOALESCE;
    wish.rx_max_coalesced_frames = frames;
    ifreq request{};
    std::memcpy(request.ifr_name, name.data(), name.size());
    request.ifr_data = reinterpret_cast<char*>(&wish);
    const UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    fault::point("network.receive_batch");
    if (!fd || ::ioctl(fd.get(), SIOCETHTOOL, &request) != 0)
        fail_errno("Cannot set coalesce info on '{}'", name);
}

Tap SystemNetwork::open_tap(const TapRequest& request) {
    require_link_name(request.name);
    require_queues(request.queues);
    Tap tap;
    ifreq wish{};
    std::memcpy(wish.ifr_name, request.name.data(), request.name.size());
    fault::point("network.tap");
    for (unsigned i = 0; i < request.queues; ++i) {
        UniqueFd fd = open_node(request.node);
        wish.ifr_flags = tap_flags(request.queues, request.vnet_header);
        if (::ioctl(fd.get(), TUNSETIFF, &wish) != 0) fail_errno("cannot create tap '{}'", request.name);
        tap.name = wish.ifr_name; // with the kernel's number, which the next queues attach to
        if (request.vnet_header) set_header_size(fd);
        tap.queues.push_back(std::move(fd));
    }
    if (request.persistent && ::ioctl(tap.queues.front().get(), TUNSETPERSIST, 1) != 0)
        fail_errno("cannot keep tap '{}'", tap.name);
    return tap;
}

namespace {

NetlinkRequest macvtap_request(const MacvtapRequest& wish, const std::string& name, int lower) {
    NetlinkRequest request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    request.header<ifinfomsg>();
    request.put(IFLA_IFNAME, name);
    request.put_u32(IFLA_LINK, static_cast<std::uint32_t>(lower));
    if (wish.mac != MacBytes()) request.put(IFLA_ADDRESS, wish.mac);
    request.nest(IFLA_LINKINFO, [&] {
        request.put(IFLA_INFO_KIND, "macvtap");
        request.nest(IFLA_INFO_DATA, [&] { request.put_u32(IFLA_MACVLAN_MODE, macvlan_mode(wish.mode)); });
    });
    return request;
}

} // namespace

Tap SystemNetwork::open_macvtap(const MacvtapRequest& request) {
    require_queues(request.queues);
    const int lower = index_of(request.lower);
    constexpr int most_tries = 10; // somebody else may take the free name first
    Tap tap;
    fault::point("network.macvtap");
    for (int tries = 1;; ++tries) {
        tap.name = free_name(request.name);
        require_link_name(tap.name);
        NetlinkRequest creation = macvtap_request(request, tap.name, lower);
        try {
            NetlinkSocket().run(creation,
                                fmt::format("cannot create macvtap '{}' on '{}'", tap.name, request.lower));
            break;
        } catch (const Error& error) {
            const bool taken = error.system_errno() == EEXIST && tap.name != request.name;
            if (!taken || tries == most_tries) throw;
        }
    }
    try {
        const std::string node = fmt::format("/dev/tap{}", index_of(tap.name));
        for (unsigned i = 0; i < request.queues; ++i) {
            UniqueFd fd = open_macvtap_node(node);
            ifreq wish{};
            wish.ifr_flags = tap_flags(request.queues, request.vnet_header);
            if (::ioctl(fd.get(), TUNSETIFF, &wish) != 0) fail_errno("cannot set up macvtap '{}'", tap.name);
            if (request.vnet_header) set_header_size(fd);
            tap.queues.push_back(std::move(fd));
        }
    } catch (...) {
        tap.queues.clear();
        try {
            delete_link(tap.name);
        } catch (const Error&) { // the first error says what is wrong
        }
        throw;
    }
    return tap;
}

} // namespace yado::host
