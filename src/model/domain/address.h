// SPDX-License-Identifier: Apache-2.0
// Where a device sits in the guest: one <address type='…'/> of the kinds libvirt knows. The guest sees it, so
// an address once given never moves.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "schema/io.h"

namespace yado::model {

/// How s390 guests see a PCI device.
struct ZpciAddress {
    std::optional<std::uint32_t> uid, fid;
};

struct PciAddress {
    std::uint32_t domain = 0;
    std::uint8_t bus = 0;
    std::uint8_t slot = 0;
    std::uint8_t function = 0;
    schema::OnOff multifunction = schema::OnOff::unset;
    std::optional<ZpciAddress> zpci;

    /// <address type='pci'/> without numbers: "on PCI, anywhere".
    bool wanted() const { return domain == 0 && bus == 0 && slot == 0 && function == 0; }
    bool same_place(const PciAddress& other) const {
        return domain == other.domain && bus == other.bus && slot == other.slot && function == other.function;
    }
    /// "0000:00:02.0"
    std::string text() const;
};

struct DriveAddress {
    std::uint32_t controller = 0, bus = 0, target = 0, unit = 0;
    friend auto operator<=>(const DriveAddress&, const DriveAddress&) = default;
};

struct VirtioSerialAddress {
    std::uint32_t controller = 0, bus = 0, port = 0;
    friend auto operator<=>(const VirtioSerialAddress&, const VirtioSerialAddress&) = default;
};

struct CcidAddress {
    std::uint32_t controller = 0, slot = 0;
};

/// The chain of hub ports, outermost first, at most four; 0 ends it.
struct UsbPort {
    std::array<std::uint8_t, 4> chain{};
    friend auto operator<=>(const UsbPort&, const UsbPort&) = default;
};
struct UsbAddress {
    std::uint32_t bus = 0;
    UsbPort port;
};

struct SpaprVioAddress {
    std::optional<std::uint64_t> reg;
};
struct CcwAddress {
    std::uint16_t cssid = 0xfe, ssid = 0, devno = 0;
};
struct S390Address {};
struct MmioAddress {};
struct IsaAddress {
    std::optional<std::uint16_t> iobase, irq;
};
struct DimmAddress {
    std::uint32_t slot = 0;
    std::optional<std::uint64_t> base;
};
/// The device is in the definition but not plugged in.
struct UnassignedAddress {};

using Address = std::variant<std::monostate, PciAddress, DriveAddress, VirtioSerialAddress, CcidAddress,
                             UsbAddress, SpaprVioAddress, S390Address, CcwAddress, MmioAddress, IsaAddress,
                             DimmAddress, UnassignedAddress>;

/// <address …/> as the next child; `rule.required` is honoured. Leaves out std::monostate.
void describe_address(schema::Io& io, Address& address, const schema::Rule& rule = {});

} // namespace yado::model

template <> struct yado::schema::UnionTags<yado::model::Address> {
    static constexpr std::string_view values[] = {
        "",    "pci",         "drive", "virtio-serial", "ccid",      "usb", "spapr-vio", "virtio-s390",
        "ccw", "virtio-mmio", "isa",   "dimm",          "unassigned"};
};
