// SPDX-License-Identifier: Apache-2.0
// The calls by which a client proves who it is. Which way is asked for depends on the socket it came in by.
#pragma once

#include "daemon/auth/polkit.h"
#include "daemon/auth/sasl.h"
#include "daemon/server/client.h"
#include "protocol/auth_calls.h"
#include "service/call.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yado::daemon {

/// From libvirtd.conf.
struct AuthRules {
    std::optional<std::vector<std::string>> sasl_allowed_users; ///< shell patterns; none = everybody
    unsigned tcp_min_ssf = 112;                                 ///< bits
    std::string sasl_dir;                                       ///< see initialize_sasl()
};

class AuthService {
  public:
    AuthService(Loop& loop, Polkit& polkit, AuthRules rules);

    void set_rules(AuthRules rules) { rules_ = std::move(rules); }

    protocol::AuthListResult list(service::CallContext&, const protocol::AuthListArgs&);
    protocol::AuthSaslInitResult sasl_init(service::CallContext&, const protocol::AuthSaslInitArgs&);
    Task<protocol::AuthSaslStartResult> sasl_start(service::CallContext, protocol::AuthSaslStartArgs);
    Task<protocol::AuthSaslStepResult> sasl_step(service::CallContext, protocol::AuthSaslStepArgs);
    Task<protocol::AuthPolkitResult> polkit(service::CallContext, protocol::AuthPolkitArgs);

  private:
    struct Progress;
    /// One at a time on a connection.
    struct Step {
        std::shared_ptr<SaslNegotiation> negotiation;
        std::shared_ptr<void> mark;
    };
    Step begin_step(Client& client);
    void sasl_complete(Client& client, const std::shared_ptr<SaslNegotiation>& negotiation);

    Loop& loop_;
    Polkit& polkit_;
    AuthRules rules_;
};

} // namespace yado::daemon
