// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/monitor/monitor.h"

#include "base/error.h"
#include "base/log.h"

#include <boost/json.hpp>
#include <cerrno>
#include <ctime>
#include <deque>
#include <fcntl.h>
#include <map>
#include <sys/socket.h>

namespace yado::qemu {

namespace json = boost::json;

namespace {

constexpr std::size_t chunk = 65536;
constexpr std::size_t depth_limit = 64; // QEMU's own parser stops at 1024; no reply is deeper than 20

Error gone() { return {Code::operation_failed, "the guest's QEMU has ended", ErrorSource::qemu}; }

} // namespace

struct Monitor::State : std::enable_shared_from_this<State> {
    State(Loop& its_loop, UniqueFd fd, Callbacks its_callbacks)
        : loop(its_loop), socket(std::move(fd)), callbacks(std::move(its_callbacks)) {}

    struct Waiting {
        Completion<json::value>::Resolver resolve;
        std::string command;
    };
    struct Outgoing {
        std::string text;
        UniqueFd fd; ///< goes with the first byte
        std::size_t sent = 0;
    };

    Loop& loop;
    UniqueFd socket;
    Callbacks callbacks;
    Loop::Watch watch;
    std::string input;
    std::size_t scanned = 0; ///< of `input`, known to hold no line end
    std::deque<Outgoing> output;
    std::map<std::uint64_t, Waiting> waiting;
    std::uint64_t next_id = 1;
    std::uint64_t owed = 0; ///< commands sent and not answered, also those that nobody waits for any more
    std::optional<Loop::TimePoint> silent_since;
    bool is_closed = false;
    bool greeted = false;

    static std::int64_t seconds_of(Loop::Duration duration) {
        return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    }
    /// The time of day its silence began, in UTC.
    std::string silence_text() const {
        const Loop::Duration silence = silent_since ? loop.now() - *silent_since : Loop::Duration::zero();
        const std::time_t began = std::time(nullptr) - seconds_of(silence);
        std::tm parts{};
        ::gmtime_r(&began, &parts);
        char text[32];
        return {text, std::strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S+0000", &parts)};
    }

    void start() {
        watch = loop.watch(socket.get(), {.readable = true}, [weak = weak_from_this()](Loop::Ready ready) {
            const auto self = weak.lock();
            if (!self) return;
            if (ready.writable) self->write_some();
            if (ready.readable && !self->is_closed) self->read_some();
        });
    }

    void close(std::string_view why) {
        if (is_closed) return;
        is_closed = true;
        watch.reset();
        socket.reset();
        output.clear();
        for (auto& [id, each] : waiting) each.resolve.fail_with(gone());
        waiting.clear();
        if (auto closed = std::move(callbacks.closed)) closed(why);
    }

    void read_some() {
        const std::shared_ptr<State> self = shared_from_this(); // a callback may destroy the monitor
        for (;;) {
            const std::size_t old = input.size();
            input.resize(old + chunk);
            const ssize_t got = ::recv(socket.get(), input.data() + old, chunk, 0);
            input.resize(old + static_cast<std::size_t>(got > 0 ? got : 0));
            if (got == 0) return close("end of file");
            if (got < 0 && errno == EINTR) continue;
            if (got < 0 && errno == EAGAIN) return;
            if (got < 0) return close(system_error(errno, "cannot read from the monitor").what());
            take_lines();
            if (is_closed || static_cast<std::size_t>(got) < chunk) return;
        }
    }

    void take_lines() {
        std::size_t begin = 0;
        for (;;) {
            const std::size_t end = input.find('\n', std::max(begin, scanned));
            if (end == std::string::npos) break;
            take_line(std::string_view(input).substr(begin, end - begin));
            if (is_closed) return;
            begin = end + 1;
            scanned = begin;
        }
        input.erase(0, begin);
        scanned = input.size();
        if (input.size() > line_limit) close("a line is too long");
        if (input.empty() && input.capacity() > 4 * chunk) input.shrink_to_fit();
    }

    void take_line(std::string_view line) {
        if (line.empty() || line == "\r") return;
        json::error_code failure;
        json::parse_options options;
        options.max_depth = depth_limit;
        const json::value message = json::parse(line, failure, {}, options);
        const json::object* object = message.if_object();
        if (failure || object == nullptr) return close("the monitor said something that is not QMP");
        log_debug("qemu.monitor", "<- {}", line.substr(0, 4096));
        if (silent_since) silent_since = loop.now();
        if (const json::value* name = object->if_contains("event"); name != nullptr && name->is_string()) {
            return take_event(name->get_string(), *object);
        }
        if (object->contains("QMP")) {
            greeted = true; // what else it says is known from probing
            return;
        }
        take_reply(*object);
    }

    void take_event(std::string_view name, const json::object& object) {
        static const json::object nothing;
        const json::value* data = object.if_contains("data");
        Event event{.name = name,
                    .data = data != nullptr && data->is_object() ? data->get_object() : nothing};
        if (const json::value* stamp = object.if_contains("timestamp");
            stamp != nullptr && stamp->is_object()) {
            const auto number = [&stamp](const char* key) -> std::int64_t {
                const json::value* value = stamp->get_object().if_contains(key);
                return value != nullptr && value->is_int64() ? value->get_int64() : 0;
            };
            event.seconds = number("seconds");
            event.micros = static_cast<std::uint32_t>(number("microseconds"));
        }
        const auto tell =
            callbacks.event; // a copy: what is told may destroy the monitor and with it the callback
        if (tell) tell(event);
    }

    void take_reply(const json::object& object) {
        const json::value* id = object.if_contains("id");
        if (id == nullptr || !id->is_int64()) {
            if (object.contains("error")) close("the monitor refused what it could not read");
            return;
        }
        if (owed > 0) --owed;
        if (owed == 0) silent_since.reset();
        const auto found = waiting.find(static_cast<std::uint64_t>(id->get_int64()));
        if (found == waiting.end()) return; // too late
        Waiting own = std::move(found->second);
        waiting.erase(found);
        if (own.command.empty()) { // a client's own command wants the whole reply
            json::object whole = object;
            own.resolve.set(json::value(std::move(whole)));
            return;
        }
        if (const json::value* error = object.if_contains("error"); error != nullptr && error->is_object()) {
            const json::value* description = error->get_object().if_contains("desc");
            std::string_view text = "no reason given";
            if (description != nullptr && description->is_string()) text = description->get_string();
            own.resolve.fail_with(
                Error(Code::internal_error,
                      fmt::format("unable to execute QEMU command '{}': {}", own.command, text),
                      ErrorSource::qemu));
            return;
        }
        const json::value* result = object.if_contains("return");
        own.resolve.set(result != nullptr ? *result : json::value());
    }

    void send(std::string text, int fd) {
        Outgoing next{.text = std::move(text), .fd = {}};
        if (fd >= 0) {
            next.fd = UniqueFd(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
            if (!next.fd) fail_errno("cannot copy a file descriptor");
        }
        log_debug("qemu.monitor", "-> {}", std::string_view(next.text).substr(0, 4096));
        output.push_back(std::move(next));
        write_some();
    }

    void write_some() {
        while (!is_closed && !output.empty()) {
            Outgoing& next = output.front();
            iovec part{.iov_base = next.text.data() + next.sent, .iov_len = next.text.size() - next.sent};
            msghdr message{};
            message.msg_iov = &part;
            message.msg_iovlen = 1;
            alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
            if (next.fd) {
                message.msg_control = control;
                message.msg_controllen = sizeof(control);
                cmsghdr* header = CMSG_FIRSTHDR(&message);
                header->cmsg_level = SOL_SOCKET;
                header->cmsg_type = SCM_RIGHTS;
                header->cmsg_len = CMSG_LEN(sizeof(int));
                const int fd = next.fd.get();
                std::memcpy(CMSG_DATA(header), &fd, sizeof(fd));
            }
            const ssize_t sent = ::sendmsg(socket.get(), &message, MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent < 0 && errno == EAGAIN) break;
            if (sent < 0) return close(system_error(errno, "cannot write to the monitor").what());
            next.fd.reset();
            next.sent += static_cast<std::size_t>(sent);
            if (next.sent == next.text.size()) output.pop_front();
        }
        if (!is_closed) watch.want({.readable = true, .writable = !output.empty()});
    }

    /// Sends `command` under a new id and waits; `name` is empty for a client's own command.
    static Task<json::value> ask(std::shared_ptr<State> state, std::string name, json::object command,
                                 Loop::Duration limit, int fd) {
        if (state->is_closed) throw gone();
        const std::uint64_t id = state->next_id++;
        command["id"] = id;
        const Completion<json::value> done(state->loop);
        state->waiting.emplace(id, Waiting{done.resolver(), name});
        ++state->owed;
        if (!state->silent_since) state->silent_since = state->loop.now();
        const Loop::Timer timer = state->loop.after(limit, [weak = std::weak_ptr(state), id, name, limit] {
            const auto self = weak.lock();
            if (!self) return;
            const auto late = self->waiting.extract(id);
            if (late.empty()) return;
            late.mapped().resolve.fail_with(
                Error(Code::operation_timeout,
                      fmt::format("monitor does not answer since {}: no answer to '{}' for {} s",
                                  self->silence_text(), name, self->seconds_of(limit)),
                      ErrorSource::qemu));
        });
        state->send(json::serialize(command) + "\n", fd);
        json::value reply = co_await done;
        co_return reply;
    }
};

Monitor::Monitor(Loop& loop, UniqueFd socket, Callbacks callbacks) {
    const int flags = ::fcntl(socket.get(), F_GETFL);
    if (flags < 0 || ::fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK) < 0) {
        fail_errno("cannot make the monitor's socket non-blocking");
    }
    state_ = std::make_shared<State>(loop, std::move(socket), std::move(callbacks));
    state_->start();
}

Monitor::~Monitor() {
    state_->callbacks = {};
    state_->close("given up");
}

bool Monitor::closed() const { return state_->is_closed; }

std::optional<Loop::TimePoint> Monitor::silent_since() const { return state_->silent_since; }

Task<void> Monitor::negotiate(Loop::Duration limit) {
    const std::shared_ptr<State> state = state_;
    json::object command;
    command["execute"] = "qmp_capabilities";
    try {
        co_await State::ask(state, "qmp_capabilities", std::move(command), limit, -1);
    } catch (const Error& error) {
        if (state->greeted || error.code() != Code::operation_timeout) throw;
        fail(ErrorSource::qemu, Code::operation_timeout, "QEMU's monitor did not greet in time");
    }
}

Task<json::value> Monitor::execute(std::string command, json::object arguments, Loop::Duration limit,
                                   int fd) {
    json::object message;
    message["execute"] = command;
    if (!arguments.empty()) message["arguments"] = std::move(arguments);
    return State::ask(state_, std::move(command), std::move(message), limit, fd);
}

Task<json::value> Monitor::execute(std::string command) {
    return execute(std::move(command), json::object());
}

Task<std::string> Monitor::execute_text(std::string text, Loop::Duration limit) {
    const std::shared_ptr<State> state = state_;
    json::error_code failure;
    const json::value parsed = json::parse(text, failure);
    const json::object* object = parsed.if_object();
    if (failure || object == nullptr || !object->contains("execute")) {
        fail(ErrorSource::qemu, Code::internal_error, "cannot parse json {}: {}", text.substr(0, 256),
             failure ? failure.message() : "not an object with \"execute\"");
    }
    const json::value* wanted = object->if_contains("id");
    const json::value own_id = wanted != nullptr ? *wanted : json::value();
    json::object command = *object;
    json::value reply = co_await State::ask(state, "", std::move(command), limit, -1);
    json::object& whole = reply.as_object();
    if (wanted != nullptr) {
        whole["id"] = own_id;
    } else {
        whole.erase("id");
    }
    co_return json::serialize(reply);
}

} // namespace yado::qemu
