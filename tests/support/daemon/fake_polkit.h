// SPDX-License-Identifier: Apache-2.0
// A private message bus (dbus-daemon) with a stand-in for polkit's authority on it. While it lives,
// DBUS_SYSTEM_BUS_ADDRESS names that bus.
#pragma once

#include "base/files.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

struct sd_bus;

namespace yado::test_support {

class FakePolkit {
  public:
    FakePolkit();
    ~FakePolkit();
    FakePolkit(const FakePolkit&) = delete;
    FakePolkit& operator=(const FakePolkit&) = delete;

    /// False where dbus-daemon is missing.
    bool usable() const { return bus_ != nullptr; }
    /// Answers what has come; never blocks.
    void process();

    struct Answer {
        bool authorized = false;
        bool challenge = false;
        bool dismissed = false;
    };
    struct Question {
        std::string action;
        std::uint32_t pid = 0;
        std::uint64_t start_time = 0;
        std::int32_t uid = 0;
        bool interactive = false;
        std::string cancel_id;
    };
    Answer answer;
    bool silent = false; ///< leaves questions open
    std::vector<Question> questions;
    std::vector<std::string> cancelled;

  private:
    TemporaryDirectory directory_;
    pid_t daemon_ = -1;
    sd_bus* bus_ = nullptr;
};

} // namespace yado::test_support
