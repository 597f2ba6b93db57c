// SPDX-License-Identifier: Apache-2.0
// What a device of the host can be, besides a PCI device: one struct for each <capability type='…'>.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/host_link.h"
#include "model/mac.h"
#include "model/nodedev/numbers.h"
#include "model/uuid.h"

namespace yado::model {

struct SystemHardware {
    std::string vendor, version, serial;
    std::optional<Uuid> uuid; ///< written even when it is null
};
struct SystemFirmware {
    std::string vendor, version, release_date;
};
struct SystemDevice {
    std::string product;
    SystemHardware hardware;
    SystemFirmware firmware;
};

struct UsbDevice {
    std::uint32_t bus = 0, device = 0;
    HardwareId product, vendor;
};
struct UsbInterface {
    std::uint32_t number = 0, class_code = 0, subclass = 0, protocol = 0;
    std::string description;
};

struct Ethernet80203 {};
struct Wireless80211 {};
using NetCapability = std::variant<Ethernet80203, Wireless80211>;
struct NetPart {
    NetCapability kind;
};
struct NetFeature {
    std::string name;
};
struct NetDevice {
    std::string interface;
    std::optional<Mac> address;
    HostLink link;
    std::vector<NetFeature> features; ///< what the card does by itself: "rx", "tso", …
    std::vector<NetPart> parts;
};

struct FibreChannelHost {
    std::string wwnn, wwpn, fabric_wwn;
};
struct VportOperations {
    std::uint32_t max_vports = 0, vports = 0;
};
using ScsiHostCapability = std::variant<FibreChannelHost, VportOperations>;
struct ScsiHostPart {
    ScsiHostCapability kind;
};
struct ScsiHost {
    std::optional<std::uint32_t> host, unique_id; ///< host: not in documents that create one
    std::vector<ScsiHostPart> parts;
};

struct FibreChannelRemotePort {
    std::string rport, wwpn;
};
using ScsiTargetCapability = std::variant<FibreChannelRemotePort>;
struct ScsiTargetPart {
    ScsiTargetCapability kind;
};
struct ScsiTarget {
    std::string target;
    std::vector<ScsiTargetPart> parts;
};

struct ScsiDevice {
    std::uint32_t host = 0, bus = 0, target = 0, lun = 0;
    std::string type;
};
struct ScsiGeneric {
    std::string path;
};

struct StorageBlocks {
    std::optional<std::uint64_t> block_size, count; ///< bytes; blocks
};
struct RemovableMedium {
    std::optional<std::uint32_t> available;
    std::optional<std::uint64_t> size; ///< bytes
    std::string label;
    StorageBlocks blocks;
};
struct HotPluggable {};
using StorageCapability = std::variant<RemovableMedium, HotPluggable>;
struct StoragePart {
    StorageCapability kind;
};
struct StorageDevice {
    std::string block, bus, drive_type, model, vendor, serial;
    std::optional<std::uint64_t> size; ///< bytes; not of removable media
    StorageBlocks blocks;
    std::vector<StoragePart> parts;
};

struct DrmDevice {
    std::string type; ///< "primary", "control", "render"
};

struct MdevAttribute {
    std::string name, value;
};
struct MdevType {
    std::string id;
};
struct MdevGroup {
    std::uint32_t number = 0;
};
struct MdevDevice {
    MdevType type;
    std::optional<Uuid> uuid;
    std::string parent_address;
    std::optional<MdevGroup> iommu_group;
    std::vector<MdevAttribute> attributes; ///< written to sysfs in this order
};

struct CcwDevice {
    ChannelAddress address;
};
struct CssPart {
    std::variant<MediatedTypes> kind;
};
struct CssDevice {
    ChannelAddress address;
    std::optional<ChannelAddress> channel_device;
    std::vector<CssPart> parts;
};
struct VdpaDevice {
    std::string path;
};
struct ApCard {
    std::uint32_t adapter = 0;
};
struct ApQueue {
    std::uint32_t adapter = 0, domain = 0;
};
struct ApMatrix {
    std::vector<CssPart> parts;
};

void describe(schema::Io& io, SystemDevice& d);
void describe(schema::Io& io, UsbDevice& d);
void describe(schema::Io& io, UsbInterface& d);
void describe(schema::Io& io, NetDevice& d);
void describe(schema::Io& io, ScsiHost& d);
void describe(schema::Io& io, ScsiTarget& d);
void describe(schema::Io& io, ScsiDevice& d);
void describe(schema::Io& io, ScsiGeneric& d);
void describe(schema::Io& io, StorageDevice& d);
void describe(schema::Io& io, DrmDevice& d);
void describe(schema::Io& io, MdevDevice& d);
void describe(schema::Io& io, CcwDevice& d);
void describe(schema::Io& io, CssDevice& d);
void describe(schema::Io& io, VdpaDevice& d);
void describe(schema::Io& io, ApCard& d);
void describe(schema::Io& io, ApQueue& d);
void describe(schema::Io& io, ApMatrix& d);

} // namespace yado::model

namespace yado::schema {
template <> struct UnionTags<model::NetCapability> {
    static constexpr std::string_view values[] = {"80203", "80211"};
};
template <> struct UnionTags<model::ScsiHostCapability> {
    static constexpr std::string_view values[] = {"fc_host", "vport_ops"};
};
template <> struct UnionTags<model::ScsiTargetCapability> {
    static constexpr std::string_view values[] = {"fc_remote_port"};
};
template <> struct UnionTags<model::StorageCapability> {
    static constexpr std::string_view values[] = {"removable", "hotpluggable"};
};
template <> struct UnionTags<std::variant<model::MediatedTypes>> {
    static constexpr std::string_view values[] = {"mdev_types"};
};
} // namespace yado::schema
