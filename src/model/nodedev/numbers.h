// SPDX-License-Identifier: Apache-2.0
// Small parts that several kinds of node devices share: identifiers with a name, addresses of channels, and
// the types of mediated devices a device can be split into.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/io.h"

namespace yado::model {

/// <vendor id='0x8086'>Intel Corporation</vendor>
struct HardwareId {
    std::uint32_t id = 0;
    std::string name; ///< from the host's list of identifiers
};
void describe(schema::Io& io, HardwareId& id);

/// Where a device of an s390 channel subsystem is.
struct ChannelAddress {
    std::uint32_t cssid = 0, ssid = 0, devno = 0;
};
void describe(schema::Io& io, ChannelAddress& address);

struct MediatedType {
    std::string id, name;
    std::string device_api; ///< "vfio-pci", "vfio-ccw", "vfio-ap"
    std::uint32_t available = 0;
};
struct MediatedTypes {
    std::vector<MediatedType> types;
};
void describe(schema::Io& io, MediatedTypes& types);

} // namespace yado::model
