// SPDX-License-Identifier: Apache-2.0
#include "daemon/auth/service.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "daemon/server/listener.h"

#include <algorithm>

namespace yado::daemon {
namespace {

Client& client_of(const service::CallContext& call) { return static_cast<Client&>(*call.connection); }

/// What is told to everybody who tries the wrong thing; the reason goes to the log.
[[noreturn]] void refuse(const Client& client, std::string_view why) {
    log_warning("auth", "client {}: {}", client.id(), why);
    fail(ErrorSource::rpc, Code::auth_failed, "authentication failed");
}

void require_kind(const Client& client, Auth kind) {
    if (client.authenticated()) refuse(client, "is authenticated already");
    if (client.origin().auth != kind) refuse(client, "tries a kind of authentication that was not offered");
}

SaslNegotiation::Data data_of(std::int32_t nil, protocol::Blob& data) {
    if (nil != 0) return std::nullopt;
    return std::move(data);
}

template <class Result> Result result_of(SaslNegotiation::Answer answer) {
    Result result;
    result.complete = answer.complete ? 1 : 0;
    result.nil = answer.data ? 0 : 1;
    if (answer.data) result.data = std::move(*answer.data);
    return result;
}

} // namespace

/// Of one connection.
struct AuthService::Progress {
    std::shared_ptr<SaslNegotiation> sasl;
    std::weak_ptr<void> step; ///< alive while a step is under way
};

AuthService::AuthService(Loop& loop, Polkit& polkit, AuthRules rules)
    : loop_(loop), polkit_(polkit), rules_(std::move(rules)) {}

protocol::AuthListResult AuthService::list(service::CallContext& call, const protocol::AuthListArgs&) {
    Client& client = client_of(call);
    protocol::AuthListResult result;
    const Auth kind = client.authenticated() ? Auth::none : client.origin().auth;
    result.types.push_back(static_cast<protocol::AuthType>(kind));
    if (kind == Auth::none) client.set_authenticated();
    return result;
}

protocol::AuthSaslInitResult AuthService::sasl_init(service::CallContext& call,
                                                    const protocol::AuthSaslInitArgs&) {
    Client& client = client_of(call);
    require_kind(client, Auth::sasl);
    auto& progress = client.data<Progress>();
    if (progress.sasl) refuse(client, "began SASL twice");
    initialize_sasl(rules_.sasl_dir);
    SaslRule rule;
    if (client.origin().kind != TransportKind::unix_socket) {
        rule.local_address = socket_address_text(client.transport().socket(), false);
        rule.peer_address = client.origin().address;
        rule.outer_strength = client.transport().strength();
        rule.needs_layer = client.origin().kind == TransportKind::tcp;
        rule.minimum_strength = rules_.tcp_min_ssf;
    }
    progress.sasl = std::make_shared<SaslNegotiation>(rule);
    protocol::AuthSaslInitResult result;
    result.mechlist = progress.sasl->mechanisms();
    return result;
}

AuthService::Step AuthService::begin_step(Client& client) {
    require_kind(client, Auth::sasl);
    auto& progress = client.data<Progress>();
    if (!progress.sasl) refuse(client, "skipped the beginning of SASL");
    if (!progress.step.expired()) refuse(client, "does not wait for answers to its SASL steps");
    Step step{progress.sasl, std::make_shared<char>()};
    progress.step = step.mark;
    return step;
}

void AuthService::sasl_complete(Client& client, const std::shared_ptr<SaslNegotiation>& negotiation) {
    std::string user = negotiation->user_name();
    const auto& allowed = rules_.sasl_allowed_users;
    if (allowed && std::ranges::none_of(
                       *allowed, [&](const std::string& pattern) { return matches_glob(pattern, user); })) {
        refuse(client, fmt::format("SASL client identity '{}' not allowed by sasl_allowed_username_list",
                                   printable(user)));
    }
    log_info("auth", "client {} is SASL user '{}'", client.id(), printable(user));
    client.mutable_identity().sasl_user_name = std::move(user);
    if (negotiation->has_layer()) {
        client.replace_transport_after_reply([negotiation](std::unique_ptr<Transport> inner) {
            return SaslNegotiation::wrap(negotiation, std::move(inner));
        });
    }
    client.set_authenticated();
}

Task<protocol::AuthSaslStartResult> AuthService::sasl_start(service::CallContext call,
                                                            protocol::AuthSaslStartArgs args) {
    Client& client = client_of(call);
    const Step step = begin_step(client);
    const std::shared_ptr<SaslNegotiation> negotiation = step.negotiation;
    const SaslNegotiation::Data data = data_of(args.nil, args.data);
    auto work = [&] { return negotiation->start(args.mech, data); };
    auto running = blocking(loop_, work);
    SaslNegotiation::Answer answer = co_await std::move(running);
    if (client.closed()) fail(Code::operation_aborted, "the client has gone");
    if (answer.complete) sasl_complete(client, negotiation);
    co_return result_of<protocol::AuthSaslStartResult>(std::move(answer));
}

Task<protocol::AuthSaslStepResult> AuthService::sasl_step(service::CallContext call,
                                                          protocol::AuthSaslStepArgs args) {
    Client& client = client_of(call);
    const Step step = begin_step(client);
    const std::shared_ptr<SaslNegotiation> negotiation = step.negotiation;
    const SaslNegotiation::Data data = data_of(args.nil, args.data);
    auto work = [&] { return negotiation->step(data); };
    auto running = blocking(loop_, work);
    SaslNegotiation::Answer answer = co_await std::move(running);
    if (client.closed()) fail(Code::operation_aborted, "the client has gone");
    if (answer.complete) sasl_complete(client, negotiation);
    co_return result_of<protocol::AuthSaslStepResult>(std::move(answer));
}

Task<protocol::AuthPolkitResult> AuthService::polkit(service::CallContext call, protocol::AuthPolkitArgs) {
    Client& client = client_of(call);
    require_kind(client, Auth::polkit);
    std::string action = client.origin().read_only ? "org.libvirt.unix.monitor" : "org.libvirt.unix.manage";
    Polkit::Details details;
    co_await polkit_.authorize(action, client.identity(), details, true, call.stop);
    log_debug("auth", "client {}: polkit allows {}", client.id(), action);
    if (!client.closed()) client.set_authenticated();
    protocol::AuthPolkitResult result;
    result.complete = 1;
    co_return result;
}

} // namespace yado::daemon
