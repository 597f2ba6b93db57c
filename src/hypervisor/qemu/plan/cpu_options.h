// SPDX-License-Identifier: Apache-2.0
// The guest's processors: model and features, how many there are and how they are laid out.
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <string>
#include <vector>

namespace yado::qemu {

/// The value of -cpu; empty to leave QEMU its default.
std::string cpu_option(const DeviceContext& context);
std::string smp_option(const DeviceContext& context);

/// Processors that are online from the start and can be taken away: they are plugged in like other devices.
std::vector<boost::json::object> plugged_vcpus(const DeviceContext& context);

/// How many I/O threads there are and how they work, with the pool of the main loop: -object.
std::vector<boost::json::object> iothread_objects(const DeviceContext& context);
/// What the document says of one thread, as properties of its object.
void add_iothread_properties(boost::json::object& object, const model::IoThread& thread);

} // namespace yado::qemu
