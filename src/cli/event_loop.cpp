// SPDX-License-Identifier: Apache-2.0
#include "cli/event_loop.h"

#include "cli/failure.h"
#include "cli/signals.h"

#include <ctime>

namespace yado::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Hands a connection's events to somebody; at the end of its life they go nowhere again.
class Listener {
  public:
    Listener(client::Connection& connection, client::EventHandler handler) : connection_(connection) {
        connection_.on_event(std::move(handler));
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() {
        connection_.on_event([](const client::Event&) {});
    }

  private:
    client::Connection& connection_;
};

} // namespace

EventWait::EventWait(const Arguments& arguments) : loop(arguments.has("loop")) {
    constexpr unsigned seconds_max = 1'000'000'000;
    const auto seconds = arguments.number<unsigned>("timeout");
    if (seconds && (*seconds == 0 || *seconds > seconds_max))
        refuse("Numeric value '{}' for <timeout> option is malformed or out of range", *seconds);
    if (seconds) timeout = std::chrono::seconds(*seconds);
}

void wait_for_events(Session& session, const EventWait& how, const std::function<void()>& subscribe,
                     const std::function<bool(const client::Event&)>& show,
                     const std::function<void()>& unsubscribe) {
    using std::chrono::milliseconds;
    client::Connection& connection = session.connection();
    std::uint64_t count = 0;
    const auto done = [&] { return count > 0 && !how.loop; };
    const Listener listener(connection, [&](const client::Event& event) {
        if (!done() && show(event)) ++count;
    });
    const CaughtSignals signals{SIGINT};
    subscribe();
    const auto end = Clock::now() + how.timeout.value_or(std::chrono::seconds(0));
    bool timed_out = false;
    while (!done() && !timed_out && CaughtSignals::caught() == 0) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now());
        timed_out = how.timeout && left.count() <= 0;
        if (!timed_out) connection.wait(how.timeout ? left + milliseconds(1) : milliseconds(-1));
    }
    if (CaughtSignals::caught() != 0) session.print("event loop interrupted\n");
    else if (timed_out) session.print("event loop timed out\n");
    session.print("events received: {}\n", count);
    unsubscribe();
    if (count == 0) throw Failure();
}

std::string timestamp() {
    const auto now = std::chrono::system_clock::now();
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[64];
    std::strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &parts);
    return fmt::format("{}.{:03}+0000", text, since % 1000);
}

} // namespace yado::cli
