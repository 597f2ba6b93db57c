// SPDX-License-Identifier: Apache-2.0
#include "base/io/uv_loop.h"

#include "base/error.h"
#include "base/io/worker_pool.h"

#include <atomic>
#include <cstdio>
#include <deque>
#include <mutex>
#include <thread>
#include <uv.h>
#include <vector>

namespace yado {

struct UvLoop::State {
    uv_loop_t uv{};
    uv_async_t wake{};
    uv_idle_t idle{};
    std::atomic<std::thread::id> thread; // read by workers in post()
    std::deque<Function> ready;          // the state thread's own
    std::mutex mutex;
    std::deque<Function> from_elsewhere;
    std::vector<std::unique_ptr<uv_signal_t>> signals;
    std::vector<std::unique_ptr<std::move_only_function<void()>>> signal_callbacks;
    std::atomic<bool> stopping = false;
    std::unique_ptr<WorkerPool> pool;

    void run_ready();
};

namespace {

void check(int result, const char* what) {
    if (result < 0) throw system_error(-result, what);
}

// A callback that runs long keeps every client waiting; say so while developing.
class Watchdog {
  public:
#ifndef NDEBUG
    explicit Watchdog(const char* kind) : kind_(kind), start_(Loop::Clock::now()) {}
    ~Watchdog() {
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Loop::Clock::now() - start_);
        if (took.count() > 50) {
            fmt::print(stderr, "state thread held for {} ms by a {} callback\n", took.count(), kind_);
        }
    }

  private:
    const char* kind_;
    Loop::TimePoint start_;
#else
    explicit Watchdog(const char*) {}
#endif
};

// libuv frees nothing itself: a handle's memory must live until its close callback, longer than its owner.
template <class Uv, class Callback> struct Owned {
    Uv uv{};
    Callback callback;
    bool closed = false;
    bool running = false;
};

template <class Uv, class Callback> class HandleImpl : public Loop::Handle::Impl {
  public:
    using Block = Owned<Uv, Callback>;
    explicit HandleImpl(Block* block) : block_(block) {}
    ~HandleImpl() override {
        block_->closed = true;
        uv_close(reinterpret_cast<uv_handle_t*>(&block_->uv),
                 [](uv_handle_t* handle) { delete static_cast<Block*>(handle->data); });
    }

  protected:
    Block* block_;
};

using TimerBlock = Owned<uv_timer_t, Loop::Function>;
using WatchBlock = Owned<uv_poll_t, std::move_only_function<void(Loop::Ready)>>;

void on_poll(uv_poll_t* handle, int status, int events) {
    auto* block = static_cast<WatchBlock*>(handle->data);
    if (block->closed) return;
    Loop::Ready ready;
    if (status < 0) {
        ready = {.readable = true, .writable = false, .hang_up = true};
    } else {
        ready = {.readable = (events & UV_READABLE) != 0,
                 .writable = (events & UV_WRITABLE) != 0,
                 .hang_up = (events & UV_DISCONNECT) != 0};
    }
    const Watchdog watchdog("descriptor");
    block->callback(ready); // may close the block; libuv frees it only at the end of the turn
}

class WatchImpl final : public HandleImpl<uv_poll_t, std::move_only_function<void(Loop::Ready)>> {
  public:
    using HandleImpl::HandleImpl;
    void want(Loop::Ready interest) override {
        int events = 0;
        if (interest.readable) events |= UV_READABLE;
        if (interest.writable) events |= UV_WRITABLE;
        if (interest.hang_up) events |= UV_DISCONNECT;
        if (events == events_) return;
        events_ = events;
        if (events == 0) {
            uv_poll_stop(&block_->uv);
        } else {
            check(uv_poll_start(&block_->uv, events, on_poll), "cannot watch a file descriptor");
        }
    }

  private:
    int events_ = 0;
};

} // namespace

void UvLoop::State::run_ready() {
    // What is posted meanwhile waits for the next turn, so descriptors and timers get theirs.
    for (std::size_t count = ready.size(); count > 0; --count) {
        Function function = std::move(ready.front());
        ready.pop_front();
        const Watchdog watchdog("posted");
        function();
    }
    if (ready.empty()) uv_idle_stop(&idle);
}

UvLoop::UvLoop(unsigned workers) : state_(std::make_unique<State>()) {
    State& state = *state_;
    check(uv_loop_init(&state.uv), "cannot make an event loop");
    state.thread = std::this_thread::get_id();
    state.pool = std::make_unique<WorkerPool>(workers);
    state.wake.data = &state;
    check(uv_async_init(&state.uv, &state.wake,
                        [](uv_async_t* handle) {
                            auto& own = *static_cast<State*>(handle->data);
                            std::deque<Function> taken;
                            {
                                const std::lock_guard lock(own.mutex);
                                taken.swap(own.from_elsewhere);
                            }
                            for (Function& function : taken) {
                                const Watchdog watchdog("posted");
                                function();
                            }
                            if (own.stopping) uv_stop(&own.uv);
                        }),
          "cannot make the loop's wake-up");
    check(uv_idle_init(&state.uv, &state.idle), "cannot make the loop's queue");
    state.idle.data = &state;
}

UvLoop::~UvLoop() {
    State& state = *state_;
    state.pool.reset(); // waits for blocking work; its results are dropped with the queue
    state.ready.clear();
    state.from_elsewhere.clear();
    uv_close(reinterpret_cast<uv_handle_t*>(&state.wake), nullptr);
    uv_close(reinterpret_cast<uv_handle_t*>(&state.idle), nullptr);
    for (auto& signal : state.signals) uv_close(reinterpret_cast<uv_handle_t*>(signal.get()), nullptr);
    while (uv_run(&state.uv, UV_RUN_NOWAIT) != 0) {
        // owners that outlive the loop would be a bug; what they hold open is left to the process's end
        if (uv_loop_alive(&state.uv) && !state.ready.empty()) state.ready.clear();
        else break;
    }
    uv_loop_close(&state.uv);
}

void UvLoop::run() {
    state_->thread = std::this_thread::get_id();
    while (!state_->stopping) uv_run(&state_->uv, UV_RUN_DEFAULT);
    state_->stopping = false;
}

void UvLoop::stop() {
    state_->stopping = true;
    uv_async_send(&state_->wake);
}

void UvLoop::on_signal(int signal_number, std::move_only_function<void()> callback) {
    State& state = *state_;
    auto handle = std::make_unique<uv_signal_t>();
    auto kept = std::make_unique<std::move_only_function<void()>>(std::move(callback));
    check(uv_signal_init(&state.uv, handle.get()), "cannot watch a signal");
    handle->data = kept.get();
    check(uv_signal_start(
              handle.get(),
              [](uv_signal_t* signal, int) {
                  (*static_cast<std::move_only_function<void()>*>(signal->data))();
              },
              signal_number),
          "cannot watch a signal");
    state.signals.push_back(std::move(handle));
    state.signal_callbacks.push_back(std::move(kept));
}

Loop::TimePoint UvLoop::now() const { return Clock::now(); }

void UvLoop::post(Function function) {
    State& state = *state_;
    if (std::this_thread::get_id() == state.thread) {
        if (state.ready.empty()) {
            uv_idle_start(&state.idle,
                          [](uv_idle_t* handle) { static_cast<State*>(handle->data)->run_ready(); });
        }
        state.ready.push_back(std::move(function));
        return;
    }
    {
        const std::lock_guard lock(state.mutex);
        state.from_elsewhere.push_back(std::move(function));
    }
    uv_async_send(&state.wake);
}

Loop::Timer UvLoop::at(TimePoint when, Function callback) {
    auto* block = new TimerBlock{.callback = std::move(callback)};
    check(uv_timer_init(&state_->uv, &block->uv), "cannot make a timer");
    block->uv.data = block;
    Timer timer(std::make_unique<HandleImpl<uv_timer_t, Function>>(block));
    const auto delay = when - now();
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(delay).count();
    uv_update_time(&state_->uv);
    check(uv_timer_start(
              &block->uv,
              [](uv_timer_t* handle) {
                  auto* own = static_cast<TimerBlock*>(handle->data);
                  if (own->closed) return;
                  const Watchdog watchdog("timer");
                  Function once = std::move(own->callback);
                  once();
              },
              milliseconds > 0 ? static_cast<std::uint64_t>(milliseconds) : 0, 0),
          "cannot start a timer");
    return timer;
}

Loop::Watch UvLoop::watch(int fd, Ready interest, std::move_only_function<void(Ready)> callback) {
    auto block = std::make_unique<WatchBlock>(WatchBlock{.callback = std::move(callback)});
    check(uv_poll_init(&state_->uv, &block->uv, fd), "cannot watch a file descriptor");
    block->uv.data = block.get();
    Watch handle(std::make_unique<WatchImpl>(block.release()));
    handle.want(interest);
    return handle;
}

void UvLoop::submit(Function work) { state_->pool->submit(std::move(work)); }

} // namespace yado
