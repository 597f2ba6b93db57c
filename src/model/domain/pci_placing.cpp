// SPDX-License-Identifier: Apache-2.0
// PCI addresses. Two passes over the same list of devices in libvirt's order: the first, on a copy, finds out
// how many buses are needed; the second, with the controllers for them in the domain, gives the addresses.
#include "model/domain/placing.h"

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "model/domain/machine.h"
#include "model/domain/pci_devices.h"

namespace yado::model {
namespace {

using namespace pci_connect;

class PciPlanner {
  public:
    explicit PciPlanner(Domain& domain) : domain_(domain), board_(board_of(domain)) {}

    /// Gives addresses to everything that lacks one; only counts buses when `dry`.
    PciTopology run(bool dry) {
        dry_ = dry;
        topology_ = PciTopology();
        topology_.pcie = has_pcie_root(board_);
        collect_buses();
        devices_ = pci_devices(domain_, topology_.pcie);
        assigned_.clear();
        if (topology_.buses.empty()) {
            if (!devices_.empty()) { fail(ErrorSource::domain, Code::xml_error, "No PCI buses available"); }
            return topology_;
        }
        take_given();
        machine_places();
        if (dry && !topology_.pcie && topology_.find(pci_device | hotplug)) {
            // One place is set aside for the bridge that may become necessary.
            topology_.place(pci_bridge, false);
        }
        for (const PciDevice& device : devices_) {
            if (wants_place(address_of(device))) { assign(device, place_for(device)); }
        }
        return topology_;
    }

    const PciTopology& topology() const { return topology_; }

  private:
    void collect_buses() {
        for (const Controller& controller : domain_.devices.controllers) {
            if (controller.type != ControllerType::pci || !controller.index || *controller.index > 255) {
                continue;
            }
            if (topology_.buses.size() <= *controller.index) {
                topology_.buses.resize(*controller.index + 1U);
            }
            topology_.buses[*controller.index] = make_bus(controller.model);
        }
        // Gaps in the numbers are filled with what libvirt would add there.
        for (PciBus& bus : topology_.buses) {
            if (bus.model == ControllerModel::unset) {
                bus =
                    make_bus(topology_.pcie ? ControllerModel::pcie_root_port : ControllerModel::pci_bridge);
            }
        }
    }

    Address address_of(const PciDevice& device) const {
        if (const auto found = assigned_.find(&device); found != assigned_.end()) { return found->second; }
        return device.info->address;
    }

    void assign(const PciDevice& device, const PciAddress& address) {
        if (dry_) {
            assigned_[&device] = address;
        } else {
            device.info->address = address;
        }
    }

    void take_given() {
        for (const PciDevice& device : devices_) {
            const Address address = address_of(device);
            if (const auto* pci = std::get_if<PciAddress>(&address); pci != nullptr && !pci->wanted()) {
                topology_.take(*pci, device.needs);
            }
        }
    }

    /// The machine's own chips: some devices of a document are these and have their place, the other places
    /// are taken.
    void machine_places() {
        if (board_ == Board::i440fx) {
            fixed(ControllerType::ide, {}, 1, 1);
            fixed(ControllerType::usb, ControllerModel::piix3_uhci, 1, 2);
            take_free(1, 0);
            topology_.take_slot(0, 1); // PIIX3: ISA bridge, IDE, USB, power management
            primary_video(2);
        } else if (board_ == Board::q35) {
            fixed(ControllerType::sata, {}, 0x1f, 2);
            companions();
            fixed_bridge();
            take_free(0x1f, 0); // LPC bridge
            take_free(0x1f, 3); // SMBus
            primary_video(1);
            ich9_sound();
        }
    }

    void take_free(std::uint8_t slot, std::uint8_t function) {
        PciAddress address;
        address.slot = slot;
        address.function = function;
        topology_.take(address, none);
    }

    /// The first controller of a type, with `model` or any, when it has no address.
    void fixed(ControllerType type, std::optional<ControllerModel> model, std::uint8_t slot,
               std::uint8_t function) {
        for (const PciDevice& device : devices_) {
            const Controller* c = device.controller;
            if (c == nullptr || c->type != type || c->index != 0 || (model && c->model != *model)) {
                continue;
            }
            PciAddress address;
            address.slot = slot;
            address.function = function;
            if (wants_place(address_of(device)) && !topology_.in_use(address)) {
                topology_.take(address, none);
                assign(device, address);
            }
        }
    }

    void fixed_bridge() {
        for (const PciDevice& device : devices_) {
            if (device.controller != nullptr &&
                device.controller->model == ControllerModel::dmi_to_pci_bridge &&
                wants_place(address_of(device)) && !topology_.slot_in_use(0, 0x1e)) {
                PciAddress address;
                address.slot = 0x1e;
                topology_.take(address, none);
                assign(device, address);
                return;
            }
        }
    }

    /// ICH9 has two sets of USB 2 controllers, at 1d and 1a; the first function of a set is the one that
    /// decides.
    void companions() {
        for (const PciDevice& device : devices_) {
            if (device.controller == nullptr || device.controller->model != ControllerModel::ich9_uhci1 ||
                !wants_place(address_of(device))) {
                continue;
            }
            for (const std::uint8_t slot : {0x1d, 0x1a}) {
                if (topology_.slot_in_use(0, slot)) { continue; }
                PciAddress address;
                address.slot = slot;
                address.multifunction = schema::OnOff::on;
                topology_.take(address, none);
                assign(device, address);
                break;
            }
        }
    }

    void primary_video(std::uint8_t slot) {
        if (domain_.devices.videos.empty()) { return; }
        for (const PciDevice& device : devices_) {
            if (device.info != &domain_.devices.videos.front().info || !wants_place(address_of(device))) {
                continue;
            }
            if (!topology_.slot_in_use(0, slot)) {
                PciAddress address;
                address.slot = slot;
                topology_.take(address, none);
                assign(device, address);
            } else {
                assign(device, topology_.place(pci_device | hotplug, dry_));
            }
        }
    }

    void ich9_sound() {
        for (const Sound& sound : domain_.devices.sounds) {
            for (const PciDevice& device : devices_) {
                if (device.info == &sound.info && sound.model == SoundModel::ich9 &&
                    wants_place(address_of(device)) && !topology_.slot_in_use(0, 0x1b)) {
                    take_free(0x1b, 0);
                    PciAddress address;
                    address.slot = 0x1b;
                    assign(device, address);
                    return;
                }
            }
        }
    }

    /// Function of a member of an ICH9 USB 2 set; nothing for other controllers.
    static std::optional<std::uint8_t> set_function(const Controller* controller) {
        if (controller == nullptr || controller->type != ControllerType::usb) { return std::nullopt; }
        switch (controller->model) {
        case ControllerModel::ich9_ehci1: return std::uint8_t{7};
        case ControllerModel::ich9_uhci1: return std::uint8_t{0};
        case ControllerModel::ich9_uhci2: return std::uint8_t{1};
        case ControllerModel::ich9_uhci3: return std::uint8_t{2};
        default: return std::nullopt;
        }
    }

    PciAddress place_for(const PciDevice& device) {
        if (device.needs == none) {
            fail(ErrorSource::domain, Code::internal_error,
                 "Cannot automatically add a new PCI bus for a device with connect flags 00");
        }
        const auto function = set_function(device.controller);
        if (!function) { return topology_.place(device.needs, dry_); }
        // Members of one set share a slot.
        std::optional<PciAddress> slot;
        for (const PciDevice& other : devices_) {
            if (set_function(other.controller) && other.controller->index == device.controller->index) {
                const Address address = address_of(other);
                if (const auto* pci = std::get_if<PciAddress>(&address); pci != nullptr && !pci->wanted()) {
                    slot = *pci;
                }
            }
        }
        if (!slot) {
            slot = topology_.find(device.needs);
            if (!slot) {
                // Growing has the slot it finds taken; it is given back for the function wanted.
                const PciAddress found = topology_.place(device.needs, dry_);
                topology_.buses[found.bus].functions[found.slot] = 0;
                slot = found;
            }
        }
        slot->function = *function;
        slot->multifunction = *function == 0 ? schema::OnOff::on : schema::OnOff::unset;
        topology_.take(*slot, none);
        return *slot;
    }

    Domain& domain_;
    Board board_;
    bool dry_ = true;
    PciTopology topology_;
    std::vector<PciDevice> devices_;
    std::map<const PciDevice*, PciAddress> assigned_; ///< of the dry pass
};

/// The guest looks behind function 0 only when told that there is more.
void mark_multifunction(Domain& domain, const PciTopology& topology) {
    for (Controller& c : domain.devices.controllers) {
        PciAddress* place = c.info.pci();
        if (place == nullptr || place->function != 0 || place->multifunction != schema::OnOff::unset ||
            place->bus >= topology.buses.size()) {
            continue;
        }
        const PciBus& bus = topology.buses[place->bus];
        if (bus.shared[place->slot & 31] && (bus.functions[place->slot & 31] & 0xfe) != 0) {
            place->multifunction = schema::OnOff::on;
        }
    }
}

void require_root(const Domain& domain) {
    const Board board = board_of(domain);
    const ControllerModel wanted =
        has_pcie_root(board) ? ControllerModel::pcie_root : ControllerModel::pci_root;
    for (const Controller& c : domain.devices.controllers) {
        if (board != Board::other && c.type == ControllerType::pci && c.index == 0 && c.model != wanted) {
            fail(ErrorSource::qemu, Code::xml_error,
                 "The PCI controller with index='0' must be model='{}' for this machine type, but model='{}' "
                 "was found "
                 "instead",
                 schema::word(wanted), c.model == ControllerModel::unset ? "(null)" : schema::word(c.model));
        }
        if (c.model == ControllerModel::pci_expander_bus && board != Board::i440fx) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "pci-expander-bus controllers are only supported on 440fx-based machinetypes");
        }
        if (c.model == ControllerModel::pcie_expander_bus && !has_pcie_root(board)) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "pcie-expander-bus controllers are only supported on q35-based machinetypes");
        }
        if (c.type == ControllerType::pci && c.model == ControllerModel::unset) {
            fail(ErrorSource::domain, Code::internal_error, "PCI controller model was not set correctly");
        }
    }
}

} // namespace

void place_pci(Domain& domain) {
    require_root(domain);
    PciPlanner planner(domain);
    PciTopology needed = planner.run(true);
    bool only_root = true;
    for (const Controller& c : domain.devices.controllers) {
        only_root = only_root && (c.type != ControllerType::pci || c.index.value_or(0) == 0);
    }
    if (only_root && needed.pcie && needed.buses.size() > 1) {
        // A new domain gets one port to plug something into later.
        needed.place(pcie_device | hotplug, true);
    }
    for (std::size_t index = 1; index < needed.buses.size(); ++index) {
        if (!has_controller(domain, ControllerType::pci, static_cast<std::uint16_t>(index))) {
            add_controller(domain, ControllerType::pci, static_cast<std::uint16_t>(index),
                           needed.buses[index].model);
        }
    }
    const PciTopology placed = planner.run(false);
    for (Controller& c : domain.devices.controllers) {
        if (c.type == ControllerType::pci && c.index) { fill_bridge(c); }
    }
    mark_multifunction(domain, placed);
}

} // namespace yado::model
