// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/ownership.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace yado::qemu {
namespace {

constexpr const char* owner_attribute = "trusted.libvirt.security.dac";
constexpr const char* count_attribute = "trusted.libvirt.security.ref_dac";

std::optional<std::string> attribute(int fd, const char* name) {
    std::array<char, 128> buffer{};
    const ssize_t length = ::fgetxattr(fd, name, buffer.data(), buffer.size());
    if (length < 0) return std::nullopt;
    std::string value(buffer.data(), static_cast<std::size_t>(length));
    while (!value.empty() && value.back() == '\0') value.pop_back(); // libvirt stores the terminating zero
    return value;
}

bool set_attribute(int fd, const char* name, const std::string& value) {
    return ::fsetxattr(fd, name, value.c_str(), value.size() + 1, 0) == 0;
}

UniqueFd open_image(const std::string& path) {
    // O_NONBLOCK: a FIFO or a tape must not hold us; O_NOFOLLOW is not wanted, images may be links
    return UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
}

} // namespace

void lend_file(const std::string& path, const host::Credentials& user, bool remember) {
    const UniqueFd fd = open_image(path);
    if (!fd) fail_errno("Cannot access storage file '{}'", path);
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0) fail_errno("cannot stat '{}'", path);
    if (!S_ISREG(status.st_mode) && !S_ISBLK(status.st_mode)) return;
    const auto users = parse_number<unsigned>(attribute(fd.get(), count_attribute).value_or("0")).value_or(0);
    if (remember && users == 0) {
        set_attribute(fd.get(), owner_attribute, fmt::format("+{}:+{}", status.st_uid, status.st_gid));
    }
    if (remember || users > 0) // where there are no attributes, root gets it back
        set_attribute(fd.get(), count_attribute, std::to_string(users + 1));
    if (status.st_uid == user.user && status.st_gid == user.group) return;
    if (::fchown(fd.get(), user.user, user.group) != 0 && errno != EPERM && errno != EROFS) {
        fail_errno("unable to set user and group to '{}:{}' on '{}'", user.user, user.group, path);
    }
}

void return_file(const std::string& path, const host::Credentials& borrower, GiveBack when) noexcept {
    const UniqueFd fd = open_image(path);
    if (!fd) return;
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0 || (!S_ISREG(status.st_mode) && !S_ISBLK(status.st_mode))) return;
    const std::string count = attribute(fd.get(), count_attribute).value_or("1");
    const auto users = parse_number<unsigned>(count).value_or(1);
    if (users > 1) {
        set_attribute(fd.get(), count_attribute, std::to_string(users - 1));
        return;
    }
    uid_t user = 0;
    gid_t group = 0;
    const auto owner = attribute(fd.get(), owner_attribute);
    if (!owner && (when == GiveBack::if_remembered || status.st_uid != borrower.user)) return; // never lent
    if (owner) {
        unsigned stored_user = 0;
        unsigned stored_group = 0;
        if (std::sscanf(owner->c_str(), "+%u:+%u", &stored_user, &stored_group) == 2) {
            user = stored_user;
            group = stored_group;
        }
    }
    ::fremovexattr(fd.get(), owner_attribute);
    ::fremovexattr(fd.get(), count_attribute);
    if ((status.st_uid != user || status.st_gid != group) && ::fchown(fd.get(), user, group) != 0) {
        log_warning("qemu.ownership", "cannot give '{}' back to {}:{}: {}", path, user, group,
                    std::strerror(errno));
    }
}

} // namespace yado::qemu
