// SPDX-License-Identifier: Apache-2.0
// Where everything lies: libvirt's own places in system mode, the user's XDG directories in session mode, and
// libvirt's places below some directory for private instances (--root).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace yado::daemon {

struct Paths {
    bool system = true; ///< serves qemu:///system; else qemu:///session
    std::string root;   ///< what --root gave, without a final slash; empty = /

    std::string config_dir; ///< libvirtd.conf, qemu.conf
    std::string run_dir;    ///< the sockets
    std::string pid_file;   ///< default of --pid-file
    std::string hooks_dir;
    std::string log_dir;
    std::string sasl_dir; ///< libvirt.conf of SASL; empty = the library's own
    std::string pki_dir;  ///< /etc/pki

    std::string qemu_config; ///< definitions NAME.xml, autostart/
    std::string qemu_state;  ///< save/, snapshot/, nvram/, …
    std::string qemu_lib;    ///< domain-ID-NAME/
    std::string qemu_run;    ///< status NAME.xml, NAME.pid
    std::string qemu_log;    ///< NAME.log
    std::string qemu_cache;  ///< capabilities/
    std::string swtpm_state; ///< UUID/tpm2
    std::string swtpm_log;
    std::string images;

    std::string network_config; ///< definitions NAME.xml, autostart/
    std::string network_run;    ///< status NAME.xml, NAME.pid, NAME/ports
    std::string dnsmasq_dir;    ///< configurations and leases of name servers

    std::string yado_config; ///< what only Yado knows
    std::string yado_state;
};

using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// The process's own environment; an empty variable counts as absent.
std::optional<std::string> environment_variable(std::string_view name);

Paths system_paths(std::string_view root);
/// Throws Error(internal_error) when the environment names no home directory.
Paths session_paths(const Environment& environment = environment_variable);

} // namespace yado::daemon
