// SPDX-License-Identifier: Apache-2.0
// A fixed number of threads for blocking work, first come first served.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace yado {

class WorkerPool {
  public:
    using Work = std::move_only_function<void()>;

    /// Threads start when there is work for them. They block every signal, so signals reach the state thread.
    explicit WorkerPool(unsigned threads);
    /// Finishes what was submitted.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    void submit(Work work);

  private:
    void serve();

    const unsigned limit_;
    const int nice_; ///< whatever the thread has that submits: programs started by workers inherit it
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Work> queue_;
    std::vector<std::thread> threads_;
    unsigned idle_ = 0;
    bool stopping_ = false;
};

} // namespace yado
