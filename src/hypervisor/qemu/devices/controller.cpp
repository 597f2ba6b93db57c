// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/controller.h"

namespace yado::qemu {

namespace json = boost::json;
using model::ControllerModel;
using model::ControllerType;

namespace {

std::optional<json::object> pci_device(const DeviceContext& context, const model::Controller& controller) {
    std::string_view driver;
    switch (controller.model) {
    case ControllerModel::pci_root: return std::nullopt; // its hotplug is a -global
    case ControllerModel::pcie_root:
        if (controller.target.hotplug != schema::OnOff::unset)
            unsupported(context, "hotplug of the controller 'pcie-root'");
        return std::nullopt;
    case ControllerModel::pcie_root_port:
        driver = controller.pci_model == model::PciModelName::ioh3420 ? "ioh3420" : "pcie-root-port";
        break;
    case ControllerModel::pcie_to_pci_bridge: driver = "pcie-pci-bridge"; break;
    case ControllerModel::pci_bridge: driver = "pci-bridge"; break;
    case ControllerModel::dmi_to_pci_bridge: driver = "i82801b11-bridge"; break;
    case ControllerModel::pcie_switch_upstream_port: driver = "x3130-upstream"; break;
    case ControllerModel::pcie_switch_downstream_port: driver = "xio3130-downstream"; break;
    case ControllerModel::pci_expander_bus: driver = "pxb"; break;
    case ControllerModel::pcie_expander_bus: driver = "pxb-pcie"; break;
    default: unsupported(context, fmt::format("PCI controller model '{}'", schema::word(controller.model)));
    }
    json::object device = device_object(context, driver, {});
    if (controller.target.bus_number) device["bus_nr"] = *controller.target.bus_number;
    if (controller.target.node) device["numa_node"] = *controller.target.node;
    if (controller.target.port) device["port"] = *controller.target.port;
    if (controller.target.chassis) device["chassis"] = *controller.target.chassis;
    if (controller.model == ControllerModel::pci_bridge) {
        device["chassis_nr"] = controller.target.chassis_number.value_or(controller.index.value_or(1));
    }
    device["id"] = controller.info.alias.name;
    if (controller.target.hotplug != schema::OnOff::unset) {
        if (controller.model != ControllerModel::pcie_root_port &&
            controller.model != ControllerModel::pcie_switch_downstream_port) {
            unsupported(context,
                        fmt::format("hotplug of a PCI controller '{}'", schema::word(controller.model)));
        }
        add_switch(device, "hotplug", controller.target.hotplug);
    }
    if (controller.target.memory_reserve) device["mem-reserve"] = *controller.target.memory_reserve * 1024;
    return device;
}

std::optional<json::object> usb_device(const DeviceContext& context, const model::Controller& controller) {
    std::string_view driver;
    switch (controller.model) {
    case ControllerModel::none: return std::nullopt;
    case ControllerModel::unset:
    case ControllerModel::piix3_uhci: driver = "piix3-usb-uhci"; break;
    case ControllerModel::piix4_uhci: driver = "piix4-usb-uhci"; break;
    case ControllerModel::ehci: driver = "usb-ehci"; break;
    case ControllerModel::ich9_ehci1: driver = "ich9-usb-ehci1"; break;
    case ControllerModel::ich9_uhci1: driver = "ich9-usb-uhci1"; break;
    case ControllerModel::ich9_uhci2: driver = "ich9-usb-uhci2"; break;
    case ControllerModel::ich9_uhci3: driver = "ich9-usb-uhci3"; break;
    case ControllerModel::vt82c686b_uhci: driver = "vt82c686b-usb-uhci"; break;
    case ControllerModel::pci_ohci: driver = "pci-ohci"; break;
    case ControllerModel::nec_xhci: driver = "nec-usb-xhci"; break;
    case ControllerModel::qemu_xhci: driver = "qemu-xhci"; break;
    default: unsupported(context, fmt::format("USB controller model '{}'", schema::word(controller.model)));
    }
    json::object device = device_object(context, driver, {});
    if (controller.ports) { // as many of each speed
        if (controller.model != ControllerModel::nec_xhci && controller.model != ControllerModel::qemu_xhci)
            unsupported(context, fmt::format("ports of the USB controller '{}'", driver));
        device["p2"] = *controller.ports;
        device["p3"] = *controller.ports;
    }
    if (controller.master_start_port) {
        device["masterbus"] = controller.info.alias.name + ".0";
        device["firstport"] = *controller.master_start_port;
    } else {
        device["id"] = controller.info.alias.name;
    }
    return device;
}

std::string_view virtio_serial_driver(ControllerModel model) {
    if (model == ControllerModel::virtio_transitional) return "virtio-serial-pci-transitional";
    if (model == ControllerModel::virtio_non_transitional) return "virtio-serial-pci-non-transitional";
    return "virtio-serial-pci";
}

json::object scsi_device(const DeviceContext& context, const model::Controller& controller) {
    std::string_view driver;
    switch (controller.model) {
    case ControllerModel::virtio_scsi: driver = "virtio-scsi-pci"; break;
    case ControllerModel::virtio_transitional: driver = "virtio-scsi-pci-transitional"; break;
    case ControllerModel::virtio_non_transitional: driver = "virtio-scsi-pci-non-transitional"; break;
    case ControllerModel::unset:
    case ControllerModel::auto_:
    case ControllerModel::lsilogic: driver = "lsi53c895a"; break;
    case ControllerModel::lsisas1068: driver = "mptsas1068"; break;
    case ControllerModel::lsisas1078: driver = "megasas"; break;
    case ControllerModel::vmpvscsi: driver = "pvscsi"; break;
    case ControllerModel::dc390: driver = "dc390"; break;
    case ControllerModel::ibmvscsi: driver = "spapr-vscsi"; break;
    case ControllerModel::am53c974: driver = "am53c974"; break;
    default: unsupported(context, fmt::format("SCSI controller model '{}'", schema::word(controller.model)));
    }
    json::object device = device_object(context, driver, controller.info.alias.name);
    if (controller.driver) {
        if (controller.driver->queues) device["num_queues"] = *controller.driver->queues;
        if (controller.driver->commands_per_lun) device["cmd_per_lun"] = *controller.driver->commands_per_lun;
        if (controller.driver->max_sectors) device["max_sectors"] = *controller.driver->max_sectors;
        add_switch(device, "ioeventfd", controller.driver->ioeventfd);
        if (controller.driver->iothread)
            device["iothread"] = fmt::format("iothread{}", *controller.driver->iothread);
        if (!controller.driver->iothreads.empty()) // QEMU 10.0
            unsupported(context, "<iothreads> of the driver of a SCSI controller");
    }
    return device;
}

} // namespace

std::optional<json::object> controller_device(const DeviceContext& context,
                                              const model::Controller& controller) {
    std::optional<json::object> device;
    const bool first = controller.index.value_or(0) == 0;
    switch (controller.type) {
    case ControllerType::pci: device = pci_device(context, controller); break;
    case ControllerType::usb: device = usb_device(context, controller); break;
    case ControllerType::scsi: device = scsi_device(context, controller); break;
    case ControllerType::virtio_serial:
        device = device_object(context, virtio_serial_driver(controller.model), controller.info.alias.name);
        if (controller.ports) (*device)["max_ports"] = *controller.ports;
        if (controller.vectors) (*device)["vectors"] = *controller.vectors;
        break;
    case ControllerType::sata:
        if (first && is_q35(context.domain)) return std::nullopt;
        device = device_object(context, "ich9-ahci", controller.info.alias.name);
        break;
    case ControllerType::ide:
        if (first && !is_q35(context.domain)) return std::nullopt;
        unsupported(context, "more than one IDE controller");
    case ControllerType::fdc:
        if (!is_q35(context.domain)) return std::nullopt;
        device = device_object(context, "isa-fdc", controller.info.alias.name);
        break;
    case ControllerType::ccid: device = device_object(context, "usb-ccid", controller.info.alias.name); break;
    case ControllerType::nvme:
        device = device_object(context, "nvme", controller.info.alias.name);
        // QEMU insists on one.
        (*device)["serial"] = controller.serial.empty() ? controller.info.alias.name : controller.serial;
        break;
    case ControllerType::isa: return std::nullopt;
    default: unsupported(context, fmt::format("controller type '{}'", schema::word(controller.type)));
    }
    if (!device) return std::nullopt;
    if (controller.type != ControllerType::ccid &&
        std::holds_alternative<model::UsbAddress>(controller.info.address)) {
        unsupported(context, fmt::format("a USB address of controller '{}'", controller.info.alias.name));
    }
    if (controller.driver) add_virtio(*device, controller.driver->virtio);
    add_address(*device, context, controller.info);
    return device;
}

} // namespace yado::qemu
