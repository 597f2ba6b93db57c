// SPDX-License-Identifier: Apache-2.0
#include "model/domain/pci_devices.h"

namespace yado::model {
PciModelName model_name_of(ControllerModel model) {
    switch (model) {
    case ControllerModel::pci_bridge: return PciModelName::pci_bridge;
    case ControllerModel::dmi_to_pci_bridge: return PciModelName::i82801b11_bridge;
    case ControllerModel::pcie_to_pci_bridge: return PciModelName::pcie_pci_bridge;
    case ControllerModel::pcie_root_port: return PciModelName::pcie_root_port;
    case ControllerModel::pcie_switch_upstream_port: return PciModelName::x3130_upstream;
    case ControllerModel::pcie_switch_downstream_port: return PciModelName::xio3130_downstream;
    case ControllerModel::pci_expander_bus: return PciModelName::pxb;
    case ControllerModel::pcie_expander_bus: return PciModelName::pxb_pcie;
    default: return PciModelName::unset;
    }
}

void fill_bridge(Controller& c) {
    if (c.pci_model == PciModelName::unset || c.pci_model == PciModelName::none) {
        c.pci_model = model_name_of(c.model);
    }
    const auto number = static_cast<std::uint8_t>(*c.index);
    switch (c.model) {
    case ControllerModel::pci_bridge:
        if (!c.target.chassis_number) { c.target.chassis_number = number; }
        break;
    case ControllerModel::pcie_root_port:
    case ControllerModel::pcie_switch_downstream_port:
        if (!c.target.chassis) { c.target.chassis = number; }
        if (const PciAddress* place = c.info.pci(); place != nullptr && !c.target.port) {
            c.target.port = c.model == ControllerModel::pcie_root_port ? place->slot << 3U | place->function
                                                                       : place->slot;
        }
        break;
    default: break;
    }
}

} // namespace yado::model
