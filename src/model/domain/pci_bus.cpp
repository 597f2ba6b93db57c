// SPDX-License-Identifier: Apache-2.0
#include "model/domain/pci_bus.h"

#include "base/error.h"

namespace yado::model {

using namespace pci_connect;

PciNeeds needs_of(ControllerModel model) {
    switch (model) {
    case ControllerModel::pci_bridge: return pci_bridge;
    case ControllerModel::pci_expander_bus: return pci_expander;
    case ControllerModel::dmi_to_pci_bridge: return dmi_to_pci_bridge;
    case ControllerModel::pcie_to_pci_bridge: return pcie_to_pci_bridge;
    case ControllerModel::pcie_root_port: return pcie_root_port | share_slot;
    case ControllerModel::pcie_switch_upstream_port: return pcie_upstream;
    case ControllerModel::pcie_switch_downstream_port: return pcie_downstream;
    case ControllerModel::pcie_expander_bus: return pcie_expander;
    default: return none;
    }
}

PciBus make_bus(ControllerModel model) {
    PciBus bus;
    bus.model = model;
    switch (model) {
    case ControllerModel::pci_root:
        bus.offers = pci_device | pci_bridge | pci_expander | hotplug;
        bus.first_slot = 1; // slot 0 is the host bridge
        break;
    case ControllerModel::pci_bridge:
    case ControllerModel::pcie_to_pci_bridge:
        bus.offers = pci_device | pci_bridge | hotplug;
        bus.first_slot = 1; // slot 0 is the bridge's hotplug controller
        break;
    case ControllerModel::pci_expander_bus: bus.offers = pci_device | pci_bridge; break;
    case ControllerModel::pcie_root:
        // Devices go here only where the document or the machine says so: nothing can be plugged in later.
        bus.offers = pcie_root_port | dmi_to_pci_bridge | pcie_expander | integrated;
        bus.first_slot = 1;
        break;
    case ControllerModel::dmi_to_pci_bridge: bus.offers = pci_device | pci_bridge; break;
    case ControllerModel::pcie_root_port:
    case ControllerModel::pcie_switch_downstream_port:
        bus.offers = pcie_device | pcie_upstream | pcie_to_pci_bridge | hotplug;
        bus.last_slot = 0;
        break;
    case ControllerModel::pcie_switch_upstream_port: bus.offers = pcie_downstream; break;
    case ControllerModel::pcie_expander_bus: bus.offers = pcie_root_port | dmi_to_pci_bridge; break;
    default: break;
    }
    return bus;
}

bool PciTopology::in_use(const PciAddress& address) const {
    return address.bus < buses.size() &&
           (buses[address.bus].functions[address.slot & 31] >> address.function & 1) != 0;
}

bool PciTopology::slot_in_use(std::uint8_t bus, std::uint8_t slot) const {
    return bus < buses.size() && buses[bus].functions[slot & 31] != 0;
}

void PciTopology::take(const PciAddress& address, PciNeeds needs) {
    if (address.slot > 0x1f) {
        fail(Code::xml_error, "Invalid PCI address slot='0x{:x}', must be <= 0x1F", address.slot);
    }
    if (address.function > 7) {
        fail(Code::xml_error, "Invalid PCI address function=0x{:x}, must be <= 7", address.function);
    }
    if (address.domain != 0) {
        fail(ErrorSource::domain, Code::xml_error, "Invalid PCI address {}. Only PCI domain 0 is available",
             address.text());
    }
    if (address.bus >= buses.size()) { grow_to(address.bus, needs); }
    PciBus& bus = buses[address.bus];
    if (address.slot < bus.first_slot) {
        fail(ErrorSource::domain, Code::xml_error, "Invalid PCI address {}. slot must be >= {}",
             address.text(), bus.first_slot);
    }
    if (address.slot > bus.last_slot) {
        fail(ErrorSource::domain, Code::xml_error, "Invalid PCI address {}. slot must be <= {}",
             address.text(), bus.last_slot);
    }
    if (in_use(address)) {
        fail(ErrorSource::domain, Code::xml_error, "Attempted double use of PCI Address {}", address.text());
    }
    if (bus.functions[address.slot] == 0) { bus.shared[address.slot] = (needs & share_slot) != 0; }
    bus.functions[address.slot] =
        static_cast<std::uint8_t>(bus.functions[address.slot] | 1U << (address.function & 7U));
}

void PciTopology::take_slot(std::uint8_t bus, std::uint8_t slot) {
    if (bus < buses.size()) { buses[bus].functions[slot & 31] = 0xff; }
}

std::optional<PciAddress> PciTopology::find(PciNeeds needs) const {
    const auto wanted = static_cast<PciNeeds>(needs & ~share_slot);
    for (std::size_t number = 0; number < buses.size(); ++number) {
        const PciBus& bus = buses[number];
        if ((bus.offers & wanted) != wanted) { continue; }
        for (unsigned slot = bus.first_slot; slot <= bus.last_slot; ++slot) {
            const std::uint8_t used = bus.functions[slot];
            const bool can_share = (needs & share_slot) != 0 && bus.shared[slot] && used != 0xff;
            if (used != 0 && !can_share) { continue; }
            PciAddress address;
            address.bus = static_cast<std::uint8_t>(number);
            address.slot = static_cast<std::uint8_t>(slot);
            while ((used >> address.function & 1) != 0) { ++address.function; }
            return address;
        }
    }
    return std::nullopt;
}

PciAddress PciTopology::place(PciNeeds needs, bool may_grow) {
    auto address = find(needs);
    if (!address && may_grow) {
        grow(needs);
        address = find(needs);
    }
    if (!address) { fail(ErrorSource::domain, Code::internal_error, "No more available PCI slots"); }
    take(*address, needs);
    return *address;
}

void PciTopology::add(ControllerModel model) {
    constexpr std::size_t most = 256; // bus numbers are a byte
    if (buses.size() >= most) {
        fail(ErrorSource::domain, Code::internal_error, "No more available PCI slots");
    }
    buses.push_back(make_bus(model));
}

void PciTopology::grow(PciNeeds needs) {
    if (buses.empty()) { fail(ErrorSource::domain, Code::xml_error, "No PCI buses available"); }
    if ((needs & (pcie_device | pcie_upstream | pcie_to_pci_bridge)) != 0 && pcie) {
        add(ControllerModel::pcie_root_port);
        return;
    }
    if ((needs & (pci_device | pci_bridge)) != 0) {
        if (!pcie) {
            // The first bridge's own place was set aside before devices were placed.
            if (buses.size() > 1) { place(pci_bridge, false); }
            add(ControllerModel::pci_bridge);
            return;
        }
        if (find(pci_bridge)) {
            place(pci_bridge, false);
            add(ControllerModel::pci_bridge);
            return;
        }
        // libvirt brings a port for the bridge even where one is free, and then takes the first.
        add(ControllerModel::pcie_root_port);
        place(pcie_to_pci_bridge, false);
        add(ControllerModel::pcie_to_pci_bridge);
        return;
    }
    fail(ErrorSource::domain, Code::internal_error,
         "Cannot automatically add a new PCI bus for a device with connect flags {:02x}", needs);
}

void PciTopology::grow_to(std::uint8_t bus, PciNeeds needs) {
    if (buses.empty()) { fail(ErrorSource::domain, Code::xml_error, "No PCI buses available"); }
    while (buses.size() <= bus) {
        if (!pcie) {
            add(ControllerModel::pci_bridge);
        } else if ((needs & pci_device) == 0) {
            add(ControllerModel::pcie_root_port);
        } else {
            grow(needs);
        }
    }
}

} // namespace yado::model
