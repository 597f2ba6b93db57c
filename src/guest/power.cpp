// SPDX-License-Identifier: Apache-2.0
#include "guest/power.h"

#include "base/error.h"
#include "base/log.h"
#include "guest/status.h"

namespace yado::guest {
namespace {

// A task nobody waits for: what goes wrong in it is logged.
Task<void> logged(std::string_view what, std::string name, Task<void> task) {
    try {
        co_await std::move(task);
    } catch (const std::exception& error) {
        log_error("guest.power", "guest '{}': {}: {}", name, what, error.what());
    }
}

} // namespace

void Power::publish(const Guest& guest, EventBody body) const {
    parts_.events.publish({guest.event_name(), std::move(body)});
}

void Power::run(std::string_view what, const Registry::Pointer& guest, Task<void> task) {
    spawn(logged(what, guest->name, std::move(task)));
}

Task<void> Power::save_status(Registry::Pointer guest) {
    const std::shared_ptr<Live> live = guest->live;
    if (!live) co_return;
    const AsyncMutex::Lock lock = co_await live->status_lock.lock();
    if (live->ended || guest->live != live) co_return; // its file is gone for good
    co_await parts_.store.save_status(live->status_name, status_text(*guest));
}

void Power::enter(const Registry::Pointer& guest, Condition condition) {
    guest->condition = condition;
    run("saving its state", guest, save_status(guest));
}

void Power::enter_paused(const Registry::Pointer& guest, Condition condition) {
    if (guest->condition.state != State::running && guest->condition.state != State::pm_suspended) return;
    enter(guest, condition);
    publish(*guest, condition == paused::io_error   ? lifecycle::suspended_io_error
                    : condition == paused::watchdog ? lifecycle::suspended_watchdog
                                                    : lifecycle::suspended_paused);
}

void Power::enter_running(const Registry::Pointer& guest, Condition condition) {
    if (guest->condition.state == State::running) return;
    enter(guest, condition);
    publish(*guest, lifecycle::resumed_unpaused);
}

Task<void> Power::start(Registry::Pointer guest, model::Domain domain, StartOptions options) {
    if (guest->active()) fail(ErrorSource::domain, Code::operation_invalid, "domain is already running");
    const bool start_paused = options.paused;
    auto live = std::make_shared<Live>(parts_.loop);
    live->domain = std::move(domain);
    live->status_name = guest->name;
    parts_.registry.activate(guest, live);
    options.id = guest->id;
    guest->condition = paused::starting_up;
    std::exception_ptr failure;
    try {
        co_await save_status(guest); // a crash from here on finds what was about to run
        live->machine = co_await parts_.hypervisor.start(live->domain, std::move(options), sink(guest, live));
    } catch (...) { failure = std::current_exception(); }
    if (failure || live->ended) {
        live->ended = true;
        if (!live->end_as) live->end_as = shut_off::failed;
        co_await dismantle(guest, live);
        if (failure) std::rethrow_exception(failure);
        fail(ErrorSource::qemu, Code::operation_failed, "guest ended while it was being started");
    }
    if (live->end_as) { // destroy() did not wait for the start
        Completion<void> ended(parts_.loop);
        live->waiting_for_end.push_back(ended.resolver());
        co_await live->machine->kill(KillKind::forced);
        co_await ended;
        fail(ErrorSource::qemu, Code::operation_aborted, "guest was destroyed while it was being started");
    }
    guest->condition = start_paused ? paused::by_user : running::booted;
    if (has_agent_channel(live->domain)) publish(*guest, AgentLifecycle{.state = 2, .reason = 1});
    if (!start_paused) publish(*guest, lifecycle::resumed_unpaused);
    publish(*guest, lifecycle::started_booted);
    if (start_paused) publish(*guest, lifecycle::suspended_paused);
    co_await save_status(guest);
}

Task<void> Power::destroy(Registry::Pointer guest, KillKind kind) {
    const std::shared_ptr<Live> live = guest->live;
    if (!live) fail(ErrorSource::domain, Code::operation_invalid, "domain is not running");
    if (!live->end_as) {
        live->end_as = shut_off::destroyed;
        live->end_event = lifecycle::stopped_destroyed;
    }
    Completion<void> ended(parts_.loop);
    live->waiting_for_end.push_back(ended.resolver());
    if (!live->machine) { // still starting: the start ends it as soon as there is something to end
        co_await ended;
        co_return;
    }
    std::exception_ptr failure;
    try {
        co_await live->machine->kill(kind);
    } catch (...) { failure = std::current_exception(); }
    if (failure && !live->ended) {
        live->end_as.reset();
        live->end_event = lifecycle::stopped_failed;
        std::rethrow_exception(failure);
    }
    co_await ended;
}

Task<void> Power::suspend(Registry::Pointer guest) {
    const JobQueue::Job job = co_await guest->jobs.begin("suspend");
    Machine& machine = guest->require_machine();
    const std::shared_ptr<Live> live = guest->live;
    if (guest->condition.state == State::pm_suspended) {
        fail(ErrorSource::qemu, Code::operation_invalid, "domain is pmsuspended");
    }
    if (guest->condition.state == State::paused) co_return;
    live->pause_as = paused::by_user;
    co_await machine.suspend();
    if (live->ended) co_return;
    enter_paused(guest, paused::by_user);
    live->pause_as.reset();
    co_await save_status(guest);
}

Task<void> Power::resume(Registry::Pointer guest) {
    const JobQueue::Job job = co_await guest->jobs.begin("resume");
    Machine& machine = guest->require_machine();
    const std::shared_ptr<Live> live = guest->live;
    if (guest->condition.state == State::pm_suspended) {
        fail(ErrorSource::qemu, Code::operation_invalid, "domain is pmsuspended");
    }
    if (guest->condition.state == State::running) {
        fail(ErrorSource::qemu, Code::operation_invalid, "domain is already running");
    }
    co_await machine.resume();
    if (live->ended) co_return;
    enter_running(guest, running::unpaused);
    co_await save_status(guest);
}

Task<void> Power::press_power_button(Registry::Pointer guest, bool reboot) {
    const std::string_view what = reboot ? "reboot" : "shutdown";
    const JobQueue::Job job = co_await guest->jobs.begin(what);
    Machine& machine = guest->require_machine();
    guest->live->reboot_at_shutdown = reboot;
    co_await machine.power_button();
    co_await save_status(guest);
}

Task<void> Power::reconnect(Registry::Pointer guest, model::DomainStatus status) {
    auto live = std::make_shared<Live>(parts_.loop);
    live->status_name = guest->name;
    live->domain = status.domain; // what clients see until QEMU has answered
    live->reboot_at_shutdown = status.reboot_at_shutdown;
    const Condition condition = condition_from_words(status.state, status.reason);
    const bool was_starting = condition == paused::starting_up;
    parts_.registry.activate(guest, live, status.domain.id.value_or(-1));
    guest->condition = condition;
    std::exception_ptr failure;
    try {
        if (was_starting) fail(Code::operation_aborted, "the daemon ended while it was being started");
        live->machine = co_await parts_.hypervisor.reconnect(status, sink(guest, live));
    } catch (...) { failure = std::current_exception(); }
    live->domain = status.domain;
    if (!failure && !live->ended) {
        guest->condition = condition_from_words(status.state, status.reason);
        co_await save_status(guest);
        co_return;
    }
    live->ended = true;
    live->end_as = was_starting ? shut_off::failed : shut_off::daemon;
    const DomainName name = guest->event_name();
    co_await dismantle(guest, live);
    parts_.events.publish({name, lifecycle::stopped_failed});
    if (failure) std::rethrow_exception(failure);
}

void Power::destroy_with(const Registry::Pointer& guest, service::Connection& connection) {
    std::weak_ptr<Guest> weak = guest;
    guest->live->autodestroy = connection.on_close([this, weak] {
        const Registry::Pointer still = weak.lock();
        if (still && still->active())
            run("ending it with its connection", still, destroy(still, KillKind::forced));
    });
}

EventSink Power::sink(const Registry::Pointer& guest, const std::shared_ptr<Live>& live) {
    return [this, weak_guest = std::weak_ptr(guest),
            weak_live = std::weak_ptr(live)](const MachineEvent& event) {
        const Registry::Pointer still = weak_guest.lock();
        const std::shared_ptr<Live> instance = weak_live.lock();
        if (still && instance && still->live == instance && !instance->ended)
            on_event(still, instance, event);
    };
}

// Ends the process after a shutdown or a panic; what follows its end is told by Gone.
Task<void> Power::end_process(std::shared_ptr<Live> live) {
    if (live->machine && !live->ended) co_await live->machine->kill(KillKind::forced);
}

// The guest has powered off and shall come up again in the same process, as libvirt does it.
Task<void> Power::restart_inside(Registry::Pointer guest, std::shared_ptr<Live> live) {
    live->reboot_at_shutdown = false;
    if (!live->machine) co_return;
    co_await live->machine->reset();
    if (live->ended) co_return;
    co_await live->machine->resume();
    if (live->ended) co_return;
    enter_running(guest, running::booted);
}

// Takes away everything an ended instance had; its file goes last but for memory, so that a crash in between
// only means cleaning again.
Task<void> Power::dismantle(Registry::Pointer guest, std::shared_ptr<Live> live) {
    const AsyncMutex::Lock lock = co_await live->status_lock.lock();
    const Condition end = live->end_as.value_or(shut_off::crashed);
    co_await parts_.hypervisor.clean_up(status_of(*guest), std::string(reason_word(end)));
    co_await parts_.store.remove_status(live->status_name);
    live->machine.reset();
    guest->condition = end;
    parts_.registry.deactivate(*guest);
    if (!guest->persistent) parts_.registry.remove(*guest);
    for (auto& waiter : live->waiting_for_end) waiter.set();
    live->waiting_for_end.clear();
}

Task<void> Power::finish(Registry::Pointer guest, std::shared_ptr<Live> live) {
    DomainEvent event{guest->event_name(), live->end_event};
    event.domain.id = -1; // as libvirt tells it
    co_await dismantle(guest, live);
    parts_.events.publish(event);
}

} // namespace yado::guest
