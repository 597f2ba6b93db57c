// SPDX-License-Identifier: Apache-2.0
// A PCI device of the host and what hangs together with it: virtual functions, IOMMU group, vital product
// data, link speed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/host_pci.h"
#include "model/nodedev/numbers.h"

namespace yado::model {

/// A virtual function says whose it is.
struct PhysicalFunctionOf {
    std::optional<HostPci> address;
};
struct VirtualFunctions {
    std::optional<std::uint32_t> maximum;
    std::vector<HostPci> addresses;
};
struct PciBridgeHeader {};
struct CardbusBridgeHeader {};

/// One letter or digit and what the vendor or the system says under it.
struct VpdField {
    std::string index, value;
};
enum class VpdAccess : std::uint8_t { readonly, readwrite };
struct VpdFields {
    VpdAccess access{};
    std::string change_level, manufacture_id, part_number, serial_number; ///< readonly
    std::string asset_tag;                                                ///< readwrite
    std::vector<VpdField> vendor, system;                                 ///< system: readwrite
};
struct VitalProductData {
    std::string name;
    std::vector<VpdFields> fields; ///< at most one of each access
};

using PciCapability = std::variant<PhysicalFunctionOf, VirtualFunctions, PciBridgeHeader, CardbusBridgeHeader,
                                   MediatedTypes, VitalProductData>;
struct PciPart {
    PciCapability kind;
};

struct IommuGroup {
    std::uint32_t number = 0;
    std::vector<HostPci> addresses;
};

enum class PcieLinkValidity : std::uint8_t { capable, status };
struct PcieLink {
    PcieLinkValidity validity{}; ///< what the device can do, or what it does
    std::optional<std::uint32_t> port;
    std::string speed; ///< GT/s
    std::uint32_t width = 0;
};
struct PciExpress {
    std::vector<PcieLink> links;
};

struct PciDeviceParts {
    std::optional<std::uint32_t> class_code;
    std::uint32_t domain = 0, bus = 0, slot = 0, function = 0;
    HardwareId product, vendor;
    std::vector<PciPart> parts;
    std::optional<IommuGroup> iommu_group;
    std::optional<std::int32_t> numa_node;
    std::optional<PciExpress> express;
};
void describe(schema::Io& io, PciDeviceParts& pci);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::VpdAccess> {
    static constexpr std::string_view values[] = {"readonly", "readwrite"};
};
template <> struct EnumNames<model::PcieLinkValidity> {
    static constexpr std::string_view values[] = {"cap", "sta"};
};
template <> struct UnionTags<model::PciCapability> {
    static constexpr std::string_view values[] = {"phys_function",  "virt_functions", "pci-bridge",
                                                  "cardbus-bridge", "mdev_types",     "vpd"};
};
} // namespace yado::schema
