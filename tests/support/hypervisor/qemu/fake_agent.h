// SPDX-License-Identifier: Apache-2.0
// A guest agent at the other end of a channel's socket: honest by default, else as a test says.
#pragma once

#include "base/async/loop.h"
#include "base/unique_fd.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace yado::test_support {

class FakeAgent {
  public:
    /// Listens at `path`, as QEMU does; one connection at a time.
    FakeAgent(Loop& loop, const std::string& path);

    /// The "return" value, JSON, of a command; unknown ones are refused as qemu-ga does.
    void answer(std::string command, std::string value) {
        std::erase(value, '\n'); // one answer is one line
        answers_[std::move(command)] = std::move(value);
    }
    /// Called with every line but syncs instead of the above; what it returns is sent as it is.
    std::function<std::string(std::string_view line)> raw;
    bool deaf = false;       ///< answers nothing at all
    std::string before_sync; ///< sent before the next answer to a sync: what is left of former times

    void send(std::string_view bytes);
    void hang_up();
    bool connected() const { return static_cast<bool>(socket_); }
    int connections = 0;
    std::vector<std::string> commands; ///< names of all but syncs
    std::vector<std::string> lines;    ///< of the same

  private:
    void accept_one();
    void read_some();
    void take(std::string_view line);

    Loop& loop_;
    UniqueFd listener_, socket_;
    Loop::Watch listening_, reading_;
    std::string input_;
    std::map<std::string, std::string> answers_;
};

} // namespace yado::test_support
