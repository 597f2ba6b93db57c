// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// The card and, where it needs them, its codecs.
DeviceParts sound_parts(const DeviceContext& context, const model::Sound& sound);
/// -audiodev; every domain with sound or VNC has one.
boost::json::object audio_backend(const DeviceContext& context, const model::Audio& audio);
/// What a back end is told through QEMU's environment.
std::vector<std::pair<std::string, std::string>> audio_environment(const model::Audio& audio);

} // namespace yado::qemu
