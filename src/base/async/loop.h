// SPDX-License-Identifier: Apache-2.0
// The state thread's event loop as everything outside base/io sees it: time, timers, file descriptors, posted
// work and the pool for work that blocks. base/io/uv_loop.h is the real one; tests use
// support/base/manual_loop.h, whose time moves only when told.
#pragma once

#include "base/async/completion.h"
#include "base/async/task.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace yado {

class Loop : public Executor {
  public:
    using Clock = std::chrono::steady_clock;
    using TimePoint = Clock::time_point;
    using Duration = Clock::duration;
    using Function = Executor::Function;

    /// Which readiness of a file descriptor is wanted or has come.
    struct Ready {
        bool readable = false;
        bool writable = false;
        bool hang_up = false; ///< reported only; the peer closed or the descriptor failed
    };

    /// Ends what it stands for when destroyed; movable, empty by default. The callback may destroy its own
    /// handle.
    class Handle {
      public:
        struct Impl {
            Impl() = default;
            Impl(const Impl&) = delete;
            Impl& operator=(const Impl&) = delete;
            virtual ~Impl() = default;
            /// Changes the interest of a watch; nothing for timers.
            virtual void want(Ready) {}
        };
        Handle() = default;
        explicit Handle(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
        explicit operator bool() const { return impl_ != nullptr; }
        void reset() { impl_.reset(); }
        void want(Ready interest) { impl_->want(interest); }

      private:
        std::unique_ptr<Impl> impl_;
    };
    using Timer = Handle;
    using Watch = Handle;

    virtual TimePoint now() const = 0;

    /// Calls `callback` once at `when` (or at the next turn when past), unless the returned timer is gone by
    /// then.
    [[nodiscard]] virtual Timer at(TimePoint when, Function callback) = 0;
    [[nodiscard]] Timer after(Duration delay, Function callback) {
        return at(now() + delay, std::move(callback));
    }

    /// Calls `callback` whenever `fd` is ready as wanted (level-triggered). The descriptor stays the caller's
    /// and must outlive the watch.
    [[nodiscard]] virtual Watch watch(int fd, Ready interest,
                                      std::move_only_function<void(Ready)> callback) = 0;

    /// Runs `work` on the worker pool; it must not touch state of the loop's thread nor throw.
    virtual void submit(Function work) = 0;
};

/// Resumes after `delay`.
Task<void> sleep_for(Loop& loop, Loop::Duration delay);
/// Resumes after everything that waits for the loop's thread now has had its turn: for long work in pieces.
Task<void> next_turn(Loop& loop);

/// Runs blocking `work` on the worker pool and resumes on the loop with its result or its exception.
template <class Work> Task<std::invoke_result_t<Work&>> blocking(Loop& loop, Work work) {
    using Result = std::invoke_result_t<Work&>;
    Completion<Result> done(loop);
    loop.submit([&work, resolve = done.resolver()]() mutable {
        try {
            if constexpr (std::is_void_v<Result>) {
                work();
                resolve.set();
            } else {
                resolve.set(work());
            }
        } catch (...) { resolve.fail(std::current_exception()); }
    });
    co_return co_await done;
}

} // namespace yado
