// SPDX-License-Identifier: Apache-2.0
// Controllers: their order, their default models, those every machine has.
#include "model/domain/complete_devices.h"

#include <algorithm>

#include "model/domain/machine.h"
#include "model/domain/placing.h"

namespace yado::model {
namespace {

void insert_controller(std::vector<Controller>& controllers, Controller controller) {
    std::optional<std::size_t> at;
    for (std::size_t i = controllers.size(); i-- > 0;) {
        const Controller& other = controllers[i];
        if (other.type != controller.type) { continue; }
        if (!controller.index) {
            at = i + 1;
            break;
        }
        const int other_index = other.index ? *other.index : -1;
        if (other_index > *controller.index) {
            at = i;
        } else if (!controller.master_start_port && other.master_start_port &&
                   other_index == *controller.index) {
            at = i; // a companion stands behind its master
        } else if (!at) {
            at = i + 1;
        }
    }
    controllers.insert(controllers.begin() + static_cast<std::ptrdiff_t>(at.value_or(controllers.size())),
                       std::move(controller));
}

bool is_usb2_member(const Controller& controller) {
    return controller.type == ControllerType::usb && (controller.model == ControllerModel::ich9_ehci1 ||
                                                      controller.model == ControllerModel::ich9_uhci1 ||
                                                      controller.model == ControllerModel::ich9_uhci2 ||
                                                      controller.model == ControllerModel::ich9_uhci3);
}

} // namespace

void sort_controllers(Domain& domain) {
    std::vector<Controller> controllers;
    controllers.reserve(domain.devices.controllers.size());
    for (Controller& controller : domain.devices.controllers) {
        insert_controller(controllers, std::move(controller));
    }
    domain.devices.controllers = std::move(controllers);
    const Controller* before = nullptr;
    for (Controller& controller : domain.devices.controllers) {
        if (!controller.index) { // the members of a USB 2 set are functions of one device
            const bool same_set = before != nullptr && is_usb2_member(*before) && is_usb2_member(controller);
            controller.index = same_set ? *before->index : free_index(domain, controller.type);
        }
        before = &controller;
    }
}

void add_machine_controllers(Domain& domain, const CompleteContext& context) {
    const Board board = board_of(domain);
    const bool x86 = is_x86(domain.os.type.arch);
    const bool no_usb = std::ranges::none_of(
        domain.devices.controllers, [](const Controller& c) { return c.type == ControllerType::usb; });
    if (no_usb && x86 && board != Board::other) {
        const bool xhci = board == Board::q35 && has_device(domain, context, "qemu-xhci");
        add_controller(domain, ControllerType::usb, 0,
                       xhci ? ControllerModel::qemu_xhci : ControllerModel::unset);
    }
    if (board == Board::q35 && !has_controller(domain, ControllerType::sata, 0)) {
        add_controller(domain, ControllerType::sata, 0);
    }
    if (board != Board::other && !has_controller(domain, ControllerType::pci, 0)) {
        add_controller(domain, ControllerType::pci, 0,
                       has_pcie_root(board) ? ControllerModel::pcie_root : ControllerModel::pci_root);
    }
}

namespace {

/// Each expander takes the two numbers below the lowest one, so that a bridge behind it has one too.
void number_expanders(std::vector<Controller>& controllers) {
    const auto is_expander = [](const Controller& c) {
        return c.model == ControllerModel::pci_expander_bus || c.model == ControllerModel::pcie_expander_bus;
    };
    std::int32_t lowest = 256;
    for (const Controller& c : controllers) {
        if (is_expander(c) && c.target.bus_number) { lowest = std::min(lowest, *c.target.bus_number); }
    }
    for (Controller& c : controllers) {
        if (is_expander(c) && !c.target.bus_number) {
            lowest -= 2;
            c.target.bus_number = lowest;
        }
    }
}

} // namespace

void complete_controllers(Domain& domain, const CompleteContext& context) {
    if (is_qemu(domain)) { number_expanders(domain.devices.controllers); }
    for (Controller& controller : domain.devices.controllers) {
        if (controller.model != ControllerModel::pci_root && controller.model != ControllerModel::pcie_root) {
            controller.pci_hole64_kib.reset(); // a host bridge's
        }
        if (controller.model != ControllerModel::unset && controller.model != ControllerModel::auto_) {
            continue;
        }
        if (controller.type == ControllerType::usb && is_qemu(domain)) {
            const bool x86 = is_x86(domain.os.type.arch);
            controller.model = x86 ? ControllerModel::piix3_uhci : ControllerModel::qemu_xhci;
        } else if (controller.type == ControllerType::scsi && is_qemu(domain)) {
            const bool lsi = has_device(domain, context, "lsi53c895a");
            controller.model = lsi ? ControllerModel::lsilogic : ControllerModel::virtio_scsi;
        }
    }
}

} // namespace yado::model
