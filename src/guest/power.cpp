// SPDX-License-Identifier: Apache-2.0
#include "guest/power.h"

#include "guest/snapshots.h"

#include "base/error.h"
#include "base/log.h"
#include "guest/status.h"
#include "model/domain/document.h"

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

void log_taint(const Guest& guest, Taint taint) {
    log_warning("guest.power", "guest '{}' (id {}, {}) is tainted: {}", guest.name, guest.id,
                guest.uuid.text(), word_of(taint));
}

} // namespace

void Power::publish(const Guest& guest, EventBody body) const {
    parts_.events.publish({guest.event_name(), std::move(body)});
}

// With the document of the guest as it runs; libvirt shows the hooks no secrets either.
Task<void> Power::run_hooks(Registry::Pointer guest, std::string operation, std::string sub_operation) {
    if (parts_.hooks == nullptr || parts_.hooks->empty() || !guest->live) co_return;
    host::HookCall call{
        .object = guest->name, .operation = std::move(operation), .sub_operation = std::move(sub_operation)};
    call.input = model::write_domain(guest->live->domain, {.live = true});
    co_await parts_.hooks->run(std::move(call));
}

// What has ended, nobody can refuse; the failure is in the log.
Task<void> Power::run_end_hooks(Registry::Pointer guest, std::string operation) {
    try {
        co_await run_hooks(std::move(guest), std::move(operation), "end");
    } catch (const Error& error) { log_debug("guest.power", "{}", error.message()); }
}

void Power::run(std::string_view what, const Registry::Pointer& guest, Task<void> task) {
    spawn(logged(what, guest->name, std::move(task)));
}

Task<void> Power::taint(Registry::Pointer guest, Taint taint) {
    if (!guest->live || !guest->live->warnings.taints.insert(taint).second) co_return;
    log_taint(*guest, taint);
    co_await save_status(guest);
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

Registry::Pointer Power::claim(const model::Domain& domain) {
    if (const Registry::Pointer other = parts_.registry.find(domain.name);
        other && other->uuid != domain.uuid) {
        fail(ErrorSource::domain, Code::operation_failed, "domain '{}' already exists with uuid {}",
             domain.name, other->uuid.text());
    }
    Registry::Pointer guest = parts_.registry.find(domain.uuid);
    if (guest && guest->name != domain.name) {
        fail(ErrorSource::domain, Code::operation_failed, "domain '{}' is already defined with uuid {}",
             guest->name, domain.uuid.text());
    }
    if (guest && guest->active()) {
        fail(ErrorSource::domain, Code::operation_invalid, "domain is already active as '{}'", guest->name);
    }
    if (!guest) {
        guest = std::make_shared<Guest>(parts_.loop, domain.name, domain.uuid);
        parts_.registry.add(guest);
    }
    return guest;
}

Task<void> Power::start(Registry::Pointer guest, model::Domain domain, StartOptions options) {
    if (guest->active()) fail(ErrorSource::domain, Code::operation_invalid, "domain is already running");
    const bool start_paused = options.paused;
    const bool goes_on = static_cast<bool>(options.state);
    const bool from_snapshot = options.from_snapshot;
    auto live = std::make_shared<Live>(parts_.loop);
    live->domain = std::move(domain);
    live->status_name = guest->name;
    parts_.registry.activate(guest, live);
    options.id = guest->id;
    options.note = [this, guest] { return save_status(guest); };
    options.before_run = [this, guest] { return run_hooks(guest, "start", "begin"); };
    live->domain.id = guest->id;
    live->warnings = parts_.hypervisor.warnings(live->domain);
    for (const Taint each : live->warnings.taints) log_taint(*guest, each);
    guest->condition = paused::starting_up;
    std::exception_ptr failure;
    std::unique_ptr<Machine> machine; // nobody else's before the hooks have agreed
    try {
        co_await save_status(guest); // a crash from here on finds what was about to run
        co_await run_hooks(guest, "prepare", "begin");
        machine = co_await parts_.hypervisor.start(live->domain, std::move(options), sink(guest, live));
        if (!live->ended && !live->end_as) co_await run_hooks(guest, "started", "begin");
    } catch (...) { failure = std::current_exception(); }
    const bool runs = machine != nullptr && !live->ended;
    live->machine = std::move(machine);
    if (failure || live->ended) {
        live->ended = true;
        if (!live->end_as) live->end_as = shut_off::failed;
        if (runs) co_await live->machine->kill(KillKind::forced);
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
    guest->condition = start_paused ? (goes_on ? paused::migration : paused::by_user)
                                    : (goes_on ? running::restored : running::booted);
    if (has_agent_channel(live->domain)) publish(*guest, AgentLifecycle{.state = 2, .reason = 1});
    if (from_snapshot) {
        guest->condition = start_paused ? paused::from_snapshot : running::from_snapshot;
        publish(*guest, lifecycle::started_from_snapshot);
        publish(*guest, start_paused ? lifecycle::suspended_from_snapshot : lifecycle::resumed_from_snapshot);
    } else if (goes_on) {
        publish(*guest, lifecycle::started_restored);
        publish(*guest, start_paused ? lifecycle::suspended_restored : lifecycle::resumed_restored);
    } else {
        if (!start_paused) publish(*guest, lifecycle::resumed_unpaused);
        publish(*guest, lifecycle::started_booted);
        if (start_paused) publish(*guest, lifecycle::suspended_paused);
    }
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
    guest->require_machine();
    if (guest->condition.state == State::pm_suspended) {
        fail(ErrorSource::qemu, Code::operation_invalid, "domain is pmsuspended");
    }
    co_await pause(guest, paused::by_user);
}

Task<void> Power::pause(Registry::Pointer guest, Condition why) {
    Machine& machine = guest->require_machine();
    const std::shared_ptr<Live> live = guest->live;
    if (guest->condition.state == State::paused) co_return;
    live->pause_as = why;
    co_await machine.suspend();
    if (live->ended) co_return;
    enter_paused(guest, why);
    live->pause_as.reset();
    co_await save_status(guest);
}

Task<void> Power::unpause(Registry::Pointer guest, Condition why) {
    Machine& machine = guest->require_machine();
    const std::shared_ptr<Live> live = guest->live;
    if (guest->condition.state == State::running) co_return;
    co_await machine.resume();
    if (live->ended) co_return;
    enter_running(guest, why);
    guest->condition = why; // also when the machine was faster in saying so
    co_await save_status(guest);
}

Task<void> Power::resume(Registry::Pointer guest) {
    const JobQueue::Job job = co_await guest->jobs.begin("resume");
    guest->require_machine();
    if (guest->condition.state == State::pm_suspended) {
        fail(ErrorSource::qemu, Code::operation_invalid, "domain is pmsuspended");
    }
    if (guest->condition.state == State::running) {
        fail(ErrorSource::qemu, Code::operation_invalid, "domain is already running");
    }
    co_await unpause(guest, running::unpaused);
}

Task<void> Power::press_power_button(Registry::Pointer guest, bool reboot) {
    const std::string_view what = reboot ? "reboot" : "shutdown";
    const JobQueue::Job job = co_await guest->jobs.begin(what);
    Machine& machine = guest->require_machine();
    // as libvirt: the definition's word about reboots goes before the caller's
    const bool ends = guest->live->domain.on_reboot == model::LifecycleAction::destroy;
    guest->live->reboot_at_shutdown = reboot && !ends;
    co_await machine.power_button();
    co_await save_status(guest);
}

Task<void> Power::reconnect(Registry::Pointer guest, model::DomainStatus status) {
    auto live = std::make_shared<Live>(parts_.loop);
    live->status_name = guest->name;
    live->domain = status.domain; // what clients see until QEMU has answered
    live->block_jobs = from_status(status.block_jobs);
    live->reboot_at_shutdown = status.reboot_at_shutdown;
    live->warnings = warnings_of(status);
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
        // libvirt ends a guest whose hook fails now; it runs well, and the failure is in the log
        try {
            co_await run_hooks(guest, "reconnect", "begin");
        } catch (const Error& error) { log_debug("guest.power", "{}", error.message()); }
        // one that stood for a moment only while its writes went over to another image
        const bool ran = condition.state == State::running;
        for (auto& [name, job] : live->block_jobs) {
            if (job.phase == BlockJobPhase::pivoting && ran && guest->condition.state == State::paused)
                job.holds_vcpus = true;
        }
        if (block_job_watcher_.adopted) co_await block_job_watcher_.adopted(guest);
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
    live->domain.id.reset(); // of a document that says it does not run any more
    co_await run_end_hooks(guest, "stopped");
    co_await parts_.hypervisor.clean_up(status_of(*guest), std::string(reason_word(end)));
    co_await run_end_hooks(guest, "release");
    if (!guest->persistent && !keeps_tpm_state(live->domain))
        co_await parts_.hypervisor.remove_belonging(live->domain, Belonging::tpm);
    co_await parts_.store.remove_status(live->status_name);
    live->machine.reset();
    guest->condition = end;
    parts_.registry.deactivate(*guest);
    if (!guest->persistent) {
        co_await discard_snapshots(parts_, guest);
        parts_.registry.remove(*guest);
    }
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
