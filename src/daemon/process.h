// SPDX-License-Identifier: Apache-2.0
// The daemon as a Unix process: going into the background, the pid file, telling the service manager.
#pragma once

#include "base/unique_fd.h"

#include <string>
#include <string_view>

namespace yado::daemon {

/// The background process's end of --daemon. The foreground process waits for it and ends with its verdict.
class Readiness {
  public:
    Readiness() = default;
    explicit Readiness(UniqueFd to_parent) : to_parent_(std::move(to_parent)) {}
    /// The daemon serves: the foreground process ends with 0.
    void ready();
    /// The daemon cannot start: the foreground process prints `why` and ends with 1. Without --daemon nothing
    /// happens.
    void failed(std::string_view why);
    bool in_background() const { return in_background_; }

  private:
    friend Readiness go_into_background();
    UniqueFd to_parent_;
    bool in_background_ = false;
};

/// Forks; only the child returns, in a session of its own with / as working directory. Call before any thread
/// exists. Standard streams go to /dev/null once ready.
Readiness go_into_background();

/// Holds the locked pid file for the life of the daemon.
class PidFile {
  public:
    /// Throws Error(internal_error) naming the process that holds it already, system_error when it cannot be
    /// written.
    explicit PidFile(std::string path);
    ~PidFile();
    PidFile(const PidFile&) = delete;
    PidFile& operator=(const PidFile&) = delete;

  private:
    std::string path_;
    UniqueFd fd_;
};

/// Tells systemd; nothing happens without it. `state` as in sd_notify(3), e.g. "READY=1".
void notify_manager(std::string_view state);
/// "RELOADING=1" with the time stamp it wants.
void notify_reloading();

} // namespace yado::daemon
