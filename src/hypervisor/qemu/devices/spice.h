// SPDX-License-Identifier: Apache-2.0
// SPICE is the screen with the most options; they have a file of their own.
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// A port for TLS that is asked for needs TLS in qemu.conf (config_unsupported): told when it is defined.
void require_tls_port(const model::Spice& spice, bool tls);

void add_spice(DeviceParts& parts, const DeviceContext& context, const model::Spice& spice);

} // namespace yado::qemu
