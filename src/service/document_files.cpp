// SPDX-License-Identifier: Apache-2.0
#include "service/document_files.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"

#include <optional>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <utility>

namespace yado::service {
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

} // namespace

DocumentFiles::DocumentFiles(Loop& loop, std::string directory, Keep keep, std::string log_name)
    : loop_(loop), directory_(std::move(directory)), keep_(keep), log_name_(std::move(log_name)) {
    if (keep_ == Keep::state) make_directories(directory_, 0755);
    else make_directories(keep_ == Keep::autostarted ? directory_ + "/autostart" : directory_, 0700);
    remove_stale_temporaries(directory_);
}

Task<void> DocumentFiles::save(std::string name, std::string text) {
    auto work = [durable = keep_ != Keep::state, path = path(name), &text] {
        if (durable) write_file_atomically(path, text, 0600);
        else write_file_replacing(path, text, 0600);
    };
    co_await blocking(loop_, std::move(work));
}

Task<void> DocumentFiles::remove(std::string name) {
    // The document goes first: a link without its file means nothing and is cleared at the next start.
    auto work = [links = keep_ == Keep::autostarted, path = path(name), link = link(name)] {
        remove_file_durably(path);
        if (links) remove_file_durably(link);
    };
    co_await blocking(loop_, std::move(work));
}

Task<void> DocumentFiles::set_autostart(std::string name, bool on) {
    auto work = [on, path = path(name), link = link(name)] {
        if (on) {
            replace_symlink(path, link);
        } else {
            remove_file_durably(link);
        }
    };
    co_await blocking(loop_, std::move(work));
}

std::vector<StoredDocument> DocumentFiles::load() {
    std::set<std::string, std::less<>> autostarted;
    if (keep_ == Keep::autostarted) {
        for (std::string& name : xml_names(directory_ + "/autostart")) autostarted.insert(std::move(name));
    }
    std::vector<StoredDocument> found;
    for (std::string& name : xml_names(directory_)) {
        std::optional<std::string> text;
        try {
            text = read_file_if_exists(path(name), file_limit);
        } catch (const Error& error) { // one unreadable file must not keep the others away
            log_error(log_name_, "skipped: {}", error.message());
        }
        if (!text) continue;
        const bool autostart = autostarted.erase(name) > 0;
        found.push_back({std::move(name), std::move(*text), autostart});
    }
    for (const std::string& name : autostarted) {
        struct stat target{};
        if (::stat(link(name).c_str(), &target) != 0 && errno == ENOENT) {
            log_warning(log_name_, "removing the autostart link of '{}': it is not defined", name);
            remove_file_durably(link(name));
        }
    }
    return found;
}

} // namespace yado::service
