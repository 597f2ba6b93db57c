// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>
#include <vector>

namespace yado::qemu {

/// The card and, where it needs one, its codec.
std::vector<boost::json::object> sound_devices(const DeviceContext& context, const model::Sound& sound);
/// -audiodev; every domain with sound or VNC has one.
boost::json::object audio_backend(const DeviceContext& context, const model::Audio& audio);

} // namespace yado::qemu
