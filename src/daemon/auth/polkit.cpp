// SPDX-License-Identifier: Apache-2.0
#include "daemon/auth/polkit.h"

#include "base/error.h"
#include "base/log.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <poll.h>
#include <systemd/sd-bus.h>
#include <utility>

namespace yado::daemon {
namespace {

constexpr const char* service_name = "org.freedesktop.PolicyKit1";
constexpr const char* object_path = "/org/freedesktop/PolicyKit1/Authority";
constexpr const char* interface_name = "org.freedesktop.PolicyKit1.Authority";

struct Answer {
    bool authorized = false;
    bool challenge = false;
    bool dismissed = false;
};

[[noreturn]] void fail_bus(int result, std::string_view what) {
    fail(ErrorSource::dbus, Code::internal_error, "{}: {}", what, std::generic_category().message(-result));
}

struct MessageRelease {
    void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using Message = std::unique_ptr<sd_bus_message, MessageRelease>;

} // namespace

struct Polkit::Bus : std::enable_shared_from_this<Polkit::Bus> {
    explicit Bus(Loop& where) : loop(where) {}
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;
    ~Bus() {
        watch.reset();
        if (handle != nullptr) sd_bus_close_unref(handle);
    }

    void connect() {
        const int result = sd_bus_open_system(&handle);
        if (result < 0) fail_bus(result, "Unable to get system bus connection: Could not connect");
        const auto weak = weak_from_this();
        watch = loop.watch(sd_bus_get_fd(handle), {.readable = true}, [weak](Loop::Ready) {
            if (const auto self = weak.lock()) self->process();
        });
        process();
    }

    void process() {
        if (broken) return;
        const auto self = shared_from_this();
        int result = 0;
        do { result = sd_bus_process(handle, nullptr); } while (result > 0 && !broken);
        if (result < 0) {
            broken = true;
            watch.reset();
            timer.reset();
            log_warning("auth", "the connection to the system bus ended: {}",
                        std::generic_category().message(-result));
            const auto left = std::exchange(waiting, {});
            for (const auto& [id, resolver] : left) {
                auto resolve = resolver;
                resolve.fail_with(
                    Error(Code::internal_error, "the connection to the system bus ended", ErrorSource::dbus));
            }
            return;
        }
        arm();
    }

    void arm() {
        const int events = sd_bus_get_events(handle);
        watch.want({.readable = events < 0 || (events & POLLIN) != 0,
                    .writable = events > 0 && (events & POLLOUT) != 0});
        std::uint64_t due = UINT64_MAX;
        timer.reset();
        if (sd_bus_get_timeout(handle, &due) < 0 || due == UINT64_MAX) return;
        // microseconds of CLOCK_MONOTONIC, which is what steady_clock counts
        const Loop::TimePoint when{std::chrono::microseconds(due)};
        const auto weak = weak_from_this();
        timer = loop.at(when, [weak] {
            if (const auto bus = weak.lock()) bus->process();
        });
    }

    using Resolver = Completion<Answer>::Resolver;
    void answer(std::uint64_t question, sd_bus_message* reply) {
        const auto found = waiting.find(question);
        if (found == waiting.end()) return;
        Resolver resolve = found->second;
        waiting.erase(found);
        if (sd_bus_message_is_method_error(reply, nullptr) != 0) {
            const sd_bus_error* error = sd_bus_message_get_error(reply);
            resolve.fail_with(Error(Code::dbus_service,
                                    error->message == nullptr ? error->name : error->message,
                                    ErrorSource::dbus));
            return;
        }
        Answer result;
        int authorized = 0;
        int challenge = 0;
        int read = sd_bus_message_enter_container(reply, 'r', "bba{ss}");
        if (read >= 0) read = sd_bus_message_read(reply, "bb", &authorized, &challenge);
        if (read >= 0) read = sd_bus_message_enter_container(reply, 'a', "{ss}");
        while (read >= 0) {
            const char* key = nullptr;
            const char* value = nullptr;
            read = sd_bus_message_read(reply, "{ss}", &key, &value);
            if (read <= 0) break;
            if (std::string_view(key) == "polkit.dismissed" && std::string_view(value) == "true") {
                result.dismissed = true;
            }
        }
        if (read < 0) {
            resolve.fail_with(Error(Code::dbus_service, "polkit's answer makes no sense", ErrorSource::dbus));
            return;
        }
        result.authorized = authorized != 0;
        result.challenge = challenge != 0;
        resolve.set(result);
    }

    Loop& loop;
    sd_bus* handle = nullptr;
    Loop::Watch watch;
    Loop::Timer timer;
    bool broken = false;
    std::map<std::uint64_t, Resolver> waiting;
};

namespace {

struct Question {
    std::weak_ptr<Polkit::Bus> bus;
    std::uint64_t id;
};

Message make_question(sd_bus* bus, const std::string& action, const service::Identity& who,
                      const Polkit::Details& details, bool interactive, const std::string& cancel_id) {
    sd_bus_message* raw = nullptr;
    int result = sd_bus_message_new_method_call(bus, &raw, service_name, object_path, interface_name,
                                                "CheckAuthorization");
    if (result < 0) fail_bus(result, "cannot ask polkit");
    Message message(raw);
    result = sd_bus_message_append(
        raw, "(sa{sv})", "unix-process", 3U, "pid", "u", static_cast<std::uint32_t>(who.process.value_or(0)),
        "start-time", "t", who.process_start, "uid", "i", static_cast<std::int32_t>(who.user.value_or(0)));
    if (result >= 0) result = sd_bus_message_append(raw, "s", action.c_str());
    if (result >= 0) result = sd_bus_message_open_container(raw, 'a', "{ss}");
    for (const auto& [key, value] : details) {
        if (result >= 0) result = sd_bus_message_append(raw, "{ss}", key.c_str(), value.c_str());
    }
    if (result >= 0) result = sd_bus_message_close_container(raw);
    if (result >= 0) result = sd_bus_message_append(raw, "us", interactive ? 1U : 0U, cancel_id.c_str());
    if (result < 0) fail_bus(result, "cannot ask polkit");
    return message;
}

void judge(const Answer& answer, const std::string& action) {
    if (answer.authorized) return;
    if (answer.challenge) {
        if (answer.dismissed)
            fail(ErrorSource::polkit, Code::auth_cancelled, "user cancelled authentication process");
        fail(ErrorSource::polkit, Code::auth_unavailable,
             "no polkit agent available to authenticate action '{}'", action);
    }
    fail(ErrorSource::polkit, Code::auth_failed, "access denied by policy");
}

/// Withdraws a question when its client goes, so that an agent's dialog does not stay behind.
struct Withdrawal {
    std::weak_ptr<Polkit::Bus> bus;
    std::uint64_t question;
    std::string cancel_id;

    void operator()() const {
        const auto live = bus.lock();
        if (!live || live->broken) return;
        const auto found = live->waiting.find(question);
        if (found == live->waiting.end()) return;
        auto resolve = found->second;
        live->waiting.erase(found);
        resolve.fail_with(Error(Code::operation_aborted, "the client has gone"));
        sd_bus_message* raw = nullptr;
        if (sd_bus_message_new_method_call(live->handle, &raw, service_name, object_path, interface_name,
                                           "CancelCheckAuthorization") < 0) {
            return;
        }
        const Message message(raw);
        if (sd_bus_message_append(raw, "s", cancel_id.c_str()) >= 0) {
            sd_bus_message_set_expect_reply(raw, 0);
            static_cast<void>(sd_bus_send(live->handle, raw, nullptr));
        }
        live->loop.post([weak = bus] { // writes what waits; not from inside a stop callback
            if (const auto self = weak.lock()) self->process();
        });
    }
};

} // namespace

Polkit::Polkit(Loop& loop) : loop_(loop) {}
Polkit::~Polkit() = default;

std::shared_ptr<Polkit::Bus> Polkit::bus() {
    if (!bus_ || bus_->broken) {
        bus_.reset();
        auto fresh = std::make_shared<Bus>(loop_);
        fresh->connect();
        bus_ = std::move(fresh);
    }
    return bus_;
}

Task<void> Polkit::authorize(std::string action, service::Identity who, Details details, bool interactive,
                             std::stop_token stop) {
    if (!who.process || !who.user)
        fail(ErrorSource::polkit, Code::auth_failed, "no local process asks for '{}'", action);
    const std::shared_ptr<Bus> live = bus();
    const std::uint64_t id = next_question_++;
    const std::string cancel_id = fmt::format("yado-{}-{}", ::getpid(), id);
    const Message message = make_question(live->handle, action, who, details, interactive, cancel_id);
    Completion<Answer> answer(loop_);
    live->waiting.emplace(id, answer.resolver());
    auto question = std::make_unique<Question>(live, id);
    sd_bus_slot* slot = nullptr;
    const int sent = sd_bus_call_async(
        live->handle, &slot, message.get(),
        [](sd_bus_message* reply, void* data, sd_bus_error*) {
            const auto* asked = static_cast<Question*>(data);
            if (const auto own = asked->bus.lock()) own->answer(asked->id, reply);
            return 0;
        },
        question.get(), UINT64_MAX); // people take their time with passwords
    if (sent < 0) {
        live->waiting.erase(id);
        fail_bus(sent, "cannot ask polkit");
    }
    const std::unique_ptr<sd_bus_slot, decltype(&sd_bus_slot_unref)> owned_slot(slot, &sd_bus_slot_unref);
    live->process();
    const std::stop_callback withdraw(stop, Withdrawal{live, id, cancel_id});
    const Answer result = co_await answer;
    judge(result, action);
}

Task<bool> PolkitAccess::allowed(service::Identity who, std::string object, std::string permission,
                                 AccessDetails details) {
    if (who.user == 0U) co_return true;
    if (!who.user) co_return false; // remote users are no subject polkit knows
    std::ranges::replace(object, '_', '-');
    std::ranges::replace(permission, '_', '-');
    const std::string action = "org.libvirt.api." + object + "." + permission;
    std::optional<Error> failure;
    try {
        const std::stop_token never;
        co_await polkit_.authorize(action, who, std::move(details), false, never);
    } catch (const Error& error) { failure = error; }
    if (!failure) co_return true;
    if (failure->code() == Code::auth_failed || failure->code() == Code::auth_unavailable) co_return false;
    throw *failure;
}

} // namespace yado::daemon
