// SPDX-License-Identifier: Apache-2.0
// The owner of one file descriptor.
#pragma once

#include <unistd.h>
#include <utility>

namespace yado {

class UniqueFd {
  public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : fd_(fd) {}
    UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept {
        if (this != &other) reset(std::exchange(other.fd_, -1));
        return *this;
    }
    ~UniqueFd() { reset(); }

    /// -1 when empty.
    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    /// Gives the descriptor to the caller.
    [[nodiscard]] int release() { return std::exchange(fd_, -1); }
    /// Closes the present descriptor and takes `fd`.
    void reset(int fd = -1) {
        if (const int old = std::exchange(fd_, fd); old >= 0) ::close(old);
    }

  private:
    int fd_ = -1;
};

} // namespace yado
