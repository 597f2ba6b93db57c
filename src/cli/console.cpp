// SPDX-License-Identifier: Apache-2.0
#include "cli/console.h"

#include "base/files.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/signals.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

#include <array>
#include <csignal>
#include <cstring>
#include <termios.h>
#include <unistd.h>

namespace yado::cli {
namespace {

constexpr std::chrono::milliseconds for_ever{-1};

/// Every byte goes to the guest, none is echoed or understood here. Undone at the end of its life.
class RawTerminal {
  public:
    RawTerminal() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0)
            refuse("unable to get tty attributes: {}", std::strerror(errno));
        termios raw = before_;
        ::cfmakeraw(&raw);
        if (::tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw) != 0)
            refuse("unable to set tty attributes: {}", std::strerror(errno));
    }
    RawTerminal(const RawTerminal&) = delete;
    RawTerminal& operator=(const RawTerminal&) = delete;
    ~RawTerminal() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

  private:
    termios before_{};
};

std::string_view text_of(const protocol::Blob& data) {
    return {reinterpret_cast<const char*>(data.data()), data.size()};
}

/// False when the user is done.
bool send_typed(client::Stream& stream, int escape) {
    std::array<char, 1024> typed{};
    const ssize_t got = ::read(STDIN_FILENO, typed.data(), typed.size());
    if (got < 0) return errno == EINTR || errno == EAGAIN;
    const std::string_view all(typed.data(), static_cast<std::size_t>(got));
    const std::string_view wanted = before_escape(all, escape);
    stream.send({reinterpret_cast<const std::uint8_t*>(wanted.data()), wanted.size()});
    return !all.empty() && wanted.size() == all.size();
}

void copy_both_ways(client::Connection& connection, client::Stream& stream, int escape) {
    while (CaughtSignals::caught() == 0) {
        while (const auto chunk = stream.take()) write_all(STDOUT_FILENO, text_of(chunk->data), "stdout");
        if (stream.ended()) return;
        std::array<pollfd, 1> input{{{STDIN_FILENO, POLLIN, 0}}};
        connection.wait(for_ever, input);
        if (input[0].revents != 0 && !send_typed(stream, escape)) break;
    }
    stream.finish();
}

} // namespace

std::string key_text(int key) {
    constexpr int controls = 0x20; ///< below are the keys of Ctrl and a letter
    const auto shown = static_cast<char>(key < controls ? key + 0x40 : key);
    return key < controls ? std::string("^") + shown : std::string(1, shown);
}

std::string_view before_escape(std::string_view typed, int escape) {
    return typed.substr(0, typed.find(static_cast<char>(escape)));
}

void run_console(Session& session, const protocol::DomainRef& domain,
                 const std::optional<std::string>& device, std::uint32_t flags, bool resume) {
    const auto state =
        explain("Unable to get domain status", [&] { return domain_state(session, domain).state; });
    if (state == protocol::DomainState::shutoff) refuse("The domain is not running");
    if (::isatty(STDIN_FILENO) == 0) refuse("Cannot run interactive console without a controlling TTY");
    const int escape = session.settings().escape;
    const std::string key = key_text(escape);
    session.say("Connected to domain '{}'\n", domain.name);
    session.say("Escape character is {}{}\n", key,
                key.size() > 1 ? fmt::format(" (Ctrl + {})", key.substr(1)) : "");
    int signal_number = 0;
    {
        // they would leave the terminal as no shell can use it
        const CaughtSignals signals{SIGINT, SIGQUIT, SIGTERM, SIGHUP};
        const RawTerminal terminal;
        client::Connection& connection = session.connection();
        const auto stream = connection.open_stream(protocol::DomainOpenConsoleArgs{domain, device, flags});
        if (resume) session.call(protocol::DomainResumeArgs{domain});
        copy_both_ways(connection, *stream, escape);
        signal_number = CaughtSignals::caught();
    }
    if (signal_number != 0) ::raise(signal_number); // what it does without a console
}

} // namespace yado::cli
