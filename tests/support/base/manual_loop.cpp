// SPDX-License-Identifier: Apache-2.0
#include "support/base/manual_loop.h"

#include <poll.h>

namespace yado::test_support {
namespace {

struct TimerImpl : Loop::Handle::Impl {
    std::shared_ptr<ManualLoop::Pending> pending;
    ~TimerImpl() override { pending->gone = true; }
};

struct WatchImpl : Loop::Handle::Impl {
    std::shared_ptr<ManualLoop::Descriptor> descriptor;
    ~WatchImpl() override { descriptor->gone = true; }
    void want(Loop::Ready interest) override { descriptor->interest = interest; }
};

} // namespace

void ManualLoop::post(Function function) {
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(function));
}

Loop::Timer ManualLoop::at(TimePoint when, Function callback) {
    auto impl = std::make_unique<TimerImpl>();
    impl->pending = std::make_shared<Pending>(std::move(callback));
    timers_.emplace(when, impl->pending);
    return Timer(std::move(impl));
}

Loop::Watch ManualLoop::watch(int fd, Ready interest, std::move_only_function<void(Ready)> callback) {
    auto impl = std::make_unique<WatchImpl>();
    impl->descriptor = std::make_shared<Descriptor>(fd, interest, std::move(callback));
    descriptors_.push_back(impl->descriptor);
    return Watch(std::move(impl));
}

bool ManualLoop::run_due() {
    bool any = false;
    for (;;) {
        Function next;
        {
            const std::lock_guard lock(mutex_);
            if (posted_.empty()) break;
            next = std::move(posted_.front());
            posted_.pop_front();
        }
        next();
        any = true;
    }
    while (!timers_.empty() && timers_.begin()->first <= now_) {
        const auto pending = timers_.begin()->second;
        timers_.erase(timers_.begin());
        if (pending->gone) continue;
        Function once = std::move(pending->callback);
        once();
        any = true;
    }
    return any;
}

bool ManualLoop::poll_descriptors(int wait_ms) {
    descriptors_.remove_if([](const auto& descriptor) { return descriptor->gone; });
    std::vector<std::shared_ptr<Descriptor>> asked(descriptors_.begin(), descriptors_.end());
    std::vector<pollfd> fds;
    for (const auto& descriptor : asked) {
        short events = 0;
        if (descriptor->interest.readable) events |= POLLIN;
        if (descriptor->interest.writable) events |= POLLOUT;
        const bool wanted = events != 0 || descriptor->interest.hang_up;
        fds.push_back({.fd = wanted ? descriptor->fd : -1, .events = events, .revents = 0});
    }
    if (::poll(fds.data(), fds.size(), wait_ms) <= 0) return false;
    bool any = false;
    for (std::size_t i = 0; i < fds.size(); ++i) {
        if (fds[i].revents == 0 || asked[i]->gone) continue;
        asked[i]->callback({.readable = (fds[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0,
                            .writable = (fds[i].revents & POLLOUT) != 0,
                            .hang_up = (fds[i].revents & (POLLHUP | POLLERR)) != 0});
        any = true;
    }
    return any;
}

void ManualLoop::run_until_idle() {
    while (run_due() || poll_descriptors(0)) {}
}

void ManualLoop::advance(Duration by) {
    const TimePoint end = now_ + by;
    run_until_idle();
    while (!timers_.empty() && timers_.begin()->first <= end) {
        now_ = std::max(now_, timers_.begin()->first);
        run_until_idle();
    }
    now_ = end;
    run_until_idle();
}

bool ManualLoop::run_until(const std::function<bool()>& done, std::chrono::milliseconds limit) {
    const auto end = Clock::now() + limit;
    for (;;) {
        run_until_idle();
        if (done()) return true;
        if (Clock::now() >= end) return false;
        poll_descriptors(5);
    }
}

} // namespace yado::test_support
