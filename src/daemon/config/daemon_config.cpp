// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/daemon_config.h"

#include "base/text.h"
#include "base/uuid.h"

#include <array>

namespace yado::daemon {
namespace {

using C = DaemonConfig;
constexpr unsigned least_tcp_ssf = 112; ///< bits: triple DES, the weakest that libvirt takes for encryption
constexpr std::array<std::string_view, 3> unix_auth{"none", "sasl", "polkit"};
constexpr std::array<std::string_view, 2> network_auth{"none", "sasl"};
constexpr std::array<std::string_view, 2> uuid_sources{"smbios", "machine-id"};

const Setting<DaemonConfig> table[] = {
    {"listen_tls", &C::listen_tls},
    {"listen_tcp", &C::listen_tcp},
    {"tls_port", &C::tls_port},
    {"tcp_port", &C::tcp_port},
    {"listen_addr", &C::listen_addr},
    {"unix_sock_group", &C::unix_sock_group},
    {"unix_sock_ro_perms", &C::unix_sock_ro_perms},
    {"unix_sock_rw_perms", &C::unix_sock_rw_perms},
    {"unix_sock_admin_perms", &C::unix_sock_admin_perms},
    {"unix_sock_dir", &C::unix_sock_dir},
    {"auth_unix_ro", &C::auth_unix_ro, unix_auth},
    {"auth_unix_rw", &C::auth_unix_rw, unix_auth},
    {"auth_tcp", &C::auth_tcp, network_auth},
    {"auth_tls", &C::auth_tls, network_auth},
    {"tcp_min_ssf", &C::tcp_min_ssf},
    {"access_drivers", &C::access_drivers},
    {"key_file", &C::key_file},
    {"cert_file", &C::cert_file},
    {"ca_file", &C::ca_file},
    {"crl_file", &C::crl_file},
    {"key_files", &C::key_files},
    {"cert_files", &C::cert_files},
    {"tls_no_sanity_certificate", &C::tls_no_sanity_certificate},
    {"tls_no_verify_certificate", &C::tls_no_verify_certificate},
    {"tls_allowed_dn_list", &C::tls_allowed_dn_list},
    {"sasl_allowed_username_list", &C::sasl_allowed_username_list},
    {"tls_priority", &C::tls_priority},
    {"max_clients", &C::max_clients},
    {"max_queued_clients", &C::max_queued_clients},
    {"max_anonymous_clients", &C::max_anonymous_clients},
    {"min_workers", &C::min_workers},
    {"max_workers", &C::max_workers},
    {"prio_workers", &C::prio_workers},
    {"max_client_requests", &C::max_client_requests},
    {"admin_min_workers", &C::admin_min_workers},
    {"admin_max_workers", &C::admin_max_workers},
    {"admin_max_clients", &C::admin_max_clients},
    {"admin_max_queued_clients", &C::admin_max_queued_clients},
    {"admin_max_client_requests", &C::admin_max_client_requests},
    {"keepalive_interval", &C::keepalive_interval},
    {"keepalive_count", &C::keepalive_count},
    {"admin_keepalive_interval", &C::admin_keepalive_interval},
    {"admin_keepalive_count", &C::admin_keepalive_count},
    {"log_level", &C::log_level},
    {"log_filters", &C::log_filters},
    {"log_outputs", &C::log_outputs},
    {"log_buffer_size", Unused::number}, // gone since libvirt 1.2, still found in old files
    {"audit_level", &C::audit_level},
    {"audit_logging", &C::audit_logging},
    {"host_uuid", &C::host_uuid},
    {"host_uuid_source", &C::host_uuid_source, uuid_sources},
    {"ovs_timeout", &C::ovs_timeout},
    {"keepalive_required", Unused::number}, // accepted and without effect in libvirt as well
    {"admin_keepalive_required", Unused::number},
};

void check(const DaemonConfig& config, std::string_view file) {
    const auto wrong = [&](std::string_view what) {
        fail(ErrorSource::conf, Code::conf_syntax, "{}: {}", file, what);
    };
    for (const auto& mode :
         {config.unix_sock_ro_perms, config.unix_sock_rw_perms, config.unix_sock_admin_perms}) {
        if (mode) static_cast<void>(parse_mode(*mode, "unix_sock_*_perms"));
    }
    if (config.host_uuid && !Uuid::parse(*config.host_uuid)) wrong("host_uuid is not a UUID");
    if (config.max_client_requests == 0 || config.admin_max_client_requests == 0) {
        wrong("max_client_requests must be at least 1");
    }
    if (config.tcp_min_ssf < least_tcp_ssf) {
        wrong(fmt::format("minimum SSF levels lower than {} are not supported", least_tcp_ssf));
    }
    if (config.log_level < 1 || config.log_level > 4) wrong("log_level must be between 1 and 4");
    for (const std::string& driver : config.access_drivers) {
        if (driver != "polkit" && driver != "none") wrong(fmt::format("unknown access driver '{}'", driver));
    }
}

} // namespace

std::span<const Setting<DaemonConfig>> daemon_settings() { return table; }

DaemonConfig parse_daemon_config(std::string_view text, std::string_view file) {
    DaemonConfig config;
    apply_settings<DaemonConfig>(config, parse_config(text, file), file, table);
    check(config, file);
    return config;
}

unsigned parse_mode(std::string_view text, std::string_view key) {
    const auto mode = parse_number<unsigned>(text, 8, 0, 0777);
    if (!mode) fail(ErrorSource::conf, Code::conf_syntax, "{}: failed to parse mode '{}'", key, text);
    return *mode;
}

} // namespace yado::daemon
