// SPDX-License-Identifier: Apache-2.0
// The guest's memory as a whole: its size, where it comes from on the host, and the NUMA nodes it is split
// into.
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <string>
#include <string_view>
#include <vector>

namespace yado::qemu {

struct MemoryOptions {
    std::string size; ///< of -m
    std::vector<boost::json::object> objects;
    std::vector<std::string> numa;        ///< of -numa, in the order QEMU wants
    std::vector<std::string> directories; ///< that must be there, QEMU's own, for the files it maps
};

MemoryOptions memory_options(const DeviceContext& context);

/// The QOM id of the guest's memory where it is in one piece ("pc.ram"); empty where cells have their own.
std::string_view memory_id(const model::Domain& domain);

} // namespace yado::qemu
