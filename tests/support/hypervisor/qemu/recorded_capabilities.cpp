// SPDX-License-Identifier: Apache-2.0
#include "support/hypervisor/qemu/recorded_capabilities.h"

#include "base/files.h"
#include "hypervisor/qemu/capabilities/cache.h"

#include <fmt/format.h>
#include <stdexcept>

namespace yado::test_support {

qemu::QemuCapabilities recorded_capabilities(const std::string& source, std::string_view arch) {
    const std::string path = fmt::format("{}/tests/golden/qemu/capabilities-{}.json", source, arch);
    const std::string binary = fmt::format("/usr/bin/qemu-system-{}", qemu::target_of_arch(arch));
    auto recorded = qemu::read_cache_file(read_file(path, 1U << 20U), binary, qemu::Accelerator::tcg, {});
    if (!recorded) throw std::runtime_error(path + " is no record of " + binary);
    return std::move(*recorded);
}

} // namespace yado::test_support
