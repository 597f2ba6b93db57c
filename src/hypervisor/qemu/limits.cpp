// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/limits.h"

#include "base/error.h"
#include "base/log.h"

#include <algorithm>
#include <cerrno>
#include <functional>
#include <sched.h>

namespace yado::qemu {
namespace {

constexpr std::string_view log_category = "qemu.limits";

std::int64_t bytes_of(const std::optional<KiB>& amount) {
    if (!amount || *amount >= model::unlimited_memory) return host::no_limit;
    return static_cast<std::int64_t>(to_bytes(*amount).value);
}

int policy_of(model::Scheduler scheduler) {
    switch (scheduler) {
    case model::Scheduler::batch: return SCHED_BATCH;
    case model::Scheduler::idle: return SCHED_IDLE;
    case model::Scheduler::fifo: return SCHED_FIFO;
    case model::Scheduler::rr: return SCHED_RR;
    }
    return SCHED_OTHER;
}

host::Scheduling scheduling_of(const model::Scheduling& scheduling) {
    const bool real_time =
        scheduling.scheduler == model::Scheduler::fifo || scheduling.scheduler == model::Scheduler::rr;
    return {.policy = policy_of(scheduling.scheduler),
            .priority = real_time ? scheduling.priority.value_or(0) : 0};
}

/// Collects the settings of one domain.
struct Collector {
    const model::Domain& domain;
    LimitSettings all;

    void add(std::string part, Knob knob, SettingValue value, std::string device = {}) {
        all[{std::move(part), knob, std::move(device)}] = std::move(value);
    }

    void time(std::string part, const model::CpuTime& time) {
        if (time.period == 0 && time.quota == 0) return;
        host::CpuTimeLimit limit;
        if (time.period != 0) limit.period = time.period;
        if (time.quota != 0) limit.quota = time.quota < 0 ? host::no_limit : time.quota;
        add(std::move(part), Knob::cpu_time, limit);
    }

    void cpus(const std::string& part, const model::CpuSet& set) {
        if (set.empty()) return;
        add(part, Knob::cpus, set);
        add(part, Knob::affinity, set);
    }

    void memory() {
        if (!domain.memory_tuning) return;
        const model::MemoryTuning& tuning = *domain.memory_tuning;
        const host::MemoryLimit limit{.hard = bytes_of(tuning.hard_limit),
                                      .with_swap = bytes_of(tuning.swap_hard_limit)};
        if (limit != host::MemoryLimit()) add("", Knob::memory, limit);
        const std::int64_t soft = bytes_of(tuning.soft_limit);
        if (soft != host::no_limit) add("", Knob::soft_memory, soft);
    }

    void blocks() {
        if (!domain.block_tuning) return;
        const auto number = [this](Knob knob, std::uint64_t value, const std::string& path) {
            if (value != 0) add("", knob, static_cast<std::int64_t>(value), path);
        };
        number(Knob::io_weight, domain.block_tuning->weight, "");
        for (const model::BlockDeviceTuning& device : domain.block_tuning->devices) {
            number(Knob::device_weight, device.weight, device.path);
            number(Knob::read_bytes, device.read_bytes, device.path);
            number(Knob::write_bytes, device.write_bytes, device.path);
            number(Knob::read_operations, device.read_iops, device.path);
            number(Knob::write_operations, device.write_iops, device.path);
        }
    }

    void nodes(const std::vector<std::string>& parts) {
        if (!domain.numa_tuning || !domain.numa_tuning->memory) return;
        const model::NumaMemory& memory = *domain.numa_tuning->memory;
        const bool confines =
            memory.mode == model::NumaMode::strict || memory.mode == model::NumaMode::restrictive;
        if (!confines || memory.nodes.empty()) return;
        for (const std::string& part : parts) add(part, Knob::memory_nodes, memory.nodes);
    }

    LimitSettings run() {
        static const model::CpuTuning none;
        const model::CpuTuning& tuning = domain.cpu_tuning ? *domain.cpu_tuning : none;
        const std::vector<std::uint32_t> iothreads = iothread_ids(domain);
        std::vector<std::string> parts{std::string(emulator_part)};
        for (std::uint32_t n = 0; n < domain.vcpus.maximum; ++n) parts.push_back(vcpu_part(n));
        for (const std::uint32_t id : iothreads) parts.push_back(iothread_part(id));
        if (tuning.shares) add("", Knob::cpu_shares, static_cast<std::int64_t>(*tuning.shares));
        time("", tuning.global);
        memory();
        blocks();
        nodes(parts);
        for (const std::string& part : parts) cpus(part, domain.vcpus.cpuset);
        time(std::string(emulator_part), tuning.emulator);
        for (std::uint32_t n = 0; n < domain.vcpus.maximum; ++n) time(vcpu_part(n), tuning.vcpu);
        for (const std::uint32_t id : iothreads) time(iothread_part(id), tuning.iothread);
        if (tuning.emulator_pin) cpus(std::string(emulator_part), tuning.emulator_pin->cpus);
        for (const model::VcpuPin& pin : tuning.vcpu_pins)
            if (pin.vcpu < domain.vcpus.maximum) cpus(vcpu_part(pin.vcpu), pin.cpus);
        for (const model::IoThreadPin& pin : tuning.iothread_pins)
            cpus(iothread_part(pin.iothread), pin.cpus);
        if (tuning.emulator_scheduling)
            add(std::string(emulator_part), Knob::scheduling, scheduling_of(*tuning.emulator_scheduling));
        for (const model::VcpuScheduling& each : tuning.vcpu_scheduling)
            for (const std::uint32_t n : each.vcpus.numbers())
                add(vcpu_part(n), Knob::scheduling, scheduling_of(each.scheduling));
        for (const model::IoThreadScheduling& each : tuning.iothread_scheduling)
            for (const std::uint32_t id : each.iothreads.numbers())
                add(iothread_part(id), Knob::scheduling, scheduling_of(each.scheduling));
        return std::move(all);
    }
};

bool is_of_threads(Knob knob) { return knob == Knob::affinity || knob == Knob::scheduling; }

std::vector<unsigned> numbers_of(const model::CpuSet& set) {
    const std::vector<std::uint32_t> numbers = set.numbers();
    return {numbers.begin(), numbers.end()};
}

SettingValue value_in(const LimitSettings& settings, const Setting& setting) {
    const auto found = settings.find(setting);
    return found == settings.end() ? SettingValue() : found->second;
}

bool equal(const SettingValue& a, const SettingValue& b) {
    if (a.index() != b.index()) return false;
    if (const auto* mine = std::get_if<host::Scheduling>(&a)) {
        const auto& other = std::get<host::Scheduling>(b);
        return mine->policy == other.policy && mine->priority == other.priority;
    }
    if (const auto* mine = std::get_if<std::int64_t>(&a)) return *mine == std::get<std::int64_t>(b);
    if (const auto* mine = std::get_if<host::CpuTimeLimit>(&a))
        return *mine == std::get<host::CpuTimeLimit>(b);
    if (const auto* mine = std::get_if<host::MemoryLimit>(&a)) return *mine == std::get<host::MemoryLimit>(b);
    if (const auto* mine = std::get_if<model::CpuSet>(&a)) return *mine == std::get<model::CpuSet>(b);
    return true;
}

bool of_thread(const Setting& setting) { return !setting.part.empty() && setting.part != emulator_part; }

} // namespace

void limit_before_start(host::Cgroups& cgroups, host::Threads& threads, const host::MachineCgroup& group,
                        const model::Domain& domain) {
    const LimitSettings settings = settings_of(domain);
    if (settings.empty()) return;
    Limiting limiting{.cgroups = cgroups, .threads = threads, .group = group, .guest = {}};
    limiting.require(settings);
    limiting.change({}, settings, Limiting::Which::whole_guest);
}

std::string vcpu_part(std::size_t number) { return fmt::format("vcpu{}", number); }
std::string iothread_part(std::uint32_t id) { return fmt::format("iothread{}", id); }

std::vector<std::uint32_t> iothread_ids(const model::Domain& domain) {
    std::vector<std::uint32_t> ids;
    for (const model::IoThread& each : domain.iothread_ids) ids.push_back(each.id);
    for (std::uint32_t id = 1; domain.iothread_ids.empty() && id <= domain.iothreads.value_or(0); ++id)
        ids.push_back(id);
    return ids;
}

LimitSettings settings_of(const model::Domain& domain) { return Collector{domain, {}}.run(); }

bool needs_parts(const LimitSettings& settings) {
    return std::ranges::any_of(settings, [&settings](const auto& each) {
        const auto& [setting, value] = each;
        if (setting.part.empty() || is_of_threads(setting.knob)) return false;
        if (setting.part == emulator_part) {
            // quotas and sets of the emulator are not for the vCPUs, which say nothing or something else
            return !equal(value_in(settings, {vcpu_part(0), setting.knob, ""}), value);
        }
        return !equal(value_in(settings, {std::string(emulator_part), setting.knob, ""}), value);
    });
}

void Limiting::require(const LimitSettings& settings) const {
    const host::CgroupLimits whole(cgroups, group);
    const auto refuse = [](std::string_view text) {
        fail(ErrorSource::qemu, Code::config_unsupported, "{}", text);
    };
    for (const auto& [setting, value] : settings) {
        switch (setting.knob) {
        case Knob::cpu_shares:
            if (!whole.has(host::Controller::cpu)) refuse("CPU tuning is not available on this host");
            break;
        case Knob::cpu_time:
            if (!whole.has(host::Controller::cpu)) refuse("cgroup cpu is required for scheduler tuning");
            break;
        case Knob::memory:
        case Knob::soft_memory:
            if (!whole.has(host::Controller::memory)) refuse("Memory cgroup is not available on this host");
            break;
        case Knob::io_weight:
        case Knob::device_weight:
        case Knob::read_bytes:
        case Knob::write_bytes:
        case Knob::read_operations:
        case Knob::write_operations:
            if (!whole.has(host::Controller::blkio)) refuse("Block I/O tuning is not available on this host");
            break;
        default: break; // without cpuset the affinity of the threads does it
        }
    }
}

std::vector<pid_t> Limiting::threads_of(const std::string& part) const {
    for (std::size_t n = 0; n < guest.vcpus.size(); ++n)
        if (vcpu_part(n) == part) {
            if (guest.vcpus[n] == 0) return {};
            return {guest.vcpus[n]};
        }
    for (const auto& [id, thread] : guest.iothreads)
        if (iothread_part(id) == part) return {thread};
    if (part != emulator_part) return {}; // a vCPU that is not plugged in
    std::vector<pid_t> rest = threads.of(guest.process);
    std::erase_if(rest, [this](pid_t thread) {
        return std::ranges::find(guest.vcpus, thread) != guest.vcpus.end() ||
               std::ranges::any_of(guest.iothreads,
                                   [thread](const auto& each) { return each.second == thread; });
    });
    return rest;
}

bool Limiting::is_split() const { return cgroups.has_part(group, vcpu_part(0)); }

void Limiting::split() {
    try {
        for (std::size_t n = 0; n < guest.vcpus.size(); ++n)
            if (guest.vcpus[n] != 0) cgroups.add_thread(group, vcpu_part(n), guest.vcpus[n]);
        for (const auto& [id, thread] : guest.iothreads) cgroups.add_thread(group, iothread_part(id), thread);
    } catch (...) {
        join();
        throw;
    }
}

void Limiting::join() {
    const auto move = [this](const std::string& part, pid_t thread) {
        if (!cgroups.has_part(group, part)) return;
        try {
            cgroups.add_thread(group, std::string(emulator_part), thread);
            cgroups.remove_part(group, part);
        } catch (const Error& error) {
            log_warning(log_category, "thread {} stays in {}: {}", thread, part, error.message());
        }
    };
    for (std::size_t n = 0; n < guest.vcpus.size(); ++n)
        if (guest.vcpus[n] != 0) move(vcpu_part(n), guest.vcpus[n]);
    for (const auto& [id, thread] : guest.iothreads) move(iothread_part(id), thread);
}

void Limiting::set_threads(const Setting& setting, const SettingValue& value) {
    for (const pid_t thread : threads_of(setting.part)) {
        try {
            if (setting.knob == Knob::affinity) {
                const auto* set = std::get_if<model::CpuSet>(&value);
                threads.set_affinity(thread, set != nullptr ? numbers_of(*set) : threads.online());
            } else {
                const auto* scheduling = std::get_if<host::Scheduling>(&value);
                threads.set_scheduling(thread, scheduling != nullptr ? *scheduling : host::Scheduling());
            }
        } catch (const Error& error) {
            // QEMU's workers come and go
            const bool worker = setting.part == emulator_part && thread != guest.process;
            if (!worker || error.system_errno() != ESRCH) throw;
        }
    }
}

void Limiting::set_group(const Setting& setting, const SettingValue& value) {
    const bool whole = setting.part.empty();
    const host::MachineCgroup own = whole ? group : group.part(setting.part);
    if (of_thread(setting) && !cgroups.has_part(group, setting.part)) return; // it shares the emulator's
    host::CgroupLimits limits(cgroups, own, group);
    const auto* number = std::get_if<std::int64_t>(&value);
    const std::uint64_t amount = number != nullptr ? static_cast<std::uint64_t>(*number) : 0;
    const auto given = number != nullptr ? std::optional(amount) : std::nullopt;
    const auto* set = std::get_if<model::CpuSet>(&value);
    const std::string list = set != nullptr ? set->text() : std::string();
    const auto rate = [&](host::DeviceRate which) {
        limits.set_device_rate(host::block_device_number(setting.device), which, amount);
    };
    switch (setting.knob) {
    case Knob::cpu_shares: limits.set_cpu_shares(given); break;
    case Knob::cpu_time: {
        const auto* time = std::get_if<host::CpuTimeLimit>(&value);
        limits.set_cpu_time(time != nullptr ? *time : host::CpuTimeLimit());
        break;
    }
    case Knob::memory: {
        const auto* memory = std::get_if<host::MemoryLimit>(&value);
        limits.set_memory(memory != nullptr ? *memory : host::MemoryLimit());
        break;
    }
    case Knob::soft_memory: limits.set_soft_memory(number != nullptr ? *number : host::no_limit); break;
    case Knob::io_weight: limits.set_io_weight(given); break;
    case Knob::device_weight:
        limits.set_device_weight(host::block_device_number(setting.device), amount);
        break;
    case Knob::read_bytes: rate(host::DeviceRate::read_bytes); break;
    case Knob::write_bytes: rate(host::DeviceRate::write_bytes); break;
    case Knob::read_operations: rate(host::DeviceRate::read_operations); break;
    case Knob::write_operations: rate(host::DeviceRate::write_operations); break;
    case Knob::cpus:
        if (limits.has(host::Controller::cpuset)) limits.set_cpus(list);
        break;
    case Knob::memory_nodes:
        if (limits.has(host::Controller::cpuset)) limits.set_memory_nodes(list);
        break;
    default: break;
    }
}

void Limiting::set(const Setting& setting, const SettingValue& value) {
    if (is_of_threads(setting.knob)) set_threads(setting, value);
    else set_group(setting, value);
}

void Limiting::change(const LimitSettings& before, const LimitSettings& after, Which which) {
    std::vector<std::pair<Setting, SettingValue>> done;
    const bool splits = which == Which::all && needs_parts(after) && !is_split();
    // What a thread shared with the others until now its new group has not got.
    const auto was = [&](const Setting& setting) {
        const bool new_group = splits && of_thread(setting) && !is_of_threads(setting.knob);
        return new_group ? SettingValue() : value_in(before, setting);
    };
    const auto change_one = [&](const Setting& setting) {
        if (which == Which::whole_guest && !setting.part.empty()) return;
        const SettingValue old = was(setting);
        const SettingValue wanted = value_in(after, setting);
        if (equal(old, wanted)) return;
        done.emplace_back(setting, old); // it may have been set in part when it fails
        set(setting, wanted);
    };
    try {
        if (splits) split();
        for (const auto& [setting, value] : after) change_one(setting);
        for (const auto& [setting, value] : before)
            if (!after.contains(setting)) change_one(setting);
    } catch (...) {
        for (auto step = done.rbegin(); step != done.rend(); ++step) {
            try {
                set(step->first, step->second);
            } catch (const Error& error) {
                log_warning(log_category, "a limit of process {} could not be set back: {}", guest.process,
                            error.message());
            }
        }
        if (splits) join();
        throw;
    }
}

void Limiting::place(const LimitSettings& settings, const std::string& part) {
    const bool own_group = is_split() || needs_parts(settings);
    for (const pid_t thread : threads_of(part))
        if (own_group) cgroups.add_thread(group, part, thread);
    for (const auto& [setting, value] : settings)
        if (setting.part == part) set(setting, value);
    // without a pin of its own it may run where the thread that made it could
    const Setting affinity{.part = part, .knob = Knob::affinity, .device = {}};
    if (!settings.contains(affinity)) set(affinity, value_in(settings, affinity));
}

} // namespace yado::qemu
