// SPDX-License-Identifier: Apache-2.0
#include "model/domain/complete_machine.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <vector>

#include "model/domain/check_devices.h"
#include "model/domain/complete_devices.h"
#include "model/domain/machine.h"

namespace yado::model {
namespace {

/// Whether the cells are numbered as check() wants them: 0, 1, 2 … in any order.
bool number_cells(GuestNuma& numa) {
    for (std::size_t i = 0; i < numa.cells.size(); ++i) {
        if (!numa.cells[i].id) { numa.cells[i].id = static_cast<std::uint32_t>(i); }
    }
    std::ranges::sort(numa.cells, {}, [](const NumaCell& cell) { return *cell.id; });
    for (std::size_t i = 0; i < numa.cells.size(); ++i) {
        if (numa.cells[i].id != i) { return false; }
    }
    return numa.cells.size() <= most_numa_cells;
}

/// CPUs that no cell names belong to the first one.
void assign_cpus(GuestNuma& numa, std::uint32_t vcpus) {
    if (vcpus > most_vcpus) { return; }
    std::size_t assigned = 0;
    for (const NumaCell& cell : numa.cells) { assigned += cell.cpus.size(); }
    if (assigned >= vcpus) { return; }
    for (std::uint32_t cpu = 0; cpu < vcpus; ++cpu) {
        const auto has = [cpu](const NumaCell& cell) { return cell.cpus.contains(cpu); };
        if (std::ranges::none_of(numa.cells, has)) { numa.cells[0].cpus.insert(cpu); }
    }
}

/// What is told of one direction goes for the other, unless that is told too.
void complete_distances(GuestNuma& numa) {
    const std::size_t count = numa.cells.size();
    std::vector<std::map<std::uint32_t, std::uint32_t>> table(count);
    for (std::size_t i = 0; i < count; ++i) {
        for (const NumaDistance& each : numa.cells[i].distances) {
            if (each.cell >= count) { return; }
            table[i].emplace(each.cell, each.value);
        }
    }
    const auto given = table;
    for (std::uint32_t i = 0; i < count; ++i) {
        for (const auto& [cell, value] : given[i]) { table[cell].emplace(i, value); }
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        if (table[i].empty()) { continue; }
        table[i].emplace(i, local_distance);
        numa.cells[i].distances.clear();
        for (const auto& [cell, value] : table[i]) { numa.cells[i].distances.push_back({cell, value}); }
    }
}

} // namespace

void complete_memory(Domain& domain) {
    if (domain.cpu.numa && !domain.cpu.numa->cells.empty()) {
        GuestNuma& numa = *domain.cpu.numa;
        if (number_cells(numa)) {
            if (is_qemu(domain)) { assign_cpus(numa, domain.vcpus.maximum); }
            complete_distances(numa);
        }
        domain.memory.size.value = numa.memory_kib();
        for (const MemoryDevice& device : domain.devices.memories) {
            domain.memory.size.value += device.target.size_kib;
        }
    }
    if (!domain.current_memory || domain.current_memory->value == 0 ||
        domain.current_memory->value > domain.memory.size.value) {
        domain.current_memory = domain.memory.size;
    }
}

void complete_vcpus(Domain& domain) {
    Vcpus& vcpus = domain.vcpus;
    if (vcpus.placement == VcpuPlacement::unset) { vcpus.placement = VcpuPlacement::static_; }
    if (!domain.each_vcpu.empty() && vcpus.maximum <= most_vcpus) {
        const auto outside = [&vcpus](const Vcpu& each) { return each.id >= vcpus.maximum; };
        if (std::ranges::any_of(domain.each_vcpu, outside)) { return; }
        std::vector<Vcpu> all(vcpus.maximum);
        for (std::uint32_t i = 0; i < vcpus.maximum; ++i) { all[i].id = i; }
        for (const Vcpu& each : domain.each_vcpu) { all[each.id] = each; }
        std::uint32_t online = 0;
        for (Vcpu& each : all) {
            const bool on = each.enabled == schema::YesNo::yes;
            online += on ? 1 : 0;
            each.enabled = schema::yes_no(on);
            if (each.hotpluggable == schema::YesNo::unset) { each.hotpluggable = schema::yes_no(!on); }
            if (each.order == 0U) { each.order.reset(); }
        }
        domain.each_vcpu = std::move(all);
        vcpus.current = online;
    }
    if (vcpus.current == vcpus.maximum) { vcpus.current.reset(); }
}

void complete_iothreads(Domain& domain) {
    std::vector<IoThread>& threads = domain.iothread_ids;
    if (domain.iothreads.value_or(0) < threads.size()) {
        domain.iothreads = static_cast<std::uint32_t>(threads.size());
    }
    if (domain.iothreads == 0U) { domain.iothreads.reset(); }
    if (threads.empty() || *domain.iothreads > most_iothreads) { return; }
    for (std::uint32_t id = 1; threads.size() < *domain.iothreads; ++id) {
        if (std::ranges::find(threads, id, &IoThread::id) == threads.end()) {
            threads.emplace_back().id = id;
        }
    }
}

namespace {

void complete_memory_tuning(MemoryTuning& tuning) {
    for (std::optional<KiB>* limit :
         {&tuning.hard_limit, &tuning.soft_limit, &tuning.min_guarantee, &tuning.swap_hard_limit}) {
        if (*limit && **limit >= unlimited_memory) { limit->reset(); }
    }
}

void complete_memory_backing(const Domain& domain, MemoryBacking& backing) {
    if (backing.allocation.threads == 0U) { backing.allocation.threads.reset(); }
    if (!backing.huge_pages) { return; }
    CpuSet first;
    first.insert(0);
    for (HugePage& page : backing.huge_pages->pages) {
        if (domain.numa() == nullptr && page.nodes == first) { page.nodes = {}; } // the only one there is
    }
}

/// One for each number, in their order; those that check() refuses stay as they are.
template <class T>
void spread(std::vector<T>& all, CpuSet T::* set, const std::function<bool(std::uint32_t)>& known) {
    std::map<std::uint32_t, T> single;
    std::vector<T> others;
    for (T& each : all) {
        const std::vector<std::uint32_t> numbers = (each.*set).numbers();
        const auto free = [&](std::uint32_t n) { return known(n) && !single.contains(n); };
        if (!std::ranges::all_of(numbers, free)) {
            others.push_back(std::move(each));
            continue;
        }
        for (const std::uint32_t number : numbers) {
            T one = each;
            one.*set = {};
            (one.*set).insert(number);
            single.emplace(number, std::move(one));
        }
    }
    all.clear();
    for (auto& [number, each] : single) { all.push_back(std::move(each)); }
    std::ranges::move(others, std::back_inserter(all));
}

void complete_priority(Scheduling& scheduling) {
    const bool real_time = scheduling.scheduler == Scheduler::fifo || scheduling.scheduler == Scheduler::rr;
    if (!real_time) { scheduling.priority.reset(); }
}

void complete_cpu_tuning(const Domain& domain, CpuTuning& tuning) {
    const std::uint32_t vcpus = domain.vcpus.maximum;
    std::erase_if(tuning.vcpu_pins, [vcpus](const VcpuPin& pin) { return pin.vcpu >= vcpus; });
    std::ranges::sort(tuning.vcpu_pins, {}, &VcpuPin::vcpu);
    if (tuning.emulator_scheduling) { complete_priority(*tuning.emulator_scheduling); }
    for (VcpuScheduling& each : tuning.vcpu_scheduling) { complete_priority(each.scheduling); }
    for (IoThreadScheduling& each : tuning.iothread_scheduling) { complete_priority(each.scheduling); }
    spread<VcpuScheduling>(tuning.vcpu_scheduling, &VcpuScheduling::vcpus,
                           [vcpus](std::uint32_t n) { return n < vcpus; });
    spread<IoThreadScheduling>(tuning.iothread_scheduling, &IoThreadScheduling::iothreads,
                               [&domain](std::uint32_t n) { return has_iothread(domain, n); });
    const auto outside = [vcpus](const CpuSet& set) {
        const std::vector<std::uint32_t> numbers = set.numbers();
        return !numbers.empty() && numbers.back() >= vcpus;
    };
    std::erase_if(tuning.caches, [&](const CacheTuning& each) {
        return outside(each.vcpus) || (each.caches.empty() && each.monitors.empty());
    });
    std::erase_if(tuning.memory, [&](const BandwidthTuning& each) {
        return outside(each.vcpus) || (each.nodes.empty() && each.monitors.empty());
    });
}

bool has_pins(const Domain& domain) {
    if (!domain.cpu_tuning) { return false; }
    const CpuTuning& t = *domain.cpu_tuning;
    return !t.vcpu_pins.empty() || t.emulator_pin.has_value() || !t.iothread_pins.empty();
}

/// The CPUs and the memory of the host are chosen together, or not at all.
void complete_placement(Domain& domain) {
    const bool auto_cpus = domain.vcpus.placement == VcpuPlacement::auto_;
    if (auto_cpus) { domain.vcpus.cpuset = {}; }
    if (auto_cpus && (!domain.numa_tuning || !domain.numa_tuning->memory)) {
        domain.numa_tuning.ensure().memory.ensure().placement = NumaPlacement::auto_;
    }
    if (!domain.numa_tuning) { return; }
    for (NumaCellMemory& cell : domain.numa_tuning->cells) {
        if (cell.mode == NumaMode::unset) { cell.mode = NumaMode::strict; }
    }
    if (!domain.numa_tuning->memory) { return; }
    NumaMemory& memory = *domain.numa_tuning->memory;
    if (memory.mode == NumaMode::unset && memory.placement == NumaPlacement::unset && memory.nodes.empty()) {
        domain.numa_tuning->memory.reset();
        return;
    }
    if (memory.mode == NumaMode::unset) { memory.mode = NumaMode::strict; }
    if (memory.placement == NumaPlacement::unset && memory.nodes.empty() && auto_cpus) {
        memory.placement = NumaPlacement::auto_;
    }
    if (memory.placement == NumaPlacement::auto_) {
        memory.nodes = {};
        if (domain.vcpus.cpuset.empty() && !has_pins(domain)) {
            domain.vcpus.placement = VcpuPlacement::auto_;
        }
    } else if (!memory.nodes.empty()) {
        memory.placement = NumaPlacement::unset; // it goes without saying
    }
}

} // namespace

void complete_tuning(Domain& domain) {
    if (domain.memory_tuning) { complete_memory_tuning(*domain.memory_tuning); }
    if (domain.memory_backing) { complete_memory_backing(domain, *domain.memory_backing); }
    if (domain.cpu_tuning) { complete_cpu_tuning(domain, *domain.cpu_tuning); }
    complete_placement(domain);
    std::ranges::sort(domain.perf_events, {}, &PerfEvent::name);
    std::ranges::sort(domain.key_wraps, {}, &KeyWrap::name);
    std::ranges::sort(domain.user_ids, {}, &IdRange::start);
    std::ranges::sort(domain.group_ids, {}, &IdRange::start);
}

void complete_cpu(Domain& domain, const CompleteContext& context) {
    Cpu& cpu = domain.cpu;
    if (cpu.topology && !cpu.topology->dies) { cpu.topology->dies = 1; }
    for (CpuFeature& feature : cpu.features) {
        if (feature.policy == CpuPolicy::unset) { feature.policy = CpuPolicy::require; }
    }
    const bool any = cpu.mode == CpuMode::unset || cpu.mode == CpuMode::custom;
    if (any && cpu.model.name.empty()) {
        if (!context.default_cpu || !cpu.features.empty() || !cpu.vendor.empty()) { return; }
        const DefaultCpu given = context.default_cpu(domain);
        if (given.model.empty() && given.mode == CpuMode::custom) { return; }
        cpu.mode = given.mode;
        cpu.check = CpuCheck::none;
        if (given.mode == CpuMode::custom) {
            cpu.match = CpuMatch::exact;
            cpu.model.name = given.model;
            cpu.model.fallback = CpuFallback::forbid;
        }
    } else if (any) {
        cpu.mode = CpuMode::custom;
    }
    if (cpu.mode == CpuMode::custom) {
        if (cpu.match == CpuMatch::unset) { cpu.match = CpuMatch::exact; }
        if (cpu.model.fallback == CpuFallback::unset) { cpu.model.fallback = CpuFallback::allow; }
    } else {
        cpu.match = CpuMatch::unset;
        if (cpu.model.name.empty()) { cpu.model.fallback = CpuFallback::unset; }
    }
    if (cpu.check == CpuCheck::unset) {
        // An emulated CPU has whatever QEMU can emulate: there is nothing on the host to compare it with.
        const bool compared = cpu.mode == CpuMode::host_model ||
                              (cpu.mode == CpuMode::custom && domain.type != DomainType::qemu);
        cpu.check = compared ? CpuCheck::partial : CpuCheck::none;
    }
    if (cpu.mode == CpuMode::host_passthrough && cpu.migratable == schema::OnOff::unset &&
        is_x86(domain.os.type.arch)) {
        cpu.migratable = schema::OnOff::on;
    }
}

} // namespace yado::model
