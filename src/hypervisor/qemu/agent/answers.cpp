// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/agent/answers.h"

#include "base/error.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <limits>

namespace yado::qemu {

namespace json = boost::json;
using namespace guest;

namespace {

constexpr std::size_t list_limit = 4096; ///< of users, disks, addresses …; more is no honest guest

[[noreturn]] void malformed(std::string_view what) {
    fail(ErrorSource::qemu, Code::internal_error, "malformed answer of the guest agent: {}", what);
}

const json::array& list_of(const json::value& value, std::string_view what) {
    const json::array& list = array_of(value, what);
    if (list.size() > list_limit) malformed(what);
    return list;
}

/// A member that must be a text.
std::string required_text(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) malformed(key);
    return std::string(value->get_string());
}

bool flag_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::uint32_t small_in(const json::object& object, std::string_view key) {
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(number_in(object, key), std::numeric_limits<std::uint32_t>::max()));
}

AgentDiskPlace place_of(const json::object& disk) {
    AgentDiskPlace place;
    if (const json::value* pci = disk.if_contains("pci-controller"); pci != nullptr && pci->is_object()) {
        const json::object& address = pci->get_object();
        place.pci_domain = small_in(address, "domain");
        place.pci_bus = small_in(address, "bus");
        place.pci_slot = small_in(address, "slot");
        place.pci_function = small_in(address, "function");
    }
    place.bus = small_in(disk, "bus");
    place.target = small_in(disk, "target");
    place.unit = small_in(disk, "unit");
    place.bus_type = text_in(disk, "bus-type");
    place.serial = text_in(disk, "serial");
    place.device = text_in(disk, "dev");
    return place;
}

} // namespace

std::vector<AgentUser> agent_users(const json::value& answer) {
    std::vector<AgentUser> users;
    for (const json::value& each : list_of(answer, "guest-get-users")) {
        const json::object& user = object_of(each, "user");
        AgentUser own{.name = required_text(user, "user"), .domain = text_in(user, "domain")};
        const json::value* since = user.if_contains("login-time"); // seconds, with a fraction
        if (since == nullptr || !since->is_number()) malformed("login-time");
        const double seconds = since->to_number<double>();
        if (std::isfinite(seconds) && seconds > 0 && seconds < 1e15)
            own.login_ms = static_cast<std::uint64_t>(seconds * 1000);
        users.push_back(std::move(own));
    }
    return users;
}

AgentOsInfo agent_os_info(const json::value& answer) {
    constexpr std::string_view keys[] = {
        "id",      "name",    "pretty-name", "version",        "version-id",
        "machine", "variant", "variant-id",  "kernel-release", "kernel-version"};
    const json::object& object = object_of(answer, "guest-get-osinfo");
    AgentOsInfo info;
    for (const std::string_view key : keys) {
        if (object.contains(key)) info.emplace_back(key, required_text(object, key));
    }
    return info;
}

AgentTimezone agent_timezone(const json::value& answer) {
    const json::object& object = object_of(answer, "guest-get-timezone");
    const json::value* offset = object.if_contains("offset");
    if (offset == nullptr || !offset->is_int64() || std::abs(offset->get_int64()) > 86400)
        malformed("offset");
    return {.name = text_in(object, "zone"),
            .offset_seconds = static_cast<std::int32_t>(offset->get_int64())};
}

std::vector<AgentFilesystem> agent_filesystems(const json::value& answer) {
    std::vector<AgentFilesystem> all;
    for (const json::value& each : list_of(answer, "guest-get-fsinfo")) {
        const json::object& object = object_of(each, "filesystem");
        AgentFilesystem own{.name = required_text(object, "name"),
                            .mountpoint = required_text(object, "mountpoint"),
                            .type = required_text(object, "type")};
        if (object.contains("used-bytes")) own.used_bytes = number_in(object, "used-bytes");
        if (object.contains("total-bytes")) own.total_bytes = number_in(object, "total-bytes");
        if (const json::value* disks = object.if_contains("disk")) {
            for (const json::value& disk : list_of(*disks, "disk"))
                own.disks.push_back(place_of(object_of(disk, "disk")));
        }
        all.push_back(std::move(own));
    }
    std::ranges::reverse(all); // libvirt shows them in this order
    return all;
}

std::vector<AgentDisk> agent_disks(const json::value& answer) {
    std::vector<AgentDisk> all;
    for (const json::value& each : list_of(answer, "guest-get-disks")) {
        const json::object& object = object_of(each, "disk");
        AgentDisk own{.name = required_text(object, "name"), .partition = flag_in(object, "partition")};
        own.guest_alias = text_in(object, "alias");
        if (const json::value* others = object.if_contains("dependencies")) {
            for (const json::value& other : list_of(*others, "dependencies"))
                own.dependencies.emplace_back(other.is_string() ? other.get_string().c_str() : "");
        }
        if (const json::value* place = object.if_contains("address"); place != nullptr && place->is_object())
            own.place = place_of(place->get_object());
        all.push_back(std::move(own));
    }
    return all;
}

std::vector<AgentInterface> agent_interfaces(const json::value& answer) {
    std::vector<AgentInterface> all;
    for (const json::value& each : list_of(answer, "guest-network-get-interfaces")) {
        const json::object& object = object_of(each, "interface");
        const std::string full = required_text(object, "name");
        const std::string name = full.substr(0, full.find(':'));
        auto own = std::ranges::find(all, name, &AgentInterface::name);
        if (own == all.end()) {
            all.push_back({.name = name, .hardware_address = text_in(object, "hardware-address")});
            own = all.end() - 1;
        }
        const json::value* addresses = object.if_contains("ip-addresses");
        if (addresses == nullptr) continue;
        for (const json::value& address : list_of(*addresses, "ip-addresses")) {
            const json::object& ip = object_of(address, "ip-address");
            own->addresses.push_back({.ipv6 = required_text(ip, "ip-address-type") == "ipv6",
                                      .address = required_text(ip, "ip-address"),
                                      .prefix = small_in(ip, "prefix")});
            if (own->addresses.size() > list_limit) malformed("ip-addresses");
        }
    }
    return all;
}

std::vector<AgentVcpu> agent_vcpus(const json::value& answer) {
    std::vector<AgentVcpu> all;
    for (const json::value& each : list_of(answer, "guest-get-vcpus")) {
        const json::object& object = object_of(each, "vcpu");
        all.push_back({.id = small_in(object, "logical-id"),
                       .online = flag_in(object, "online"),
                       .can_offline = flag_in(object, "can-offline")});
    }
    return all;
}

std::vector<std::string> agent_ssh_keys(const json::value& answer) {
    std::vector<std::string> keys;
    const json::value* list = object_of(answer, "guest-ssh-get-authorized-keys").if_contains("keys");
    if (list == nullptr) malformed("keys");
    for (const json::value& key : list_of(*list, "keys")) {
        if (!key.is_string()) malformed("keys");
        keys.emplace_back(key.get_string());
    }
    return keys;
}

std::int32_t agent_count(const json::value& answer) {
    const std::int64_t* count = answer.if_int64();
    if (count == nullptr || *count < 0 || *count > std::numeric_limits<std::int32_t>::max())
        malformed("a number");
    return static_cast<std::int32_t>(*count);
}

} // namespace yado::qemu
