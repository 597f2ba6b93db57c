// SPDX-License-Identifier: Apache-2.0
#include "model/domain/placing.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace yado::model {
std::optional<std::uint32_t> disk_number(std::string_view target) {
    // Prefixes as libvirt knows them; letters count in base 26, digits at the end name a partition.
    static constexpr std::array<std::string_view, 7> prefixes{"fd", "hd", "vd", "sd", "xvd", "ubd", "xvd"};
    const auto prefix = std::ranges::find_if(
        prefixes, [target](std::string_view known) { return target.starts_with(known); });
    if (prefix == prefixes.end()) { return std::nullopt; }
    target.remove_prefix(prefix->size());
    constexpr std::size_t most_letters = 4;
    std::uint32_t number = 0;
    std::size_t letters = 0;
    while (letters < target.size() && target[letters] >= 'a' && target[letters] <= 'z') {
        number = (number + (letters == 0 ? 0 : 1)) * 26 + static_cast<std::uint32_t>(target[letters] - 'a');
        if (++letters > most_letters) { return std::nullopt; }
    }
    const std::string_view digits = target.substr(letters);
    if (letters == 0 || (!digits.empty() && !parse_number<std::uint32_t>(digits))) { return std::nullopt; }
    return number;
}

namespace {

/// "nvme0n1": its controller and, counting from 1, its place there.
std::optional<DriveAddress> nvme_address(std::string_view target) {
    if (!target.starts_with("nvme")) { return std::nullopt; }
    target.remove_prefix(4);
    const std::size_t n = target.find('n');
    if (n == std::string_view::npos) { return std::nullopt; }
    const auto controller = parse_number<std::uint8_t>(target.substr(0, n));
    const auto place = parse_number<std::uint8_t>(target.substr(n + 1));
    if (!controller || !place || *place == 0) { return std::nullopt; }
    DriveAddress address;
    address.controller = *controller;
    address.unit = *place - 1U;
    return address;
}

} // namespace

std::optional<DriveAddress> drive_address(const Disk& disk) {
    if (disk.target.bus == DiskBus::nvme) { return nvme_address(disk.target.dev); }
    const auto number = disk_number(disk.target.dev);
    if (!number) { return std::nullopt; }
    const std::uint32_t n = *number;
    DriveAddress address;
    switch (disk.target.bus) {
    case DiskBus::ide: // two buses of two units
        address.controller = n / 4;
        address.bus = n % 4 / 2;
        address.unit = n % 2;
        return address;
    case DiskBus::sata: // six ports
        address.controller = n / 6;
        address.unit = n % 6;
        return address;
    case DiskBus::fdc:
        address.controller = n / 2;
        address.unit = n % 2;
        return address;
    case DiskBus::scsi: // eight units, of which the last is the controller; so even on wide buses
        address.controller = n / 7;
        address.unit = n % 7;
        return address;
    default: return std::nullopt;
    }
}

void place_drives(Domain& domain) {
    std::set<std::pair<DiskBus, DriveAddress>> taken;
    for (const Disk& disk : domain.devices.disks) {
        if (const auto* given = std::get_if<DriveAddress>(&disk.info.address)) {
            taken.emplace(disk.target.bus, *given);
        }
    }
    for (Disk& disk : domain.devices.disks) {
        if (!std::holds_alternative<std::monostate>(disk.info.address)) { continue; }
        auto address = drive_address(disk);
        if (!address) { continue; }
        // A name leads to one place only; where a document has put another disk there, the next free one is
        // taken.
        if (disk.target.bus == DiskBus::scsi) {
            while (taken.contains({disk.target.bus, *address})) {
                address->unit = (address->unit + 1) % 7;
                address->controller += address->unit == 0 ? 1 : 0;
            }
        }
        taken.emplace(disk.target.bus, *address);
        disk.info.address = *address;
    }
}

std::uint16_t free_index(const Domain& domain, ControllerType type) {
    std::set<std::uint16_t> used;
    for (const Controller& controller : domain.devices.controllers) {
        if (controller.type == type && controller.index) { used.insert(*controller.index); }
    }
    std::uint16_t index = 0;
    while (used.contains(index)) { ++index; }
    return index;
}

bool has_controller(const Domain& domain, ControllerType type, std::uint16_t index) {
    return std::ranges::any_of(domain.devices.controllers,
                               [&](const Controller& c) { return c.type == type && c.index == index; });
}

Controller& add_controller(Domain& domain, ControllerType type, std::uint16_t index, ControllerModel model) {
    Controller& added = domain.devices.controllers.emplace_back();
    added.type = type;
    added.index = index;
    added.model = model;
    return added;
}

void place_virtio_serial(Domain& domain) {
    constexpr std::uint32_t default_ports =
        31; // QEMU's max_ports, port 0 of the first bus being the console's
    std::set<std::pair<std::uint32_t, std::uint32_t>> taken;
    const auto is_virtio = [](const Channel& channel) { return channel.target == ChannelTarget::virtio; };
    const auto ports_of = [&](std::uint32_t index) {
        for (const Controller& controller : domain.devices.controllers) {
            if (controller.type == ControllerType::virtio_serial && controller.index == index) {
                return controller.ports.value_or(default_ports);
            }
        }
        return 0U;
    };
    const auto take_given = [&](const DeviceInfo& info) {
        const auto* address = std::get_if<VirtioSerialAddress>(&info.address);
        if (address == nullptr || address->port == 0) { return; }
        if (address->port >= ports_of(address->controller)) {
            fail(ErrorSource::domain, Code::xml_error, "virtio serial controller {} does not have port {}",
                 address->controller, address->port);
        }
        if (!taken.emplace(address->controller, address->port).second) {
            fail(ErrorSource::domain, Code::xml_error,
                 "virtio serial port {} on controller {} is already occupied", address->port,
                 address->controller);
        }
    };
    for (const Channel& channel : domain.devices.channels) {
        if (is_virtio(channel)) { take_given(channel.info); }
    }
    for (const Console& console : domain.devices.consoles) {
        if (console.target == ConsoleTarget::virtio) { take_given(console.info); }
    }
    for (Channel& channel : domain.devices.channels) {
        auto* address = std::get_if<VirtioSerialAddress>(&channel.info.address);
        if (!is_virtio(channel) || (address != nullptr && address->port != 0)) { continue; }
        std::uint32_t controller = address != nullptr ? address->controller : 0;
        constexpr std::uint32_t last_controller = 255;
        if (controller > last_controller) {
            fail(ErrorSource::domain, Code::xml_error, "virtio serial controller {} is not available",
                 controller);
        }
        for (std::uint32_t port = 1;; ++port) {
            if (port >= ports_of(controller)) {
                ++controller;
                port = 1;
                if (ports_of(controller) == 0) {
                    add_controller(domain, ControllerType::virtio_serial,
                                   static_cast<std::uint16_t>(controller));
                }
            }
            if (taken.emplace(controller, port).second) {
                channel.info.address = VirtioSerialAddress{controller, 0, port};
                break;
            }
        }
    }
}

void place_memories(Domain& domain) {
    const std::uint32_t slots = domain.max_memory ? domain.max_memory->slots : 0;
    if (slots == 0) { return; } // check() says what is missing
    std::set<std::uint32_t> taken;
    for (const MemoryDevice& memory : domain.devices.memories) {
        const auto* dimm = std::get_if<DimmAddress>(&memory.info.address);
        if (dimm == nullptr) { continue; }
        if (dimm->slot >= slots) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "memory device slot '{}' exceeds slots count '{}'", dimm->slot, slots);
        }
        if (!taken.insert(dimm->slot).second) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "memory device slot '{}' is already being used by another memory device", dimm->slot);
        }
    }
    for (MemoryDevice& memory : domain.devices.memories) {
        if (!memory.is_dimm() || !std::holds_alternative<std::monostate>(memory.info.address)) { continue; }
        std::uint32_t slot = 0;
        while (taken.contains(slot)) { ++slot; }
        if (slot >= slots) {
            fail(ErrorSource::qemu, Code::internal_error, "failed to find an empty memory slot");
        }
        taken.insert(slot);
        memory.info.address = DimmAddress{.slot = slot, .base = {}};
    }
}

} // namespace yado::model
