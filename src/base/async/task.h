// SPDX-License-Identifier: Apache-2.0
// Task<T>: a lazily started coroutine with one awaiter. It runs on the thread that awaits it and hands over
// to its awaiter directly (symmetric transfer), so chains of tasks need no loop and no stack.
//
// Rules (a lint holds them, tools/check_coawait.py): parameters by value, no capturing lambda as a coroutine,
// one co_await per statement and none inside ?:, switch, a brace list or next to a lambda.
#pragma once

#include <coroutine>
#include <cstdlib>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace yado {

template <class T = void> class Task;

namespace detail {

struct TaskPromiseBase {
    std::coroutine_handle<> awaiter = std::noop_coroutine();
    std::exception_ptr error;

    struct Final {
        bool await_ready() const noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> done) const noexcept {
            return done.promise().awaiter;
        }
        void await_resume() const noexcept {}
    };

    std::suspend_always initial_suspend() const noexcept { return {}; }
    Final final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { error = std::current_exception(); }
};

template <class T> struct TaskPromise : TaskPromiseBase {
    std::optional<T> value;

    Task<T> get_return_object() noexcept;
    template <class U = T> void return_value(U&& result) { value.emplace(std::forward<U>(result)); }
    T take() {
        if (error) std::rethrow_exception(error);
        return std::move(*value);
    }
};

template <> struct TaskPromise<void> : TaskPromiseBase {
    Task<void> get_return_object() noexcept;
    void return_void() const noexcept {}
    void take() const {
        if (error) std::rethrow_exception(error);
    }
};

} // namespace detail

template <class T> class [[nodiscard]] Task {
  public:
    using promise_type = detail::TaskPromise<T>;
    using value_type = T;

    Task() = default;
    explicit Task(std::coroutine_handle<promise_type> handle) noexcept : handle_(handle) {}
    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    Task& operator=(Task&& other) noexcept {
        if (this != &other) {
            if (handle_) handle_.destroy();
            handle_ = std::exchange(other.handle_, {});
        }
        return *this;
    }
    ~Task() {
        if (handle_) handle_.destroy();
    }

    bool valid() const { return static_cast<bool>(handle_); }

    auto operator co_await() && noexcept {
        struct Awaiter {
            std::coroutine_handle<promise_type> handle;
            bool await_ready() const noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiter) const noexcept {
                handle.promise().awaiter = awaiter;
                return handle;
            }
            T await_resume() const { return handle.promise().take(); }
        };
        return Awaiter{handle_};
    }

  private:
    std::coroutine_handle<promise_type> handle_;
};

namespace detail {

template <class T> Task<T> TaskPromise<T>::get_return_object() noexcept {
    return Task<T>(std::coroutine_handle<TaskPromise<T>>::from_promise(*this));
}
inline Task<void> TaskPromise<void>::get_return_object() noexcept {
    return Task<void>(std::coroutine_handle<TaskPromise<void>>::from_promise(*this));
}

/// A coroutine nobody awaits: starts at once, frees itself, ends the process on an exception (a bug by
/// definition).
struct Detached {
    struct promise_type {
        Detached get_return_object() const noexcept { return {}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
    };
};

} // namespace detail

/// Starts `task` now and lets it run by itself. It must handle its own errors: one leaving it ends the
/// process.
inline void spawn(Task<void> task) {
    [](Task<void> owned) -> detail::Detached { co_await std::move(owned); }(std::move(task));
}

} // namespace yado
