// SPDX-License-Identifier: Apache-2.0
// AsyncMutex: FIFO mutual exclusion between coroutines of the state thread.
#pragma once

#include "base/async/completion.h"
#include "base/async/task.h"

#include <deque>
#include <utility>

namespace yado {

class AsyncMutex {
  public:
    /// Holds the mutex; lets it go when destroyed. The mutex must outlive it.
    class [[nodiscard]] Lock {
      public:
        Lock() = default;
        explicit Lock(AsyncMutex& mutex) : mutex_(&mutex) {}
        Lock(Lock&& other) noexcept : mutex_(std::exchange(other.mutex_, nullptr)) {}
        Lock& operator=(Lock&& other) noexcept {
            if (this != &other) {
                release();
                mutex_ = std::exchange(other.mutex_, nullptr);
            }
            return *this;
        }
        ~Lock() { release(); }
        void release() {
            if (AsyncMutex* held = std::exchange(mutex_, nullptr)) held->hand_on();
        }

      private:
        AsyncMutex* mutex_ = nullptr;
    };

    explicit AsyncMutex(Executor& executor) : executor_(executor) {}

    Task<Lock> lock() {
        if (locked_) {
            Completion<void> turn(executor_);
            waiting_.push_back(turn.resolver());
            co_await turn; // ownership was handed over
        }
        locked_ = true;
        co_return Lock(*this);
    }
    bool locked() const { return locked_; }

  private:
    void hand_on() {
        if (waiting_.empty()) {
            locked_ = false;
            return;
        }
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        next.set();
    }

    Executor& executor_;
    std::deque<Completion<void>::Resolver> waiting_;
    bool locked_ = false;
};

} // namespace yado
