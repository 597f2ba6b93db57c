// SPDX-License-Identifier: Apache-2.0
#include "cli/prompt.h"

#include "base/unique_fd.h"

#include <cerrno>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace yado::cli {
namespace {

constexpr std::size_t answer_max = 4096;

/// Switches the echo of a terminal off, and back at the end.
class Silence {
  public:
    explicit Silence(int fd) : fd_(fd) {
        if (::tcgetattr(fd_, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        active_ = ::tcsetattr(fd_, TCSAFLUSH, &quiet) == 0;
    }
    ~Silence() {
        if (active_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

  private:
    int fd_;
    termios before_{};
    bool active_ = false;
};

std::optional<std::string> read_line(int fd) {
    std::string line;
    for (char c = 0; line.size() < answer_max;) {
        const ssize_t size = ::read(fd, &c, 1);
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return std::nullopt;
        if (c == '\n') return line;
        line += c;
    }
    return std::nullopt;
}

bool put(int fd, std::string_view text) {
    return ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

} // namespace

std::optional<std::string> ask_user(std::string_view question, bool echo) {
    const UniqueFd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    const int in = terminal ? terminal.get() : STDIN_FILENO;
    const int out = terminal ? terminal.get() : STDERR_FILENO;
    if (!put(out, question)) return std::nullopt;
    if (echo) return read_line(in);
    std::optional<std::string> answer;
    {
        const Silence silence(in);
        answer = read_line(in);
    }
    put(out, "\n");
    return answer;
}

} // namespace yado::cli
