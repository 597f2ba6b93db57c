// SPDX-License-Identifier: Apache-2.0
#include "storage/folder_watch.h"

#include "base/error.h"
#include "storage/scan.h"

#include <array>
#include <cstring>
#include <sys/inotify.h>
#include <unistd.h>

namespace yado::storage {
namespace {

constexpr std::chrono::milliseconds settle{20}; ///< files often come together
constexpr std::size_t names_limit = 1000;

} // namespace

FolderWatch::FolderWatch(Loop& loop, const std::string& folder, Callback callback)
    : loop_(loop), callback_(std::move(callback)), fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    if (!fd_) fail_errno("cannot watch directory '{}'", folder);
    constexpr std::uint32_t mask =
        IN_CREATE | IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR | IN_EXCL_UNLINK;
    if (::inotify_add_watch(fd_.get(), folder.c_str(), mask) < 0)
        fail_errno("cannot watch directory '{}'", folder);
    watch_ = loop_.watch(fd_.get(), {.readable = true}, [this](Loop::Ready) { read_events(); });
}

void FolderWatch::read_events() {
    alignas(inotify_event) std::array<char, 16384> buffer;
    const ssize_t got = ::read(fd_.get(), buffer.data(), buffer.size());
    for (std::size_t at = 0; got > 0 && at + sizeof(inotify_event) <= static_cast<std::size_t>(got);) {
        inotify_event event{};
        std::memcpy(&event, buffer.data() + at, sizeof event);
        const char* name = buffer.data() + at + sizeof event;
        at += sizeof event + event.len;
        if ((event.mask & IN_Q_OVERFLOW) != 0 || names_.size() > names_limit) overflow_ = true;
        if (event.len == 0 || std::string_view(name).starts_with(unfinished_prefix)) continue;
        if (!overflow_) names_.emplace(name);
    }
    if (timer_ || (names_.empty() && !overflow_)) return;
    timer_ = loop_.after(settle, [this] {
        timer_.reset();
        std::vector<std::string> names(names_.begin(), names_.end());
        names_.clear();
        if (std::exchange(overflow_, false)) names.clear();
        const Callback callback = callback_; // it may end this watch
        callback(std::move(names));
    });
}

} // namespace yado::storage
