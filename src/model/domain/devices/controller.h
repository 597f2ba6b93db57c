// SPDX-License-Identifier: Apache-2.0
// <controller>: what other devices are plugged into, PCI bridges included.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/domain/device.h"
#include "model/domain/iothread_use.h"

namespace yado::model {

enum class ControllerType : std::uint8_t {
    ide,
    fdc,
    scsi,
    sata,
    virtio_serial,
    ccid,
    usb,
    pci,
    xenbus,
    isa,
    nvme,
};
/// The models of all controller types; which belongs to which is check()'s business.
enum class ControllerModel : std::uint8_t {
    unset,
    pci_root,
    pcie_root,
    pci_bridge,
    dmi_to_pci_bridge,
    pcie_to_pci_bridge,
    pcie_root_port,
    pcie_switch_upstream_port,
    pcie_switch_downstream_port,
    pci_expander_bus,
    pcie_expander_bus,
    auto_,
    buslogic,
    lsilogic,
    lsisas1068,
    vmpvscsi,
    ibmvscsi,
    virtio_scsi,
    lsisas1078,
    ncr53c90,
    dc390,
    am53c974,
    piix3_uhci,
    piix4_uhci,
    ehci,
    ich9_ehci1,
    ich9_uhci1,
    ich9_uhci2,
    ich9_uhci3,
    vt82c686b_uhci,
    pci_ohci,
    nec_xhci,
    qusb1,
    qusb2,
    qemu_xhci,
    none,
    piix3,
    piix4,
    ich6,
    virtio,
    virtio_transitional,
    virtio_non_transitional,
};
/// The device QEMU makes for a PCI controller.
enum class PciModelName : std::uint8_t {
    unset,
    none,
    pci_bridge,
    i82801b11_bridge,
    x3130_upstream,
    xio3130_downstream,
    ioh3420,
    pcie_root_port,
    spapr_pci_host_bridge,
    pxb,
    pxb_pcie,
    pcie_pci_bridge,
};

struct PciTarget {
    std::optional<std::int32_t> chassis_number, chassis, port, bus_number; ///< ranges are check()'s business
    std::optional<std::uint32_t> index;                                    ///< of a pSeries host bridge
    schema::OnOff hotplug{};
    std::optional<std::uint64_t> memory_reserve; ///< KiB a bridge keeps for what is plugged in later
    std::optional<std::uint32_t> node;
};

struct ControllerDriver {
    std::optional<std::uint32_t> queues, commands_per_lun, max_sectors, iothread;
    schema::OnOff ioeventfd{};
    VirtioOptions virtio;
    std::vector<IoThreadUse> iothreads;
};

struct Controller {
    ControllerType type{};
    std::optional<std::uint16_t> index;
    ControllerModel model{};
    std::optional<std::uint32_t> ports, vectors; ///< of virtio-serial; ports of USB too
    std::optional<std::uint32_t> max_grant_frames, max_event_channels;
    schema::Rare<ControllerDriver> driver;
    PciModelName pci_model{};
    PciTarget target;
    std::optional<std::uint32_t> master_start_port; ///< of USB companions
    std::optional<std::uint64_t> pci_hole64_kib;
    std::string serial; ///< of NVMe
    DeviceInfo info;
};
void describe(schema::Io& io, Controller& controller);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::ControllerType> {
    static constexpr std::string_view values[] = {"ide", "fdc", "scsi",   "sata", "virtio-serial", "ccid",
                                                  "usb", "pci", "xenbus", "isa",  "nvme"};
};
template <> struct EnumNames<model::ControllerModel> {
    static constexpr std::string_view values[] = {"",
                                                  "pci-root",
                                                  "pcie-root",
                                                  "pci-bridge",
                                                  "dmi-to-pci-bridge",
                                                  "pcie-to-pci-bridge",
                                                  "pcie-root-port",
                                                  "pcie-switch-upstream-port",
                                                  "pcie-switch-downstream-port",
                                                  "pci-expander-bus",
                                                  "pcie-expander-bus",
                                                  "auto",
                                                  "buslogic",
                                                  "lsilogic",
                                                  "lsisas1068",
                                                  "vmpvscsi",
                                                  "ibmvscsi",
                                                  "virtio-scsi",
                                                  "lsisas1078",
                                                  "ncr53c90",
                                                  "dc390",
                                                  "am53c974",
                                                  "piix3-uhci",
                                                  "piix4-uhci",
                                                  "ehci",
                                                  "ich9-ehci1",
                                                  "ich9-uhci1",
                                                  "ich9-uhci2",
                                                  "ich9-uhci3",
                                                  "vt82c686b-uhci",
                                                  "pci-ohci",
                                                  "nec-xhci",
                                                  "qusb1",
                                                  "qusb2",
                                                  "qemu-xhci",
                                                  "none",
                                                  "piix3",
                                                  "piix4",
                                                  "ich6",
                                                  "virtio",
                                                  "virtio-transitional",
                                                  "virtio-non-transitional"};
};
template <> struct EnumNames<model::PciModelName> {
    static constexpr std::string_view values[] = {"",
                                                  "none",
                                                  "pci-bridge",
                                                  "i82801b11-bridge",
                                                  "x3130-upstream",
                                                  "xio3130-downstream",
                                                  "ioh3420",
                                                  "pcie-root-port",
                                                  "spapr-pci-host-bridge",
                                                  "pxb",
                                                  "pxb-pcie",
                                                  "pcie-pci-bridge"};
};
} // namespace yado::schema
