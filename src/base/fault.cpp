// SPDX-License-Identifier: Apache-2.0
#include "base/fault.h"

#include "base/error.h"
#include "base/text.h"

#include <csignal>
#include <cstdlib>
#include <mutex>
#include <unistd.h>

namespace yado::fault {
namespace {

struct Order {
    std::mutex mutex;
    Action action = Action::count;
    std::uint64_t number = 0;
    std::uint64_t passed = 0;
    std::string prefix;
};

Order& order() {
    static Order* const one = new Order; // never destroyed: threads may pass points while the process ends
    return *one;
}

[[maybe_unused]] const bool from_environment = [] {
    const char* value = std::getenv("YADO_FAULT");
    if (!value) return false;
    const auto parts = split(value, ':');
    const auto number = parts.size() >= 2 ? parse_number<std::uint64_t>(parts[1]) : std::nullopt;
    if (!number || parts.size() > 3) return false;
    Action action = Action::count;
    if (parts[0] == "kill") action = Action::kill;
    if (parts[0] == "fail") action = Action::fail;
    arm(action, *number, parts.size() == 3 ? std::string(parts[2]) : std::string());
    return true;
}();

} // namespace

namespace detail {

std::atomic<bool> armed = false;

void reached(std::string_view name) {
    Order& now = order();
    Action action = Action::count;
    {
        const std::lock_guard lock(now.mutex);
        if (!name.starts_with(now.prefix)) return;
        if (++now.passed == now.number) action = now.action;
    }
    if (action == Action::kill) {
        ::kill(::getpid(), SIGKILL);
        for (;;) ::pause(); // the signal ends every thread; do not run on until it arrives
    }
    if (action == Action::fail) throw system_error(EIO, fmt::format("injected failure at {}", name));
}

} // namespace detail

void arm(Action action, std::uint64_t number, std::string prefix) {
    Order& now = order();
    const std::lock_guard lock(now.mutex);
    now.action = action;
    now.number = number;
    now.passed = 0;
    now.prefix = std::move(prefix);
    detail::armed.store(true, std::memory_order_relaxed);
}

void disarm() { detail::armed.store(false, std::memory_order_relaxed); }

std::uint64_t passed() {
    Order& now = order();
    const std::lock_guard lock(now.mutex);
    return now.passed;
}

} // namespace yado::fault
