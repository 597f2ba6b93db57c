// SPDX-License-Identifier: Apache-2.0
// Which URI to use when the user names none, and what short names in libvirt.conf stand for.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace yado::client {

/// The client's configuration: /etc/libvirt/libvirt.conf for root, else the user's own.
struct ClientConfig {
    std::string default_uri;                                 ///< uri_default
    std::map<std::string, std::string, std::less<>> aliases; ///< uri_aliases

    /// Unreadable or missing files give an empty one. Throws conf_syntax with file and line.
    static ClientConfig load();
    static ClientConfig parse(std::string_view text, std::string_view name);
};

/// `given` (-c), else VIRSH_DEFAULT_CONNECT_URI, LIBVIRT_DEFAULT_URI, uri_default; aliases replaced. May be
/// empty.
std::string effective_uri(std::string_view given, const ClientConfig& config);

} // namespace yado::client
