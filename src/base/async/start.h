// SPDX-License-Identifier: Apache-2.0
// start(): sets a task going now and gives its result later, so that several can be under way at once.
#pragma once

#include "base/async/completion.h"
#include "base/async/task.h"

#include <exception>
#include <type_traits>
#include <utility>

namespace yado {

namespace detail {

template <class T> Task<void> finish_into(Task<T> task, typename Completion<T>::Resolver resolve) {
    try {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(task);
            resolve.set();
        } else {
            T value = co_await std::move(task);
            resolve.set(std::move(value));
        }
    } catch (...) { resolve.fail(std::current_exception()); }
}

} // namespace detail

/// The result may be awaited once, or never.
template <class T> Completion<T> start(Executor& executor, Task<T> task) {
    Completion<T> done(executor);
    spawn(detail::finish_into<T>(std::move(task), done.resolver()));
    return done;
}

} // namespace yado
