// SPDX-License-Identifier: Apache-2.0
// The clients of one set of sockets, with their limits and the calls they may make: "libvirtd" for
// everything, "admin" for the administrative socket.
#pragma once

#include "base/async/loop.h"
#include "daemon/server/access.h"
#include "daemon/server/client.h"
#include "daemon/server/listener.h"
#include "daemon/server/registry.h"
#include "daemon/server/services.h"
#include "daemon/server/tls.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yado::daemon {

/// From libvirtd.conf; the administrative calls change some at run time.
struct ServerLimits {
    unsigned max_clients = 5000;
    unsigned max_anonymous_clients = 20; ///< connected, not yet authenticated; 0 = no limit of their own
    unsigned max_queued_clients = 1000;  ///< waiting to be accepted, in the kernel
    unsigned max_client_requests = 5;    ///< calls of one client in progress
    int keepalive_interval = 5;          ///< seconds; 0 or less = never
    unsigned keepalive_count = 5;
    // Yado has one state thread; these are kept and told for those who set and read them.
    unsigned min_workers = 5;
    unsigned max_workers = 20;
    unsigned prio_workers = 5;
};

class Server {
  public:
    /// `registry` must outlive the server.
    Server(Loop& loop, std::string name, const Registry& registry, ServerLimits limits);
    ~Server();

    Loop& loop() const { return loop_; }
    const std::string& name() const { return name_; }
    const Registry& registry() const { return registry_; }
    const ServerLimits& limits() const { return limits_; }
    /// New limits hold at once, except that clients over a lowered limit stay.
    void set_limits(const ServerLimits& limits);
    Services& services() { return services_; }
    /// Refuses peers of Unix sockets that are another user (session mode).
    void set_only_user(uid_t user) { only_user_ = user; }
    void set_access(Access* access) { access_ = access; }
    Access* access() const { return access_; }
    void set_tls(std::shared_ptr<TlsSettings> tls) { tls_ = std::move(tls); }
    const std::shared_ptr<TlsSettings>& tls() const { return tls_; }

    /// Begins to accept from `listener`.
    void listen(ListeningSocket listener);
    /// Takes a connection over, as if accepted.
    std::shared_ptr<Client> adopt(std::unique_ptr<Transport> transport, ClientOrigin origin);
    std::vector<ListeningSocket>& sockets() { return sockets_; }

    const std::map<std::uint64_t, std::shared_ptr<Client>>& clients() const { return clients_; }
    std::size_t anonymous_clients() const;
    std::size_t calls_in_progress() const { return calls_; }
    /// Called when the number of clients has changed.
    void on_clients_changed(std::function<void()> callback) { clients_changed_ = std::move(callback); }

    /// Refuses new calls and resumes when those in progress have been answered, or after `limit`.
    Task<void> drain(Loop::Duration limit);
    bool draining() const { return draining_; }
    /// Accepts no more. Unix sockets that were made here are removed.
    void stop_listening();
    /// Ends every connection.
    void close_clients();

    // For Client.
    void client_authenticated();
    void client_closed(Client& client);
    void call_began() { ++calls_; }
    void call_ended();

  private:
    bool may_accept() const;
    void update_accepting();
    void accept_some(std::size_t index);
    void take_in(const ListeningSocket& from, UniqueFd socket);

    Loop& loop_;
    const std::string name_;
    const Registry& registry_;
    ServerLimits limits_;
    Services services_;
    Access* access_ = nullptr;
    std::optional<uid_t> only_user_;
    std::shared_ptr<TlsSettings> tls_;
    std::vector<ListeningSocket> sockets_;
    std::vector<Loop::Watch> watches_; ///< one for each of sockets_
    std::map<std::uint64_t, std::shared_ptr<Client>> clients_;
    std::uint64_t next_client_ = 1;
    std::size_t authenticated_ = 0;
    std::size_t calls_ = 0; ///< of all clients, in progress
    bool draining_ = false;
    std::optional<Completion<void>> drained_;
    std::function<void()> clients_changed_;
    Loop::Timer retry_accept_;
};

} // namespace yado::daemon
