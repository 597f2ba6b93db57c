// SPDX-License-Identifier: Apache-2.0
#include "guest/snapshot_store.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "model/snapshot/document.h"

#include <unistd.h>

namespace yado::guest {
namespace {

constexpr std::size_t file_limit = 16U << 20U; // with two whole domains in it
constexpr std::size_t most = 100'000;
constexpr std::string_view suffix = ".xml";

} // namespace

Task<void> SnapshotStore::save(std::string domain, SnapshotTree::Pointer snapshot, bool current) {
    if (directory_.empty()) co_return;
    auto work = [&] {
        make_directories(directory_ + "/" + domain, 0755);
        write_file_atomically(path(domain, snapshot->name), model::snapshot_file(*snapshot, current), 0600);
    };
    co_await blocking(loop_, work);
}

Task<void> SnapshotStore::remove(std::string domain, std::string snapshot) {
    if (directory_.empty()) co_return;
    auto work = [&] { remove_file_durably(path(domain, snapshot)); };
    co_await blocking(loop_, work);
}

Task<void> SnapshotStore::forget(std::string domain) {
    if (directory_.empty()) co_return;
    auto work = [&] { ::rmdir((directory_ + "/" + domain).c_str()); };
    co_await blocking(loop_, work);
}

SnapshotTree SnapshotStore::load(const std::string& domain) const {
    SnapshotTree tree;
    if (directory_.empty()) return tree;
    const std::string folder = directory_ + "/" + domain;
    remove_stale_temporaries(folder);
    for (const DirectoryEntry& entry : list_directory(folder, most)) {
        const std::string_view name = entry.name;
        if (name.starts_with('.') || !name.ends_with(suffix)) continue;
        try {
            model::Snapshot snapshot = model::read_snapshot(read_file(folder + "/" + entry.name, file_limit));
            if (snapshot.name != name.substr(0, name.size() - suffix.size()))
                fail(Code::internal_error, "it holds a snapshot called '{}'", snapshot.name);
            const bool current = snapshot.active == 1;
            snapshot.active.reset();
            if (current) tree.set_current(snapshot.name);
            tree.put(std::move(snapshot));
        } catch (const Error& error) {
            log_error("guest.snapshots", "'{}/{}' is left alone: {}", folder, entry.name, error.message());
        }
    }
    tree.mend();
    return tree;
}

} // namespace yado::guest
