// SPDX-License-Identifier: Apache-2.0
// Secrets on their way to QEMU: encrypted with a key of the guest's own, which QEMU reads from a file, so
// that neither its command line nor its monitor shows them. The form is libvirt's: AES-256-CBC, the key in
// master-key.aes, called masterKey0.
#pragma once

#include "hypervisor/qemu/plan/plan.h"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace yado::qemu {

inline constexpr std::string_view master_key_name = "masterKey0";
using MasterKey = std::array<std::uint8_t, 32>;

/// Throws system_error.
MasterKey new_master_key();
/// Of a guest that runs. Blocks. Throws system_error, operation_failed for one of another length.
MasterKey read_master_key(const std::string& path);

/// Throws internal_error when the library fails.
SealedSecret seal(const MasterKey& key, std::string_view value);
/// For DiskFacts.
std::function<SealedSecret(std::string_view)> sealer(const MasterKey& key);

} // namespace yado::qemu
