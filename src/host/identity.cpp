// SPDX-License-Identifier: Apache-2.0
#include "host/identity.h"

#include "base/error.h"
#include "base/text.h"

#include <algorithm>
#include <cerrno>
#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace yado::host {
namespace {

constexpr std::size_t first_buffer = 4096;
constexpr std::size_t largest_buffer = 1 << 24; // a group of very many members
constexpr std::size_t most_groups = 65536;      // the kernel's NGROUPS_MAX

/// Runs one of the get…_r functions with a buffer that is large enough. Null when there is no such entry.
template <class Entry, class Call> Entry* look_up(Entry& entry, std::vector<char>& buffer, Call call) {
    buffer.resize(first_buffer);
    for (;;) {
        Entry* found = nullptr;
        const int error = call(&entry, buffer.data(), buffer.size(), &found);
        if (error == ERANGE && buffer.size() < largest_buffer) {
            buffer.resize(buffer.size() * 4);
            continue;
        }
        if (error == EINTR) continue;
        return error == 0 ? found : nullptr; // databases differ in what they call "not there"
    }
}

std::optional<User> to_user(const passwd* entry) {
    if (!entry) return std::nullopt;
    return User{entry->pw_name, entry->pw_uid, entry->pw_gid, entry->pw_dir ? entry->pw_dir : ""};
}

template <class Find>
std::uint32_t parse_identity(std::string_view text, std::string_view what, Find find_by_name) {
    constexpr std::uint32_t invalid = ~0u; // -1: "do not change" to the kernel
    if (!text.starts_with('+'))
        if (const std::optional<std::uint32_t> id = find_by_name(std::string(text))) return *id;
    const auto number = parse_number<std::uint32_t>(text.starts_with('+') ? text.substr(1) : text);
    if (!number || *number == invalid)
        fail(Code::invalid_arg, "Failed to parse {} '{}'", what, printable(text));
    return *number;
}

} // namespace

std::optional<User> find_user(const std::string& name) {
    passwd entry{};
    std::vector<char> buffer;
    return to_user(look_up(entry, buffer, [&](passwd* out, char* data, std::size_t size, passwd** found) {
        return ::getpwnam_r(name.c_str(), out, data, size, found);
    }));
}

std::optional<User> find_user(uid_t id) {
    passwd entry{};
    std::vector<char> buffer;
    return to_user(look_up(entry, buffer, [&](passwd* out, char* data, std::size_t size, passwd** found) {
        return ::getpwuid_r(id, out, data, size, found);
    }));
}

std::optional<gid_t> find_group(const std::string& name) {
    group entry{};
    std::vector<char> buffer;
    const group* found =
        look_up(entry, buffer, [&](group* out, char* data, std::size_t size, group** result) {
            return ::getgrnam_r(name.c_str(), out, data, size, result);
        });
    return found ? std::optional(found->gr_gid) : std::nullopt;
}

std::optional<std::string> group_name(gid_t id) {
    group entry{};
    std::vector<char> buffer;
    const group* found =
        look_up(entry, buffer, [&](group* out, char* data, std::size_t size, group** result) {
            return ::getgrgid_r(id, out, data, size, result);
        });
    return found ? std::optional<std::string>(found->gr_name) : std::nullopt;
}

std::vector<gid_t> groups_of(const std::string& user, gid_t group) {
    std::vector<gid_t> groups(64);
    for (;;) {
        int count = static_cast<int>(groups.size());
        const int result = ::getgrouplist(user.c_str(), group, groups.data(), &count);
        if (result >= 0) {
            groups.resize(static_cast<std::size_t>(count));
            return groups;
        }
        if (groups.size() >= most_groups) return {group};
        groups.resize(std::min(std::max(static_cast<std::size_t>(count), groups.size() * 2), most_groups));
    }
}

uid_t parse_user(std::string_view text) {
    return parse_identity(text, "user", [](const std::string& name) -> std::optional<std::uint32_t> {
        const auto user = find_user(name);
        return user ? std::optional(user->id) : std::nullopt;
    });
}

gid_t parse_group(std::string_view text) {
    return parse_identity(text, "group", [](const std::string& name) -> std::optional<std::uint32_t> {
        return find_group(name);
    });
}

Credentials credentials_of(uid_t user, gid_t group) {
    const auto entry = find_user(user);
    return {user, group, entry ? groups_of(entry->name, group) : std::vector<gid_t>{group}};
}

bool Peer::is_in_group(gid_t id) const { return group == id || std::ranges::count(supplementary, id) > 0; }

Peer peer_of(int socket) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) < 0)
        fail_errno("Failed to get client socket identity");
    Peer peer{.pid = credentials.pid, .user = credentials.uid, .group = credentials.gid};

    std::vector<gid_t> groups(64);
    for (;;) {
        size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
        if (::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) == 0) {
            groups.resize(size / sizeof(gid_t));
            peer.supplementary = std::move(groups);
            break;
        }
        if (errno != ERANGE || groups.size() >= most_groups) break;
        groups.resize(size / sizeof(gid_t));
    }

    std::array<char, 4096> context{};
    size = context.size();
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERSEC, context.data(), &size) == 0)
        peer.security_context.assign(context.data(), ::strnlen(context.data(), size));
    if (peer.pid > 0) peer.start_time = process_start_time(peer.pid).value_or(0);
    return peer;
}

} // namespace yado::host
