// SPDX-License-Identifier: Apache-2.0
// What addresses and routes the host has, and its settings below /proc/sys/net.
#include "host/netlink/system_network.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/text.h"
#include "host/netlink/attributes.h"

#include <algorithm>
#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

namespace yado::host {
namespace {

constexpr std::size_t list_limit = 100'000; ///< entries of one list that are looked at

IpBytes ip_of(const nlattr* attribute, bool v6) {
    IpBytes address{.v6 = v6, .bytes = {}};
    const std::size_t size = std::min<std::size_t>(mnl_attr_get_payload_len(attribute), address.size());
    std::memcpy(address.bytes.data(), mnl_attr_get_payload(attribute), size);
    return address;
}

std::string device_name(std::uint32_t index) {
    char name[IF_NAMESIZE] = "";
    return ::if_indextoname(index, name) == nullptr ? std::string() : std::string(name);
}

} // namespace

std::vector<LinkAddress> SystemNetwork::addresses(const std::string& name) {
    const auto index = static_cast<std::uint32_t>(index_of(name));
    std::vector<LinkAddress> found;
    NetlinkRequest request(RTM_GETADDR, 0);
    request.header<ifaddrmsg>().ifa_family = AF_UNSPEC;
    NetlinkSocket().dump(request, "cannot list addresses", [&](const nlmsghdr* message) {
        if (mnl_nlmsg_get_payload_len(message) < sizeof(ifaddrmsg)) return;
        const auto* header = static_cast<const ifaddrmsg*>(mnl_nlmsg_get_payload(message));
        const bool v6 = header->ifa_family == AF_INET6;
        if (header->ifa_index != index || (header->ifa_family != AF_INET && !v6)) return;
        if (v6 && header->ifa_scope == RT_SCOPE_LINK) return;
        std::optional<IpBytes> local, address;
        for_attributes(message, sizeof(ifaddrmsg), [&](int type, const nlattr* attribute) {
            if (type == IFA_LOCAL) local = ip_of(attribute, v6);
            if (type == IFA_ADDRESS) address = ip_of(attribute, v6);
        });
        if (!local) local = address;
        if (!local || found.size() >= list_limit) return;
        LinkAddress entry{.address = *local, .prefix = header->ifa_prefixlen, .peer = {}};
        if (address && !(*address == *local)) entry.peer = address;
        if (std::ranges::find(found, entry) == found.end()) found.push_back(entry);
    });
    return found;
}

std::vector<HostRoute> SystemNetwork::routes() {
    std::vector<HostRoute> found;
    NetlinkRequest request(RTM_GETROUTE, 0);
    request.header<rtmsg>().rtm_family = AF_UNSPEC;
    NetlinkSocket().dump(request, "cannot list routes", [&](const nlmsghdr* message) {
        if (mnl_nlmsg_get_payload_len(message) < sizeof(rtmsg)) return;
        const auto* header = static_cast<const rtmsg*>(mnl_nlmsg_get_payload(message));
        const bool v6 = header->rtm_family == AF_INET6;
        if (header->rtm_family != AF_INET && !v6) return;
        if (header->rtm_type != RTN_UNICAST || header->rtm_table != RT_TABLE_MAIN) return;
        HostRoute route{.destination = {.v6 = v6, .bytes = {}},
                        .prefix = header->rtm_dst_len,
                        .device = {},
                        .direct = true};
        for_attributes(message, sizeof(rtmsg), [&](int type, const nlattr* attribute) {
            if (type == RTA_DST) route.destination = ip_of(attribute, v6);
            if (type == RTA_GATEWAY || type == RTA_VIA) route.direct = false;
            if (type == RTA_OIF) route.device = device_name(value_of<std::uint32_t>(attribute).value_or(0));
        });
        if (found.size() < list_limit) found.push_back(std::move(route));
    });
    return found;
}

std::optional<std::string> SystemNetwork::setting(const std::string& key) {
    constexpr std::size_t limit = 4096;
    const auto text = read_file_if_exists("/proc/sys/net/" + key, limit);
    if (!text) return std::nullopt;
    return std::string(trim(*text));
}

void SystemNetwork::set_setting(const std::string& key, std::string_view value) {
    const std::string path = "/proc/sys/net/" + key;
    fault::point("network.setting");
    const UniqueFd file = open_file(path, O_WRONLY);
    write_all(file.get(), std::string(value) + "\n", path);
}

void require_setting(Network& network, const std::string& key, std::string_view value) {
    if (network.setting(key) != std::string(value)) network.set_setting(key, value);
}

} // namespace yado::host
