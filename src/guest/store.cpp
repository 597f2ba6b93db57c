// SPDX-License-Identifier: Apache-2.0
#include "guest/store.h"

#include <fcntl.h>
#include <unistd.h>

namespace yado::guest {

using service::Keep;

FileStore::FileStore(Loop& loop, std::string config, std::string runtime)
    : loop_(loop), definitions_(loop, std::move(config), Keep::autostarted, "guest.store"),
      statuses_(loop, std::move(runtime), Keep::state, "guest.store") {}

Task<void> FileStore::save_definition(std::string name, std::string text) {
    return definitions_.save(std::move(name), std::move(text));
}

Task<void> FileStore::remove_definition(std::string name) { return definitions_.remove(std::move(name)); }

Task<void> FileStore::set_autostart(std::string name, bool on) {
    return definitions_.set_autostart(std::move(name), on);
}

Task<void> FileStore::save_status(std::string name, std::string text) {
    return statuses_.save(std::move(name), std::move(text));
}

Task<void> FileStore::remove_status(std::string name) {
    co_await statuses_.remove(name);
    auto work = [pid = statuses_.directory() + "/" + name + ".pid"] { ::unlink(pid.c_str()); };
    co_await blocking(loop_, std::move(work));
}

std::vector<StoredDocument> FileStore::load_definitions() { return definitions_.load(); }

std::vector<StoredDocument> FileStore::load_statuses() { return statuses_.load(); }

bool FileStore::claim_autostart() {
    const std::string marker = statuses_.directory() + "/autostarted";
    const int fd = ::open(marker.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    ::close(fd);
    return true;
}

} // namespace yado::guest
