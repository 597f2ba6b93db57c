// SPDX-License-Identifier: Apache-2.0
// A device of the host: the <device> document as a plain value. Most are only shown; mediated devices and
// virtual fibre channel adapters are also made from such documents.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "model/nodedev/kinds.h"
#include "model/nodedev/pci.h"

namespace yado::model {

using NodeDeviceKind = std::variant<SystemDevice, PciDeviceParts, UsbDevice, UsbInterface, NetDevice,
                                    ScsiHost, ScsiTarget, ScsiDevice, StorageDevice, ScsiGeneric, DrmDevice,
                                    MdevDevice, CcwDevice, CssDevice, VdpaDevice, ApCard, ApQueue, ApMatrix>;

struct NodeCapability {
    NodeDeviceKind kind;
};

enum class DeviceNodeType : std::uint8_t { dev, link };
struct DeviceNode {
    DeviceNodeType type{};
    std::string path;
};

/// By name, or, of a virtual fibre channel adapter, by the names of the physical one or its fabric.
struct NodeParent {
    std::string name;
    std::string wwnn, wwpn, fabric_wwn;

    bool given() const { return !name.empty() || !wwnn.empty() || !wwpn.empty() || !fabric_wwn.empty(); }
};

struct NodeDevice {
    std::string name, path; ///< path: in sysfs
    std::vector<DeviceNode> nodes;
    NodeParent parent;
    std::string driver;
    std::vector<NodeCapability> capabilities;
};
void describe(schema::Io& io, NodeDevice& device);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::DeviceNodeType> {
    static constexpr std::string_view values[] = {"dev", "link"};
};
template <> struct UnionTags<model::NodeDeviceKind> {
    static constexpr std::string_view values[] = {
        "system",      "pci",  "usb_device", "usb",          "net",      "scsi_host",
        "scsi_target", "scsi", "storage",    "scsi_generic", "drm",      "mdev",
        "ccw",         "css",  "vdpa",       "ap_card",      "ap_queue", "ap_matrix"};
};
} // namespace yado::schema
