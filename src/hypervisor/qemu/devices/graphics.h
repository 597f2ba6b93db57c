// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts graphics_parts(const DeviceContext& context, const model::Graphics& graphics);

/// The certificates a VNC server shows.
boost::json::object vnc_credentials(const VncFacts& facts);

/// "audio1", of the number or of the first; empty when the domain has none.
std::string audio_id(const DeviceContext& context, std::optional<std::uint32_t> number);

} // namespace yado::qemu
