// SPDX-License-Identifier: Apache-2.0
#include "daemon/hypervisors.h"

#include "base/log.h"
#include "daemon/application.h"
#include "host/identity.h"
#include "host/node.h"
#include "hypervisor/qemu/hypervisor.h"
#include "hypervisor/test/hypervisor.h"

#include <algorithm>
#include <unistd.h>

namespace yado::daemon {
namespace {

constexpr const char* qemu_user = "libvirt-qemu"; // Debian's default for qemu.conf

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

qemu::Settings qemu_settings_of(const Setup& setup) {
    const QemuConfig& config = setup.qemu;
    qemu::Settings settings;
    settings.paths = {.lib = setup.paths.qemu_lib,
                      .channels = setup.paths.qemu_state + "/channel/target",
                      .run = setup.paths.qemu_run,
                      .log = setup.paths.qemu_log,
                      .nvram = setup.paths.qemu_state + "/nvram",
                      .cache = setup.paths.qemu_cache + "/yado"};
    std::optional<Uuid> configured;
    if (setup.config.host_uuid) configured = Uuid::parse(*setup.config.host_uuid);
    settings.host_uuid = host::host_uuid(configured, setup.config.host_uuid_source);
    settings.credentials = qemu_credentials(config);
    settings.dynamic_ownership = config.dynamic_ownership;
    settings.vnc_listen = config.vnc_listen;
    settings.vnc_port_min = config.remote_display_port_min;
    settings.vnc_port_max = config.remote_display_port_max;
    settings.sandbox = config.seccomp_sandbox != 0;
    settings.max_processes = config.max_processes;
    settings.max_files = config.max_files;
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
          hypervisor(
              std::make_unique<qemu::QemuHypervisor>(loop, *processes, *cgroups, qemu_settings_of(setup))) {}
    std::unique_ptr<host::Processes> processes;
    std::unique_ptr<host::Cgroups> cgroups;
    std::unique_ptr<guest::Hypervisor> hypervisor;
};

} // namespace

std::vector<std::unique_ptr<GuestDriver>> make_guest_drivers(Loop& loop, Drivers& drivers,
                                                             const Setup& setup) {
    std::vector<std::unique_ptr<GuestDriver>> made;
    Driver& qemu_driver = drivers.add("qemu", setup.paths.system ? "/system" : "/session");
    auto qemu_host = std::make_shared<QemuHost>(loop, setup);
    auto qemu_store = std::make_unique<guest::FileStore>(loop, setup.paths.qemu_config, setup.paths.qemu_run);
    made.push_back(std::make_unique<GuestDriver>(
        loop, qemu_driver, std::shared_ptr<guest::Hypervisor>(qemu_host, qemu_host->hypervisor.get()),
        std::move(qemu_store)));

    Driver& test_driver = drivers.add("test", "/default");
    auto test_guests = std::make_unique<GuestDriver>(
        loop, test_driver, std::make_shared<test::TestHypervisor>(loop), std::make_unique<guest::NoStore>());
    test_guests->preset(test::default_domain_xml());
    made.push_back(std::move(test_guests));
    return made;
}

} // namespace yado::daemon
