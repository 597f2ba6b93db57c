// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <string>
#include <string_view>

namespace yado::qemu {

/// Where an emulated TPM of the running guest `id` listens.
std::string swtpm_socket(std::string_view run_dir, int id, std::string_view name);

DeviceParts tpm_parts(const DeviceContext& context, const model::Tpm& tpm);

} // namespace yado::qemu
