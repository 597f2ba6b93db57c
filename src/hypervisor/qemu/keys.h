// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace yado::qemu {

/// The number QEMU's send-key knows a key by (qnum: XT set 1, extended codes with bit 7). `codeset` is
/// libvirt's (virKeycodeSet). Throws invalid_arg for codesets and keys without a translation.
std::uint32_t qnum_of(std::uint32_t codeset, std::uint32_t key);

} // namespace yado::qemu
