// SPDX-License-Identifier: Apache-2.0
// The limits of a running machine, and its I/O threads.
#include "base/async/start.h"
#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "hypervisor/qemu/limits.h"
#include "hypervisor/qemu/machine_state.h"
#include "hypervisor/qemu/plan/cpu_options.h"

#include <algorithm>

namespace yado::qemu {

namespace json = boost::json;

namespace {

/// What is worked with on another thread: nothing of the machine that may change meanwhile.
Limiting limiting_of(const QemuMachine::Parts& parts, const std::vector<pid_t>& vcpus,
                     const std::map<std::uint32_t, pid_t>& iothreads) {
    if (parts.cgroups == nullptr || parts.threads == nullptr)
        fail(ErrorSource::qemu, Code::operation_unsupported, "this guest cannot be limited");
    return {.cgroups = *parts.cgroups,
            .threads = *parts.threads,
            .group = {},
            .guest = {.process = parts.child->pid(), .vcpus = vcpus, .iothreads = iothreads}};
}

std::int64_t to_kib_or_none(std::int64_t bytes) { return bytes < 0 ? bytes : bytes / 1024; }

guest::HeldLimits::Time time_of(const host::CpuTimeLimit& limit) {
    return {.period = limit.period, .quota = limit.quota};
}

} // namespace

Task<guest::HeldLimits> QemuMachine::limits() {
    const std::shared_ptr<State> state = state_;
    const Limiting limiting = limiting_of(state->parts, state->vcpu_threads, state->iothreads);
    const auto read = [limiting, name = state->parts.places.cgroup] {
        host::Cgroups& cgroups = limiting.cgroups;
        const host::MachineCgroup group = cgroups.find(name);
        const host::CgroupLimits whole(cgroups, group);
        guest::HeldLimits held;
        held.cpu_shares = whole.cpu_shares();
        if (const auto time = whole.cpu_time()) {
            held.global = time_of(*time);
            const auto part = [&](const std::string& part_name) {
                const auto own = host::CgroupLimits(cgroups, group.part(part_name)).cpu_time();
                return time_of(own.value_or(host::CpuTimeLimit()));
            };
            held.emulator = part(std::string(emulator_part));
            held.vcpu = part(vcpu_part(0));
            const auto& iothreads = limiting.guest.iothreads;
            held.iothread = part(iothread_part(iothreads.empty() ? 0 : iothreads.begin()->first));
        }
        if (const auto memory = whole.memory()) {
            held.hard_kib = to_kib_or_none(memory->hard);
            held.swap_kib = to_kib_or_none(memory->with_swap);
            held.soft_kib = to_kib_or_none(whole.soft_memory().value_or(host::no_limit));
        }
        held.block = whole.has(host::Controller::blkio);
        held.io_weight = whole.io_weight();
        held.memory_nodes = host::CgroupLimits(cgroups, group.part(emulator_part)).memory_nodes();
        return held;
    };
    guest::HeldLimits held = co_await blocking(state->parts.loop, read);
    co_return held;
}

Task<void> QemuMachine::know_iothreads(model::Domain domain) {
    const std::shared_ptr<State> state = state_;
    const std::vector<std::uint32_t> ids = iothread_ids(domain);
    const bool known =
        std::ranges::all_of(ids, [&state](std::uint32_t id) { return state->iothreads.contains(id); });
    if (!known) co_await io_threads();
}

Task<void> QemuMachine::change_limits(model::Domain before, model::Domain after) {
    const std::shared_ptr<State> state = state_;
    co_await know_iothreads(after);
    Limiting limiting = limiting_of(state->parts, state->vcpu_threads, state->iothreads);
    const LimitSettings from = settings_of(before), to = settings_of(after);
    std::vector<std::uint32_t> joined = iothread_ids(after);
    const std::vector<std::uint32_t> known = iothread_ids(before);
    std::erase_if(joined, [&known](std::uint32_t id) { return std::ranges::find(known, id) != known.end(); });
    const auto work = [&limiting, &from, &to, &joined, name = state->parts.places.cgroup] {
        limiting.group = limiting.cgroups.find(name);
        limiting.change(from, to);
        for (const std::uint32_t id : joined)
            if (!to.empty()) limiting.place(to, iothread_part(id));
    };
    co_await blocking(state->parts.loop, work);
}

Task<void> QemuMachine::settle_vcpu(model::Domain domain, std::uint32_t id) {
    const std::shared_ptr<State> state = state_;
    const LimitSettings settings = settings_of(domain);
    if (settings.empty() || state->parts.cgroups == nullptr) co_return;
    Limiting limiting = limiting_of(state->parts, state->vcpu_threads, state->iothreads);
    const auto work = [&limiting, &settings, id, name = state->parts.places.cgroup] {
        limiting.group = limiting.cgroups.find(name);
        limiting.place(settings, vcpu_part(id));
    };
    co_await blocking(state->parts.loop, work);
}

Task<void> QemuMachine::settle(model::Domain domain) {
    const LimitSettings settings = settings_of(domain);
    const bool of_threads =
        std::ranges::any_of(settings, [](const auto& each) { return !each.first.part.empty(); });
    if (of_threads) {
        model::Domain nothing = domain; // the whole guest's were set before it ran
        if (nothing.cpu_tuning) {
            const model::CpuTuning said = *nothing.cpu_tuning;
            model::CpuTuning& kept = nothing.cpu_tuning.emplace();
            kept.shares = said.shares;
            kept.global = said.global;
        }
        nothing.vcpus.cpuset = {};
        nothing.numa_tuning.reset();
        co_await change_limits(std::move(nothing), domain);
    }
    std::vector<model::PerfEventName> counted;
    for (const model::PerfEvent& event : domain.perf_events)
        if (event.enabled == schema::YesNo::yes) counted.push_back(event.name);
    if (!counted.empty()) co_await count_events(std::move(counted));
}

Task<std::vector<guest::IoThreadState>> QemuMachine::io_threads() {
    const std::shared_ptr<State> state = state_;
    const json::value reply = co_await state->monitor->execute("query-iothreads");
    std::map<std::uint32_t, pid_t> threads;
    std::vector<guest::IoThreadState> found = iothreads_in(reply, &threads);
    state->iothreads = std::move(threads);
    if (state->parts.threads != nullptr) {
        for (guest::IoThreadState& each : found) {
            try {
                each.cpus = state->parts.threads->affinity(state->iothreads[each.id]);
            } catch (const Error& error) { // it has ended just now
                log_debug("qemu.machine", "{}", error.message());
            }
        }
    }
    co_return found;
}

std::vector<guest::IoThreadState> iothreads_in(const json::value& reply,
                                               std::map<std::uint32_t, pid_t>* threads) {
    constexpr std::string_view prefix = "iothread";
    std::vector<guest::IoThreadState> found;
    for (const json::value& each : array_of(reply, "I/O threads")) {
        const json::object& thread = object_of(each, "I/O threads");
        const std::string name = text_in(thread, "id");
        if (!name.starts_with(prefix)) continue; // of somebody's own command line
        const auto id = parse_number<std::uint32_t>(std::string_view(name).substr(prefix.size()));
        if (!id) continue;
        found.push_back({.id = *id,
                         .poll_max_ns = number_in(thread, "poll-max-ns"),
                         .poll_grow = number_in(thread, "poll-grow"),
                         .poll_shrink = number_in(thread, "poll-shrink"),
                         .cpus = {}});
        if (threads != nullptr) (*threads)[*id] = static_cast<pid_t>(number_in(thread, "thread-id"));
    }
    return found;
}

Task<void> QemuMachine::add_io_thread(model::IoThread thread) {
    const std::shared_ptr<State> state = state_;
    json::object object;
    object["qom-type"] = "iothread";
    object["id"] = iothread_part(thread.id);
    add_iothread_properties(object, thread);
    co_await state->monitor->execute("object-add", std::move(object));
}

Task<void> QemuMachine::remove_io_thread(std::uint32_t id) {
    const std::shared_ptr<State> state = state_;
    json::object arguments;
    arguments["id"] = iothread_part(id);
    co_await state->monitor->execute("object-del", std::move(arguments));
    state->iothreads.erase(id);
    if (state->parts.cgroups == nullptr) co_return;
    const auto clear = [&cgroups = *state->parts.cgroups, name = state->parts.places.cgroup, id] {
        cgroups.remove_part(cgroups.find(name), iothread_part(id));
    };
    co_await blocking(state->parts.loop, clear);
}

Task<void> QemuMachine::set_io_thread(model::IoThread thread) {
    const std::shared_ptr<State> state = state_;
    json::object properties;
    add_iothread_properties(properties, thread);
    const std::string path = "/objects/" + iothread_part(thread.id);
    std::vector<std::pair<std::string, json::value>> old; // set back when a later one fails
    std::exception_ptr failure;
    for (const auto& [name, value] : properties) {
        const std::string property = name;
        const json::value wanted = value;
        json::object question{{"path", path}, {"property", property}};
        json::object order{{"path", path}, {"property", property}, {"value", wanted}};
        try {
            json::value before = co_await state->monitor->execute("qom-get", std::move(question));
            co_await state->monitor->execute("qom-set", std::move(order));
            old.emplace_back(property, std::move(before));
        } catch (...) {
            failure = std::current_exception();
            break;
        }
    }
    if (!failure) co_return;
    for (auto& [property, value] : old) {
        json::object order{{"path", path}, {"property", property}, {"value", std::move(value)}};
        try {
            co_await state->monitor->execute("qom-set", std::move(order));
        } catch (const Error& error) { log_warning("qemu.machine", "{}", error.message()); }
    }
    std::rethrow_exception(failure);
}

Task<void> QemuMachine::count_events(std::vector<model::PerfEventName> events) {
    const std::shared_ptr<State> state = state_;
    if (!state->counters) state->counters = host::make_perf_counters();
    const auto work = [counters = state->counters, events = std::move(events), threads = state->parts.threads,
                       process = state->parts.child->pid()] {
        std::vector<std::string> wanted;
        for (const model::PerfEventName event : events) wanted.emplace_back(schema::word(event));
        const std::vector<std::string> before = counters->counted();
        const std::vector<pid_t> all =
            threads != nullptr ? threads->of(process) : std::vector<pid_t>{process};
        try {
            for (const std::string& event : wanted) counters->start(event, all);
        } catch (...) {
            for (const std::string& event : wanted)
                if (std::ranges::find(before, event) == before.end()) counters->stop(event);
            throw;
        }
        for (const std::string& event : before)
            if (std::ranges::find(wanted, event) == wanted.end()) counters->stop(event);
    };
    co_await blocking(state->parts.loop, work);
}

} // namespace yado::qemu
