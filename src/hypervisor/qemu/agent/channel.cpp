// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/agent/channel.h"

#include "base/error.h"
#include "base/log.h"
#include "base/unique_fd.h"
#include "hypervisor/qemu/launch.h"

#include <boost/json.hpp>
#include <cerrno>
#include <fcntl.h>
#include <random>
#include <sys/socket.h>
#include <utility>

namespace yado::qemu {

namespace json = boost::json;

namespace {

constexpr std::size_t chunk = 65536;
constexpr std::size_t depth_limit = 32; // no answer of the agent is deeper than 8
constexpr char delimiter = '\xff';      // before an answer to guest-sync-delimited

Error silent() { return {Code::agent_unresponsive, "Guest agent not available for now", ErrorSource::qemu}; }
Error disappeared() {
    return {Code::agent_unresponsive, "Guest agent disappeared while executing command", ErrorSource::qemu};
}

std::int64_t fresh_number() {
    thread_local std::mt19937_64 random{std::random_device{}()};
    return static_cast<std::int64_t>(random() >> 11U); // exact in what reads numbers as doubles
}

} // namespace

struct AgentChannel::State : std::enable_shared_from_this<State> {
    State(Loop& its_loop, std::string its_path) : loop(its_loop), path(std::move(its_path)) {}

    Loop& loop;
    const std::string path;
    UniqueFd socket;
    Loop::Watch watch;
    std::string input;
    std::string output;
    std::optional<Completion<json::value>::Resolver> waiting;
    std::optional<std::int64_t> expected; ///< number of the sync that is under way
    bool last = false;                    ///< the guest's going is the answer

    void open() {
        if (socket) return;
        try {
            socket = connect_monitor(path);
        } catch (const Error& error) {
            log_debug("qemu.agent", "{}", error.message());
            fail(ErrorSource::qemu, Code::agent_unresponsive, "QEMU guest agent is not connected");
        }
        const int flags = ::fcntl(socket.get(), F_GETFL);
        ::fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK);
        input.clear();
        output.clear();
        watch = loop.watch(socket.get(), {.readable = true}, [weak = weak_from_this()](Loop::Ready ready) {
            const auto self = weak.lock();
            if (!self) return;
            if (ready.writable) self->write_some();
            if (ready.readable && self->socket) self->read_some();
        });
    }

    void close(Error why) {
        watch.reset();
        socket.reset();
        input.clear();
        output.clear();
        expected.reset();
        auto resolver = std::exchange(waiting, std::nullopt);
        if (!resolver) return;
        if (last) resolver->set(json::object{{"return", json::object()}});
        else resolver->fail_with(std::move(why));
    }

    void answer(json::value value) {
        expected.reset();
        if (auto resolver = std::exchange(waiting, std::nullopt)) resolver->set(std::move(value));
    }

    void read_some() {
        const std::shared_ptr<State> self = shared_from_this();
        for (;;) {
            const std::size_t old = input.size();
            input.resize(old + chunk);
            const ssize_t got = ::recv(socket.get(), input.data() + old, chunk, 0);
            input.resize(old + static_cast<std::size_t>(got > 0 ? got : 0));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0 && errno == EAGAIN) return;
            if (got <= 0) return close(disappeared());
            if (!take_lines(old)) return;
            if (static_cast<std::size_t>(got) < chunk) return;
        }
    }

    /// False when the connection is over. Nothing before `scanned` is a line end.
    bool take_lines(std::size_t scanned) {
        std::size_t begin = 0;
        for (;;) {
            const std::size_t end = input.find('\n', std::max(begin, scanned));
            if (end == std::string::npos) break;
            const std::string line = input.substr(begin, end - begin);
            take_line(line);
            if (!socket) return false;
            begin = end + 1;
        }
        input.erase(0, begin);
        if (input.size() <= answer_limit) return true;
        close({Code::internal_error,
               fmt::format("QEMU agent reply exceeds buffer size: {} bytes", answer_limit),
               ErrorSource::qemu});
        return false;
    }

    void take_line(std::string_view line) {
        // what stands before the delimiter belongs to former times
        if (const std::size_t at = line.rfind(delimiter); at != std::string_view::npos)
            line.remove_prefix(at + 1);
        if (line.empty() || line == "\r") return;
        json::error_code failure;
        json::parse_options options;
        options.max_depth = depth_limit;
        json::value message = json::parse(line, failure, {}, options);
        const json::object* object = failure ? nullptr : message.if_object();
        if (expected) { // anything else is a late answer: dropped
            const json::value* number = object == nullptr ? nullptr : object->if_contains("return");
            if (number != nullptr && number->is_int64() && number->get_int64() == *expected)
                answer(std::move(message));
            return;
        }
        if (!waiting) return;
        if (object == nullptr || !(object->contains("return") || object->contains("error"))) {
            return close({Code::internal_error, "the guest agent said something that is no answer",
                          ErrorSource::qemu});
        }
        answer(std::move(message));
    }

    void write_some() {
        while (socket && !output.empty()) {
            const ssize_t sent = ::send(socket.get(), output.data(), output.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent < 0 && errno == EAGAIN) break;
            if (sent < 0) return close(disappeared());
            output.erase(0, static_cast<std::size_t>(sent));
        }
        if (socket) watch.want({.readable = true, .writable = !output.empty()});
    }

    static Task<json::value> send(std::shared_ptr<State> state, std::string text, Limit limit) {
        const Completion<json::value> done(state->loop);
        state->waiting = done.resolver();
        Loop::Timer timer;
        if (limit) {
            timer = state->loop.after(*limit, [weak = std::weak_ptr(state)] {
                const auto self = weak.lock();
                if (!self || !self->waiting) return;
                self->last = false; // no going of the guest
                self->close(silent());
            });
        }
        state->output += text;
        state->write_some();
        json::value reply = co_await done;
        co_return reply;
    }

    static Task<json::value> exchange(std::shared_ptr<State> state, json::object command, Limit limit,
                                      bool last) {
        state->last = false;
        state->open();
        const std::int64_t number = fresh_number();
        json::object sync{{"execute", "guest-sync-delimited"}, {"arguments", json::object{{"id", number}}}};
        state->expected = number;
        std::string text = delimiter + json::serialize(sync) + "\n";
        co_await send(state, std::move(text), sync_patience);
        state->last = last;
        log_debug("qemu.agent", "-> {}", json::serialize(command));
        text = json::serialize(command) + "\n";
        json::value reply = co_await send(state, std::move(text), limit);
        co_return reply;
    }
};

AgentChannel::AgentChannel(Loop& loop, std::string socket_path)
    : state_(std::make_shared<State>(loop, std::move(socket_path))) {}

AgentChannel::~AgentChannel() {
    state_->last = false;
    state_->close(disappeared());
}

Task<json::value> AgentChannel::ask(json::object command, Limit limit) {
    return State::exchange(state_, std::move(command), limit, false);
}

Task<json::value> AgentChannel::ask_last(json::object command, Limit limit) {
    return State::exchange(state_, std::move(command), limit, true);
}

void AgentChannel::settle() {
    if (state_->last && state_->waiting && !state_->expected)
        state_->answer(json::object{{"return", json::object()}});
}

void AgentChannel::drop() { state_->close(disappeared()); }

} // namespace yado::qemu
