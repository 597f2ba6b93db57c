// SPDX-License-Identifier: Apache-2.0
// The way between a machine's copied state and the file: straight, through a program that packs it, past the
// page cache, or both. The programs are those that libvirt runs, so that either daemon reads the files.
#pragma once

#include "base/async/task.h"
#include "base/unique_fd.h"
#include "guest/save_file.h"
#include "host/processes.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yado::guest {

/// qemu.conf's wishes; without processes everything goes straight.
struct SaveSettings {
    host::Processes* processes = nullptr;
    SaveFormat save = SaveFormat::raw, dump = SaveFormat::raw;
};

/// "gzip".
std::string_view word(SaveFormat format);
/// Nothing for what is no format.
std::optional<SaveFormat> save_format_of(std::string_view word);

/// Whether the program for it is installed.
bool can_pack(SaveFormat format);

struct SaveRoute {
    SaveFormat format = SaveFormat::raw;
    bool bypass_cache = false;
};

/// One way; the programs in between run until their input ends.
class SaveStream {
  public:
    /// From a machine into the file at `path`, from where `file` stands. Throws operation_failed when a
    /// program is missing, system_error when the file system cannot go past the page cache.
    static Task<SaveStream> writer(host::Processes* processes, SaveRoute route, std::string path,
                                   UniqueFd file);
    static Task<SaveStream> reader(host::Processes* processes, SaveRoute route, std::string path,
                                   UniqueFd file);

    /// The machine's end.
    UniqueFd take_end() { return std::move(end_); }
    /// Resumes when all programs have ended. Throws operation_failed when one did not do its work.
    Task<void> finish();
    /// Ends them.
    void abandon();

  private:
    enum class Direction { write, read };
    static Task<SaveStream> make(Direction direction, host::Processes* processes, SaveRoute route,
                                 std::string path, UniqueFd file);
    Task<void> insert(Direction direction, host::Processes& processes, std::vector<std::string> command);

    struct Program {
        std::string name;
        std::shared_ptr<host::Child> child;
    };
    UniqueFd end_;
    std::vector<Program> programs_;
};

} // namespace yado::guest
