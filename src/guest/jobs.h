// SPDX-License-Identifier: Apache-2.0
// Jobs: the only exclusive thing about a guest. A job that changes a guest waits its turn behind the one that
// runs, first come first served, with a time limit and an error that names what it waited for. Reading state
// needs no job; ending the guest needs not wait for one either: whatever runs then fails because the guest
// has gone.
#pragma once

#include "base/async/loop.h"

#include <chrono>
#include <list>
#include <optional>
#include <string>
#include <string_view>

namespace yado::guest {

class JobQueue {
  public:
    /// A running job; ends when destroyed. The queue must outlive it.
    class [[nodiscard]] Job {
      public:
        Job() = default;
        explicit Job(JobQueue& queue) : queue_(&queue) {}
        Job(Job&& other) noexcept : queue_(std::exchange(other.queue_, nullptr)) {}
        Job& operator=(Job&& other) noexcept {
            if (this != &other) {
                end();
                queue_ = std::exchange(other.queue_, nullptr);
            }
            return *this;
        }
        ~Job() { end(); }
        explicit operator bool() const { return queue_ != nullptr; }
        void end() {
            if (JobQueue* queue = std::exchange(queue_, nullptr)) queue->finish();
        }

      private:
        JobQueue* queue_ = nullptr;
    };

    /// How long a job waits for its turn, as libvirt does.
    static constexpr std::chrono::seconds patience{30};

    explicit JobQueue(Loop& loop) : loop_(loop) {}

    /// Resumes when it is the job's turn. `name` must be a literal ("start"). Throws operation_timeout naming
    /// the job in the way, or operation_failed when `limit` others wait already (0: no limit).
    Task<Job> begin(std::string_view name, std::size_t limit = 0);

    bool busy() const { return busy_; }
    /// What runs now; empty when nothing does.
    std::string_view running() const { return busy_ ? name_ : std::string_view(); }
    Loop::Duration running_for() const { return busy_ ? loop_.now() - since_ : Loop::Duration::zero(); }

  private:
    struct Waiting {
        std::string_view name;
        Completion<bool>::Resolver turn;
    };
    void finish();
    void start(std::string_view name);

    Loop& loop_;
    std::string_view name_;
    Loop::TimePoint since_{};
    std::list<Waiting> waiting_;
    bool busy_ = false;
};

} // namespace yado::guest
