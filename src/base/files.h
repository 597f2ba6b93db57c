// SPDX-License-Identifier: Apache-2.0
// Files as the daemon keeps its state in them: bounded reads, and writes that after a crash are there whole
// or not at all. Every function here blocks; from the state thread call them through blocking()
// (base/async/loop.h). Each step that changes the disk passes a fault::point() first. All throw system_error
// with the path in the text.
#pragma once

#include "base/unique_fd.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace yado {

/// The whole file. Throws operation_failed when it is longer than `limit` bytes. Works for /proc and /sys
/// files too.
std::string read_file(const std::string& path, std::size_t limit);
/// Nothing when the file or a directory of its path does not exist.
std::optional<std::string> read_file_if_exists(const std::string& path, std::size_t limit);

struct Owner {
    uid_t user = 0;
    gid_t group = 0;
};

/// Replaces or creates `path` with `data`, `mode` regardless of the umask. When it returns, the content and
/// the name are on disk. A failure leaves the old file as it was, except one in the very last step, the sync
/// of the directory: then the new file is in place but might not survive a power cut.
void write_file_atomically(const std::string& path, std::string_view data, mode_t mode,
                           std::optional<Owner> owner = std::nullopt);

/// For runtime state (/run): the same replacing, without waiting for the disk, which such places do not
/// outlive.
void write_file_replacing(const std::string& path, std::string_view data, mode_t mode,
                          std::optional<Owner> owner = std::nullopt);

/// New, removed and renamed entries of `directory` are on disk when it returns.
void sync_directory(const std::string& directory);

/// True when the file was there. The removal is on disk when this returns.
bool remove_file_durably(const std::string& path);

/// Makes `link` point to `target`, replacing what was there; on disk when this returns.
void replace_symlink(const std::string& target, const std::string& link);

/// Creates `path` and its missing parents. `mode` (umask applies not) goes to those created here only.
void make_directories(const std::string& path, mode_t mode);

/// Removes `path` with everything below, without following symbolic links or leaving its file system's tree
/// depth of
/// 64. True when something was there.
bool remove_tree(const std::string& path);

struct DirectoryEntry {
    std::string name;
    unsigned char type = 0; ///< DT_REG, DT_DIR, DT_LNK …, DT_UNKNOWN where the file system does not say
};
/// Sorted by name, without "." and "..". A missing directory is empty; more than `limit` entries throw
/// operation_failed.
std::vector<DirectoryEntry> list_directory(const std::string& path, std::size_t limit = 100'000);

/// Removes temporary files that a crash during the functions above left in `directory`. Only for directories
/// this process alone writes to, before it starts to.
void remove_stale_temporaries(const std::string& directory);

/// open(2) with O_CLOEXEC added; the error text names the path.
UniqueFd open_file(const std::string& path, int flags, mode_t mode = 0600);
/// Writes everything, retrying short writes.
void write_all(int fd, std::string_view data, const std::string& path_for_errors);

/// A temporary directory, removed with its content at the end of its life.
class TemporaryDirectory {
  public:
    /// Below $TMPDIR or /tmp, mode 0700.
    explicit TemporaryDirectory(std::string_view prefix = "yado");
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

} // namespace yado
