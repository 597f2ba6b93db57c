// SPDX-License-Identifier: Apache-2.0
#include "guest/device_matching.h"

#include "base/error.h"
#include "schema/write.h"

#include <algorithm>

namespace yado::guest {

using model::DevicePlace;

model::DeviceDocument completed(const model::Domain& domain, model::DeviceDocument document,
                                const model::CompleteContext& context) {
    model::CompleteContext bare = context;
    bare.add_devices = bare.assign_addresses = false;
    model::Domain shell = domain;
    shell.devices = std::move(document.devices);
    shell.devices.emulator = domain.devices.emulator;
    model::complete(shell, bare);
    model::DeviceDocument whole;
    whole.kind = document.kind;
    // complete() may have added what the device needs; it comes first in its list
    model::copy_device(shell.devices, document.place(), whole.devices);
    return whole;
}

namespace {

[[noreturn]] void missing(std::string_view what) {
    fail(ErrorSource::qemu, Code::device_missing, "{}", what);
}

/// The device without its name and place, as text.
template <class Device> std::string bare_text(Device device) {
    device.info = {};
    return schema::write_xml(device, "device", {.secure = true});
}

/// Whether an address that was given is the device's.
template <class Device> bool same_place(const Device& wanted, const Device& device) {
    if (std::holds_alternative<std::monostate>(wanted.info.address)) return true;
    const auto text = [](const Device& each) {
        Device address;
        address.info.address = each.info.address;
        return schema::write_xml(address, "device", {});
    };
    return text(wanted) == text(device);
}

/// The host side as the user gave it; what the daemon chose counts as not said.
bool same_backend(const model::CharBackend& wanted, const model::CharBackend& there) {
    if (wanted.index() != there.index()) return false;
    if (const auto* pty = std::get_if<model::PtyChar>(&wanted))
        return pty->path.empty() || pty->path == std::get<model::PtyChar>(there).path;
    if (const auto* socket = std::get_if<model::UnixChar>(&wanted); socket != nullptr && socket->path.empty())
        return true;
    const auto text = [](const model::CharBackend& backend) {
        model::Redirdev any;
        any.backend = backend;
        return bare_text(any);
    };
    return text(wanted) == text(there);
}

std::string shown(const std::string& text) { return text.empty() ? "(<null>)" : text; }

class Finder {
  public:
    Finder(const model::Devices& there, const model::DeviceDocument& given, Where where)
        : there_(there), given_(given), where_(where) {}

    std::size_t operator()(const model::Disk& wanted) const {
        return first(
            there_.disks, [&](const model::Disk& each) { return each.target.dev == wanted.target.dev; },
            live() ? fmt::format("disk {} not found", wanted.target.dev)
                   : fmt::format("no target device {}", wanted.target.dev));
    }
    std::size_t operator()(const model::Controller& wanted) const {
        return first(
            there_.controllers,
            [&](const model::Controller& each) {
                return each.type == wanted.type && each.index.value_or(0) == wanted.index.value_or(0);
            },
            live() ? fmt::format("controller {}:{} not found", schema::word(wanted.type),
                                 wanted.index.value_or(0))
                   : "device not present in domain configuration");
    }
    std::size_t operator()(const model::Interface&) const {
        const model::Interface& given = given_.devices.interfaces.front();
        const model::Mac mac = given.mac.address;
        const bool by_mac = mac != model::Mac();
        const model::PciAddress* pci = given.info.pci();
        const std::string& alias = given.info.alias.name;
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < there_.interfaces.size(); ++i) {
            const model::Interface& each = there_.interfaces[i];
            const model::PciAddress* place = each.info.pci();
            if (by_mac && each.mac.address != mac) continue;
            if (pci != nullptr && (place == nullptr || !place->same_place(*pci))) continue;
            if (!alias.empty() && each.info.alias.name != alias) continue;
            found.push_back(i);
        }
        const std::string place = pci == nullptr ? "" : pci->text();
        if (found.empty())
            fail(ErrorSource::domain, Code::device_missing,
                 "no device found at address '{}' matching MAC address '{}' and alias '{}'", shown(place),
                 by_mac ? mac.text() : shown(""), shown(alias));
        if (found.size() > 1) {
            if (!by_mac)
                fail(ErrorSource::domain, Code::operation_failed,
                     "multiple network devices match; give a MAC address or an alias");
            fail(ErrorSource::domain, Code::operation_failed,
                 "multiple devices matching MAC address {} found", mac.text());
        }
        return found.front();
    }
    std::size_t operator()(const model::Hostdev& wanted) const {
        return first(
            there_.hostdevs,
            [&](const model::Hostdev& each) { return same_source(wanted, each) && same_place(wanted, each); },
            live() ? hostdev_missing(wanted) : "device not present in domain configuration");
    }
    std::size_t operator()(const model::Rng& wanted) const {
        const std::string_view source = schema::UnionTags<model::RngBackend>::values[wanted.backend.index()];
        return first(
            there_.rngs,
            [&](const model::Rng& each) {
                return bare_text(each) == bare_text(wanted) && same_place(wanted, each);
            },
            live() ? fmt::format("model '{}' RNG device not present in domain configuration", source)
                   : "no matching RNG device was found");
    }
    std::size_t operator()(const model::Watchdog& wanted) const {
        const auto same = [&](const model::Watchdog& each) {
            return !live() || (each.model == wanted.model && each.action == wanted.action);
        };
        return first(there_.watchdogs, same,
                     live() ? "watchdog device not present in domain configuration"
                            : "domain has no watchdog");
    }
    std::size_t operator()(const model::Input& wanted) const {
        return first(
            there_.inputs,
            [&](const model::Input& each) {
                return each.type == wanted.type && each.bus == wanted.bus && same_place(wanted, each) &&
                       (!wanted.source || bare_text(each) == bare_text(wanted));
            },
            "matching input device not found");
    }
    std::size_t operator()(const model::Channel& wanted) const {
        return character(there_.channels, wanted, [&](const model::Channel& each) {
            return each.target == wanted.target && each.name == wanted.name &&
                   each.address == wanted.address && each.port == wanted.port;
        });
    }
    std::size_t operator()(const model::Serial& wanted) const {
        return character(there_.serials, wanted, [&](const model::Serial& each) {
            return !given_.devices.serials.front().port || each.port == wanted.port;
        });
    }
    std::size_t operator()(const model::Parallel& wanted) const {
        return character(there_.parallels, wanted, [&](const model::Parallel& each) {
            return !given_.devices.parallels.front().port || each.port == wanted.port;
        });
    }
    std::size_t operator()(const model::Console& wanted) const {
        return character(there_.consoles, wanted, [&](const model::Console& each) {
            return each.target == wanted.target &&
                   (!given_.devices.consoles.front().port || each.port == wanted.port);
        });
    }
    std::size_t operator()(const model::MemoryDevice& wanted) const {
        return first(
            there_.memories,
            [&](const model::MemoryDevice& each) {
                return each.model == wanted.model && each.target.size_kib == wanted.target.size_kib &&
                       each.target.node == wanted.target.node && same_place(wanted, each) &&
                       source_text(each) == source_text(wanted);
            },
            live() ? fmt::format("model '{}' memory device not present in the domain configuration",
                                 schema::word(wanted.model))
                   : "matching memory device was not found");
    }
    std::size_t operator()(const model::Redirdev& wanted) const {
        const auto same = [&](const model::Redirdev& each) {
            return same_backend(wanted.backend, each.backend) && same_place(wanted, each);
        };
        const auto found = std::ranges::find_if(there_.redirdevs, same);
        if (found == there_.redirdevs.end())
            fail(ErrorSource::qemu, Code::operation_invalid,
                 "no matching redirdev was not found"); // libvirt's
        return static_cast<std::size_t>(found - there_.redirdevs.begin());
    }
    std::size_t operator()(const model::Shmem& wanted) const {
        return first(
            there_.shmems, [&](const model::Shmem& each) { return bare_text(each) == bare_text(wanted); },
            live() ? fmt::format("model '{}' shmem device not present in domain configuration",
                                 schema::word(wanted.model))
                   : "matching shmem device was not found");
    }
    std::size_t operator()(const model::Filesystem& wanted) const {
        return first(
            there_.filesystems, [&](const model::Filesystem& each) { return each.target == wanted.target; },
            live() ? "matching filesystem not found" : "no matching filesystem device was found");
    }
    std::size_t operator()(const model::Sound& wanted) const {
        return first(
            there_.sounds,
            [&](const model::Sound& each) { return each.model == wanted.model && same_place(wanted, each); },
            "device not present in domain configuration");
    }
    std::size_t operator()(const model::LockspaceLease& wanted) const {
        return first(
            there_.leases,
            [&](const model::LockspaceLease& each) {
                return each.key == wanted.key && each.lockspace == wanted.lockspace;
            },
            fmt::format("Lease {} in lockspace {} does not exist", wanted.key,
                        wanted.lockspace.empty() ? "(null)" : wanted.lockspace));
    }
    template <class Other> std::size_t operator()(const Other&) const {
        missing("device not present in domain configuration");
    }

  private:
    bool live() const { return where_ == Where::live; }

    template <class Device, class Same>
    static std::size_t first(const std::vector<Device>& devices, Same same, const std::string& otherwise) {
        const auto found = std::ranges::find_if(devices, same);
        if (found == devices.end()) missing(otherwise);
        return static_cast<std::size_t>(found - devices.begin());
    }

    template <class Device, class Same>
    std::size_t character(const std::vector<Device>& devices, const Device& wanted, Same same) const {
        const auto found = std::ranges::find_if(devices, [&](const Device& each) {
            return same(each) && same_backend(wanted.backend, each.backend) && same_place(wanted, each);
        });
        if (found != devices.end()) return static_cast<std::size_t>(found - devices.begin());
        if (live())
            missing(fmt::format("chr type '{}' device not present in domain configuration", given_.kind));
        fail(ErrorSource::qemu, Code::invalid_arg, "device not present in domain configuration");
    }

    static std::string source_text(const model::MemoryDevice& memory) {
        model::MemoryDevice source;
        source.source = memory.source;
        return bare_text(source);
    }

    /// As libvirt: by the numbers that were given.
    static bool same_source(const model::Hostdev& wanted, const model::Hostdev& there) {
        if (wanted.mode != there.mode || wanted.kind.index() != there.kind.index()) return false;
        if (const auto* usb = std::get_if<model::UsbHostdev>(&wanted.kind)) {
            const auto& other = std::get<model::UsbHostdev>(there.kind);
            const bool numbers = usb->address && (usb->address->bus || usb->address->device);
            if (numbers && (!other.address || usb->address->bus != other.address->bus ||
                            usb->address->device != other.address->device))
                return false;
            return !usb->vendor || (usb->vendor == other.vendor && usb->product == other.product);
        }
        if (const model::HostPci* pci = wanted.host_pci())
            return there.host_pci() != nullptr && pci->text() == there.host_pci()->text();
        model::Hostdev one, other;
        one.kind = wanted.kind;
        other.kind = there.kind;
        return bare_text(one) == bare_text(other);
    }

    static std::string hostdev_missing(const model::Hostdev& wanted) {
        if (const auto* usb = std::get_if<model::UsbHostdev>(&wanted.kind)) {
            if (usb->address && usb->address->bus)
                return fmt::format("host usb device {:03}.{:03} not found", usb->address->bus.value_or(0),
                                   usb->address->device.value_or(0));
            return fmt::format("host usb device vendor=0x{:04x} product=0x{:04x} not found",
                               usb->vendor.value_or(0), usb->product.value_or(0));
        }
        if (const model::HostPci* pci = wanted.host_pci())
            return fmt::format("host pci device {} not found", pci->text());
        return "host device not found";
    }

    const model::Devices& there_;
    const model::DeviceDocument& given_;
    Where where_;
};

} // namespace

DevicePlace find_meant(const model::Domain& domain, const model::DeviceDocument& wanted,
                       const model::DeviceDocument& given, Where where) {
    if (wanted.kind == "vsock") {
        if (domain.devices.vsock) return {wanted.kind, 0};
        if (where == Where::live) missing("matching vsock device not found");
        fail(ErrorSource::qemu, Code::operation_failed, "matching vsock device not found");
    }
    std::optional<std::size_t> index;
    const Finder finder(domain.devices, given, where);
    model::each_device_list(wanted.devices, [&](std::string_view kind, const auto& list) {
        if (kind == wanted.kind) index = finder(list.front());
    });
    if (!index) missing("device not present in domain configuration");
    return {wanted.kind, *index};
}

void grow_memory(model::Domain& domain, std::uint64_t kib, bool more) {
    const auto change = [kib, more](KiB& amount) {
        amount.value = more ? amount.value + kib : amount.value - std::min(amount.value, kib);
    };
    change(domain.memory.size);
    if (domain.current_memory) change(*domain.current_memory);
}

bool has_same(const model::Domain& domain, const model::DeviceDocument& wanted) {
    if (wanted.kind == "watchdog") return !domain.devices.watchdogs.empty();
    try {
        find_meant(domain, wanted, wanted, Where::config);
    } catch (const Error&) { return false; }
    return true;
}

} // namespace yado::guest
