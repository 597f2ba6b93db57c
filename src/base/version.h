// SPDX-License-Identifier: Apache-2.0
// Which release this is and which libvirt release it presents to clients. Clients switch features on by the
// second number, so it changes only when every call of that libvirt release is answered.
#pragma once

#include <string_view>

namespace yado {

/// Ours, from the build system, e.g. "0.1.0".
inline constexpr std::string_view version = YADO_VERSION;

/// major * 1,000,000 + minor * 1,000 + release, as CONNECT_GET_LIB_VERSION answers it.
inline constexpr unsigned long libvirt_version = 9'000'000;
inline constexpr std::string_view libvirt_version_text = "9.0.0";

} // namespace yado
