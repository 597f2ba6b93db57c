// SPDX-License-Identifier: Apache-2.0
// passt: a process that gives a guest the host's own network without privileges.
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// The process for one card and the socket it listens on.
HelperProcess passt_process(const DeviceContext& context, const model::Interface& interface);

} // namespace yado::qemu
