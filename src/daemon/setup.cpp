// SPDX-License-Identifier: Apache-2.0
// The part of application.h before anything runs: mode, configuration, log.
#include "daemon/application.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"

#include <unistd.h>

namespace yado::daemon {
namespace {

std::optional<LogLevel> level_named(std::string_view text) {
    if (text == "1" || text == "debug") return LogLevel::debug;
    if (text == "2" || text == "info") return LogLevel::info;
    if (text == "3" || text == "warning") return LogLevel::warning;
    if (text == "4" || text == "error") return LogLevel::error;
    return std::nullopt;
}

std::string read_config(const std::string& file, bool required) {
    if (required) return read_file(file, config_file_max);
    return read_file_if_exists(file, config_file_max).value_or("");
}

} // namespace

Setup prepare(Options options) {
    Setup setup;
    const bool system = ::geteuid() == 0 || options.root.has_value();
    setup.paths = system ? system_paths(options.root.value_or("")) : session_paths();
    const bool named = options.config_file.has_value();
    setup.config_file = options.config_file.value_or(setup.paths.config_dir + "/libvirtd.conf");
    setup.config = parse_daemon_config(read_config(setup.config_file, named), setup.config_file);
    if (setup.config.unix_sock_dir) setup.paths.run_dir = *setup.config.unix_sock_dir;
    const std::string qemu_file = setup.paths.config_dir + "/qemu.conf";
    setup.qemu = parse_qemu_config(read_config(qemu_file, false), qemu_file);
    const std::string yado_file = setup.paths.yado_config + "/yadod.conf";
    setup.yado = parse_yado_config(read_config(yado_file, false), yado_file);
    setup.options = std::move(options);
    return setup;
}

void set_up_log(const Setup& setup, bool in_background) {
    LogSettings settings;
    const unsigned level = setup.config.log_level;
    settings.level = level_named(std::to_string(level)).value_or(LogLevel::warning);
    settings.filters = environment_variable("LIBVIRT_LOG_FILTERS").value_or(setup.config.log_filters);
    settings.outputs = environment_variable("LIBVIRT_LOG_OUTPUTS").value_or(setup.config.log_outputs);
    if (const auto debug = environment_variable("LIBVIRT_DEBUG")) {
        if (const auto wanted = level_named(*debug)) settings.level = *wanted;
    }
    if (setup.options.verbose && settings.level > LogLevel::info) settings.level = LogLevel::info;
    const bool journal = environment_variable("JOURNAL_STREAM") || environment_variable("INVOCATION_ID");
    if (in_background && settings.outputs.empty() && !journal) {
        make_directories(setup.paths.log_dir, setup.paths.system ? 0755 : 0700);
        settings.outputs =
            fmt::format("{}:file:{}/libvirtd.log", static_cast<int>(settings.level), setup.paths.log_dir);
    }
    configure_log(settings);
}

} // namespace yado::daemon
