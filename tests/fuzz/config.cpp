// SPDX-License-Identifier: Apache-2.0
// Configuration files: any text is read or refused with an Error.
#include "base/error.h"
#include "daemon/config/daemon_config.h"
#include "daemon/config/qemu_config.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        yado::daemon::parse_daemon_config(text, "fuzz");
    } catch (const yado::Error&) {}
    try {
        yado::daemon::parse_qemu_config(text, "fuzz");
    } catch (const yado::Error&) {}
    return 0;
}
