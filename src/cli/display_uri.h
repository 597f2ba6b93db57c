// SPDX-License-Identifier: Apache-2.0
// Where viewers find a guest's screen.
#pragma once

#include "cli/listed_devices.h"

#include <optional>
#include <string>
#include <string_view>

namespace yado::cli {

/// "vnc://host:1", "spice://host:5900?tls-port=5901", "vnc+unix:///path". `host` stands for listeners on all
/// addresses. Nothing when it cannot be reached, or not by its kind.
std::optional<std::string> display_uri(const ListedGraphics& graphics, std::string_view host,
                                       bool with_password);

} // namespace yado::cli
