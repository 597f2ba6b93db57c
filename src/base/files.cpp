// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/text.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace yado {
namespace {

constexpr int deepest_tree = 64;
constexpr std::string_view temporary_prefix = ".yado-";
constexpr std::string_view temporary_suffix = ".new";

std::string parent_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

/// Not derived from the target's name, which may already be as long as names can be. Unlike one fixed name it
/// lets two threads replace the same file at once: the last rename wins, nothing is mixed.
std::string temporary_beside(const std::string& path) {
    static std::atomic<std::uint64_t> counter = 0;
    return fmt::format("{}/{}{}-{}{}", parent_of(path), temporary_prefix, ::getpid(), ++counter,
                       temporary_suffix);
}

class UnlinkOnFailure {
  public:
    explicit UnlinkOnFailure(const std::string& path) : path_(path) {}
    UnlinkOnFailure(const UnlinkOnFailure&) = delete;
    UnlinkOnFailure& operator=(const UnlinkOnFailure&) = delete;
    ~UnlinkOnFailure() {
        if (armed_) ::unlink(path_.c_str());
    }
    void disarm() { armed_ = false; }

  private:
    const std::string& path_;
    bool armed_ = true;
};

void replace(const std::string& path, std::string_view data, mode_t mode, std::optional<Owner> owner,
             bool durable) {
    const std::string temporary = temporary_beside(path);
    fault::point("file.create");
    UniqueFd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode & 0700));
    if (!fd) fail_errno("cannot create file '{}'", path);
    UnlinkOnFailure guard(temporary);
    fault::point("file.write");
    write_all(fd.get(), data, path);
    if (owner && ::fchown(fd.get(), owner->user, owner->group) < 0)
        fail_errno("cannot change owner of '{}'", path);
    if (::fchmod(fd.get(), mode) < 0) fail_errno("cannot change mode of '{}'", path);
    if (durable) {
        fault::point("file.sync");
        if (::fsync(fd.get()) < 0) fail_errno("cannot sync file '{}'", path);
    }
    if (::close(fd.release()) < 0 && errno != EINTR) fail_errno("cannot save file '{}'", path);
    fault::point("file.rename");
    if (::rename(temporary.c_str(), path.c_str()) < 0)
        fail_errno("cannot rename file '{}' as '{}'", temporary, path);
    guard.disarm();
    if (durable) sync_directory(parent_of(path));
    fault::point("file.done");
}

std::optional<std::string> read_whole(const std::string& path, std::size_t limit, bool may_be_missing) {
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!fd) {
        if (may_be_missing && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
        fail_errno("Failed to open file '{}'", path);
    }
    struct stat facts{};
    if (::fstat(fd.get(), &facts) < 0) fail_errno("cannot stat '{}'", path);
    std::string data;
    std::size_t used = 0;
    // Files of /proc and /sys say size 0; one byte more than the size finds the end without another turn.
    std::size_t step = facts.st_size > 0 ? static_cast<std::size_t>(facts.st_size) + 1 : 4096;
    for (;;) {
        if (used > limit) fail(Code::operation_failed, "file '{}' is longer than {} bytes", path, limit);
        data.resize(used + std::min(step, limit + 1 - used));
        const ssize_t got = ::read(fd.get(), data.data() + used, data.size() - used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail_errno("Failed to read file '{}'", path);
        if (got == 0) break;
        used += static_cast<std::size_t>(got);
        if (used < data.size()) continue;
        step = std::max<std::size_t>(used, 4096);
    }
    data.resize(used);
    return data;
}

struct CloseDirectory {
    void operator()(DIR* directory) const { ::closedir(directory); }
};

bool is_dot(const char* name) { return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0)); }

void remove_content(int directory_fd, const std::string& path, int depth) {
    if (depth > deepest_tree) fail(Code::operation_failed, "directory tree '{}' is too deep", path);
    const std::unique_ptr<DIR, CloseDirectory> directory(::fdopendir(directory_fd));
    if (!directory) {
        const int number = errno;
        ::close(directory_fd);
        throw system_error(number, fmt::format("cannot read directory '{}'", path));
    }
    // Removing while reading may skip entries of a long directory, so it is read anew until nothing is left.
    for (bool removed = true; removed;) {
        removed = false;
        ::rewinddir(directory.get());
        while (const dirent* entry = ::readdir(directory.get())) {
            if (is_dot(entry->d_name)) continue;
            const std::string name = entry->d_name;
            const std::string child = path + "/" + name;
            const int fd = ::dirfd(directory.get());
            if (::unlinkat(fd, name.c_str(), 0) < 0) {
                if (errno == ENOENT) continue;
                if (errno != EISDIR && errno != EPERM) fail_errno("cannot remove '{}'", child);
                const int below = ::openat(fd, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
                if (below < 0) fail_errno("cannot remove '{}'", child);
                remove_content(below, child, depth + 1);
                if (::unlinkat(fd, name.c_str(), AT_REMOVEDIR) < 0 && errno != ENOENT)
                    fail_errno("cannot remove directory '{}'", child);
            }
            removed = true;
        }
    }
}

} // namespace

void sync_directory(const std::string& directory) {
    fault::point("file.sync_directory");
    const UniqueFd fd = open_file(directory, O_RDONLY | O_DIRECTORY);
    // Some file systems (FUSE) cannot sync directories and say EINVAL; there the rename is all there is.
    if (::fsync(fd.get()) < 0 && errno != EINVAL) fail_errno("cannot sync directory '{}'", directory);
}

UniqueFd open_file(const std::string& path, int flags, mode_t mode) {
    UniqueFd fd(::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode));
    if (!fd) fail_errno("Failed to open file '{}'", path);
    return fd;
}

void write_all(int fd, std::string_view data, const std::string& path_for_errors) {
    while (!data.empty()) {
        const ssize_t written = ::write(fd, data.data(), data.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail_errno("cannot write data to file '{}'", path_for_errors);
        data.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string read_file(const std::string& path, std::size_t limit) { return *read_whole(path, limit, false); }

std::optional<std::string> read_file_if_exists(const std::string& path, std::size_t limit) {
    return read_whole(path, limit, true);
}

void write_file_atomically(const std::string& path, std::string_view data, mode_t mode,
                           std::optional<Owner> owner) {
    replace(path, data, mode, owner, true);
}

void write_file_replacing(const std::string& path, std::string_view data, mode_t mode,
                          std::optional<Owner> owner) {
    replace(path, data, mode, owner, false);
}

bool remove_file_durably(const std::string& path) {
    fault::point("file.remove");
    if (::unlink(path.c_str()) < 0) {
        if (errno == ENOENT || errno == ENOTDIR) return false;
        fail_errno("cannot remove file '{}'", path);
    }
    sync_directory(parent_of(path));
    fault::point("file.done");
    return true;
}

void replace_symlink(const std::string& target, const std::string& link) {
    const std::string temporary = temporary_beside(link);
    fault::point("file.create");
    if (::symlink(target.c_str(), temporary.c_str()) < 0)
        fail_errno("Failed to create symlink '{}' to '{}'", link, target);
    UnlinkOnFailure guard(temporary);
    fault::point("file.rename");
    if (::rename(temporary.c_str(), link.c_str()) < 0)
        fail_errno("Failed to create symlink '{}' to '{}'", link, target);
    guard.disarm();
    sync_directory(parent_of(link));
    fault::point("file.done");
}

void make_directories(const std::string& path, mode_t mode) {
    struct stat facts{};
    if (::stat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode)) return;
    for (std::size_t slash = path.find('/', 1); !path.empty(); slash = path.find('/', slash + 1)) {
        const std::string part = path.substr(0, slash);
        if (::mkdir(part.c_str(), mode) == 0) {
            if (::chmod(part.c_str(), mode) < 0) fail_errno("cannot change mode of '{}'", part);
        } else if (errno != EEXIST) {
            fail_errno("cannot create directory '{}'", part);
        }
        if (slash == std::string::npos) break;
    }
    if (::stat(path.c_str(), &facts) < 0) fail_errno("cannot create directory '{}'", path);
    if (!S_ISDIR(facts.st_mode))
        throw system_error(ENOTDIR, fmt::format("cannot create directory '{}'", path));
}

bool remove_tree(const std::string& path) {
    if (::unlink(path.c_str()) == 0) return true;
    if (errno == ENOENT || errno == ENOTDIR) return false;
    if (errno != EISDIR && errno != EPERM) fail_errno("cannot remove '{}'", path);
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!fd) fail_errno("cannot remove '{}'", path);
    remove_content(fd.release(), path, 0);
    if (::rmdir(path.c_str()) < 0) fail_errno("cannot remove directory '{}'", path);
    return true;
}

std::vector<DirectoryEntry> list_directory(const std::string& path, std::size_t limit) {
    std::vector<DirectoryEntry> entries;
    const std::unique_ptr<DIR, CloseDirectory> directory(::opendir(path.c_str()));
    if (!directory) {
        if (errno == ENOENT) return entries;
        fail_errno("cannot open directory '{}'", path);
    }
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(directory.get());
        if (!entry && errno != 0) fail_errno("cannot read directory '{}'", path);
        if (!entry) break;
        if (is_dot(entry->d_name)) continue;
        if (entries.size() == limit)
            fail(Code::operation_failed, "directory '{}' has more than {} entries", path, limit);
        entries.push_back({entry->d_name, entry->d_type});
    }
    std::ranges::sort(entries, {}, &DirectoryEntry::name);
    return entries;
}

void remove_stale_temporaries(const std::string& directory) {
    for (const DirectoryEntry& entry : list_directory(directory)) {
        if (!entry.name.starts_with(temporary_prefix) || !entry.name.ends_with(temporary_suffix)) continue;
        const std::string path = directory + "/" + entry.name;
        if (::unlink(path.c_str()) < 0 && errno != ENOENT) fail_errno("cannot remove file '{}'", path);
    }
}

TemporaryDirectory::TemporaryDirectory(std::string_view prefix) {
    const char* base = std::getenv("TMPDIR");
    path_ = fmt::format("{}/{}-XXXXXX", base && *base ? base : "/tmp", prefix);
    if (!::mkdtemp(path_.data())) fail_errno("cannot create directory '{}'", path_);
}

TemporaryDirectory::~TemporaryDirectory() {
    try {
        remove_tree(path_);
    } catch (const Error&) {
        // Left behind in the place for temporary things; a destructor cannot do better.
    }
}

} // namespace yado
