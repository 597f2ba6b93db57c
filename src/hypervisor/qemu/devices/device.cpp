// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/device.h"

#include "base/error.h"
#include "base/text.h"
#include "base/version.h"

#include <algorithm>

namespace yado::qemu {

namespace json = boost::json;

void unsupported(const DeviceContext& context, std::string_view what) {
    const std::uint64_t version = context.capabilities.version;
    fail(ErrorSource::qemu, Code::config_unsupported, "{} is not supported by Yado {} with QEMU {}.{}.{}",
         what, yado::version, version / 1'000'000, version / 1000 % 1000, version % 1000);
}

json::object device_object(const DeviceContext& context, std::string_view driver, std::string_view id) {
    if (!context.capabilities.devices.empty() && !context.capabilities.has_device(driver)) {
        unsupported(context, fmt::format("device '{}'", driver));
    }
    json::object device;
    device["driver"] = driver;
    if (!id.empty()) device["id"] = id;
    return device;
}

void require_object(const DeviceContext& context, std::string_view type) {
    if (!context.capabilities.objects.empty() && !context.capabilities.has_object(type))
        unsupported(context, fmt::format("object '{}'", type));
}

std::string virtio_driver(std::string_view stem, std::string_view model) {
    std::string driver = fmt::format("{}-pci", stem);
    if (model.ends_with("-non-transitional")) return driver + "-non-transitional";
    return model.ends_with("-transitional") ? driver + "-transitional" : driver;
}

void refuse_kept(const DeviceContext& context, const schema::Kept& kept, std::string_view owner,
                 std::initializer_list<std::string_view> known) {
    for (const std::string& part : kept.parts()) {
        const std::string_view name = schema::Kept::name(part);
        if (std::ranges::find(known, name) != known.end()) continue;
        const bool attribute = schema::Kept::is_attribute(part);
        unsupported(context, attribute ? fmt::format("'{}' of {}", name, owner)
                                       : fmt::format("<{}> of {}", name, owner));
    }
}

const model::Controller* find_controller(const model::Domain& domain, model::ControllerType type,
                                         std::uint32_t index) {
    const auto found = std::ranges::find_if(domain.devices.controllers, [&](const model::Controller& each) {
        return each.type == type && each.index.value_or(0) == index && !each.master_start_port;
    });
    return found == domain.devices.controllers.end() ? nullptr : &*found;
}

std::string controller_alias(const DeviceContext& context, model::ControllerType type, std::uint32_t index,
                             std::string fallback) {
    const model::Controller* controller = find_controller(context.domain, type, index);
    return controller == nullptr ? std::move(fallback) : controller->info.alias.name;
}

namespace {

// The bus of the board itself has QEMU's name, whatever the document calls it.
std::string pci_bus(const DeviceContext& context, std::uint32_t index) {
    const model::Controller* controller = find_controller(context.domain, model::ControllerType::pci, index);
    if (controller == nullptr) return fmt::format("pci.{}", index);
    if (controller->model == model::ControllerModel::pcie_root) return "pcie.0";
    return controller->model == model::ControllerModel::pci_root ? "pci.0" : controller->info.alias.name;
}

void add_rom(json::object& device, const model::DeviceInfo& info) {
    if (!info.rom) return;
    if (info.rom->enabled == schema::YesNo::no) {
        device["romfile"] = ""; // no option ROM at all
        return;
    }
    if (info.rom->bar != schema::OnOff::unset) device["rombar"] = info.rom->bar == schema::OnOff::on ? 1 : 0;
    if (!info.rom->file.empty()) device["romfile"] = info.rom->file;
}

void add_pci(json::object& device, const DeviceContext& context, const model::PciAddress& address) {
    if (address.domain != 0) unsupported(context, "a PCI address in a domain other than 0");
    if (address.zpci) unsupported(context, "<zpci> of a PCI address");
    device["bus"] = pci_bus(context, address.bus);
    if (address.multifunction != schema::OnOff::unset)
        device["multifunction"] = address.multifunction == schema::OnOff::on;
    device["addr"] = address.function != 0 ? fmt::format("{:#x}.{:#x}", address.slot, address.function)
                                           : fmt::format("{:#x}", address.slot);
}

void add_usb(json::object& device, const DeviceContext& context, const model::UsbAddress& address) {
    device["bus"] = controller_alias(context, model::ControllerType::usb, address.bus, "usb") + ".0";
    std::string port;
    for (const std::uint8_t hop : address.port.chain) {
        if (hop == 0) break;
        port += (port.empty() ? "" : ".") + std::to_string(hop);
    }
    if (!port.empty()) device["port"] = port;
}

} // namespace

void add_address(json::object& device, const DeviceContext& context, const model::DeviceInfo& info) {
    const std::string owner = fmt::format("device '{}'", info.alias.name);
    if (const model::PciAddress* pci = info.pci()) {
        add_pci(device, context, *pci);
        add_rom(device, info);
        if (info.acpi_index) device["acpi-index"] = *info.acpi_index;
        return;
    }
    if (const auto* usb = std::get_if<model::UsbAddress>(&info.address)) {
        add_usb(device, context, *usb);
    } else if (const auto* serial = std::get_if<model::VirtioSerialAddress>(&info.address)) {
        device["bus"] = controller_alias(context, model::ControllerType::virtio_serial, serial->controller,
                                         fmt::format("virtio-serial{}", serial->controller)) +
                        fmt::format(".{}", serial->bus);
        device["nr"] = serial->port;
    } else if (const auto* ccid = std::get_if<model::CcidAddress>(&info.address)) {
        device["bus"] = controller_alias(context, model::ControllerType::ccid, ccid->controller,
                                         fmt::format("ccid{}", ccid->controller)) +
                        ".0";
    } else if (const auto* dimm = std::get_if<model::DimmAddress>(&info.address)) {
        device["slot"] = dimm->slot;
        if (dimm->base) device["addr"] = *dimm->base;
    } else if (const auto* isa = std::get_if<model::IsaAddress>(&info.address)) {
        if (isa->iobase) device["iobase"] = *isa->iobase;
        if (isa->irq) device["irq"] = *isa->irq;
    } else if (!std::holds_alternative<std::monostate>(info.address) &&
               !std::holds_alternative<model::UnassignedAddress>(info.address)) {
        unsupported(context,
                    fmt::format("an address of type '{}' of {}",
                                schema::UnionTags<model::Address>::values[info.address.index()], owner));
    }
}

void add_switch(json::object& device, std::string_view key, schema::OnOff value) {
    if (value != schema::OnOff::unset) device[key] = value == schema::OnOff::on;
}

void add_virtio(json::object& device, const model::VirtioOptions& options) {
    add_switch(device, "iommu_platform", options.iommu);
    add_switch(device, "ats", options.ats);
    add_switch(device, "packed", options.packed);
    add_switch(device, "page-per-vq", options.page_per_vq);
}

std::uint32_t boot_index(const DeviceContext& context, const model::DeviceInfo& info, model::BootDevice kind,
                         bool first_of_kind) {
    if (info.boot_order) return *info.boot_order;
    if (!first_of_kind) return 0;
    const auto& order = context.domain.os.boot;
    const auto found = std::ranges::find(order, kind, &model::BootEntry::device);
    return found == order.end() ? 0 : static_cast<std::uint32_t>(found - order.begin()) + 1;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c;
        if (c == ',') out += ',';
    }
    return out;
}

bool is_q35(const model::Domain& domain) {
    const std::string& machine = domain.os.type.machine;
    return machine == "q35" || machine.starts_with("pc-q35");
}

} // namespace yado::qemu
