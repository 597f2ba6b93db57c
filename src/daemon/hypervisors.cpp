// SPDX-License-Identifier: Apache-2.0
#include "daemon/hypervisors.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "daemon/application.h"
#include "host/hooks.h"
#include "host/identity.h"
#include "host/netlink/network.h"
#include "host/node.h"
#include "hypervisor/qemu/hypervisor.h"
#include "hypervisor/test/hypervisor.h"

#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>

namespace yado::daemon {
namespace {

constexpr const char* qemu_user = "libvirt-qemu"; // Debian's default for qemu.conf
constexpr const char* swtpm_user = "tss";         // likewise

std::optional<host::Credentials> qemu_credentials(const QemuConfig& config) {
    if (::geteuid() != 0) return std::nullopt;
    std::optional<host::User> user;
    if (config.user) {
        user = host::find_user(host::parse_user(*config.user));
    } else {
        user = host::find_user(qemu_user);
        if (!user) {
            log_warning("daemon", "no user '{}' on this host: guests run as root", qemu_user);
            return std::nullopt;
        }
    }
    const uid_t id = user ? user->id : host::parse_user(*config.user);
    if (id == 0) return std::nullopt;
    const gid_t group = config.group ? host::parse_group(*config.group) : user ? user->group : 0;
    return host::credentials_of(id, group);
}

std::optional<host::Credentials> swtpm_credentials(const QemuConfig& config) {
    if (::geteuid() != 0) return std::nullopt;
    std::optional<host::User> user;
    if (config.swtpm_user) {
        user = host::find_user(host::parse_user(*config.swtpm_user));
        if (!user) fail(Code::invalid_arg, "Failed to parse user '{}'", *config.swtpm_user);
    } else {
        user = host::find_user(swtpm_user); // without the packages nothing will run as it
    }
    if (!user || user->id == 0) return std::nullopt;
    const gid_t group = config.swtpm_group ? host::parse_group(*config.swtpm_group) : user->group;
    return host::credentials_of(user->id, group);
}

qemu::VncFacts vnc_facts_of(const Setup& setup) {
    const QemuConfig& config = setup.qemu;
    qemu::VncFacts facts{.auto_unix_socket = config.vnc_auto_unix_socket,
                         .tls_verify = config.vnc_tls_x509_verify,
                         .sasl = config.vnc_sasl,
                         .sasl_dir = config.vnc_sasl_dir};
    if (!config.vnc_tls) return facts;
    facts.tls_dir = config.vnc_tls_x509_cert_dir;
    if (facts.tls_dir.empty()) { // libvirt's order
        const std::string own = setup.paths.pki_dir + "/libvirt-vnc";
        const bool exists = ::access(own.c_str(), F_OK) == 0;
        facts.tls_dir =
            exists ? own : config.default_tls_x509_cert_dir.value_or(setup.paths.pki_dir + "/qemu");
    }
    return facts;
}

qemu::Settings qemu_settings_of(const Setup& setup) {
    const QemuConfig& config = setup.qemu;
    qemu::Settings settings;
    settings.paths = {.lib = setup.paths.qemu_lib,
                      .channels = setup.paths.qemu_state + "/channel/target",
                      .run = setup.paths.qemu_run,
                      .log = setup.paths.qemu_log,
                      .nvram = setup.paths.qemu_state + "/nvram",
                      .cache = setup.paths.qemu_cache + "/yado",
                      .swtpm_state = setup.paths.swtpm_state,
                      .swtpm_log = setup.paths.swtpm_log};
    std::optional<Uuid> configured;
    if (setup.config.host_uuid) configured = Uuid::parse(*setup.config.host_uuid);
    settings.host_uuid = host::host_uuid(configured, setup.config.host_uuid_source);
    settings.credentials = qemu_credentials(config);
    settings.swtpm_credentials = swtpm_credentials(config);
    settings.pr_helper = config.pr_helper;
    settings.dynamic_ownership = config.dynamic_ownership;
    settings.remember_owner = config.remember_owner;
    settings.vnc_listen = config.vnc_listen;
    settings.vnc_password = config.vnc_password;
    settings.vnc = vnc_facts_of(setup);
    settings.spice.listen = config.spice_listen;
    settings.websocket_port_min = config.remote_websocket_port_min;
    settings.websocket_port_max = config.remote_websocket_port_max;
    settings.vnc_port_min = config.remote_display_port_min;
    settings.vnc_port_max = config.remote_display_port_max;
    settings.sandbox = config.seccomp_sandbox != 0;
    settings.max_processes = config.max_processes;
    settings.max_files = config.max_files;
    if (config.max_core) {
        settings.max_core =
            parse_number<std::uint64_t>(*config.max_core).value_or(static_cast<std::uint64_t>(RLIM_INFINITY));
    }
    settings.dump_guest_core = config.dump_guest_core;
    settings.process_name = config.set_process_name;
    settings.log_timestamp = config.log_timestamp;
    settings.deprecated = config.deprecation_behavior;
    for (const std::string& pair : config.nvram) {
        const std::size_t colon = pair.find(':');
        settings.nvram_templates.emplace_back(pair.substr(0, colon), pair.substr(colon + 1));
    }
    if (config.cgroup_controllers) {
        host::ControllerSet wanted;
        for (unsigned i = 0; i < host::controller_count; ++i) {
            const auto controller = static_cast<host::Controller>(i);
            if (std::ranges::find(*config.cgroup_controllers, host::name_of(controller)) !=
                config.cgroup_controllers->end()) {
                wanted.add(controller);
            }
        }
        settings.cgroup_controllers = wanted;
    }
    return settings;
}

/// QEMU with what it runs on.
struct QemuHost {
    QemuHost(Loop& loop, const Setup& setup)
        : processes(host::make_processes(loop)), cgroups(host::make_cgroups()),
          hooks(*processes, setup.paths.hooks_dir, "qemu", std::chrono::seconds(setup.yado.hook_timeout)),
          network(host::make_network()),
          hypervisor(std::make_unique<qemu::QemuHypervisor>(
              qemu::QemuHypervisor::Host{loop, *processes, *cgroups, *network, ports},
              qemu_settings_of(setup))) {}
    std::unique_ptr<host::Processes> processes;
    std::unique_ptr<host::Cgroups> cgroups;
    guest::Ports ports;
    host::Hooks hooks;
    std::unique_ptr<host::Network> network;
    std::unique_ptr<guest::Hypervisor> hypervisor;
};

guest::SaveSettings save_settings_of(const QemuConfig& config, host::Processes& processes) {
    return {.processes = &processes,
            .save = guest::save_format_of(config.save_image_format).value_or(guest::SaveFormat::raw),
            .dump = guest::save_format_of(config.dump_image_format).value_or(guest::SaveFormat::raw)};
}

} // namespace

std::vector<std::unique_ptr<GuestDriver>> make_guest_drivers(Loop& loop, Drivers& drivers,
                                                             const Setup& setup) {
    std::vector<std::unique_ptr<GuestDriver>> made;
    Driver& qemu_driver = drivers.add("qemu", setup.paths.system ? "/system" : "/session");
    auto qemu_host = std::make_shared<QemuHost>(loop, setup);
    auto qemu_store = std::make_unique<guest::FileStore>(loop, setup.paths.qemu_config, setup.paths.qemu_run);
    made.push_back(std::make_unique<GuestDriver>(
        loop, qemu_driver, std::shared_ptr<guest::Hypervisor>(qemu_host, qemu_host->hypervisor.get()),
        std::move(qemu_store), &qemu_host->hooks, setup.paths.qemu_state,
        save_settings_of(setup.qemu, *qemu_host->processes), qemu_host->processes.get(), &qemu_host->ports));

    Driver& test_driver = drivers.add("test", "/default");
    auto test_guests = std::make_unique<GuestDriver>(
        loop, test_driver, std::make_shared<test::TestHypervisor>(loop), std::make_unique<guest::NoStore>());
    test_guests->preset(test::default_domain_xml());
    made.push_back(std::move(test_guests));
    return made;
}

} // namespace yado::daemon
