// SPDX-License-Identifier: Apache-2.0
// I/O threads: what there are, adding and taking away, where they run and how they work.
#include "guest/tuning_service.h"

#include "guest/cpu_maps.h"
#include "host/threads.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <algorithm>

namespace yado::guest {

namespace Flags = p::DomainModificationImpact;

namespace {

constexpr std::uint32_t both = Flags::live | Flags::config;

bool has_thread(const model::Domain& domain, std::uint32_t id) {
    model::Domain copy = domain;
    const auto& threads = numbered_iothreads(copy);
    return std::ranges::find(threads, id, &model::IoThread::id) != threads.end();
}

void set_thread_pin(model::Domain& domain, std::uint32_t id, const model::CpuSet& cpus) {
    auto& pins = domain.cpu_tuning.ensure().iothread_pins;
    const auto own = std::ranges::find(pins, id, &model::IoThreadPin::iothread);
    if (own != pins.end()) own->cpus = cpus;
    else pins.insert(std::ranges::lower_bound(pins, id, {}, &model::IoThreadPin::iothread), {id, cpus});
}

void add_thread(model::Domain& domain, std::uint32_t id) {
    auto& threads = numbered_iothreads(domain);
    if (std::ranges::find(threads, id, &model::IoThread::id) != threads.end()) return;
    model::IoThread thread;
    thread.id = id;
    threads.push_back(std::move(thread));
    domain.iothreads = static_cast<std::uint32_t>(threads.size());
}

void drop_thread(model::Domain& domain, std::uint32_t id) {
    auto& threads = numbered_iothreads(domain);
    std::erase_if(threads, [id](const model::IoThread& each) { return each.id == id; });
    domain.iothreads =
        threads.empty() ? std::nullopt : std::optional(static_cast<std::uint32_t>(threads.size()));
    if (!domain.cpu_tuning) return;
    std::erase_if(domain.cpu_tuning->iothread_pins,
                  [id](const model::IoThreadPin& pin) { return pin.iothread == id; });
    auto& scheduling = domain.cpu_tuning->iothread_scheduling;
    for (model::IoThreadScheduling& each : scheduling) each.iothreads.erase(id);
    std::erase_if(scheduling, [](const model::IoThreadScheduling& each) { return each.iothreads.empty(); });
}

void require_unused(const model::Domain& domain, std::uint32_t id) {
    for (const model::Disk& disk : domain.devices.disks) {
        const bool queue = std::ranges::find(disk.driver.iothreads, id, &model::IoThreadUse::id) !=
                           disk.driver.iothreads.end();
        if (disk.driver.iothread == id || queue) {
            fail(ErrorSource::qemu, Code::invalid_arg,
                 "cannot remove IOThread {} since it is being used by disk '{}'", id, disk.target.dev);
        }
    }
    for (const model::Controller& controller : domain.devices.controllers) {
        if (controller.driver && controller.driver->iothread == id) {
            fail(ErrorSource::qemu, Code::invalid_arg,
                 "cannot remove IOThread '{}' since it is being used by controller", id);
        }
    }
}

void require_free(const model::Domain& domain, std::uint32_t id) {
    if (has_thread(domain, id)) {
        fail(ErrorSource::qemu, Code::invalid_arg, "an IOThread is already using iothread_id '{}'", id);
    }
    model::Domain copy = domain;
    if (numbered_iothreads(copy).size() >= model::most_iothreads) {
        fail(ErrorSource::qemu, Code::operation_failed, "a domain has at most {} IOThreads",
             model::most_iothreads);
    }
}

/// What a call wants set of a thread.
model::IoThread thread_in(const p::TypedParams& params, std::uint32_t id) {
    static constexpr p::ParamRule rules[] = {{"poll_max_ns", p::ParamType::u64},
                                             {"poll_grow", p::ParamType::u32},
                                             {"poll_shrink", p::ParamType::u32},
                                             {"thread_pool_min", p::ParamType::i32},
                                             {"thread_pool_max", p::ParamType::i32}};
    p::check(params, rules);
    model::IoThread thread;
    thread.id = id;
    thread.poll.most = p::get<std::uint64_t>(params, "poll_max_ns");
    thread.poll.grow = p::get<std::uint32_t>(params, "poll_grow");
    thread.poll.shrink = p::get<std::uint32_t>(params, "poll_shrink");
    const auto threads = [&params](std::string_view field) -> std::optional<std::uint32_t> {
        const auto value = p::get<std::int32_t>(params, field);
        if (!value) return std::nullopt;
        if (*value < 0) {
            fail(ErrorSource::qemu, Code::operation_invalid, "{} (value {}) must be zero or more", field,
                 *value);
        }
        return static_cast<std::uint32_t>(*value);
    };
    thread.pool.least = threads("thread_pool_min");
    thread.pool.most = threads("thread_pool_max");
    if (thread.pool.least && thread.pool.most && *thread.pool.least > *thread.pool.most) {
        fail(ErrorSource::qemu, Code::operation_invalid,
             "thread_pool_min ({}) must be less than or equal to thread_pool_max ({})", *thread.pool.least,
             *thread.pool.most);
    }
    return thread;
}

} // namespace

std::vector<model::IoThread>& numbered_iothreads(model::Domain& domain) {
    auto& threads = domain.iothread_ids;
    for (std::uint32_t id = 1; threads.size() < domain.iothreads.value_or(0); ++id) {
        if (std::ranges::find(threads, id, &model::IoThread::id) != threads.end()) continue;
        model::IoThread thread;
        thread.id = id;
        threads.push_back(std::move(thread));
    }
    return threads;
}

Task<p::DomainGetIothreadInfoResult> TuningService::get_iothreads(CallContext,
                                                                  p::DomainGetIothreadInfoArgs args) {
    require_flags(ErrorSource::domain, args.flags, both, "qemuDomainGetIOThreadInfo");
    const Registry::Pointer guest = require(args.dom);
    model::Domain domain = asked_model(*guest, args.flags);
    p::DomainGetIothreadInfoResult result;
    const bool live = guest->active() && (args.flags & Flags::config) == 0;
    if (live) {
        const JobQueue::Job job = co_await guest->jobs.begin("I/O thread information");
        const std::vector<IoThreadState> threads = co_await guest->require_machine().io_threads();
        for (const IoThreadState& each : threads)
            result.info.push_back({.iothread_id = each.id, .cpumap = map_of(each.cpus)});
    } else {
        std::vector<unsigned> usual = host::online_cpus();
        if (!domain.vcpus.cpuset.empty()) {
            const auto own = domain.vcpus.cpuset.numbers();
            usual.assign(own.begin(), own.end());
        }
        for (const model::IoThread& each : numbered_iothreads(domain)) {
            p::Blob map = map_of(usual);
            if (domain.cpu_tuning) {
                const auto& pins = domain.cpu_tuning->iothread_pins;
                const auto own = std::ranges::find(pins, each.id, &model::IoThreadPin::iothread);
                if (own != pins.end()) map = map_of(own->cpus.numbers());
            }
            result.info.push_back({.iothread_id = each.id, .cpumap = std::move(map)});
        }
    }
    result.ret = static_cast<std::uint32_t>(result.info.size());
    co_return result;
}

Task<p::DomainPinIothreadResult> TuningService::pin_iothread(CallContext, p::DomainPinIothreadArgs args) {
    require_flags(ErrorSource::domain, args.flags, both, "qemuDomainPinIOThread");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("pin an I/O thread");
    const Impact affected = impact(*guest, args.flags);
    const std::uint32_t id = args.iothreads_id;
    const model::CpuSet cpus = set_of(args.cpumap);
    if (cpus.empty()) fail(ErrorSource::qemu, Code::invalid_arg, "Empty iothread cpumap list for pinning");
    if (affected.live && !has_thread(guest->live->domain, id))
        fail(ErrorSource::qemu, Code::invalid_arg, "iothread {} not found", id);
    if (affected.config && !has_thread(guest->config_model(), id))
        fail(ErrorSource::qemu, Code::invalid_arg, "iothreadid {} not found", id);
    Change change = [id, cpus](model::Domain& domain) { set_thread_pin(domain, id, cpus); };
    co_await apply(guest, affected, std::move(change));
    if (affected.live) {
        p::ParamsBuilder told;
        told.text(fmt::format("cputune.iothreadpin{}", id), cpus.text());
        tell(*guest, told.take());
    }
    co_return p::DomainPinIothreadResult();
}

Task<p::DomainAddIothreadResult> TuningService::add_iothread(CallContext, p::DomainAddIothreadArgs args) {
    require_flags(ErrorSource::domain, args.flags, both, "qemuDomainAddIOThread");
    const std::uint32_t id = args.iothread_id;
    if (id == 0) refuse_argument(ErrorSource::qemu, "invalid value of 0 for iothread_id");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("add an I/O thread");
    const Impact affected = impact(*guest, args.flags);
    if (affected.live) require_free(guest->live->domain, id);
    if (affected.config) require_free(guest->config_model(), id);
    const Change change = [id](model::Domain& domain) { add_thread(domain, id); };
    std::optional<model::Domain> config;
    if (affected.config) config = changed_config(*guest, change);
    if (affected.live) {
        model::IoThread thread;
        thread.id = id;
        co_await guest->require_machine().add_io_thread(std::move(thread));
        const model::Domain before = guest->live->domain;
        model::Domain after = before;
        change(after);
        std::exception_ptr failure;
        try {
            co_await guest->require_machine().change_limits(before, std::move(after));
        } catch (...) { failure = std::current_exception(); }
        if (failure) {
            co_await guest->require_machine().remove_io_thread(id);
            std::rethrow_exception(failure);
        }
        guest->require_machine();
        change(guest->live->domain);
        co_await power_.save_status(guest);
    }
    if (config) co_await save_config(guest, std::move(*config));
    co_return p::DomainAddIothreadResult();
}

Task<p::DomainDelIothreadResult> TuningService::delete_iothread(CallContext, p::DomainDelIothreadArgs args) {
    require_flags(ErrorSource::domain, args.flags, both, "qemuDomainDelIOThread");
    const std::uint32_t id = args.iothread_id;
    if (id == 0) refuse_argument(ErrorSource::qemu, "invalid value of 0 for iothread_id");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("delete an I/O thread");
    const Impact affected = impact(*guest, args.flags);
    const auto require_thread = [id](const model::Domain& domain) {
        if (!has_thread(domain, id)) {
            fail(ErrorSource::qemu, Code::invalid_arg, "cannot find IOThread '{}' in iothreadids list", id);
        }
        require_unused(domain, id);
    };
    if (affected.live) require_thread(guest->live->domain);
    if (affected.config) require_thread(guest->config_model());
    const Change change = [id](model::Domain& domain) { drop_thread(domain, id); };
    std::optional<model::Domain> config;
    if (affected.config) config = changed_config(*guest, change);
    if (affected.live) {
        co_await guest->require_machine().remove_io_thread(id);
        guest->require_machine();
        change(guest->live->domain);
        co_await power_.save_status(guest);
    }
    if (config) co_await save_config(guest, std::move(*config));
    co_return p::DomainDelIothreadResult();
}

Task<p::DomainSetIothreadParamsResult> TuningService::set_iothread(CallContext,
                                                                   p::DomainSetIothreadParamsArgs args) {
    require_flags(ErrorSource::domain, args.flags, both, "qemuDomainSetIOThreadParams");
    const std::uint32_t id = args.iothread_id;
    if (id == 0) refuse_argument(ErrorSource::qemu, "invalid value of 0 for iothread_id");
    const model::IoThread wanted = thread_in(args.params, id);
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("change an I/O thread");
    const Impact affected = impact(*guest, args.flags);
    const auto require_thread = [id](const model::Domain& domain) {
        if (!has_thread(domain, id))
            fail(ErrorSource::qemu, Code::invalid_arg, "cannot find IOThread '{}' in iothreadids", id);
    };
    if (affected.live) require_thread(guest->live->domain);
    if (affected.config) require_thread(guest->config_model());
    if (affected.config && (wanted.poll.most || wanted.poll.grow || wanted.poll.shrink)) {
        fail(ErrorSource::qemu, Code::operation_unsupported,
             "configuring persistent polling values is not supported");
    }
    const Change change = [id, pool = wanted.pool](model::Domain& domain) {
        auto& threads = numbered_iothreads(domain);
        const auto own = std::ranges::find(threads, id, &model::IoThread::id);
        if (own == threads.end()) return;
        if (pool.least) own->pool.least = pool.least;
        if (pool.most) own->pool.most = pool.most;
    };
    std::optional<model::Domain> config;
    if (affected.config) config = changed_config(*guest, change);
    if (affected.live) {
        co_await guest->require_machine().set_io_thread(wanted);
        guest->require_machine();
        change(guest->live->domain);
        co_await power_.save_status(guest);
    }
    if (config) co_await save_config(guest, std::move(*config));
    co_return p::DomainSetIothreadParamsResult();
}

} // namespace yado::guest
