// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// A network card and its -netdev. Descriptors of taps come from LaunchFacts; a card whose tap is not there
/// is refused. Assigned cards are host devices.
DeviceParts interface_parts(const DeviceContext& context, const model::Interface& interface,
                            std::uint32_t boot);

} // namespace yado::qemu
