// SPDX-License-Identifier: Apache-2.0
// A Loop for tests: time stands still until told to move, everything runs inside the calls made on it,
// blocking work runs inline. Descriptors are polled without waiting, so a socketpair to a fake works.
#pragma once

#include "base/async/loop.h"
#include "base/async/start.h"

#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace yado::test_support {

class ManualLoop : public Loop {
  public:
    TimePoint now() const override { return now_; }
    void post(Function function) override;
    Timer at(TimePoint when, Function callback) override;
    Watch watch(int fd, Ready interest, std::move_only_function<void(Ready)> callback) override;
    void submit(Function work) override { post(std::move(work)); }

    /// Runs posted work, due timers and ready descriptors until nothing is left to do at this moment.
    void run_until_idle();
    /// Moves time on, running timers in their order as it passes them.
    void advance(Duration by);
    /// Runs until `done` says so, waiting up to `limit` of real time for descriptors; false when it never
    /// did.
    bool run_until(const std::function<bool()>& done,
                   std::chrono::milliseconds limit = std::chrono::seconds(10));

    /// Runs `task` to its end and gives its result or throws its error. Throws logic_error when it can't end.
    template <class T> T run(Task<T> task) {
        Completion<T> done = start(*this, std::move(task));
        if (!run_until([&] { return done.done(); }))
            throw std::logic_error("the task waits for something that never comes");
        if constexpr (std::is_void_v<T>) {
            take(done);
        } else {
            return take(done);
        }
    }

    struct Descriptor {
        int fd;
        Ready interest;
        std::move_only_function<void(Ready)> callback;
        bool gone = false;
    };
    struct Pending {
        Function callback;
        bool gone = false;
    };

  private:
    template <class T> static T take(Completion<T>& done) {
        return (done.operator co_await()).await_resume();
    }
    bool poll_descriptors(int wait_ms);
    bool run_due();

    TimePoint now_{std::chrono::hours(1)};
    std::mutex mutex_;
    std::deque<Function> posted_;
    std::multimap<TimePoint, std::shared_ptr<Pending>> timers_;
    std::list<std::shared_ptr<Descriptor>> descriptors_;
};

} // namespace yado::test_support
