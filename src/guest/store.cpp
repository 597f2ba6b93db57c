// SPDX-License-Identifier: Apache-2.0
#include "guest/store.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/log.h"

#include <fcntl.h>
#include <set>
#include <sys/stat.h>

namespace yado::guest {
namespace {

constexpr std::string_view suffix = ".xml";
constexpr std::size_t file_limit = 16U << 20U; // a document is limited to 4 MiB; status files hold more
constexpr std::size_t file_count_limit = 1'000'000;

std::vector<std::string> xml_names(const std::string& directory) {
    std::vector<std::string> names;
    for (const DirectoryEntry& entry : list_directory(directory, file_count_limit)) {
        const std::string_view name = entry.name;
        if (name.starts_with('.') || !name.ends_with(suffix) || name.size() == suffix.size()) continue;
        names.emplace_back(name.substr(0, name.size() - suffix.size()));
    }
    return names;
}

// One unreadable file must not keep the other guests away.
std::optional<std::string> read_or_log(const std::string& path) {
    try {
        return read_file_if_exists(path, file_limit);
    } catch (const Error& error) {
        log_error("guest.store", "skipped: {}", error.message());
        return std::nullopt;
    }
}

} // namespace

FileStore::FileStore(Loop& loop, std::string config, std::string runtime)
    : loop_(loop), config_(std::move(config)), runtime_(std::move(runtime)) {
    make_directories(config_ + "/autostart", 0700);
    make_directories(runtime_, 0755);
    remove_stale_temporaries(config_);
    remove_stale_temporaries(runtime_);
}

std::string FileStore::definition_path(const std::string& name) const {
    return config_ + "/" + name + ".xml";
}
std::string FileStore::autostart_path(const std::string& name) const {
    return config_ + "/autostart/" + name + ".xml";
}
std::string FileStore::status_path(const std::string& name) const { return runtime_ + "/" + name + ".xml"; }

Task<void> FileStore::save_definition(std::string name, std::string text) {
    auto work = [path = definition_path(name), &text] { write_file_atomically(path, text, 0600); };
    co_await blocking(loop_, std::move(work));
}

Task<void> FileStore::remove_definition(std::string name) {
    // The definition goes first: a link without its file means nothing and is cleared at the next start.
    auto work = [path = definition_path(name), link = autostart_path(name)] {
        remove_file_durably(path);
        remove_file_durably(link);
    };
    co_await blocking(loop_, std::move(work));
}

Task<void> FileStore::set_autostart(std::string name, bool on) {
    auto work = [on, path = definition_path(name), link = autostart_path(name)] {
        if (on) {
            replace_symlink(path, link);
        } else {
            remove_file_durably(link);
        }
    };
    co_await blocking(loop_, std::move(work));
}

Task<void> FileStore::save_status(std::string name, std::string text) {
    auto work = [path = status_path(name), &text] { write_file_replacing(path, text, 0600); };
    co_await blocking(loop_, std::move(work));
}

Task<void> FileStore::remove_status(std::string name) {
    auto work = [path = status_path(name), pid = runtime_ + "/" + name + ".pid"] {
        remove_file_durably(path);
        ::unlink(pid.c_str());
    };
    co_await blocking(loop_, std::move(work));
}

std::vector<StoredDefinition> FileStore::load_definitions() {
    std::set<std::string, std::less<>> autostarted;
    for (std::string& name : xml_names(config_ + "/autostart")) autostarted.insert(std::move(name));
    std::vector<StoredDefinition> found;
    for (std::string& name : xml_names(config_)) {
        std::optional<std::string> text = read_or_log(definition_path(name));
        if (!text) continue;
        const bool autostart = autostarted.erase(name) > 0;
        found.push_back({std::move(name), std::move(*text), autostart});
    }
    for (const std::string& name : autostarted) {
        struct stat target{};
        if (::stat(autostart_path(name).c_str(), &target) != 0 && errno == ENOENT) {
            log_warning("guest.store", "removing the autostart link of '{}': the domain is not defined",
                        name);
            remove_file_durably(autostart_path(name));
        }
    }
    return found;
}

std::vector<StoredStatus> FileStore::load_statuses() {
    std::vector<StoredStatus> found;
    for (std::string& name : xml_names(runtime_)) {
        if (std::optional<std::string> text = read_or_log(status_path(name))) {
            found.push_back({std::move(name), std::move(*text)});
        }
    }
    return found;
}

bool FileStore::claim_autostart() {
    const std::string marker = runtime_ + "/autostarted";
    const int fd = ::open(marker.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    ::close(fd);
    return true;
}

} // namespace yado::guest
