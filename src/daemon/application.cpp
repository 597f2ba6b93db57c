// SPDX-License-Identifier: Apache-2.0
#include "daemon/application.h"

#include "base/files.h"
#include "base/log.h"
#include "base/version.h"
#include "daemon/activation.h"
#include "daemon/hypervisors.h"
#include "daemon/procedures/tables.h"
#include "guest/events.h"
#include "host/identity.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::daemon {
namespace {

constexpr unsigned worker_threads = 8; ///< for blocking work: files, name look-ups, SASL
constexpr std::chrono::seconds drain_limit{5};
constexpr int state_thread_nice = -10; ///< relative to the daemon's own

ServerLimits limits_of(const DaemonConfig& config) {
    return {.max_clients = config.max_clients,
            .max_anonymous_clients = config.max_anonymous_clients,
            .max_queued_clients = config.max_queued_clients,
            .max_client_requests = config.max_client_requests,
            .keepalive_interval = config.keepalive_interval,
            .keepalive_count = config.keepalive_count,
            .min_workers = config.min_workers,
            .max_workers = config.max_workers,
            .prio_workers = config.prio_workers};
}

ServerLimits admin_limits_of(const DaemonConfig& config) {
    return {.max_clients = config.admin_max_clients,
            .max_anonymous_clients = 0,
            .max_queued_clients = config.admin_max_queued_clients,
            .max_client_requests = config.admin_max_client_requests,
            .keepalive_interval = config.admin_keepalive_interval,
            .keepalive_count = config.admin_keepalive_count,
            .min_workers = config.admin_min_workers,
            .max_workers = config.admin_max_workers,
            .prio_workers = 0};
}

AuthRules auth_rules_of(const Setup& setup) {
    return {.sasl_allowed_users = setup.config.sasl_allowed_username_list,
            .tcp_min_ssf = setup.config.tcp_min_ssf,
            .sasl_dir = setup.paths.sasl_dir};
}

Auth auth_named(std::string_view word) {
    if (word == "sasl") return Auth::sasl;
    return word == "polkit" ? Auth::polkit : Auth::none;
}

TlsFiles tls_files_of(const Setup& setup) {
    const DaemonConfig& config = setup.config;
    const std::string& pki = setup.paths.pki_dir;
    TlsFiles files;
    files.authorities = config.ca_file.value_or(pki + "/CA/cacert.pem");
    files.revocations = config.crl_file.value_or(pki + "/CA/crl.pem");
    files.certificates = config.cert_files;
    if (files.certificates.empty()) {
        files.certificates.push_back(config.cert_file.value_or(pki + "/libvirt/servercert.pem"));
    }
    files.keys = config.key_files;
    if (files.keys.empty())
        files.keys.push_back(config.key_file.value_or(pki + "/libvirt/private/serverkey.pem"));
    files.check_sanity = !config.tls_no_sanity_certificate;
    files.verify_clients = !config.tls_no_verify_certificate;
    files.allowed_names = config.tls_allowed_dn_list;
    files.priority = config.tls_priority.value_or("NORMAL");
    return files;
}

} // namespace

Application::Application(Setup setup)
    : setup_(std::move(setup)), loop_(worker_threads), processes_(host::make_processes(loop_)),
      hooks_(*processes_, setup_.paths.hooks_dir, "daemon", std::chrono::seconds(setup_.yado.hook_timeout)),
      node_(loop_), polkit_(loop_), access_(polkit_), auth_(loop_, polkit_, auth_rules_of(setup_)),
      connections_(loop_, drivers_), server_(loop_, "libvirtd", daemon_registry(), limits_of(setup_.config)),
      admin_(loop_, "admin", admin_registry(), admin_limits_of(setup_.config)),
      administration_(loop_, *this, {&server_, &admin_}), timeout_(setup_.options.timeout.value_or(0)) {
    server_.services().add(auth_);
    server_.services().add(connections_);
    server_.services().add(events_);
    object_events_.add_to(server_.services());
    server_.services().add(node_);
    admin_.services().add(administration_);
    if (std::ranges::find(setup_.config.access_drivers, "polkit") != setup_.config.access_drivers.end()) {
        server_.set_access(&access_);
    }
    if (!setup_.paths.system) {
        server_.set_only_user(::geteuid());
        admin_.set_only_user(::geteuid());
    }
}

Application::~Application() {
    watched_events_.clear();
    server_.close_clients();
    admin_.close_clients();
}

// --- start ---

void Application::run(Readiness& readiness) {
    ::signal(SIGPIPE, SIG_IGN);
    make_directories(setup_.paths.run_dir, setup_.paths.system ? 0755 : 0700);
    const std::string pid_path = setup_.options.pid_file.value_or(setup_.paths.pid_file);
    make_directories(std::filesystem::path(pid_path).parent_path(), 0755);
    const PidFile pid_file(pid_path);
    guests_ = make_guest_drivers(loop_, drivers_, setup_);
    for (const auto& driver : drivers_.all()) {
        std::optional<NetworkHost> on_host;
        if (driver->scheme == "qemu") {
            on_host.emplace(
                NetworkHost{*processes_, setup_.paths, std::chrono::seconds(setup_.yado.hook_timeout)});
        }
        host_services_.push_back(std::make_unique<HostServices>(loop_, *driver, *processes_, on_host));
        // guests and services of one URI have the same place in both lists
        if (guest::Ports* ports = guests_[host_services_.size() - 1]->ports())
            host_services_.back()->serve(*ports);
    }
    // libvirt's way to speak of networks alone
    Driver& networks = drivers_.add("network", drivers_.all().front()->path);
    networks.services.add(host_services_.front()->networks().service());
    networks.naming["network"] = drivers_.all().front()->naming["network"];
    std::vector<ListeningSocket> sockets = open_sockets();

    loop_.on_signal(SIGTERM, [this] { begin_stop("SIGTERM"); });
    loop_.on_signal(SIGINT, [this] { begin_stop("SIGINT"); });
    loop_.on_signal(SIGHUP, [this] { reload(); });
    spawn(start(readiness, std::move(sockets)));
    // Every client waits for this thread, and it never works long: it goes before guests that use all CPUs.
    ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + state_thread_nice);
    loop_.run();
    server_.stop_listening();
    admin_.stop_listening();
    if (start_failure_) throw *start_failure_;
}

void Application::set_up_tls() {
    if (!server_.tls()) server_.set_tls(std::make_shared<TlsSettings>(tls_files_of(setup_)));
}

Auth Application::auth_for(const ListeningSocket& socket) const {
    const DaemonConfig& config = setup_.config;
    if (socket.admin) return Auth::none; // root's alone
    if (socket.kind == TransportKind::tcp) return auth_named(config.auth_tcp);
    if (socket.kind == TransportKind::tls) return auth_named(config.auth_tls);
    // as libvirt built with polkit: it decides for the system's daemon, a user's own needs nobody's leave
    const char* usual = setup_.paths.system && ::geteuid() == 0 ? "polkit" : "none";
    return auth_named((socket.read_only ? config.auth_unix_ro : config.auth_unix_rw).value_or(usual));
}

void Application::add_unix_sockets(std::vector<ListeningSocket>& sockets, std::string_view base) const {
    const DaemonConfig& config = setup_.config;
    UnixSocketRule rule;
    rule.backlog = config.max_queued_clients;
    if (config.unix_sock_group) rule.group = host::parse_group(*config.unix_sock_group);
    const auto add = [&](std::string_view suffix, bool read_only, bool admin,
                         const std::optional<std::string>& perms, std::string_view usual) {
        ListeningSocket socket;
        socket.path = fmt::format("{}/{}{}", setup_.paths.run_dir, base, suffix);
        socket.read_only = read_only;
        socket.admin = admin;
        socket.auth = auth_for(socket);
        const std::string_view open_to_all = socket.auth == Auth::polkit ? "0777" : usual;
        rule.mode = parse_mode(perms ? std::string_view(*perms) : open_to_all, "unix_sock_*_perms");
        socket.fd = listen_unix(socket.path, rule);
        socket.ours = true;
        sockets.push_back(std::move(socket));
    };
    add("-sock", false, false, config.unix_sock_rw_perms, "0700");
    // a user's own daemon has no read-only socket
    if (setup_.paths.system) add("-sock-ro", true, false, config.unix_sock_ro_perms, "0777");
    add("-admin-sock", false, true, config.unix_sock_admin_perms, "0700");
}

std::vector<ListeningSocket> Application::open_sockets() {
    std::vector<ListeningSocket> sockets = activated_sockets();
    const bool activated = !sockets.empty();
    const DaemonConfig& config = setup_.config;
    if (activated) {
        if (setup_.options.listen)
            log_warning("daemon", "--listen has no effect: the service manager made the sockets");
        for (ListeningSocket& socket : sockets) socket.auth = auth_for(socket);
    } else {
        add_unix_sockets(sockets, "libvirt");
        for (const std::string_view name : modular_daemons()) add_unix_sockets(sockets, name);
    }
    const auto add_network = [&](TransportKind kind, const std::string& port) {
        for (UniqueFd& fd : listen_tcp(config.listen_addr, port, config.max_queued_clients)) {
            ListeningSocket socket;
            socket.fd = std::move(fd);
            socket.kind = kind;
            socket.auth = auth_for(socket);
            sockets.push_back(std::move(socket));
        }
    };
    if (!activated && setup_.options.listen && config.listen_tcp)
        add_network(TransportKind::tcp, config.tcp_port);
    if (!activated && setup_.options.listen && config.listen_tls)
        add_network(TransportKind::tls, config.tls_port);
    const auto uses = [&](auto test) { return std::ranges::any_of(sockets, test); };
    if (uses([](const ListeningSocket& socket) { return socket.kind == TransportKind::tls; })) set_up_tls();
    if (uses([](const ListeningSocket& socket) { return socket.auth == Auth::sasl; })) {
        initialize_sasl(setup_.paths.sasl_dir); // a broken set-up shows now, not at the first client
    }
    return sockets;
}

Task<void> Application::start(Readiness& readiness, std::vector<ListeningSocket> sockets) {
    co_await run_hooks("start", "-", "start");
    try {
        for (const auto& services : host_services_) co_await services->begin(); // guests may need them
        for (const auto& driver : guests_) {
            co_await driver->begin();
            watched_events_.push_back(driver->events().subscribe(
                std::nullopt, [this](const guest::DomainEvent&) { watch_idleness(); }));
        }
        for (ListeningSocket& socket : sockets) {
            Server& owner = socket.admin ? admin_ : server_;
            owner.listen(std::move(socket));
        }
    } catch (const Error& error) { start_failure_ = error; } catch (const std::exception& error) {
        start_failure_.emplace(Code::internal_error, error.what());
    }
    if (start_failure_) {
        loop_.stop();
        co_return;
    }
    started_ = true;
    server_.on_clients_changed([this] { watch_idleness(); });
    admin_.on_clients_changed([this] { watch_idleness(); });
    log_info("daemon", "yadod {} serves {}", version, drivers_.all().front()->uri());
    readiness.ready();
    notify_manager("READY=1");
    watch_idleness();
    if (stopping_) spawn(stop());
}

// --- life ---

Task<void> Application::run_hooks(std::string operation, std::string sub_operation, std::string extra) {
    host::HookCall call{"-", std::move(operation), std::move(sub_operation), std::move(extra)};
    try {
        co_await hooks_.run(std::move(call));
    } catch (const Error& error) { // whatever they think of it, and it is in the log
        log_debug("daemon", "{}", error.message());
    }
}

void Application::reload() {
    log_info("daemon", "reading the configuration again");
    notify_reloading();
    spawn(run_hooks("reload", "begin", "SIGHUP"));
    try {
        Setup fresh = prepare(setup_.options);
        set_up_log(fresh, setup_.options.daemonize);
        ServerLimits limits = limits_of(fresh.config);
        server_.set_limits(limits);
        admin_.set_limits(admin_limits_of(fresh.config));
        auth_.set_rules(auth_rules_of(fresh));
        const bool checks_access =
            std::ranges::find(fresh.config.access_drivers, "polkit") != fresh.config.access_drivers.end();
        server_.set_access(checks_access ? &access_ : nullptr);
        if (server_.tls()) server_.set_tls(std::make_shared<TlsSettings>(tls_files_of(fresh)));
        setup_.config = std::move(fresh.config); // sockets stay as they are until a restart
        spawn(restore_rules());
    } catch (const Error& error) {
        log_error("daemon", "the configuration stays as it was: {}", error.message());
    }
    notify_manager("READY=1");
}

Task<void> Application::restore_rules() {
    try {
        co_await host_services_.front()->networks().networks().restore_rules();
    } catch (const Error& error) { log_error("daemon", "the rules of networks: {}", error.message()); }
}

bool Application::has_clients() const { return !server_.clients().empty() || !admin_.clients().empty(); }

bool Application::idle() const {
    return !has_clients() &&
           std::ranges::all_of(guests_, [](const auto& driver) { return driver->idle(); }) &&
           host_services_.front()->idle();
}

void Application::watch_idleness() {
    idle_timer_.reset();
    if (timeout_ == 0 || !started_ || stopping_ || has_clients()) return;
    idle_timer_ = loop_.after(std::chrono::seconds(timeout_), [this] {
        if (idle()) {
            begin_stop("nobody needs it");
        } else {
            watch_idleness(); // not all work that keeps the daemon says when it ends
        }
    });
}

void Application::set_timeout(unsigned seconds) {
    timeout_ = seconds;
    watch_idleness();
}

void Application::begin_stop(std::string_view why) {
    log_info("daemon", "ending: {}", why);
    if (stopping_) { // asked twice: do not wait for anything
        ended_cleanly_ = false;
        loop_.stop();
        return;
    }
    stopping_ = true;
    notify_manager("STOPPING=1");
    if (started_) spawn(stop());
}

Task<void> Application::stop() {
    idle_timer_.reset();
    server_.stop_listening();
    co_await server_.drain(drain_limit);
    server_.close_clients();
    admin_.stop_listening();
    admin_.close_clients();
    // guests keep running; what was begun about them is finished, but not for ever
    const Loop::Timer limit = loop_.after(drain_limit, [this] {
        log_warning("daemon", "some work did not end in time");
        ended_cleanly_ = false;
        loop_.stop();
    });
    for (const auto& driver : guests_) co_await driver->close();
    co_await run_hooks("shutdown", "-", "shutdown");
    if (server_.calls_in_progress() + admin_.calls_in_progress() > 0) ended_cleanly_ = false;
    loop_.stop();
}

} // namespace yado::daemon
