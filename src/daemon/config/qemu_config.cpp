// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/qemu_config.h"

#include "base/text.h"

#include <array>

namespace yado::daemon {
namespace {

using C = QemuConfig;
constexpr auto text = Unused::text;
constexpr auto number = Unused::number;
constexpr auto list = Unused::list;
constexpr std::array<std::string_view, 6> image_formats{"raw", "gzip", "bzip2", "xz", "lzop", "zstd"};
constexpr std::array<std::string_view, 2> stdio_handlers{"logd", "file"};
constexpr std::array<std::string_view, 4> deprecation_words{"none", "omit", "reject", "crash"};
constexpr std::array<std::string_view, 4> sched_core_words{"none", "vcpus", "emulator", "full"};

const Setting<QemuConfig> table[] = {
    // TLS
    {"default_tls_x509_cert_dir", &C::default_tls_x509_cert_dir},
    {"default_tls_x509_verify", number},
    {"default_tls_x509_secret_uuid", text},
    {"default_tls_priority", text},
    {"chardev_tls", number},
    {"chardev_tls_x509_cert_dir", text},
    {"chardev_tls_x509_verify", number},
    {"chardev_tls_x509_secret_uuid", text},
    {"chardev_tls_priority", text},
    {"vxhs_tls", number},
    {"vxhs_tls_x509_cert_dir", text},
    {"vxhs_tls_x509_secret_uuid", text},
    {"nbd_tls", number},
    {"nbd_tls_x509_cert_dir", text},
    {"nbd_tls_x509_secret_uuid", text},
    {"nbd_tls_priority", text},
    {"migrate_tls_x509_cert_dir", text},
    {"migrate_tls_x509_verify", number},
    {"migrate_tls_x509_secret_uuid", text},
    {"migrate_tls_priority", text},
    {"migrate_tls_force", number},
    {"backup_tls_x509_cert_dir", text},
    {"backup_tls_x509_verify", number},
    {"backup_tls_x509_secret_uuid", text},
    {"backup_tls_priority", text},
    // Displays
    {"vnc_listen", &C::vnc_listen},
    {"vnc_auto_unix_socket", &C::vnc_auto_unix_socket},
    {"vnc_tls", &C::vnc_tls},
    {"vnc_tls_x509_cert_dir", &C::vnc_tls_x509_cert_dir},
    {"vnc_tls_x509_secret_uuid", text},
    {"vnc_tls_x509_verify", &C::vnc_tls_x509_verify},
    {"vnc_tls_priority", text},
    {"vnc_password", &C::vnc_password},
    {"vnc_sasl", &C::vnc_sasl},
    {"vnc_sasl_dir", &C::vnc_sasl_dir},
    {"vnc_allow_host_audio", &C::vnc_allow_host_audio},
    {"spice_listen", &C::spice_listen},
    {"spice_tls", number},
    {"spice_tls_x509_cert_dir", text},
    {"spice_auto_unix_socket", number},
    {"spice_password", text},
    {"spice_sasl", number},
    {"spice_sasl_dir", text},
    {"rdp_listen", text},
    {"rdp_tls_x509_cert_dir", text},
    {"rdp_username", text},
    {"rdp_password", text},
    {"nographics_allow_host_audio", number},
    {"remote_display_port_min", &C::remote_display_port_min},
    {"remote_display_port_max", &C::remote_display_port_max},
    {"remote_websocket_port_min", &C::remote_websocket_port_min},
    {"remote_websocket_port_max", &C::remote_websocket_port_max},
    // Confinement
    {"security_driver", &C::security_driver},
    {"security_default_confined", &C::security_default_confined},
    {"security_require_confined", &C::security_require_confined},
    {"user", &C::user},
    {"group", &C::group},
    {"dynamic_ownership", &C::dynamic_ownership},
    {"remember_owner", &C::remember_owner},
    {"cgroup_controllers", &C::cgroup_controllers},
    {"cgroup_device_acl", &C::cgroup_device_acl},
    {"seccomp_sandbox", &C::seccomp_sandbox},
    {"namespaces", &C::namespaces},
    {"capability_filters", &C::capability_filters},
    {"clear_emulator_capabilities", number},
    // Images
    {"save_image_format", &C::save_image_format, image_formats},
    {"dump_image_format", &C::dump_image_format, image_formats},
    {"snapshot_image_format", &C::snapshot_image_format, image_formats},
    {"auto_dump_path", &C::auto_dump_path},
    {"auto_dump_max_size", number},
    {"auto_dump_bypass_cache", &C::auto_dump_bypass_cache},
    {"auto_start_bypass_cache", &C::auto_start_bypass_cache},
    {"auto_start_delay", &C::auto_start_delay},
    {"auto_save_bypass_cache", number},
    {"auto_shutdown_try_save", text},
    {"auto_shutdown_try_shutdown", text},
    {"auto_shutdown_poweroff", text},
    {"auto_shutdown_wait", number},
    {"auto_shutdown_restore", number},
    {"shared_filesystems", list},
    {"storage_use_nbdkit", number},
    // Processes
    {"hugetlbfs_mount", &C::hugetlbfs_mount},
    {"bridge_helper", &C::bridge_helper},
    {"set_process_name", &C::set_process_name},
    {"max_processes", &C::max_processes},
    {"max_files", &C::max_files},
    {"max_threads_per_process", &C::max_threads_per_process},
    {"max_core", &C::max_core},
    {"dump_guest_core", &C::dump_guest_core},
    {"sched_core", &C::sched_core, sched_core_words},
    {"mac_filter", number},
    {"relaxed_acs_check", number},
    {"allow_disk_format_probing", number}, // gone since libvirt 4, still found in old files
    {"lock_manager", &C::lock_manager},
    {"max_queued", &C::max_queued},
    {"keepalive_interval", &C::keepalive_interval},
    {"keepalive_count", &C::keepalive_count},
    {"log_timestamp", &C::log_timestamp},
    {"nvram", &C::nvram},
    {"stdio_handler", &C::stdio_handler, stdio_handlers},
    {"gluster_debug_level", number},
    {"virtiofsd_debug", number},
    {"memory_backing_dir", &C::memory_backing_dir},
    {"deprecation_behavior", &C::deprecation_behavior, deprecation_words},
    {"default_cpu_deprecated_features", text},
    {"swtpm_user", &C::swtpm_user},
    {"swtpm_group", &C::swtpm_group},
    {"pr_helper", &C::pr_helper},
    {"qemu_rdp", text},
    {"qemu_vnc", text},
    {"slirp_helper", text},
    {"dbus_daemon", text},
    // Migration
    {"migration_address", &C::migration_address},
    {"migration_host", &C::migration_host},
    {"migration_port_min", &C::migration_port_min},
    {"migration_port_max", &C::migration_port_max},
    {"backup_port_min", number},
    {"backup_port_max", number},
};

void check_ports(unsigned low, unsigned high, std::string_view name, std::string_view file) {
    if (low > high || high > 65535) {
        fail(ErrorSource::conf, Code::conf_syntax,
             "{}: {}_min must not be greater than {}_max, nor that than 65535", file, name, name);
    }
}

// What would leave guests less protected than the file says is refused, as libvirtd refuses a security driver
// that the host does not have.
void check_protection(const QemuConfig& config, std::string_view file) {
    const auto refuse = [file](std::string_view what) {
        fail(ErrorSource::conf, Code::conf_syntax, "{}: {}", file, what);
    };
    for (const std::string& driver : config.security_driver) {
        if (driver == "selinux" || driver == "apparmor") {
            refuse(fmt::format("security_driver '{}' is not supported: guests are confined by their user, "
                               "capabilities and seccomp alone. Remove it, or write [ \"none\" ]",
                               driver));
        }
        if (driver != "none" && driver != "dac") refuse(fmt::format("unknown security_driver '{}'", driver));
    }
    if (config.security_require_confined)
        refuse("security_require_confined needs a security driver, and none is supported");
    if (!config.lock_manager.empty() && config.lock_manager != "nop") {
        refuse(fmt::format("lock_manager '{}' is not supported: disks would be used without locks",
                           config.lock_manager));
    }
}

} // namespace

std::span<const Setting<QemuConfig>> qemu_settings() { return table; }

QemuConfig parse_qemu_config(std::string_view content, std::string_view file) {
    QemuConfig config;
    std::vector<ConfigEntry> entries = parse_config(content, file);
    for (ConfigEntry& entry :
         entries) { // the one key that may be a word or a number in libvirt's own template
        const auto* value = std::get_if<std::int64_t>(&entry.value);
        if (entry.key == "max_core" && value != nullptr) entry.value = std::to_string(*value);
    }
    apply_settings<QemuConfig>(config, entries, file, table);
    check_ports(config.remote_display_port_min, config.remote_display_port_max, "remote_display_port", file);
    check_ports(config.remote_websocket_port_min, config.remote_websocket_port_max, "remote_websocket_port",
                file);
    check_ports(config.migration_port_min, config.migration_port_max, "migration_port", file);
    check_protection(config, file);
    for (const std::string& pair : config.nvram) {
        if (pair.find(':') == std::string::npos || pair.starts_with(':') || pair.ends_with(':')) {
            fail(ErrorSource::conf, Code::conf_syntax, "{}: Invalid nvram format: '{}'", file, pair);
        }
    }
    if (config.max_core && *config.max_core != "unlimited" &&
        !parse_number<std::uint64_t>(*config.max_core)) {
        fail(ErrorSource::conf, Code::conf_syntax, "{}: Unknown core size '{}'", file, *config.max_core);
    }
    return config;
}

} // namespace yado::daemon
