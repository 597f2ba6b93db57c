// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check_devices.h"

#include <algorithm>
#include <set>

#include "model/domain/machine.h"
#include "model/domain/pci_devices.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

/// The problems of one controller.
class ControllerCheck {
  public:
    ControllerCheck(const Domain& domain, const Controller& controller, std::size_t index, Diagnostics& out)
        : board_(board_of(domain)), domain_(domain), controller_(controller), index_(index), out_(out) {}

    void run() {
        if (domain_.type != DomainType::qemu && domain_.type != DomainType::kvm) { return; }
        switch (controller_.type) {
        case ControllerType::scsi: scsi(); break;
        case ControllerType::usb: usb(); break;
        case ControllerType::pci: pci(); break;
        default: break;
        }
    }

  private:
    template <class... Args>
    void refuse(ErrorSource source, std::string_view part, fmt::format_string<Args...> text, Args&&... args) {
        problem(out_, source, Code::config_unsupported, at("controller", index_, part), text,
                std::forward<Args>(args)...);
    }

    void scsi() {
        const ControllerModel model = controller_.model;
        if (model == ControllerModel::buslogic) {
            refuse(driver, "/@model", "Unsupported controller model: buslogic");
        } else if (model == ControllerModel::ncr53c90) {
            refuse(driver, "/@model", "ncr53c90 SCSI controller is not a built-in for this machine");
        }
        if (!controller_.driver) { return; }
        const ControllerDriver& d = *controller_.driver;
        const bool virtio = model == ControllerModel::virtio_scsi ||
                            model == ControllerModel::virtio_transitional ||
                            model == ControllerModel::virtio_non_transitional;
        const auto virtio_only = [&](bool given, std::string_view name) {
            if (given && !virtio) {
                refuse(driver, "/driver", "'{}' is only supported by virtio-scsi controller", name);
            }
        };
        virtio_only(d.queues.value_or(0) != 0, "queues");
        virtio_only(d.commands_per_lun.value_or(0) != 0, "cmd_per_lun");
        virtio_only(d.max_sectors.value_or(0) != 0, "max_sectors");
        virtio_only(d.ioeventfd != schema::OnOff::unset, "ioeventfd");
        if (d.iothread && !virtio) {
            problem(out_, domain_conf, Code::xml_error, at("controller", index_, "/driver/@iothread"),
                    "'iothread' attribute only supported for virtio scsi controllers");
        } else if (d.iothread && !has_iothread(domain_, *d.iothread)) {
            refuse(driver, "/driver/@iothread", "controller iothread '{}' not defined in iothreadid",
                   *d.iothread);
        }
        for (const IoThreadUse& use : d.iothreads) {
            if (!has_iothread(domain_, use.id)) {
                refuse(driver, "/driver/iothreads", "controller iothread '{}' not defined in iothreadid",
                       use.id);
            }
        }
    }

    void usb() {
        const ControllerModel model = controller_.model;
        if (model == ControllerModel::qusb1 || model == ControllerModel::qusb2) {
            refuse(driver, "/@model", "USB controller model type 'qusb1' or 'qusb2' is not supported in {}",
                   schema::word(domain_.type));
        }
        constexpr std::uint32_t most_ports = 15; // of QEMU's xHCI
        const bool xhci = model == ControllerModel::nec_xhci || model == ControllerModel::qemu_xhci;
        if (xhci && controller_.ports.value_or(0) > most_ports) {
            refuse(driver, "/@ports", "'{}' controller only supports up to '{}' ports", schema::word(model),
                   most_ports);
        }
    }

    void pci() {
        range(controller_.target.chassis_number, "chassisNr", 1, 255);
        range(controller_.target.chassis, "chassis", 0, 255);
        range(controller_.target.port, "port", 0, 255);
        range(controller_.target.bus_number, "busNr", 1, 254);
        const auto node = controller_.target.node;
        if (node && *node >= numa_cells(domain_)) {
            problem(out_, driver, Code::xml_error, at("controller", index_, "/target/node"),
                    "{} with index {} is configured for a NUMA node ({}) not present in the domain's "
                    "<cpu><numa> array ({})",
                    schema::word(controller_.model), controller_.index.value_or(0), *node,
                    numa_cells(domain_));
        }
        options();
    }

    void range(std::optional<std::int32_t> value, std::string_view name, std::int32_t low,
               std::int32_t high) {
        if (value && (*value < low || *value > high)) {
            refuse(domain_conf, "/target", "PCI controller {} '{}' out of range - must be {}-{}", name,
                   *value, low, high);
        }
    }

    /// What belongs to which model.
    void options() {
        const ControllerModel model = controller_.model;
        const PciTarget& t = controller_.target;
        const bool port =
            model == ControllerModel::pcie_root_port || model == ControllerModel::pcie_switch_downstream_port;
        const bool expander =
            model == ControllerModel::pci_expander_bus || model == ControllerModel::pcie_expander_bus;
        const auto only_for = [&](bool allowed, bool given, std::string_view option) {
            if (given && !allowed) { misplaced("is not valid", option); }
        };
        only_for(model == ControllerModel::pci_bridge, t.chassis_number.has_value(), "chassisNr");
        only_for(port, t.chassis.has_value(), "chassis");
        only_for(port, t.port.has_value(), "port");
        only_for(expander, t.bus_number.has_value(), "busNr");
        only_for(board_ == Board::other, t.index.has_value(), "targetIndex");
        only_for(expander, t.node.has_value(), "numaNode");
        only_for(port || model == ControllerModel::pci_root, t.hotplug != schema::OnOff::unset, "hotplug");
        only_for(port || model == ControllerModel::pci_bridge, t.memory_reserve.has_value(), "memReserve");
        const PciModelName name = controller_.pci_model;
        const bool other_root_port =
            model == ControllerModel::pcie_root_port && name == PciModelName::ioh3420;
        if (name != PciModelName::unset && name != model_name_of(model) && !other_root_port) {
            misplaced("has invalid value", "modelName");
        }
    }

    void misplaced(std::string_view how, std::string_view option) {
        const std::string_view name = schema::word(controller_.pci_model);
        refuse(driver, "/target",
               "Option '{}' {} for PCI controller with index '{}', model '{}' and modelName '{}'", option,
               how, controller_.index.value_or(0), schema::word(controller_.model),
               name.empty() ? "none" : name);
    }

    Board board_;
    const Domain& domain_;
    const Controller& controller_;
    std::size_t index_;
    Diagnostics& out_;
};

} // namespace

void check_controllers(const Domain& domain, Diagnostics& out) {
    const std::vector<Controller>& controllers = domain.devices.controllers;
    const Board board = board_of(domain);
    std::set<std::pair<ControllerType, std::uint16_t>> seen;
    const bool no_usb = std::ranges::any_of(controllers, [](const Controller& c) {
        return c.type == ControllerType::usb && c.model == ControllerModel::none;
    });
    for (std::size_t i = 0; i < controllers.size(); ++i) {
        const Controller& c = controllers[i];
        ControllerCheck(domain, c, i, out).run();
        const bool companion =
            c.type == ControllerType::usb &&
            (c.model == ControllerModel::ich9_ehci1 || c.model == ControllerModel::ich9_uhci1 ||
             c.model == ControllerModel::ich9_uhci2 || c.model == ControllerModel::ich9_uhci3);
        if (!companion && !seen.emplace(c.type, c.index.value_or(0)).second && !no_usb) {
            problem(out, domain_conf, Code::xml_error, at("controller", i, "/@index"),
                    "Multiple '{}' controllers with index '{}'", schema::word(c.type), c.index.value_or(0));
        }
        if (no_usb && c.type == ControllerType::usb && c.model != ControllerModel::none) {
            problem(out, domain_conf, Code::xml_detail, at("controller", i),
                    "Can't add another USB controller: USB is disabled for this domain");
        }
        if (c.type == ControllerType::ide && board == Board::q35) {
            problem(out, driver, Code::config_unsupported, at("controller", i),
                    "IDE controllers are unsupported for this QEMU binary or machine type");
        }
        if (c.type == ControllerType::ide && board == Board::i440fx && c.index.value_or(0) > 0) {
            problem(out, driver, Code::config_unsupported, at("controller", i),
                    "Only a single IDE controller is supported for this machine type");
        }
        constexpr unsigned last_bus = 255;
        if (c.type == ControllerType::pci && c.index.value_or(0) > last_bus) {
            problem(out, domain_conf, Code::xml_error, at("controller", i, "/@index"),
                    "PCI controller index {} too high, maximum is {}", *c.index, last_bus);
        }
        const PciAddress* place = c.info.pci();
        if (c.type == ControllerType::sata && c.index == 0 && board == Board::q35 && place != nullptr &&
            (place->bus != 0 || place->slot != 0x1f || place->function != 2)) {
            problem(out, driver, Code::internal_error, at("controller", i, "/address"),
                    "Primary SATA controller must have PCI address 0:0:1f.2");
        }
    }
    if (no_usb && std::ranges::any_of(domain.devices.inputs,
                                      [](const Input& input) { return input.bus == InputBus::usb; })) {
        problem(out, domain_conf, Code::xml_error, "/domain/devices/input",
                "Device configuration is not compatible: Domain has USB bus disabled but a USB device is "
                "configured");
    }
}

} // namespace yado::model
