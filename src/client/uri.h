// SPDX-License-Identifier: Apache-2.0
// Connection URIs: "driver[+transport]://[user@][host][:port]/path[?key=value&…]". Splitting them and putting
// them together again; what the parts mean for a connection is target.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yado::client {

struct Uri {
    std::string driver;         ///< "qemu"
    std::string transport;      ///< "unix", as written; empty when none is named
    bool has_transport = false; ///< a '+' was there
    std::string user;
    std::string host; ///< an IPv6 address without its brackets
    std::optional<std::uint16_t> port;
    bool has_authority = false; ///< "//" was there
    std::string path;
    std::vector<std::pair<std::string, std::string>> query; ///< percent-decoded, in order

    /// The value of the first parameter called `key`.
    const std::string* parameter(std::string_view key) const;
};

/// Throws internal_error "Unable to parse URI …", no_connect for a text without a driver, in libvirt's words.
Uri parse_uri(std::string_view text);

/// driver://path?query: what is left of the URI for the daemon once transport, host and `dropped` are used
/// up.
std::string daemon_name(const Uri& uri, const std::vector<std::string_view>& dropped);

} // namespace yado::client
