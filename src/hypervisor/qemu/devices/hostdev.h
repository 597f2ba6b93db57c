// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// A device of the host. SCSI units and vhost-scsi need what LaunchFacts has of them.
DeviceParts hostdev_parts(const DeviceContext& context, const model::Hostdev& hostdev, std::uint32_t boot);

/// A network card of the host.
DeviceParts assigned_card_parts(const DeviceContext& context, const model::Interface& interface,
                                std::uint32_t boot);

} // namespace yado::qemu
