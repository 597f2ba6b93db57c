// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/iommu.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

// QEMU's switches that have a third value, "auto".
void add_word(json::object& device, std::string_view key, schema::OnOff value) {
    if (value != schema::OnOff::unset) device[key] = schema::word(value);
}

} // namespace

DeviceParts iommu_parts(const DeviceContext& context, const model::Iommu& iommu) {
    DeviceParts parts;
    const std::string& alias = iommu.info.alias.name;
    const model::IommuDriver driver = iommu.driver ? *iommu.driver : model::IommuDriver();
    json::object device;
    switch (iommu.model) {
    case model::IommuModel::intel:
        device = device_object(context, "intel-iommu", alias);
        add_word(device, "intremap", driver.interrupt_remapping);
        add_switch(device, "caching-mode", driver.caching_mode);
        add_word(device, "eim", driver.extended_interrupts);
        add_switch(device, "device-iotlb", driver.device_iotlb);
        if (driver.address_bits) device["aw-bits"] = *driver.address_bits;
        add_switch(device, "dma-translation", driver.dma_translation);
        break;
    case model::IommuModel::amd:
        device = device_object(context, "amd-iommu", alias);
        add_word(device, "intremap", driver.interrupt_remapping);
        add_switch(device, "device-iotlb", driver.device_iotlb);
        add_switch(device, "pt", driver.passthrough);
        add_switch(device, "xtsup", driver.x2apic);
        break;
    case model::IommuModel::virtio: device = device_object(context, "virtio-iommu-pci", alias); break;
    case model::IommuModel::smmuv3: return parts; // an option of the machine
    }
    add_address(device, context, iommu.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
