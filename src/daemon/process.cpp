// SPDX-License-Identifier: Apache-2.0
#include "daemon/process.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

namespace yado::daemon {
namespace {

constexpr std::size_t message_max = 4096;
constexpr char is_ready = 'R';

void quiet_streams() {
    const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!null) return;
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(null.get(), stream);
}

/// The foreground process: waits for the child's word and ends with it.
[[noreturn]] void wait_for_child(UniqueFd from_child) {
    std::string message;
    char part[512];
    for (;;) {
        const ssize_t got = ::read(from_child.get(), part, sizeof part);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || message.size() > message_max) break;
        message.append(part, static_cast<std::size_t>(got));
    }
    if (message == std::string(1, is_ready)) ::_exit(0);
    fmt::print(stderr, "{}\n",
               message.empty() ? "the daemon ended before it was ready; see its log" : message);
    ::_exit(1);
}

} // namespace

void Readiness::ready() {
    if (!to_parent_) return;
    const char word = is_ready;
    static_cast<void>(!::write(to_parent_.get(), &word, 1));
    to_parent_.reset();
    quiet_streams();
}

void Readiness::failed(std::string_view why) {
    if (!to_parent_) return;
    static_cast<void>(!::write(to_parent_.get(), why.data(), std::min(why.size(), message_max)));
    to_parent_.reset();
}

Readiness go_into_background() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) fail_errno("cannot make a pipe");
    UniqueFd from_child(ends[0]);
    UniqueFd to_parent(ends[1]);
    ::fflush(nullptr);
    const pid_t first = ::fork();
    if (first < 0) fail_errno("cannot fork off the daemon");
    if (first > 0) {
        to_parent.reset();
        int status = 0;
        while (::waitpid(first, &status, 0) < 0 && errno == EINTR) {}
        wait_for_child(std::move(from_child));
    }
    from_child.reset();
    ::setsid();
    const pid_t second = ::fork(); // so that the daemon never gets a terminal
    if (second < 0) ::_exit(1);
    if (second > 0) ::_exit(0);
    if (::chdir("/") != 0) fail_errno("cannot change to /");
    Readiness readiness(std::move(to_parent));
    readiness.in_background_ = true;
    return readiness;
}

PidFile::PidFile(std::string path) : path_(std::move(path)) {
    for (;;) {
        fd_ = open_file(path_, O_RDWR | O_CREAT, 0644);
        // Of the open file, not of the process: reading the file somewhere else would drop a lock of the
        // process. Stock locks the first byte as well, so the two daemons exclude each other.
        struct flock lock{};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_len = 1;
        if (::fcntl(fd_.get(), F_OFD_SETLK, &lock) != 0) { // dropped by the kernel however the daemon ends
            if (errno != EACCES && errno != EAGAIN) fail_errno("Failed to acquire pid file '{}'", path_);
            char holder[32] = "";
            static_cast<void>(!::pread(fd_.get(), holder, sizeof holder - 1, 0));
            const std::string_view digits = trim(holder);
            const bool known = parse_number<pid_t>(digits).has_value();
            fail(Code::internal_error, "Failed to acquire pid file '{}': another daemon is running{}", path_,
                 known ? fmt::format(" (process {})", digits) : "");
        }
        struct stat own{};
        struct stat there{};
        // the holder before us may have removed the file between our open and our lock
        if (::fstat(fd_.get(), &own) == 0 && ::stat(path_.c_str(), &there) == 0 && own.st_ino == there.st_ino)
            break;
        fd_.reset();
    }
    if (::ftruncate(fd_.get(), 0) != 0) fail_errno("cannot write the pid file '{}'", path_);
    write_all(fd_.get(), fmt::format("{}\n", ::getpid()), path_);
}

PidFile::~PidFile() {
    if (fd_) ::unlink(path_.c_str()); // while still locked
}

void notify_manager(std::string_view state) {
    const std::string text(state);
    ::sd_notify(0, text.c_str());
}

void notify_reloading() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    notify_manager(
        fmt::format("RELOADING=1\nMONOTONIC_USEC={}", now.tv_sec * 1'000'000 + now.tv_nsec / 1000));
}

} // namespace yado::daemon
