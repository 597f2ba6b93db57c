// SPDX-License-Identifier: Apache-2.0
// How libvirt refuses arguments before it acts on them: error invalid_arg whose text stands alone, without
// the usual "invalid argument: " before it.
#pragma once

#include "base/error.h"

#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>

namespace yado::service {

/// Throws invalid_arg with exactly this text.
template <class... Args>
[[noreturn]] void refuse_argument(ErrorSource source, fmt::format_string<Args...> text, Args&&... args) {
    std::string message = fmt::format(text, std::forward<Args>(args)...);
    Error error(Code::invalid_arg, message, source);
    error.set_message(std::move(message));
    throw error;
}

/// Throws when `flags` has bits outside `known`. `function` is the one libvirt names, of its driver.
inline void require_flags(ErrorSource source, std::uint32_t flags, std::uint32_t known,
                          std::string_view function) {
    if ((flags & ~known) != 0) {
        refuse_argument(source, "unsupported flags (0x{:x}) in function {}", flags & ~known, function);
    }
}

} // namespace yado::service
