// SPDX-License-Identifier: Apache-2.0
// auth.conf: user names and passwords for hosts, so that no one needs to be asked.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace yado::client {

class Credentials {
  public:
    /// The first that exists: `path`, $LIBVIRT_AUTH_FILE, the user's, the system's. Without any: nothing
    /// known. Throws conf_syntax on a malformed file.
    static Credentials load(const std::string& path);
    /// Throws conf_syntax, naming `name` and the line.
    static Credentials parse(std::string_view text, std::string_view name);

    /// The value of `key` ("authname", "password", "username", "realm") for a service at `host`, or at the
    /// host "default".
    std::optional<std::string> find(std::string_view service, std::string_view host,
                                    std::string_view key) const;

  private:
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> groups_;
};

} // namespace yado::client
