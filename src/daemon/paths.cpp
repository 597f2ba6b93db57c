// SPDX-License-Identifier: Apache-2.0
#include "daemon/paths.h"

#include "base/error.h"

#include <cstdlib>

namespace yado::daemon {

std::optional<std::string> environment_variable(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return std::string(value);
}

Paths system_paths(std::string_view root) {
    Paths paths;
    paths.root = std::string(root);
    while (!paths.root.empty() && paths.root.back() == '/') paths.root.pop_back();
    const std::string& r = paths.root;
    paths.config_dir = r + "/etc/libvirt";
    paths.run_dir = r + "/run/libvirt";
    paths.pid_file = r + "/run/libvirtd.pid";
    paths.hooks_dir = r + "/etc/libvirt/hooks";
    paths.log_dir = r + "/var/log/libvirt";
    paths.sasl_dir = r.empty() ? "" : r + "/etc/sasl2";
    paths.pki_dir = r + "/etc/pki";
    paths.qemu_config = r + "/etc/libvirt/qemu";
    paths.qemu_state = r + "/var/lib/libvirt/qemu";
    paths.qemu_lib = r + "/var/lib/libvirt/qemu";
    paths.qemu_run = r + "/run/libvirt/qemu";
    paths.qemu_log = r + "/var/log/libvirt/qemu";
    paths.qemu_cache = r + "/var/cache/libvirt/qemu";
    paths.swtpm_state = r + "/var/lib/libvirt/swtpm";
    paths.swtpm_log = r + "/var/log/swtpm/libvirt/qemu";
    paths.images = r + "/var/lib/libvirt/images";
    paths.network_config = r + "/etc/libvirt/qemu/networks";
    paths.network_run = r + "/run/libvirt/network";
    paths.dnsmasq_dir = r + "/var/lib/libvirt/dnsmasq";
    paths.yado_config = r + "/etc/yado";
    paths.yado_state = r + "/var/lib/yado";
    return paths;
}

Paths session_paths(const Environment& environment) {
    const auto home = environment("HOME");
    const auto place = [&](std::string_view variable, std::string_view below_home) {
        if (const auto value = environment(variable)) return *value;
        if (!home) fail(Code::internal_error, "neither {} nor HOME is set", variable);
        return *home + std::string(below_home);
    };
    const std::string config = place("XDG_CONFIG_HOME", "/.config");
    const std::string cache = place("XDG_CACHE_HOME", "/.cache");
    const std::string data = place("XDG_DATA_HOME", "/.local/share");
    const auto runtime = environment("XDG_RUNTIME_DIR");

    Paths paths;
    paths.system = false;
    paths.config_dir = config + "/libvirt";
    paths.run_dir = (runtime ? *runtime : cache) + "/libvirt";
    paths.pid_file = paths.run_dir + "/libvirtd.pid";
    paths.hooks_dir = paths.config_dir + "/hooks";
    paths.log_dir = cache + "/libvirt";
    paths.pki_dir = "/etc/pki";
    paths.qemu_config = config + "/libvirt/qemu";
    paths.qemu_state = config + "/libvirt/qemu";
    paths.qemu_lib = config + "/libvirt/qemu/lib";
    paths.qemu_run = paths.run_dir + "/qemu/run";
    paths.qemu_log = cache + "/libvirt/qemu/log";
    paths.qemu_cache = cache + "/libvirt/qemu/cache";
    paths.swtpm_state = config + "/libvirt/qemu/swtpm";
    paths.swtpm_log = paths.qemu_log;
    paths.images = data + "/libvirt/images";
    paths.network_config = config + "/libvirt/qemu/networks";
    paths.network_run = paths.run_dir + "/network/lib";
    paths.dnsmasq_dir = config + "/libvirt/qemu/lib/dnsmasq";
    paths.yado_config = config + "/yado";
    paths.yado_state = data + "/yado";
    return paths;
}

} // namespace yado::daemon
