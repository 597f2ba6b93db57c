// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// One byte stream and what it is for.
struct Stream {
    const model::CharBackend& backend;
    const model::CharLog* log = nullptr;
    std::string id;
    bool parallel = false;              ///< a host device is a parallel port
    std::string_view spice = "vdagent"; ///< SPICE's name for what a spicevmc stream carries
};

/// Adds the host side of a stream, with the TLS credentials it needs and the files it opens.
void add_stream(DeviceParts& parts, const DeviceContext& context, const Stream& stream);

/// The value of -chardev alone, for streams without TLS and log.
std::string chardev(const DeviceContext& context, const model::CharBackend& backend, std::string id);

/// A socket without a path is the daemon's to choose: in `directory`, where libvirt 9.0 puts them.
void place_channel(model::Channel& channel, const std::string& directory);

// Both sides; no device where the board has it (a console that is a serial port).
DeviceParts serial_parts(const DeviceContext& context, const model::Serial& serial);
DeviceParts parallel_parts(const DeviceContext& context, const model::Parallel& parallel);
DeviceParts console_parts(const DeviceContext& context, const model::Console& console);
DeviceParts channel_parts(const DeviceContext& context, const model::Channel& channel);

} // namespace yado::qemu
