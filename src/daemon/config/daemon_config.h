// SPDX-License-Identifier: Apache-2.0
// libvirtd.conf. Initialisers are libvirt's defaults; what depends on the mode the daemon runs in is optional
// here and decided by whoever uses it.
#pragma once

#include "daemon/config/setting.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::daemon {

struct DaemonConfig {
    // Sockets
    bool listen_tls = true; ///< only with --listen
    bool listen_tcp = false;
    std::string tls_port = "16514";
    std::string tcp_port = "16509";
    std::optional<std::string> listen_addr; ///< none = every address, IPv4 and IPv6
    std::optional<std::string> unix_sock_group;
    std::optional<std::string>
        unix_sock_ro_perms; ///< octal; default 0777 with polkit, else 0777 (ro) and 0700 (rw)
    std::optional<std::string> unix_sock_rw_perms;
    std::optional<std::string> unix_sock_admin_perms;
    std::optional<std::string> unix_sock_dir;

    // Who may come in
    std::optional<std::string> auth_unix_ro; ///< none, sasl, polkit; default polkit as root, else none
    std::optional<std::string> auth_unix_rw;
    std::string auth_tcp = "sasl"; ///< none, sasl
    std::string auth_tls = "none";
    unsigned tcp_min_ssf = 112; ///< bits of strength the SASL layer must have on plain TCP
    std::vector<std::string> access_drivers;
    std::optional<std::string> key_file, cert_file, ca_file, crl_file;
    std::vector<std::string> key_files, cert_files;
    bool tls_no_sanity_certificate = false;
    bool tls_no_verify_certificate = false;
    std::optional<std::vector<std::string>> tls_allowed_dn_list;        ///< shell patterns; none = everybody
    std::optional<std::vector<std::string>> sasl_allowed_username_list; ///< shell patterns; none = everybody
    std::optional<std::string> tls_priority;

    // How many
    unsigned max_clients = 5000;
    unsigned max_queued_clients = 1000;
    unsigned max_anonymous_clients = 20;
    unsigned min_workers = 5;
    unsigned max_workers = 20;
    unsigned prio_workers = 5;
    unsigned max_client_requests = 5;
    unsigned admin_min_workers = 1;
    unsigned admin_max_workers = 5;
    unsigned admin_max_clients = 5;
    unsigned admin_max_queued_clients = 5;
    unsigned admin_max_client_requests = 5;
    int keepalive_interval = 5; ///< seconds; -1 = no pings
    unsigned keepalive_count = 5;
    int admin_keepalive_interval = 5;
    unsigned admin_keepalive_count = 5;

    // Logging and the rest
    unsigned log_level = 3;
    std::string log_filters;
    std::string log_outputs;
    unsigned audit_level = 1;
    bool audit_logging = false;
    std::optional<std::string> host_uuid;
    std::string host_uuid_source = "smbios"; ///< smbios, machine-id
    unsigned ovs_timeout = 5;                ///< seconds
};

std::span<const Setting<DaemonConfig>> daemon_settings();

/// Reads `text`, the content of `file`. Throws Error(conf_syntax) naming file, line and key.
DaemonConfig parse_daemon_config(std::string_view text, std::string_view file);

/// The mode given by an octal text such as "0770". Throws Error(conf_syntax) naming `key`.
unsigned parse_mode(std::string_view text, std::string_view key);

} // namespace yado::daemon
