// SPDX-License-Identifier: Apache-2.0
#include "base/io/worker_pool.h"

#include <algorithm>
#include <csignal>
#include <sys/resource.h>

namespace yado {

WorkerPool::WorkerPool(unsigned threads)
    : limit_(std::max(threads, 1u)), nice_(::getpriority(PRIO_PROCESS, 0)) {}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::submit(Work work) {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(work));
    if (idle_ < queue_.size() && threads_.size() < limit_) {
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before); // inherited by the new thread
        threads_.emplace_back([this] { serve(); });
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
    } else {
        wake_.notify_one();
    }
}

void WorkerPool::serve() {
    ::setpriority(PRIO_PROCESS, 0, nice_); // of this thread alone (Linux)
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        --idle_;
        if (queue_.empty()) return;
        Work work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work();
        work = nullptr;
        lock.lock();
    }
}

} // namespace yado
