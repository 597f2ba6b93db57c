// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>

namespace yado::qemu {

/// The value of -chardev for the host side; its id is "char" and the device's alias.
std::string chardev(const DeviceContext& context, const model::CharDevice& device, bool parallel = false);
/// The same for a stream that belongs to no character device.
std::string chardev(const DeviceContext& context, const model::CharBackend& backend, std::string id);

// The guest side; nothing where the board has it (a console that is a serial port).
boost::json::object serial_device(const DeviceContext& context, const model::Serial& serial);
boost::json::object parallel_device(const DeviceContext& context, const model::Parallel& parallel);
boost::json::object console_device(const DeviceContext& context, const model::Console& console);
boost::json::object channel_device(const DeviceContext& context, const model::Channel& channel);

} // namespace yado::qemu
