// SPDX-License-Identifier: Apache-2.0
// Numbered places where a test can make the process die or a step fail. Every step that changes what is on
// disk passes one before it acts, so a test can go through an operation n times and break it at step 1…n.
//
// From outside a process: YADO_FAULT=kill:N (SIGKILL to itself at point N), fail:N (that step fails with
// EIO), each optionally with a third part, "kill:2:file.rename": only points whose name starts so are
// counted.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace yado::fault {

namespace detail {
extern std::atomic<bool> armed;
void reached(std::string_view name);
} // namespace detail

/// Marks the place before a step. Throws system_error (EIO) where a failure was ordered; costs one load
/// otherwise. May be called on any thread.
inline void point(std::string_view name) {
    if (detail::armed.load(std::memory_order_relaxed)) [[unlikely]]
        detail::reached(name);
}

enum class Action { count, fail, kill };

/// Starts counting anew and breaks at the `number`th point (from 1; 0 only counts). For tests inside the
/// process.
void arm(Action action, std::uint64_t number, std::string prefix = {});
void disarm();
/// Points passed since arm() or since the process began with YADO_FAULT.
std::uint64_t passed();

} // namespace yado::fault
