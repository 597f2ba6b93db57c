// SPDX-License-Identifier: Apache-2.0
// What Debian 12's QEMU 7.2 answered once, so that tests need no QEMU:
// tests/golden/qemu/capabilities-ARCH.json, in the form of a cache file. "x86_64" is complete, "i686"
// reduced.
#pragma once

#include "hypervisor/qemu/capabilities/capabilities.h"

#include <string>
#include <string_view>

namespace yado::test_support {

/// `source` is the project's folder (YADO_SOURCE_DIR). The binary is /usr/bin/qemu-system-TARGET. Throws
/// runtime_error when there is no such record.
qemu::QemuCapabilities recorded_capabilities(const std::string& source, std::string_view arch = "x86_64");

} // namespace yado::test_support
