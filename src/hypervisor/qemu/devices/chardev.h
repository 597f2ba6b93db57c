// SPDX-License-Identifier: Apache-2.0
// The two spellings QEMU has for the host side of a byte stream: -chardev's and chardev-add's.
#pragma once

#include "hypervisor/qemu/devices/character.h"

namespace yado::qemu {

/// `credentials`: id of a tls-creds object, empty for none.
Chardev make_chardev(const DeviceContext& context, const Stream& stream, std::string_view credentials);

} // namespace yado::qemu
