// SPDX-License-Identifier: Apache-2.0
// The parts of check() for networks, one file each, and what they share.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "model/network/network.h"
#include "schema/diagnostics.h"

namespace yado::model {

/// The documents of one network: problems get its place, source and, where a message needs it, its name.
class NetworkProblems {
  public:
    NetworkProblems(const Network& network, schema::Diagnostics& out) : network_(network), out_(out) {}

    const Network& network() const { return network_; }
    const std::string& name() const { return network_.name; }
    std::string_view mode() const { return schema::word(network_.mode()); }
    schema::Diagnostics& out() { return out_; }

    /// `path` is below /network.
    template <class... Args>
    void add(Code code, std::string_view path, fmt::format_string<Args...> text, Args&&... args) {
        out_.add({code, fmt::format(text, std::forward<Args>(args)...), fmt::format("/network{}", path), 0,
                  ErrorSource::network});
    }
    template <class... Args>
    void error(std::string_view path, fmt::format_string<Args...> text, Args&&... args) {
        add(Code::xml_error, path, text, std::forward<Args>(args)...);
    }
    template <class... Args>
    void unsupported(std::string_view path, fmt::format_string<Args...> text, Args&&... args) {
        add(Code::config_unsupported, path, text, std::forward<Args>(args)...);
    }

  private:
    const Network& network_;
    schema::Diagnostics& out_;
};

/// "/ip[2]/@address" of the second, `index` counting from 0.
std::string nth(std::string_view element, std::size_t index, std::string_view part = {});

void check_forward(NetworkProblems& problems);
void check_dns(NetworkProblems& problems);
void check_ips(NetworkProblems& problems);
void check_routes(NetworkProblems& problems);
/// Whether the two are the ends of a range of at most 65535 addresses; within the network of `address`, when
/// that is given.
void check_range(NetworkProblems& problems, std::string_view path, const IpAddress& start,
                 const IpAddress& end, const IpAddress& address = {}, std::optional<unsigned> prefix = 0);

} // namespace yado::model
