// SPDX-License-Identifier: Apache-2.0
// The PCI topology of a domain while addresses are handed out: which bus takes what, which slots are used.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/domain/devices/controller.h"

namespace yado::model {

/// What a device needs of the bus it sits on, and what a bus offers; a device fits where all its needs are
/// offered.
namespace pci_connect {
enum Flags : std::uint16_t {
    none = 0,
    pci_device = 1 << 0,
    pcie_device = 1 << 1,
    pcie_root_port = 1 << 2,
    pcie_upstream = 1 << 3,
    pcie_downstream = 1 << 4,
    dmi_to_pci_bridge = 1 << 5,
    pci_bridge = 1 << 6,
    pcie_to_pci_bridge = 1 << 7,
    pci_expander = 1 << 8,
    pcie_expander = 1 << 9,
    hotplug = 1 << 10,
    integrated = 1 << 11, ///< part of the machine: on the root bus itself
    share_slot =
        1 << 12, ///< may use further functions of a slot that holds only such devices; no bus offers it
};
} // namespace pci_connect
using PciNeeds = std::uint16_t;

struct PciBus {
    ControllerModel model{};
    PciNeeds offers = 0;
    std::uint8_t first_slot = 0, last_slot = 31;
    std::array<std::uint8_t, 32> functions{}; ///< used functions of each slot, one bit each
    std::array<bool, 32> shared{};            ///< slots begun by a device with share_slot
};

/// What a controller needs where it is plugged in.
PciNeeds needs_of(ControllerModel model);
PciBus make_bus(ControllerModel model);

class PciTopology {
  public:
    std::vector<PciBus> buses; ///< by controller index
    bool pcie = false;         ///< the root is PCI Express

    bool in_use(const PciAddress& address) const;
    bool slot_in_use(std::uint8_t bus, std::uint8_t slot) const;
    /// Takes a place named by the document or the machine. Throws xml_error when it is taken or cannot be.
    void take(const PciAddress& address, PciNeeds needs);
    void take_slot(std::uint8_t bus, std::uint8_t slot);

    /// The lowest free place that suits; nothing when there is none.
    std::optional<PciAddress> find(PciNeeds needs) const;
    /// find() and take it, adding buses when `may_grow`. Throws internal_error when there is no place.
    PciAddress place(PciNeeds needs, bool may_grow);
    /// Adds buses up to index `bus` of the kind a device with these needs is plugged into.
    void grow_to(std::uint8_t bus, PciNeeds needs);

  private:
    void grow(PciNeeds needs);
    void add(ControllerModel model);
};

} // namespace yado::model
