// SPDX-License-Identifier: Apache-2.0
// Completion<T>: a result that comes later from a callback. The waiter always resumes from the loop, never
// inside set(), so whoever completes it is not re-entered.
#pragma once

#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace yado {

/// Runs functions on the state thread, in the order they were posted.
class Executor {
  public:
    using Function = std::move_only_function<void()>;
    Executor() = default;
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;
    virtual ~Executor() = default;
    /// May be called from any thread. `function` must not throw.
    virtual void post(Function function) = 0;
};

template <class T> class Completion {
    using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    struct State {
        explicit State(Executor& where) : executor(where) {}
        Executor& executor;
        std::mutex mutex; // resolvers may live on worker threads
        std::optional<Stored> value;
        std::exception_ptr error;
        std::coroutine_handle<> waiter;
        bool done = false;
    };

  public:
    /// The producing end; may be called on any thread and outlive the Completion. Only the first result
    /// counts.
    class Resolver {
      public:
        explicit Resolver(std::shared_ptr<State> state) : state_(std::move(state)) {}

        /// True when this call decided the result.
        template <class... Value> bool set(Value&&... value) {
            return finish([&] { state_->value.emplace(std::forward<Value>(value)...); });
        }
        bool fail(std::exception_ptr error) {
            return finish([&] { state_->error = std::move(error); });
        }
        template <class Exception> bool fail_with(Exception error) {
            return fail(std::make_exception_ptr(std::move(error)));
        }
        bool done() const {
            const std::lock_guard lock(state_->mutex);
            return state_->done;
        }

      private:
        template <class Store> bool finish(Store store) {
            std::coroutine_handle<> waiter;
            {
                const std::lock_guard lock(state_->mutex);
                if (state_->done) return false;
                store();
                state_->done = true;
                waiter = std::exchange(state_->waiter, {});
            }
            if (waiter) state_->executor.post([waiter] { waiter.resume(); });
            return true;
        }
        std::shared_ptr<State> state_;
    };

    explicit Completion(Executor& executor) : state_(std::make_shared<State>(executor)) {}

    Resolver resolver() const { return Resolver(state_); }
    template <class... Value> bool set(Value&&... value) {
        return resolver().set(std::forward<Value>(value)...);
    }
    bool fail(std::exception_ptr error) { return resolver().fail(std::move(error)); }
    template <class Exception> bool fail_with(Exception error) {
        return resolver().fail_with(std::move(error));
    }
    bool done() const { return resolver().done(); }

    auto operator co_await() const noexcept {
        struct Awaiter {
            std::shared_ptr<State> state;
            bool await_ready() const noexcept {
                const std::lock_guard lock(state->mutex);
                return state->done;
            }
            bool await_suspend(std::coroutine_handle<> waiter) const noexcept {
                const std::lock_guard lock(state->mutex);
                if (state->done) return false;
                state->waiter = waiter;
                return true;
            }
            T await_resume() const {
                if (state->error) std::rethrow_exception(state->error);
                if constexpr (!std::is_void_v<T>) return std::move(*state->value);
            }
        };
        return Awaiter{state_};
    }

  private:
    std::shared_ptr<State> state_;
};

} // namespace yado
