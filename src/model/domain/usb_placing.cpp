// SPDX-License-Identifier: Apache-2.0
// USB ports. A bus has the ports of its controller; when there are fewer ports than devices, hubs are added,
// each giving eight for the one it takes.
#include "model/domain/placing.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"

namespace yado::model {
namespace {

constexpr unsigned hub_ports = 8;

unsigned ports_of(const Controller& controller) {
    switch (controller.model) {
    case ControllerModel::ehci:
    case ControllerModel::ich9_ehci1: return 6;
    case ControllerModel::nec_xhci:
    case ControllerModel::qemu_xhci: return controller.ports.value_or(4);
    case ControllerModel::pci_ohci: return 3;
    case ControllerModel::none:
    case ControllerModel::qusb1:
    case ControllerModel::qusb2: return 0;
    default: return 2;
    }
}

struct Placed {
    DeviceInfo* info = nullptr;
    bool hub = false;

    std::optional<UsbAddress> address() const {
        const auto* usb = std::get_if<UsbAddress>(&info->address);
        return usb == nullptr ? std::nullopt : std::optional(*usb);
    }
    bool placed() const {
        const auto usb = address();
        return usb && usb->port.chain[0] != 0;
    }
    bool elsewhere() const { return !std::holds_alternative<std::monostate>(info->address) && !address(); }
};

std::vector<Placed> list_devices(Domain& domain) {
    std::vector<Placed> found;
    Devices& d = domain.devices;
    for (Hub& hub : d.hubs) { found.push_back({&hub.info, true}); }
    for (Hostdev& h : d.hostdevs) {
        if (std::holds_alternative<UsbHostdev>(h.kind)) { found.push_back({&h.info}); }
    }
    for (Disk& disk : d.disks) {
        if (disk.target.bus == DiskBus::usb) { found.push_back({&disk.info}); }
    }
    for (Controller& controller : d.controllers) {
        if (controller.type == ControllerType::ccid) { found.push_back({&controller.info}); }
    }
    for (Input& input : d.inputs) {
        if (input.bus == InputBus::usb) { found.push_back({&input.info}); }
    }
    for (Serial& serial : d.serials) {
        if (serial.target == SerialTarget::usb) { found.push_back({&serial.info}); }
    }
    for (Sound& sound : d.sounds) {
        if (sound.model == SoundModel::usb) { found.push_back({&sound.info}); }
    }
    for (Redirdev& redirdev : d.redirdevs) { found.push_back({&redirdev.info}); }
    std::erase_if(found, [](const Placed& device) { return device.elsewhere(); });
    return found;
}

/// The ports of all buses: those of the controllers at the top, those of hubs below the hub's own.
class Ports {
  public:
    explicit Ports(const Domain& domain) {
        for (const Controller& controller : domain.devices.controllers) {
            if (controller.type == ControllerType::usb && controller.index) {
                unsigned& count = top_[*controller.index];
                count = std::max(count, ports_of(controller));
            }
        }
    }
    bool empty() const {
        return std::ranges::all_of(top_, [](const auto& bus) { return bus.second == 0; });
    }
    unsigned total() const {
        unsigned sum = 0;
        for (const auto& [bus, count] : top_) { sum += count; }
        return sum + hub_ports * static_cast<unsigned>(hubs_.size());
    }
    void take(const UsbAddress& address, bool hub) {
        taken_.insert({address.bus, address.port});
        if (hub) { hubs_.insert({address.bus, address.port}); }
    }
    /// Controllers' ports first, then hubs' in their order.
    std::optional<UsbAddress> place(bool hub) {
        for (const auto& [bus, count] : top_) {
            if (const auto port = free_below(bus, UsbPort(), 0, count)) {
                take({bus, *port}, hub);
                return UsbAddress{bus, *port};
            }
        }
        for (const auto& [bus, parent] : hubs_) {
            std::size_t depth = 0;
            while (depth < parent.chain.size() && parent.chain[depth] != 0) { ++depth; }
            if (depth == parent.chain.size()) { continue; }
            if (const auto port = free_below(bus, parent, depth, hub_ports)) {
                const UsbAddress address{bus, *port};
                take(address, hub);
                return address;
            }
        }
        return std::nullopt;
    }

  private:
    std::optional<UsbPort> free_below(std::uint32_t bus, UsbPort parent, std::size_t depth,
                                      unsigned count) const {
        for (unsigned number = 1; number <= count && number <= 255; ++number) {
            parent.chain[depth] = static_cast<std::uint8_t>(number);
            if (!taken_.contains({bus, parent})) { return parent; }
        }
        return std::nullopt;
    }

    std::map<std::uint32_t, unsigned> top_;
    std::set<std::pair<std::uint32_t, UsbPort>> taken_, hubs_;
};

} // namespace

void place_usb(Domain& domain) {
    Ports ports(domain);
    std::vector<Placed> devices = list_devices(domain);
    if (ports.empty() || devices.empty()) { return; }
    for (const Placed& device : devices) {
        if (device.placed()) { ports.take(*device.address(), device.hub); }
    }
    const auto hub_count = std::ranges::count_if(devices, &Placed::hub);
    const auto plain = static_cast<unsigned>(devices.size() - static_cast<std::size_t>(hub_count));
    // Ports without those that existing hubs take; a hub that has no place yet brings its eight.
    unsigned available = ports.total();
    for (const Placed& device : devices) { available += device.hub && !device.placed() ? hub_ports : 0; }
    available = available > hub_count ? available - static_cast<unsigned>(hub_count) : 0;
    if (plain > available) {
        const unsigned more = (plain - available + hub_ports - 2) / (hub_ports - 1);
        for (unsigned i = 0; i < more; ++i) { domain.devices.hubs.emplace_back(); }
        devices = list_devices(domain);
    }
    for (const Placed& device : devices) {
        if (device.placed()) { continue; }
        const auto address = ports.place(device.hub);
        if (!address) { fail(ErrorSource::domain, Code::internal_error, "No free USB ports"); }
        device.info->address = *address;
    }
}

} // namespace yado::model
