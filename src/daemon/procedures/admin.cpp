// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/admin.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "host/identity.h"
#include "protocol/typed_params.h"

#include <algorithm>
#include <chrono>

namespace yado::daemon {
namespace {

namespace p = protocol::admin;
using protocol::ParamsBuilder;
using protocol::ParamType;
using service::CallContext;

Client& client_of(const CallContext& call) { return static_cast<Client&>(*call.connection); }

void require_no_flags(std::uint32_t flags, std::string_view function) {
    if (flags != 0) {
        fail(ErrorSource::admin, Code::invalid_arg, "unsupported flags (0x{:x}) in function {}", flags,
             function);
    }
}

p::ServerRef ref_to(const Server& server) {
    p::ServerRef ref;
    ref.name = server.name();
    return ref;
}

p::ClientRef ref_to(const Server& server, const Client& client) {
    using std::chrono::duration_cast;
    p::ClientRef ref;
    ref.srv = ref_to(server);
    ref.id = client.id();
    ref.timestamp = duration_cast<std::chrono::seconds>(client.connected_at().time_since_epoch()).count();
    ref.transport = static_cast<std::uint32_t>(client.origin().kind);
    return ref;
}

/// Puts the parameter into `target` when it is given.
void take(const std::vector<protocol::TypedParam>& params, std::string_view field, unsigned& target) {
    if (const auto value = protocol::get<std::uint32_t>(params, field)) target = *value;
}

std::uint32_t count_items(std::string_view list) {
    return static_cast<std::uint32_t>(split_words(list).size());
}

} // namespace

Server& AdminService::require(const p::ServerRef& ref) const {
    for (Server* server : servers_) {
        if (server->name() == ref.name) return *server;
    }
    fail(ErrorSource::admin, Code::no_server, "No server named '{}'", ref.name);
}

std::shared_ptr<Client> AdminService::require(const p::ClientRef& ref) const {
    const auto& clients = require(ref.srv).clients();
    const auto found = clients.find(ref.id);
    if (found == clients.end())
        fail(ErrorSource::admin, Code::no_client, "No client with matching ID '{}'", ref.id);
    return found->second;
}

void AdminService::open(CallContext& call, const p::ConnectOpenArgs& args) {
    require_no_flags(args.flags, "adminConnectOpen");
    Client& client = client_of(call);
    if (client.is_open()) fail(ErrorSource::admin, Code::internal_error, "connection already open");
    client.open(nullptr, "", false);
}

void AdminService::close(CallContext& call, const p::ConnectCloseArgs&) { client_of(call).close_when_sent(); }

p::ConnectGetLibVersionResult AdminService::get_lib_version(CallContext&,
                                                            const p::ConnectGetLibVersionArgs&) {
    p::ConnectGetLibVersionResult result;
    result.libVer = libvirt_version;
    return result;
}

p::ConnectListServersResult AdminService::list_servers(CallContext&, const p::ConnectListServersArgs& args) {
    require_no_flags(args.flags, "adminConnectListServers");
    p::ConnectListServersResult result;
    result.ret = static_cast<std::uint32_t>(servers_.size());
    if (args.need_results != 0) {
        for (const Server* server : servers_) result.servers.push_back(ref_to(*server));
    }
    return result;
}

p::ConnectLookupServerResult AdminService::lookup_server(CallContext&,
                                                         const p::ConnectLookupServerArgs& args) {
    require_no_flags(args.flags, "adminConnectLookupServer");
    p::ServerRef wanted;
    wanted.name = args.name;
    p::ConnectLookupServerResult result;
    result.srv = ref_to(require(wanted));
    return result;
}

p::ServerGetThreadpoolParametersResult
AdminService::get_threadpool(CallContext&, const p::ServerGetThreadpoolParametersArgs& args) {
    require_no_flags(args.flags, "adminServerGetThreadPoolParameters");
    const Server& server = require(args.srv);
    const ServerLimits& limits = server.limits();
    const auto busy = static_cast<std::uint32_t>(server.calls_in_progress());
    p::ServerGetThreadpoolParametersResult result;
    result.params = ParamsBuilder()
                        .u32("minWorkers", limits.min_workers)
                        .u32("maxWorkers", limits.max_workers)
                        .u32("nWorkers", std::max(limits.min_workers, std::min(busy, limits.max_workers)))
                        .u32("freeWorkers", limits.min_workers - std::min(busy, limits.min_workers))
                        .u32("prioWorkers", limits.prio_workers)
                        .u32("jobQueueDepth", 0)
                        .take();
    return result;
}

void AdminService::set_threadpool(CallContext&, const p::ServerSetThreadpoolParametersArgs& args) {
    static constexpr protocol::ParamRule rules[] = {
        {"minWorkers", ParamType::u32}, {"maxWorkers", ParamType::u32}, {"prioWorkers", ParamType::u32}};
    require_no_flags(args.flags, "adminServerSetThreadPoolParameters");
    Server& server = require(args.srv);
    protocol::check(args.params, rules);
    ServerLimits limits = server.limits();
    take(args.params, "minWorkers", limits.min_workers);
    take(args.params, "maxWorkers", limits.max_workers);
    take(args.params, "prioWorkers", limits.prio_workers);
    if (limits.max_workers == 0 || limits.min_workers > limits.max_workers) {
        fail(ErrorSource::admin, Code::invalid_arg, "minWorkers must not be larger than maxWorkers");
    }
    server.set_limits(limits);
}

p::ServerGetClientLimitsResult AdminService::get_limits(CallContext&,
                                                        const p::ServerGetClientLimitsArgs& args) {
    require_no_flags(args.flags, "adminServerGetClientLimits");
    const Server& server = require(args.srv);
    p::ServerGetClientLimitsResult result;
    result.params = ParamsBuilder()
                        .u32("nclients_max", server.limits().max_clients)
                        .u32("nclients", static_cast<std::uint32_t>(server.clients().size()))
                        .u32("nclients_unauth_max", server.limits().max_anonymous_clients)
                        .u32("nclients_unauth", static_cast<std::uint32_t>(server.anonymous_clients()))
                        .take();
    return result;
}

void AdminService::set_limits(CallContext&, const p::ServerSetClientLimitsArgs& args) {
    static constexpr protocol::ParamRule rules[] = {{"nclients_max", ParamType::u32},
                                                    {"nclients_unauth_max", ParamType::u32}};
    require_no_flags(args.flags, "adminServerSetClientLimits");
    Server& server = require(args.srv);
    protocol::check(args.params, rules);
    ServerLimits limits = server.limits();
    take(args.params, "nclients_max", limits.max_clients);
    take(args.params, "nclients_unauth_max", limits.max_anonymous_clients);
    if (limits.max_anonymous_clients > limits.max_clients) {
        fail(ErrorSource::admin, Code::invalid_arg,
             "The overall maximum number of clients must be greater than the maximum number of clients "
             "waiting for "
             "authentication");
    }
    server.set_limits(limits);
}

void AdminService::update_tls(CallContext&, const p::ServerUpdateTlsFilesArgs& args) {
    require_no_flags(args.flags, "adminServerUpdateTlsFiles");
    Server& server = require(args.srv);
    if (!server.tls()) {
        fail(ErrorSource::admin, Code::system_error, "no tls service found, unable to update tls files");
    }
    server.tls()->reload();
}

p::ServerListClientsResult AdminService::list_clients(CallContext&, const p::ServerListClientsArgs& args) {
    require_no_flags(args.flags, "adminServerListClients");
    const Server& server = require(args.srv);
    p::ServerListClientsResult result;
    result.ret = static_cast<std::uint32_t>(server.clients().size());
    if (args.need_results != 0) {
        for (const auto& [id, client] : server.clients()) result.clients.push_back(ref_to(server, *client));
    }
    return result;
}

p::ServerLookupClientResult AdminService::lookup_client(CallContext&, const p::ServerLookupClientArgs& args) {
    require_no_flags(args.flags, "adminServerLookupClient");
    p::ClientRef wanted;
    wanted.srv = args.srv;
    wanted.id = args.id;
    p::ServerLookupClientResult result;
    result.clnt = ref_to(require(args.srv), *require(wanted));
    return result;
}

Task<p::ClientGetInfoResult> AdminService::client_info(CallContext, p::ClientGetInfoArgs args) {
    require_no_flags(args.flags, "adminClientGetInfo");
    const std::shared_ptr<Client> client = require(args.clnt);
    service::Identity identity = client->identity();
    if (identity.user &&
        identity.user_name.empty()) { // names may come from the network: not on the state thread
        const uid_t user = *identity.user;
        const gid_t group = identity.group.value_or(0);
        auto work = [user, group] {
            const auto found = host::find_user(user);
            return std::pair(found ? found->name : std::to_string(user),
                             host::group_name(group).value_or(std::to_string(group)));
        };
        auto asking = blocking(loop_, work);
        const auto names = co_await std::move(asking);
        identity.user_name = names.first;
        identity.group_name = names.second;
        client->mutable_identity().user_name = names.first;
        client->mutable_identity().group_name = names.second;
    }
    ParamsBuilder params;
    params.boolean("readonly", client->read_only());
    if (!identity.sasl_user_name.empty()) params.text("sasl_user_name", identity.sasl_user_name);
    if (!identity.x509_dname.empty()) params.text("tls_x509_dname", identity.x509_dname);
    if (client->origin().kind == TransportKind::unix_socket) {
        if (identity.user) params.i32("unix_user_id", static_cast<std::int32_t>(*identity.user));
        if (identity.user) params.text("unix_user_name", identity.user_name);
        if (identity.group) params.i32("unix_group_id", static_cast<std::int32_t>(*identity.group));
        if (identity.group) params.text("unix_group_name", identity.group_name);
        if (identity.process) params.i32("unix_process_id", static_cast<std::int32_t>(*identity.process));
    } else {
        std::string address = client->origin().address;
        std::ranges::replace(address, ';', ':');
        params.text("sock_addr", address);
    }
    if (!identity.selinux_context.empty()) params.text("selinux_context", identity.selinux_context);
    p::ClientGetInfoResult result;
    result.params = params.take();
    co_return result;
}

void AdminService::close_client(CallContext& call, const p::ClientCloseArgs& args) {
    require_no_flags(args.flags, "adminClientClose");
    const std::shared_ptr<Client> client = require(args.clnt);
    if (client.get() == &client_of(call)) {
        client->close_when_sent(); // one's own: after the answer
    } else {
        client->close("the administrator asked for it");
    }
}

p::ConnectGetLoggingOutputsResult AdminService::get_log_outputs(CallContext&,
                                                                const p::ConnectGetLoggingOutputsArgs& args) {
    require_no_flags(args.flags, "adminConnectGetLoggingOutputs");
    p::ConnectGetLoggingOutputsResult result;
    result.outputs = log_settings().outputs;
    result.noutputs = count_items(result.outputs);
    return result;
}

p::ConnectGetLoggingFiltersResult AdminService::get_log_filters(CallContext&,
                                                                const p::ConnectGetLoggingFiltersArgs& args) {
    require_no_flags(args.flags, "adminConnectGetLoggingFilters");
    p::ConnectGetLoggingFiltersResult result;
    std::string filters = log_settings().filters;
    result.nfilters = count_items(filters);
    if (!filters.empty()) result.filters = std::move(filters);
    return result;
}

void AdminService::set_log_outputs(CallContext&, const p::ConnectSetLoggingOutputsArgs& args) {
    require_no_flags(args.flags, "adminConnectSetLoggingOutputs");
    LogSettings settings = log_settings();
    settings.outputs = args.outputs.value_or("");
    configure_log(settings);
}

void AdminService::set_log_filters(CallContext&, const p::ConnectSetLoggingFiltersArgs& args) {
    require_no_flags(args.flags, "adminConnectSetLoggingFilters");
    LogSettings settings = log_settings();
    settings.filters = args.filters.value_or("");
    configure_log(settings);
}

void AdminService::set_timeout(CallContext&, const p::ConnectSetDaemonTimeoutArgs& args) {
    require_no_flags(args.flags, "adminConnectSetDaemonTimeout");
    control_.set_timeout(args.timeout);
}

void AdminService::shut_down(CallContext&, const p::ConnectDaemonShutdownArgs& args) {
    require_no_flags(args.flags, "adminConnectDaemonShutdown");
    control_.shut_down();
}

namespace {

using S = AdminService;

constexpr Procedure rows[] = {
    row<&S::open>(Needs::authentication),
    row<&S::close>(Needs::authentication),
    row<&S::get_lib_version>(),
    row<&S::list_servers>(),
    row<&S::lookup_server>(),
    row<&S::get_threadpool>(),
    row<&S::set_threadpool>(),
    row<&S::list_clients>(),
    row<&S::lookup_client>(),
    row<&S::client_info>(),
    row<&S::close_client>(),
    row<&S::get_limits>(),
    row<&S::set_limits>(),
    row<&S::get_log_outputs>(),
    row<&S::get_log_filters>(),
    row<&S::set_log_outputs>(),
    row<&S::set_log_filters>(),
    row<&S::update_tls>(),
    row<&S::set_timeout>(),
    row<&S::shut_down>(),
};

} // namespace

std::span<const Procedure> admin_procedures() { return rows; }

} // namespace yado::daemon
