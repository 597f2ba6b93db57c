// SPDX-License-Identifier: Apache-2.0
#include "guest/jobs.h"

#include "base/error.h"

namespace yado::guest {

void JobQueue::start(std::string_view name) {
    busy_ = true;
    name_ = name;
    since_ = loop_.now();
}

Task<JobQueue::Job> JobQueue::begin(std::string_view name, std::size_t limit) {
    if (!busy_) {
        start(name);
        co_return Job(*this);
    }
    if (limit != 0 && waiting_.size() >= limit) {
        fail(Code::operation_failed, "cannot acquire state change lock due to max_queued limit");
    }
    Completion<bool> turn(loop_);
    waiting_.push_back({name, turn.resolver()});
    const Loop::Timer limit_timer =
        loop_.after(patience, [resolve = turn.resolver()]() mutable { resolve.set(false); });
    const bool granted = co_await turn;
    if (!granted) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(running_for()).count();
        fail(Code::operation_timeout, "cannot acquire state change lock: busy with '{}' for {} s", running(),
             seconds);
    }
    co_return Job(*this);
}

void JobQueue::finish() {
    busy_ = false;
    while (!waiting_.empty()) {
        Waiting next = std::move(waiting_.front());
        waiting_.pop_front();
        if (next.turn.set(true)) { // false: it gave up waiting
            start(next.name);
            return;
        }
    }
}

} // namespace yado::guest
