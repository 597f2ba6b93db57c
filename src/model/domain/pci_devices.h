// SPDX-License-Identifier: Apache-2.0
// Which devices of a domain sit on PCI and what each needs of its bus, in the order libvirt gives them
// places: one line a kind of device.
#pragma once

#include <vector>

#include "model/domain/domain.h"
#include "model/domain/pci_bus.h"

namespace yado::model {

struct PciDevice {
    DeviceInfo* info = nullptr;
    PciNeeds needs = pci_connect::none;
    const Controller* controller = nullptr;
};

/// Also devices that need no PCI place but were given one. `express`: the machine's root is PCI Express.
std::vector<PciDevice> pci_devices(Domain& domain, bool express);

/// Whether a place is to be found: none given, or "on PCI, anywhere".
bool wants_place(const Address& address);

/// What QEMU must be told of a bridge beyond its place; follows from number and place.
void fill_bridge(Controller& controller);
/// The device QEMU makes for a bridge when the document does not choose one.
PciModelName model_name_of(ControllerModel model);

} // namespace yado::model
