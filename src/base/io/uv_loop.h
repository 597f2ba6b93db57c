// SPDX-License-Identifier: Apache-2.0
// The real Loop, on libuv. The thread that calls run() is the state thread.
#pragma once

#include "base/async/loop.h"

#include <memory>

namespace yado {

class UvLoop : public Loop {
  public:
    /// `workers`: threads for blocking work (at least 1).
    explicit UvLoop(unsigned workers = 4);
    ~UvLoop() override;

    /// Runs until stop(). Callbacks that hold the thread for more than 50 ms are logged in debug builds.
    void run();
    /// Makes run() return soon; any thread.
    void stop();
    /// Calls `callback` on the state thread when the process gets `signal_number`. Handles last as long as
    /// the loop.
    void on_signal(int signal_number, std::move_only_function<void()> callback);

    TimePoint now() const override;
    void post(Function function) override;
    Timer at(TimePoint when, Function callback) override;
    Watch watch(int fd, Ready interest, std::move_only_function<void(Ready)> callback) override;
    void submit(Function work) override;

    struct State;

  private:
    std::unique_ptr<State> state_;
};

} // namespace yado
