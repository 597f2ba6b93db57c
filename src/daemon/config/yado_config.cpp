// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/yado_config.h"

namespace yado::daemon {
namespace {

const Setting<YadoConfig> table[] = {
    {"hook_timeout", &YadoConfig::hook_timeout},
};

} // namespace

YadoConfig parse_yado_config(std::string_view text, std::string_view file) {
    YadoConfig config;
    apply_settings<YadoConfig>(config, parse_config(text, file), file, table);
    return config;
}

} // namespace yado::daemon
