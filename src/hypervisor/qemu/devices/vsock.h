// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// The kernel serves it through a descriptor that LaunchFacts has, on which the guest's address is set
/// already; refused without.
DeviceParts vsock_parts(const DeviceContext& context, const model::Vsock& vsock);

} // namespace yado::qemu
