// SPDX-License-Identifier: Apache-2.0
// The server's side of one SASL negotiation, and the security layer that it may agree on. Wraps the cyrus
// library.
#pragma once

#include "daemon/server/transport.h"
#include "protocol/wire.h"

#include <memory>
#include <optional>
#include <string>

namespace yado::daemon {

/// Reads the library's configuration for "libvirt" once per process, from `config_dir` unless that is empty.
/// Throws Error(auth_failed) when the library cannot be used.
void initialize_sasl(const std::string& config_dir);

struct SaslRule {
    std::string local_address; ///< "HOST;PORT"; empty for Unix sockets
    std::string peer_address;
    unsigned outer_strength = 0;   ///< bits of encryption below (TLS)
    bool needs_layer = false;      ///< plain TCP: what SASL agrees on must protect the bytes
    unsigned minimum_strength = 0; ///< bits, with needs_layer
};

class SaslNegotiation {
  public:
    explicit SaslNegotiation(const SaslRule& rule);
    ~SaslNegotiation();
    SaslNegotiation(const SaslNegotiation&) = delete;
    SaslNegotiation& operator=(const SaslNegotiation&) = delete;

    using Data = std::optional<protocol::Blob>; ///< none: no data at all, as opposed to empty data
    struct Answer {
        bool complete = false;
        Data data;
    };

    /// Comma separated. Throws Error(auth_failed) when none is usable.
    std::string mechanisms();
    /// These two may block on databases and daemons: for the worker pool, one at a time. Throw
    /// Error(auth_failed).
    Answer start(const std::string& mechanism, const Data& data);
    Answer step(const Data& data);

    /// After completion. Throws Error(auth_failed) when nobody is named, or the layer is too weak.
    std::string user_name() const;
    bool has_layer() const;
    /// Wraps all further bytes of a connection. `self` stays alive with the transport.
    static std::unique_ptr<Transport> wrap(std::shared_ptr<SaslNegotiation> self,
                                           std::unique_ptr<Transport> inner);

    struct State;

  private:
    Answer finish(int result, const char* out, unsigned size);
    std::unique_ptr<State> state_;
};

} // namespace yado::daemon
