// SPDX-License-Identifier: Apache-2.0
// Users and groups of the host, and who is at the other end of a Unix socket. Name lookups may ask the
// network (LDAP, sssd): from the state thread call them through blocking().
#pragma once

#include "host/processes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace yado::host {

struct User {
    std::string name;
    uid_t id = 0;
    gid_t group = 0;
    std::string home;
};

std::optional<User> find_user(const std::string& name);
std::optional<User> find_user(uid_t id);
std::optional<gid_t> find_group(const std::string& name);
std::optional<std::string> group_name(gid_t id);
/// All groups of `user` with `group` among them; just `group` for an unknown user.
std::vector<gid_t> groups_of(const std::string& user, gid_t group);

/// libvirt's spelling in configuration and labels: "name", "+107" (always a number), "107" (a name if there
/// is one). Throws invalid_arg "Failed to parse user 'x'" / "Failed to parse group 'x'".
uid_t parse_user(std::string_view text);
gid_t parse_group(std::string_view text);

/// Credentials to run a program as `user`:`group` with the groups the host's database gives that user.
Credentials credentials_of(uid_t user, gid_t group);

struct Peer {
    pid_t pid = 0;
    uid_t user = 0;
    gid_t group = 0;
    std::vector<gid_t> supplementary;
    std::uint64_t start_time = 0; ///< as Child::start_time(); 0 when the process is gone already
    std::string security_context; ///< empty without a security module

    bool is_in_group(gid_t id) const;
};
/// Of a connected Unix socket, as the kernel noted it at connect. Throws system_error.
Peer peer_of(int socket);

} // namespace yado::host
