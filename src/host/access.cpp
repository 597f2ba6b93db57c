// SPDX-License-Identifier: Apache-2.0
#include "host/access.h"

#include "base/text.h"
#include "host/identity.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <endian.h>
#include <limits.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <vector>

namespace yado::host {
namespace {

constexpr unsigned may_pass = 1, may_write = 2, may_read = 4; // as in modes

bool in_group(const Credentials& user, gid_t group) {
    return user.group == group || std::ranges::find(user.supplementary, group) != user.supplementary.end();
}

/// What the access list of a file gives the user; nothing when the file has none beyond its mode.
std::optional<unsigned> acl_rights(const std::string& path, const Credentials& user,
                                   const struct stat& file) {
    std::array<char, 4096> buffer{};
    const ssize_t length = ::getxattr(path.c_str(), "system.posix_acl_access", buffer.data(), buffer.size());
    if (length < static_cast<ssize_t>(sizeof(posix_acl_xattr_header))) return std::nullopt;
    const std::size_t count =
        (static_cast<std::size_t>(length) - sizeof(posix_acl_xattr_header)) / sizeof(posix_acl_xattr_entry);
    std::vector<posix_acl_xattr_entry> entries(count);
    std::memcpy(entries.data(), buffer.data() + sizeof(posix_acl_xattr_header),
                count * sizeof(posix_acl_xattr_entry));
    unsigned mask = 7;
    unsigned other = 0;
    std::optional<unsigned> as_user, as_group;
    for (const posix_acl_xattr_entry& entry : entries) {
        const unsigned rights = le16toh(entry.e_perm);
        const std::uint32_t id = le32toh(entry.e_id);
        switch (le16toh(entry.e_tag)) {
        case ACL_USER_OBJ:
            if (file.st_uid == user.user) return rights; // the owner's are not masked
            break;
        case ACL_USER:
            if (id == user.user) as_user = rights;
            break;
        case ACL_GROUP_OBJ:
            if (in_group(user, file.st_gid)) as_group = as_group.value_or(0) | rights;
            break;
        case ACL_GROUP:
            if (in_group(user, id)) as_group = as_group.value_or(0) | rights;
            break;
        case ACL_MASK: mask = rights; break;
        case ACL_OTHER: other = rights; break;
        default: break;
        }
    }
    if (as_user) return *as_user & mask;
    if (as_group) return *as_group & mask;
    return other;
}

unsigned mode_rights(const struct stat& file, const Credentials& user) {
    if (file.st_uid == user.user) return file.st_mode >> 6U & 7U;
    if (in_group(user, file.st_gid)) return file.st_mode >> 3U & 7U;
    return file.st_mode & 7U;
}

/// On a network, or in another program's hands: what is seen of modes here need not be what counts there.
bool judges_itself(const std::string& path) {
    constexpr std::array<unsigned long, 8> types{0x6969,     0x65735546, 0x517B,     0xFE534D42,
                                                 0xFF534D42, 0x00C36400, 0x47504653, 0x01021997};
    struct statfs found{};
    if (::statfs(path.c_str(), &found) != 0) return false;
    return std::ranges::find(types, static_cast<unsigned long>(found.f_type)) != types.end();
}

std::string name_of(uid_t id) {
    const std::optional<User> user = find_user(id);
    return user ? user->name : std::to_string(id);
}

std::string shell_word(const std::string& path) {
    std::string text = "'";
    for (const char c : path) {
        if (c == '\'') text += "'\\'";
        text += c;
    }
    return text + "'";
}

std::string_view verb(unsigned right) {
    return right == may_pass ? "pass" : right == may_write ? "write" : "read";
}

/// Whether the user has the right; how it is refused.
std::optional<AccessProblem> judge(const std::string& path, const struct stat& file, const Credentials& user,
                                   unsigned right) {
    if (user.user == 0) return std::nullopt; // root with its capabilities
    const std::optional<unsigned> listed = acl_rights(path, user, file);
    const unsigned rights = listed.value_or(mode_rights(file, user));
    if ((rights & right) == right) return std::nullopt;
    AccessProblem problem;
    problem.component = path;
    problem.layer = listed ? AccessProblem::Layer::acl : AccessProblem::Layer::mode;
    problem.why = fmt::format(
        "{} {:04o} of user {} and group {} does not let user {} {}",
        listed ? "its access list with mode" : "mode", file.st_mode & 07777U, name_of(file.st_uid),
        group_name(file.st_gid).value_or(std::to_string(file.st_gid)), name_of(user.user), verb(right));
    const char* letters = right == may_pass ? "x" : right == may_write ? "rw" : "r";
    problem.fix = fmt::format("setfacl -m u:{}:{} {}", name_of(user.user), letters, shell_word(path));
    return problem;
}

AccessProblem missing(const std::string& path, int number) {
    AccessProblem problem;
    problem.component = path;
    const bool no_directory = number == ENOTDIR;
    problem.layer = no_directory      ? AccessProblem::Layer::not_a_directory
                    : number == ELOOP ? AccessProblem::Layer::symbolic_link
                                      : AccessProblem::Layer::missing;
    problem.why = std::strerror(number);
    problem.fix = number == ENOENT ? "make it, or correct the path in the definition" : "";
    return problem;
}

} // namespace

std::string AccessProblem::text() const {
    constexpr std::array<std::string_view, 6> layers{"missing",     "not a directory", "mode",
                                                     "access list", "read-only mount", "symbolic link"};
    std::string out =
        fmt::format("'{}' ({}): {}", component, layers.at(static_cast<std::size_t>(layer)), why);
    if (!fix.empty()) out += fmt::format("; mend it with: {}", fix);
    return out;
}

std::optional<AccessProblem> find_access_problem(const std::string& path, const Credentials& user,
                                                 AccessKind kind) {
    // Links are followed by the kernel, and their targets' folders have to be passed like others.
    std::array<char, PATH_MAX> resolved{};
    std::string real = path;
    if (::realpath(path.c_str(), resolved.data()) != nullptr) real = resolved.data();
    std::string part;
    for (const std::string_view name : split(std::string_view(real).substr(1), '/')) {
        struct stat folder{};
        const std::string above = part.empty() ? "/" : part;
        if (::stat(above.c_str(), &folder) != 0) return missing(above, errno);
        if (!S_ISDIR(folder.st_mode)) return missing(above, ENOTDIR);
        if (judges_itself(above)) return std::nullopt;
        if (auto problem = judge(above, folder, user, may_pass)) return problem;
        part += fmt::format("/{}", name);
    }
    struct stat file{};
    if (::stat(part.c_str(), &file) != 0) return missing(part, errno);
    if (auto problem = judge(part, file, user, may_read)) return problem;
    if (kind == AccessKind::read) return std::nullopt;
    struct statvfs mount{};
    if (S_ISREG(file.st_mode) && ::statvfs(part.c_str(), &mount) == 0 && (mount.f_flag & ST_RDONLY) != 0) {
        AccessProblem problem;
        problem.component = part;
        problem.layer = AccessProblem::Layer::read_only_mount;
        problem.why = "it lies on a file system that is mounted read-only";
        problem.fix = "mount -o remount,rw on its mount point, or <readonly/> for the disk";
        return problem;
    }
    return judge(part, file, user, may_write);
}

} // namespace yado::host
