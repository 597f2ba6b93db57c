// SPDX-License-Identifier: Apache-2.0
// The other end of a monitor's socket, as QEMU would behave there or as it must never behave: a test says
// what is answered, when, and what else is sent. Runs on the test's loop; everything a command carries is
// held against QEMU's own schema when one is given.
#pragma once

#include "base/async/loop.h"
#include "base/unique_fd.h"
#include "support/hypervisor/qemu/qmp_schema.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yado::test_support {

class FakeQemu {
  public:
    struct Command {
        std::string name;
        std::string arguments; ///< JSON, "{}" for none
        std::string id;        ///< JSON
    };

    /// A connected pair; the fake greets at once. `schema` must outlive it.
    explicit FakeQemu(Loop& loop, const QmpSchema* schema = nullptr);
    /// The end for the code under test; once.
    UniqueFd take_peer() { return std::move(peer_); }

    /// Serves the next connection to a listening socket instead, again after each one that ends.
    void listen(UniqueFd listener);

    // What it answers; unknown commands are refused as QEMU does. Values are JSON.
    void answer(std::string command, std::string value) {
        answers_[std::move(command)] = {Manner::value, std::move(value)};
    }
    void refuse(std::string command, std::string why) {
        answers_[std::move(command)] = {Manner::refusal, std::move(why)};
    }
    /// Never answers it, until answer_held().
    void hold(std::string command) { answers_[std::move(command)] = {Manner::held, {}}; }
    /// Answers the oldest held command called `name` with `value`; false when there is none.
    bool answer_held(std::string_view name, std::string_view value);
    /// Sends this line as the answer, whatever it is.
    void answer_raw(std::string command, std::string line) {
        answers_[std::move(command)] = {Manner::raw, std::move(line)};
    }
    /// Hangs up instead of answering.
    void die_on(std::string command) { answers_[std::move(command)] = {Manner::death, {}}; }
    /// Called with every command before it is answered.
    std::function<void(const Command&)> on_command;

    void event(std::string_view name, std::string_view data = "{}", std::int64_t seconds = 1'000,
               unsigned micros = 7);
    void send(std::string_view text);
    void hang_up();
    bool connected() const { return static_cast<bool>(socket_); }

    std::vector<Command> commands;     ///< all so far, in order
    std::vector<UniqueFd> fds;         ///< received with them
    std::vector<std::string> problems; ///< what the schema says against them
    std::vector<std::string> names() const;
    /// Arguments of the last command called `name`; empty when there was none.
    std::string arguments_of(std::string_view name) const;

  private:
    enum class Manner { value, refusal, held, raw, death };
    struct Answer {
        Manner manner = Manner::value;
        std::string text;
    };

    void serve(UniqueFd socket);
    void read_some();
    void take(std::string_view line);

    Loop& loop_;
    const QmpSchema* schema_;
    UniqueFd peer_;
    UniqueFd listener_;
    Loop::Watch accepting_;
    UniqueFd socket_;
    Loop::Watch watch_;
    std::string input_;
    std::map<std::string, Answer, std::less<>> answers_;
    std::deque<Command> held_;
    std::string output_; ///< not yet taken by the socket
};

} // namespace yado::test_support
