// SPDX-License-Identifier: Apache-2.0
// /etc/yado/yadod.conf: what libvirt has no key for. Its own files cannot hold it: libvirtd refuses unknown
// keys, and must be able to read them again.
#pragma once

#include "daemon/config/setting.h"

#include <string_view>

namespace yado::daemon {

struct YadoConfig {
    unsigned hook_timeout = 30; ///< seconds until a hook that does not end is killed; 0: it may take for ever
};

/// Reads `text`, the content of `file`. Throws Error(conf_syntax) naming file, line and key.
YadoConfig parse_yado_config(std::string_view text, std::string_view file);

} // namespace yado::daemon
