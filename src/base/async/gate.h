// SPDX-License-Identifier: Apache-2.0
// Gate: counts running work so that an owner can refuse new work and wait for the rest before it goes away.
#pragma once

#include "base/async/completion.h"
#include "base/async/task.h"
#include "base/error.h"

#include <optional>
#include <utility>

namespace yado {

class Gate {
  public:
    /// Counts as running work until destroyed.
    class [[nodiscard]] Pass {
      public:
        explicit Pass(Gate& gate) : gate_(&gate) {}
        Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
        Pass& operator=(Pass&&) = delete;
        ~Pass() {
            if (gate_) gate_->leave();
        }

      private:
        Gate* gate_;
    };

    explicit Gate(Executor& executor) : executor_(executor) {}

    bool closed() const { return closed_; }
    int running() const { return running_; }

    /// Throws operation_aborted after close().
    Pass enter() {
        if (closed_) fail(Code::operation_aborted, "the daemon is shutting down");
        ++running_;
        return Pass(*this);
    }
    /// Starts `task` as counted work. Its errors must be handled inside it.
    void run(Task<void> task) { spawn(hold(enter(), std::move(task))); }
    /// Refuses new work and resumes once all running work has left.
    Task<void> close() {
        closed_ = true;
        while (running_ > 0) {
            empty_.emplace(executor_);
            co_await *empty_;
        }
    }

  private:
    static Task<void> hold([[maybe_unused]] Pass pass, Task<void> task) {
        co_await std::move(task); // the pass leaves with this coroutine's frame
    }
    void leave() {
        if (--running_ == 0 && empty_) empty_->set();
    }

    Executor& executor_;
    std::optional<Completion<void>> empty_;
    int running_ = 0;
    bool closed_ = false;
};

} // namespace yado
