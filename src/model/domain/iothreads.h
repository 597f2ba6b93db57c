// SPDX-License-Identifier: Apache-2.0
// <iothreads>, <iothreadids> and <defaultiothread>: threads of QEMU that serve disks beside the main loop.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schema/io.h"

namespace yado::model {

/// How many threads may wait for slow work; QEMU's own numbers where not given.
struct ThreadPool {
    std::optional<std::uint32_t> least, most;
};
/// How long the thread looks for work before it sleeps, in nanoseconds.
struct Polling {
    std::optional<std::uint64_t> most; ///< 0: not at all
    std::optional<std::uint64_t> grow, shrink;
};
struct IoThread {
    std::uint32_t id = 0;
    ThreadPool pool;
    Polling poll;
};
void describe(schema::Io& io, IoThread& thread);

/// The pool of the main loop.
struct DefaultIoThread {
    ThreadPool pool;
};
void describe(schema::Io& io, DefaultIoThread& thread);

/// More than this many are refused.
inline constexpr std::uint32_t most_iothreads = 1024;

} // namespace yado::model
