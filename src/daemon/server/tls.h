// SPDX-License-Identifier: Apache-2.0
// TLS on the daemon's sockets: who may come in by certificate, and the transport.
#pragma once

#include "daemon/server/transport.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yado::daemon {

struct TlsFiles {
    std::vector<std::string> certificates; ///< as many as keys, in the same order
    std::vector<std::string> keys;
    std::string authorities;
    std::string revocations;  ///< need not exist
    bool check_sanity = true; ///< refuse files that cannot work before the first client meets them
    bool verify_clients = true;
    std::optional<std::vector<std::string>> allowed_names; ///< shell patterns for distinguished names
    std::string priority = "NORMAL";
};

/// Credentials that connections share. Connections made before a reload keep the old ones.
class TlsSettings {
  public:
    /// Reads the files. Throws Error(system_error) naming a file that cannot be read, Error(system_error or
    /// gnutls_error) for one that cannot work.
    explicit TlsSettings(TlsFiles files);
    ~TlsSettings();

    /// Reads the files again; on failure everything stays as it was.
    void reload();
    /// The server's end over `socket`.
    std::unique_ptr<Transport> accept(UniqueFd socket) const;

    struct Credentials;

  private:
    TlsFiles files_;
    std::shared_ptr<const Credentials> credentials_;
};

} // namespace yado::daemon
