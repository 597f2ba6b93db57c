// SPDX-License-Identifier: Apache-2.0
// The whole daemon put together: the loop, the host, hypervisors and their domains, the servers and their
// sockets; and its life from start to end.
#pragma once

#include "base/async/gate.h"
#include "base/io/uv_loop.h"
#include "daemon/auth/polkit.h"
#include "daemon/auth/service.h"
#include "daemon/config/daemon_config.h"
#include "daemon/config/qemu_config.h"
#include "daemon/config/yado_config.h"
#include "daemon/drivers.h"
#include "daemon/events.h"
#include "daemon/guest_driver.h"
#include "daemon/host_services.h"
#include "daemon/object_event_services.h"
#include "daemon/options.h"
#include "daemon/paths.h"
#include "daemon/procedures/admin.h"
#include "daemon/procedures/connection.h"
#include "daemon/process.h"
#include "daemon/server/server.h"
#include "host/hooks.h"
#include "host/processes.h"
#include "node/service.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yado::daemon {

/// What was read before anything was started.
struct Setup {
    Options options;
    Paths paths;
    std::string config_file;
    DaemonConfig config;
    QemuConfig qemu;
    YadoConfig yado;
};

/// Chooses the mode and reads the configuration. Throws Error(conf_syntax), or system_error for a file that
/// was named and cannot be read; the default file may be missing.
Setup prepare(Options options);

/// Puts log levels, filters and outputs into effect; the environment (LIBVIRT_DEBUG, LIBVIRT_LOG_FILTERS,
/// LIBVIRT_LOG_OUTPUTS) goes before the file.
void set_up_log(const Setup& setup, bool in_background);

class Application final : private DaemonControl {
  public:
    explicit Application(Setup setup);
    ~Application() override;

    /// Serves until a signal or the administrator ends it. Throws when it cannot start.
    void run(Readiness& readiness);
    /// False when something did not end in time: leave the process without taking it apart.
    bool ended_cleanly() const { return ended_cleanly_; }

  private:
    void add_drivers();
    std::vector<ListeningSocket> open_sockets();
    void set_up_tls();
    void add_unix_sockets(std::vector<ListeningSocket>& sockets, std::string_view base) const;
    Auth auth_for(const ListeningSocket& socket) const;
    Task<void> start(Readiness& readiness, std::vector<ListeningSocket> sockets);
    Task<void> stop();
    void begin_stop(std::string_view why);
    Task<void> run_hooks(std::string operation, std::string sub_operation, std::string extra);
    void reload();
    /// Filter rules of networks, which somebody may have emptied the host's filter of.
    Task<void> restore_rules();
    /// Begins the idle time anew; to be called at every sign of life.
    void watch_idleness();
    bool has_clients() const;
    bool idle() const;
    void set_timeout(unsigned seconds) override;
    void shut_down() override { begin_stop("the administrator asked for it"); }

    Setup setup_;
    UvLoop loop_;
    std::unique_ptr<host::Processes> processes_;
    host::Hooks hooks_; ///< of the daemon itself
    Drivers drivers_;
    node::NodeService node_;
    std::vector<std::unique_ptr<HostServices>> host_services_;
    std::vector<std::unique_ptr<GuestDriver>> guests_;
    std::vector<guest::EventHub::Subscription> watched_events_;
    Polkit polkit_;
    PolkitAccess access_;
    AuthService auth_;
    ConnectionService connections_;
    EventService events_;
    ObjectEventServices object_events_;
    Server server_;
    Server admin_;
    AdminService administration_;

    unsigned timeout_ = 0; ///< seconds; 0 = never
    Loop::Timer idle_timer_;
    bool started_ = false;
    bool stopping_ = false;
    bool ended_cleanly_ = true;
    std::optional<Error> start_failure_;
};

} // namespace yado::daemon
