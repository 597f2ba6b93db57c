// SPDX-License-Identifier: Apache-2.0
// <hostdev>: devices of the host that a guest gets for its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/auth.h"
#include "model/domain/device.h"
#include "model/domain/devices/hostdev_source.h"
#include "model/domain/devices/interface.h"
#include "model/storage_source.h"
#include "model/uuid.h"

namespace yado::model {

/// A device behind a driver of the hypervisor, or a capability of the host given to a container.
enum class HostdevMode : std::uint8_t { subsystem, capabilities };
enum class GuestReset : std::uint8_t { unset, off, uninitialized, on };
enum class HostScsiProtocol : std::uint8_t { adapter, iscsi };
enum class SgIo : std::uint8_t { unset, filtered, unfiltered };
enum class VhostScsiModel : std::uint8_t { unset, virtio, virtio_transitional, virtio_non_transitional };
enum class MdevModel : std::uint8_t { unset, vfio_pci, vfio_ccw, vfio_ap };

/// Found by its numbers, its place, or both.
struct UsbHostdev {
    StartupPolicy startup_policy{};
    GuestReset guest_reset{};
    schema::YesNo missing{}; ///< of a running guest that was started without it
    std::optional<std::uint32_t> vendor, product;
    std::optional<HostUsb> address;
};
struct PciHostdev {
    HostdevDriver driver;
    schema::YesNo write_filtering{}; ///< of Xen
    std::optional<HostPci> address;
    OriginalStates original;
};
/// Where a SCSI device is on its host adapter.
struct ScsiPlace {
    std::uint32_t bus = 0, target = 0;
    std::uint64_t unit = 0;
};
/// A logical unit behind an adapter of the host, or one that QEMU reaches by iSCSI itself.
struct ScsiHostdev {
    SgIo sgio{};
    schema::YesNo raw_io{};
    HostScsiProtocol protocol{};
    std::string adapter; ///< "scsi_host0"
    std::optional<ScsiPlace> place;
    std::string name; ///< iSCSI: "iqn.2020-01.org.example/0"
    std::vector<StorageHost> hosts;
    schema::Rare<Auth> auth;
    std::string initiator;
};
/// A target of the kernel's vhost-scsi.
struct VhostScsiHostdev {
    VhostScsiModel model{};
    std::string protocol; ///< "vhost"
    std::string wwpn;     ///< "naa." and 16 hexadecimal digits
};
struct MdevHostdev {
    MdevModel model{};
    schema::OnOff display{}, ramfb{};
    Uuid uuid;
};
struct StorageHostdev {
    std::string block;
};
struct MiscHostdev {
    std::string character;
};
struct NetHostdev {
    std::string interface;
    InterfaceIps guest_ips;
};
using HostdevKind = std::variant<UsbHostdev, PciHostdev, ScsiHostdev, VhostScsiHostdev, MdevHostdev,
                                 StorageHostdev, MiscHostdev, NetHostdev>;

struct Hostdev {
    HostdevMode mode{};
    HostdevKind kind;
    schema::YesNo managed{}; ///< yes: the daemon takes it from the host's driver and gives it back
    schema::Rare<Teaming> teaming;
    bool readonly = false, shareable = false; ///< of SCSI units
    DeviceInfo info;

    /// The PCI device of the host, where that is what it is.
    const HostPci* host_pci() const;
};
void describe(schema::Io& io, Hostdev& hostdev);

/// Forgets what only status files say of a device.
void forget_original_states(Hostdev& hostdev);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::HostdevMode> {
    static constexpr std::string_view values[] = {"subsystem", "capabilities"};
};
template <> struct EnumNames<model::GuestReset> {
    static constexpr std::string_view values[] = {"", "off", "uninitialized", "on"};
};
template <> struct EnumNames<model::HostScsiProtocol> {
    static constexpr std::string_view values[] = {"adapter", "iscsi"};
};
template <> struct EnumNames<model::SgIo> {
    static constexpr std::string_view values[] = {"", "filtered", "unfiltered"};
};
template <> struct EnumNames<model::VhostScsiModel> {
    static constexpr std::string_view values[] = {"", "virtio", "virtio-transitional",
                                                  "virtio-non-transitional"};
};
template <> struct EnumNames<model::MdevModel> {
    static constexpr std::string_view values[] = {"", "vfio-pci", "vfio-ccw", "vfio-ap"};
};
template <> struct UnionTags<model::HostdevKind> {
    static constexpr std::string_view values[] = {"usb",  "pci",     "scsi", "scsi_host",
                                                  "mdev", "storage", "misc", "net"};
};
} // namespace yado::schema
