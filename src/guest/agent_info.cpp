// SPDX-License-Identifier: Apache-2.0
// What the agent tells about the system inside, in the shapes of libvirt's calls.
#include "guest/agent_service.h"

#include "guest/ports.h"
#include "host/neighbours.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <algorithm>

namespace yado::guest {

namespace {

/// The disk of the domain that the guest sees at `place`; null when it cannot be told.
const model::Disk* disk_at(const model::Domain& domain, const AgentDiskPlace& place) {
    const auto same_pci = [&place](const model::PciAddress& pci) {
        return pci.domain == place.pci_domain && pci.bus == place.pci_bus && pci.slot == place.pci_slot &&
               pci.function == place.pci_function;
    };
    for (const model::Disk& disk : domain.devices.disks) {
        if (const auto* pci = disk.info.pci()) {
            if (same_pci(*pci)) return &disk;
            continue;
        }
        const auto* drive = std::get_if<model::DriveAddress>(&disk.info.address);
        if (drive == nullptr || drive->bus != place.bus || drive->target != place.target ||
            drive->unit != place.unit) {
            continue;
        }
        for (const model::Controller& controller : domain.devices.controllers) {
            const auto* pci = controller.info.pci();
            if (controller.index == drive->controller && pci != nullptr && same_pci(*pci)) return &disk;
        }
    }
    return nullptr;
}

class InfoKeys {
  public:
    explicit InfoKeys(p::ParamsBuilder& out) : out_(out) {}

    void users(const std::vector<AgentUser>& users) {
        out_.u32("user.count", count(users));
        for (std::size_t n = 0; n < users.size(); ++n) {
            const std::string key = fmt::format("user.{}.", n);
            out_.text(key + "name", users[n].name);
            if (!users[n].domain.empty()) out_.text(key + "domain", users[n].domain);
            out_.u64(key + "login-time", users[n].login_ms);
        }
    }
    void os(const AgentOsInfo& info) {
        for (const auto& [key, value] : info) out_.text("os." + key, value);
    }
    void timezone(const AgentTimezone& zone) {
        if (!zone.name.empty()) out_.text("timezone.name", zone.name);
        out_.i32("timezone.offset", zone.offset_seconds);
    }
    void filesystems(const std::vector<AgentFilesystem>& all, const model::Domain& domain) {
        out_.u32("fs.count", count(all));
        for (std::size_t n = 0; n < all.size(); ++n) {
            const AgentFilesystem& each = all[n];
            const std::string key = fmt::format("fs.{}.", n);
            out_.text(key + "name", each.name).text(key + "mountpoint", each.mountpoint);
            out_.text(key + "fstype", each.type);
            if (each.total_bytes) out_.u64(key + "total-bytes", *each.total_bytes);
            if (each.used_bytes) out_.u64(key + "used-bytes", *each.used_bytes);
            out_.u32(key + "disk.count", count(each.disks));
            for (std::size_t d = 0; d < each.disks.size(); ++d) {
                const std::string place = fmt::format("{}disk.{}.", key, d);
                if (const model::Disk* disk = disk_at(domain, each.disks[d]))
                    out_.text(place + "alias", disk->target.dev);
                if (!each.disks[d].serial.empty()) out_.text(place + "serial", each.disks[d].serial);
                if (!each.disks[d].device.empty()) out_.text(place + "device", each.disks[d].device);
            }
        }
    }
    void disks(const std::vector<AgentDisk>& all, const model::Domain& domain) {
        out_.u32("disk.count", count(all));
        for (std::size_t n = 0; n < all.size(); ++n) {
            const AgentDisk& each = all[n];
            const std::string key = fmt::format("disk.{}.", n);
            out_.text(key + "name", each.name).boolean(key + "partition", each.partition);
            if (!each.dependencies.empty()) {
                out_.u32(key + "dependency.count", count(each.dependencies));
                for (std::size_t d = 0; d < each.dependencies.size(); ++d)
                    out_.text(fmt::format("{}dependency.{}.name", key, d), each.dependencies[d]);
            }
            if (each.place) {
                if (!each.place->serial.empty()) out_.text(key + "serial", each.place->serial);
                if (const model::Disk* disk = disk_at(domain, *each.place))
                    out_.text(key + "alias", disk->target.dev);
                if (!each.place->bus_type.empty()) out_.text(key + "guest_bus", each.place->bus_type);
            }
            if (!each.guest_alias.empty()) out_.text(key + "guest_alias", each.guest_alias);
        }
    }
    void interfaces(const std::vector<AgentInterface>& all) {
        out_.u32("if.count", count(all));
        for (std::size_t n = 0; n < all.size(); ++n) {
            const std::string key = fmt::format("if.{}.", n);
            out_.text(key + "name", all[n].name);
            if (!all[n].hardware_address.empty()) out_.text(key + "hwaddr", all[n].hardware_address);
            out_.u32(key + "addr.count", count(all[n].addresses));
            for (std::size_t a = 0; a < all[n].addresses.size(); ++a) {
                const AgentAddress& address = all[n].addresses[a];
                const std::string part = fmt::format("{}addr.{}.", key, a);
                out_.text(part + "type", address.ipv6 ? "ipv6" : "ipv4");
                out_.text(part + "addr", address.address).u32(part + "prefix", address.prefix);
            }
        }
    }

  private:
    template <class List> static std::uint32_t count(const List& list) {
        return static_cast<std::uint32_t>(list.size());
    }
    p::ParamsBuilder& out_;
};

p::DomainInterface interface_of(const AgentInterface& from) {
    p::DomainInterface to{.name = from.name, .hwaddr = {}, .addrs = {}};
    if (!from.hardware_address.empty()) to.hwaddr = from.hardware_address;
    for (const AgentAddress& address : from.addresses)
        to.addrs.push_back({.type = address.ipv6 ? 1 : 0, .addr = address.address, .prefix = address.prefix});
    return to;
}

} // namespace

Task<p::DomainGetGuestInfoResult> AgentService::get_guest_info(CallContext, p::DomainGetGuestInfoArgs args) {
    namespace Types = p::DomainGuestInfoTypes;
    constexpr std::uint32_t known = Types::users | Types::os | Types::timezone | Types::hostname |
                                    Types::filesystem | Types::disks | Types::interfaces;
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainGetGuestInfo");
    if ((args.types & ~known) != 0) {
        fail(ErrorSource::qemu, Code::invalid_arg, "unsupported guest information types '0x{:x}'",
             args.types & ~known);
    }
    const bool all = args.types == 0; // what the agent lacks is then left out
    const std::uint32_t types = all ? known : args.types;
    const HeldAgent held = co_await hold_agent(require(args.dom));
    const GuestAgent::Limit limit = held.limit;
    p::ParamsBuilder params;
    InfoKeys keys(params);
    for (std::uint32_t type = 1; type <= known; type <<= 1U) {
        if ((types & type) == 0) continue;
        try {
            if (type == Types::users) {
                const auto users = co_await held.agent->users(limit);
                keys.users(users);
            } else if (type == Types::os) {
                const auto info = co_await held.agent->os_info(limit);
                keys.os(info);
            } else if (type == Types::timezone) {
                const auto zone = co_await held.agent->timezone(limit);
                keys.timezone(zone);
            } else if (type == Types::hostname) {
                std::string name = co_await held.agent->host_name(limit);
                params.text("hostname", std::move(name));
            } else if (type == Types::filesystem) {
                const auto filesystems = co_await held.agent->filesystems(limit);
                keys.filesystems(filesystems, held.live->domain);
            } else if (type == Types::disks) {
                const auto disks = co_await held.agent->disks(limit);
                keys.disks(disks, held.live->domain);
            } else {
                const auto interfaces = co_await held.agent->interfaces(limit);
                keys.interfaces(interfaces);
            }
        } catch (const AgentLacks&) {
            if (!all) throw;
        }
    }
    p::DomainGetGuestInfoResult result;
    result.params = params.take();
    co_return result;
}

Task<p::DomainGetHostnameResult> AgentService::get_hostname(CallContext, p::DomainGetHostnameArgs args) {
    namespace Flags = p::DomainGetHostnameFlags;
    require_flags(ErrorSource::domain, args.flags, Flags::lease | Flags::agent, "qemuDomainGetHostname");
    const Registry::Pointer guest = require(args.dom);
    if ((args.flags & Flags::lease) != 0) {
        guest->require_active();
        fail(ErrorSource::qemu, Code::no_hostname, "no hostname found for domain {}", guest->name);
    }
    const HeldAgent held = co_await hold_agent(guest);
    p::DomainGetHostnameResult result;
    result.hostname = co_await held.agent->host_name(held.limit);
    co_return result;
}

Task<p::DomainGetFsinfoResult> AgentService::get_filesystems(CallContext, p::DomainGetFsinfoArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainGetFSInfo");
    const HeldAgent held = co_await hold_agent(require(args.dom));
    const std::vector<AgentFilesystem> all = co_await held.agent->filesystems(held.limit);
    p::DomainGetFsinfoResult result;
    for (const AgentFilesystem& each : all) {
        p::DomainFsinfo info{
            .mountpoint = each.mountpoint, .name = each.name, .fstype = each.type, .dev_aliases = {}};
        for (const AgentDiskPlace& place : each.disks) {
            if (const model::Disk* disk = disk_at(held.live->domain, place))
                info.dev_aliases.push_back(disk->target.dev);
        }
        result.info.push_back(std::move(info));
    }
    result.ret = static_cast<std::uint32_t>(result.info.size());
    co_return result;
}

// What the networks of its cards have given out to them.
Task<std::vector<p::DomainInterface>> AgentService::leased(Registry::Pointer guest) {
    std::vector<p::DomainInterface> shown;
    if (ports_ == nullptr || !ports_->network.leases) co_return shown;
    const std::vector<model::Interface> cards = guest->live->domain.devices.interfaces;
    for (const model::Interface& card : cards) {
        const auto* network = std::get_if<model::NetworkNet>(&card.kind);
        if (network == nullptr) continue;
        const std::vector<LeasedAddress> given = co_await ports_->network.leases(network->network);
        const std::string mac = card.mac.address.text();
        p::DomainInterface own{.name = card.target.device, .hwaddr = mac, .addrs = {}};
        for (const LeasedAddress& each : given) {
            if (each.mac == mac)
                own.addrs.push_back({.type = each.v6 ? 1 : 0, .addr = each.address, .prefix = each.prefix});
        }
        if (!own.addrs.empty()) shown.push_back(std::move(own));
    }
    co_return shown;
}

Task<p::DomainInterfaceAddressesResult> AgentService::get_addresses(CallContext,
                                                                    p::DomainInterfaceAddressesArgs args) {
    namespace Sources = p::DomainInterfaceAddressesSource;
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainInterfaceAddresses");
    const Registry::Pointer guest = require(args.dom);
    guest->require_active();
    p::DomainInterfaceAddressesResult result;
    if (std::cmp_equal(args.source, Sources::agent)) {
        const HeldAgent held = co_await hold_agent(guest);
        const std::vector<AgentInterface> interfaces = co_await held.agent->interfaces(held.limit);
        for (const AgentInterface& each : interfaces) result.ifaces.push_back(interface_of(each));
    } else if (std::cmp_equal(args.source, Sources::arp)) {
        const std::vector<host::Neighbour> table = co_await blocking(parts_.loop, host::neighbours);
        if (!guest->active()) co_return result;
        for (const model::Interface& interface : guest->live->domain.devices.interfaces) {
            const std::string mac = interface.mac.address.text();
            p::DomainInterface own{.name = interface.target.device, .hwaddr = mac, .addrs = {}};
            for (const host::Neighbour& each : table) {
                if (each.mac == mac) own.addrs.push_back({.type = 0, .addr = each.address, .prefix = 0});
            }
            if (!own.addrs.empty()) result.ifaces.push_back(std::move(own));
        }
    } else if (std::cmp_equal(args.source, Sources::lease)) {
        result.ifaces = co_await leased(guest);
    } else {
        fail(ErrorSource::qemu, Code::argument_unsupported, "Unknown IP address data source {}", args.source);
    }
    co_return result;
}

} // namespace yado::guest
