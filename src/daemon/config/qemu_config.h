// SPDX-License-Identifier: Apache-2.0
// qemu.conf: every key of libvirt 9.0 to 12.8 is accepted and its type checked; members are those that have
// an effect. Initialisers are the defaults of Debian's libvirt.
#pragma once

#include "daemon/config/setting.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::daemon {

struct QemuConfig {
    std::optional<std::string> user;        ///< libvirt-qemu when that user exists and the daemon is root
    std::optional<std::string> group;       ///< the user's own
    std::optional<std::string> swtpm_user;  ///< tss when that user exists and the daemon is root
    std::optional<std::string> swtpm_group; ///< the user's own
    std::string pr_helper = "/usr/bin/qemu-pr-helper";
    bool dynamic_ownership = true;
    bool remember_owner = true;
    std::string vnc_listen = "127.0.0.1";
    bool vnc_auto_unix_socket = false;
    std::optional<std::string> default_tls_x509_cert_dir; ///< /etc/pki/qemu
    bool vnc_tls = false;
    std::string vnc_tls_x509_cert_dir;
    bool vnc_tls_x509_verify = false;
    std::string vnc_password;
    bool vnc_sasl = false;
    std::string vnc_sasl_dir;
    bool vnc_allow_host_audio = false;
    std::string spice_listen = "127.0.0.1";
    unsigned remote_display_port_min = 5900;
    unsigned remote_display_port_max = 65535;
    unsigned remote_websocket_port_min = 5700;
    unsigned remote_websocket_port_max = 65535;
    std::vector<std::string> security_driver;
    bool security_default_confined = true;
    bool security_require_confined = false;
    std::optional<std::vector<std::string>> cgroup_controllers;
    std::optional<std::vector<std::string>> cgroup_device_acl;
    std::string save_image_format = "raw";
    std::string dump_image_format = "raw";
    std::string snapshot_image_format = "raw";
    std::optional<std::string> auto_dump_path;
    bool auto_dump_bypass_cache = false;
    bool auto_start_bypass_cache = false;
    unsigned auto_start_delay = 0; ///< milliseconds between autostarted guests
    bool set_process_name = false;
    unsigned max_processes = 0; ///< 0 = the daemon's own limit
    unsigned max_files = 0;
    unsigned max_threads_per_process = 0;
    std::optional<std::string> max_core; ///< bytes or "unlimited"; unset: as the daemon
    bool dump_guest_core = false;
    unsigned max_queued = 0;
    int keepalive_interval = 5; ///< seconds, towards other daemons in migration
    unsigned keepalive_count = 5;
    int seccomp_sandbox = 1; ///< 1 on, 0 off, -1 as QEMU likes
    std::string migration_address;
    std::optional<std::string> migration_host;
    unsigned migration_port_min = 49152;
    unsigned migration_port_max = 49215;
    bool log_timestamp = true;
    std::vector<std::string> nvram; ///< "LOADER:TEMPLATE"
    std::string stdio_handler = "logd";
    std::optional<std::vector<std::string>> namespaces;
    std::optional<std::string> memory_backing_dir;
    std::vector<std::string> hugetlbfs_mount;
    std::optional<std::string> bridge_helper;
    std::vector<std::string> capability_filters;
    std::string deprecation_behavior = "none";
    std::string lock_manager;
    std::string sched_core = "none";
};

std::span<const Setting<QemuConfig>> qemu_settings();

/// Reads `text`, the content of `file`. Throws Error(conf_syntax) naming file, line and key.
QemuConfig parse_qemu_config(std::string_view text, std::string_view file);

} // namespace yado::daemon
