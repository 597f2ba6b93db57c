// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/host_document.h"

#include "base/async/start.h"
#include "base/log.h"
#include "hypervisor/qemu/capabilities/cpu_features.h"

#include <algorithm>
#include <sys/utsname.h>
#include <thread>
#include <unistd.h>

namespace yado::qemu {
namespace {

using schema::YesNo;

// libvirt lists the caches that CPUs share, and takes the third level and beyond for these.
constexpr unsigned first_shared_cache = 3;

bool is_x86(std::string_view arch) { return arch == "x86_64" || arch == "i686"; }

model::CpuSet cpu_set(const std::vector<unsigned>& numbers) {
    model::CpuSet set;
    for (const unsigned number : numbers) {
        if (number < model::CpuSet::limit) set.insert(number);
    }
    return set;
}

/// Which model of the CPU tables fits best only libvirt's own tables can say. "kvm64" is part of every 64-bit
/// x86 CPU, so it with all the rest as features describes the CPU just as well.
void fill_x86_features(model::HostCpu& cpu, const host::CpuModel& from) {
    std::vector<std::string> features = x86_features(from.flags, from.vendor);
    const auto base = kvm64_features();
    const auto is_there = [&](std::string_view name) {
        return std::ranges::find(features, name) != features.end();
    };
    if (std::ranges::all_of(base, is_there)) {
        cpu.model = "kvm64";
        std::erase_if(features,
                      [&](const std::string& name) { return std::ranges::find(base, name) != base.end(); });
    }
    cpu.features.assign(features.begin(), features.end());
}

model::HostCpu cpu_of(const HostFacts& facts) {
    const host::CpuModel& from = facts.cpu;
    model::HostCpu cpu;
    cpu.arch = facts.arch;
    cpu.vendor = libvirt_vendor(from.vendor);
    if (from.microcode != 0) cpu.microcode = static_cast<std::uint32_t>(from.microcode);
    if (is_x86(facts.arch)) {
        fill_x86_features(cpu, from);
        cpu.signature = {.family = from.family, .model = from.model, .stepping = from.stepping};
        if (facts.kvm.tsc_hz) {
            cpu.counter = {.name = "tsc", .frequency = *facts.kvm.tsc_hz, .scaling = YesNo::no};
            if (std::ranges::find(from.flags, "tsc_scale") != from.flags.end())
                cpu.counter->scaling = YesNo::yes;
        }
    } else {
        cpu.features.assign(from.flags.begin(), from.flags.end());
    }
    cpu.topology.emplace();
    cpu.topology->sockets = from.sockets;
    cpu.topology->dies = from.dies;
    cpu.topology->cores = from.cores;
    cpu.topology->threads = from.threads;
    if (from.physical_bits != 0) {
        cpu.maxphysaddr.emplace();
        cpu.maxphysaddr->mode = model::CpuCacheMode::emulate;
        cpu.maxphysaddr->bits = from.physical_bits;
    }
    if (!facts.topology.cells.empty()) {
        for (const host::PagePool& pool : facts.topology.cells.front().pages) {
            cpu.pages.push_back({.unit = {}, .size = pool.size.value});
        }
    }
    return cpu;
}

model::HostCell cell_of(const host::Cell& from) {
    model::HostCell cell;
    cell.id = from.id;
    cell.memory = from.memory.value;
    for (const host::PagePool& pool : from.pages) {
        cell.pages.push_back({.unit = {}, .size = pool.size.value, .count = pool.total});
    }
    for (const auto& [id, distance] : from.distances) cell.distances.push_back({.id = id, .value = distance});
    for (const host::HostCpu& each : from.cpus) {
        model::CellCpu cpu;
        cpu.id = each.id;
        cpu.socket_id = each.socket;
        cpu.die_id = each.die;
        cpu.core_id = each.core;
        cpu.siblings = cpu_set(each.siblings);
        cell.cpus.push_back(std::move(cpu));
    }
    return cell;
}

model::CacheBank bank_of(const host::CacheBank& from) {
    model::CacheBank bank;
    bank.id = from.id;
    bank.level = from.level;
    bank.type = from.type == "data"   ? model::CacheContent::data
                : from.type == "code" ? model::CacheContent::code
                                      : model::CacheContent::both;
    bank.size = model::ScaledSize::of(to_bytes(from.size).value);
    bank.cpus = cpu_set(from.cpus);
    return bank;
}

/// Guests are kept apart by their user alone: libvirt's "dac". Its "none" comes first where no other model is
/// at work.
std::vector<model::HostSecurityModel> security_of(const HostFacts& facts) {
    const uid_t user = facts.run_as ? facts.run_as->user : ::geteuid();
    const gid_t group = facts.run_as ? facts.run_as->group : ::getegid();
    const std::string label = fmt::format("+{}:+{}", user, group);
    model::HostSecurityModel none{.model = "none", .doi = "0", .base_labels = {}};
    model::HostSecurityModel dac{.model = "dac", .doi = "0", .base_labels = {}};
    dac.base_labels = {{.type = "kvm", .label = label}, {.type = "qemu", .label = label}};
    return {std::move(none), std::move(dac)};
}

model::HostCapabilities host_of(const HostFacts& facts) {
    model::HostCapabilities host;
    host.uuid = facts.uuid;
    host.cpu = cpu_of(facts);
    const auto can = [&](std::string_view way) {
        return std::ranges::find(facts.power_management, way) != facts.power_management.end();
    };
    host.power_management = {.suspend_mem = can("suspend_mem"),
                             .suspend_disk = can("suspend_disk"),
                             .suspend_hybrid = can("suspend_hybrid")};
    host.iommu = facts.iommu ? YesNo::yes : YesNo::no;
    host.migration = {.live = true, .uri_transports = {"tcp", "rdma"}};
    host.topology.emplace();
    for (const host::Cell& cell : facts.topology.cells) host.topology->cells.push_back(cell_of(cell));
    for (const host::CacheBank& bank : facts.topology.caches) {
        if (bank.level >= first_shared_cache) host.caches.banks.push_back(bank_of(bank));
    }
    host.security = security_of(facts);
    return host;
}

/// The default machine first, the others as QEMU lists them; an alias follows what it stands for.
std::vector<model::GuestMachine> machines_of(const QemuCapabilities& capabilities) {
    std::vector<model::GuestMachine> list;
    const auto add = [&list](const MachineType& type) {
        model::GuestMachine machine;
        machine.max_cpus = type.max_cpus;
        if (type.deprecated) machine.deprecated = YesNo::yes;
        machine.name = type.name;
        list.push_back(machine);
        if (type.alias.empty()) return;
        machine.canonical = type.name;
        machine.name = type.alias;
        list.push_back(std::move(machine));
    };
    for (const bool is_default : {true, false}) {
        for (const MachineType& type : capabilities.machines) {
            if (type.is_default == is_default) add(type);
        }
    }
    return list;
}

model::GuestCapabilities guest_of(const HostFacts& facts, const GuestProgram& program) {
    const QemuCapabilities& capabilities = *program.capabilities;
    model::GuestCapabilities guest;
    guest.os_type = "hvm";
    guest.arch.name = program.arch;
    guest.arch.word_size = word_size(program.arch);
    guest.arch.emulator = capabilities.binary;
    guest.arch.machines = machines_of(capabilities);
    model::GuestDomainType type;
    type.type = "qemu";
    if (capabilities.tcg_built) guest.arch.domains.push_back(type);
    if (facts.kvm.usable && capabilities.kvm_built && kvm_serves(facts.arch, program.arch)) {
        type.type = "kvm";
        guest.arch.domains.push_back(type);
    }
    guest.features.pae = guest.features.nonpae = program.arch == "i686";
    if (is_x86(program.arch) || program.arch == "aarch64") {
        guest.features.acpi = {.preset = schema::OnOff::on, .toggle = YesNo::yes};
    }
    if (is_x86(program.arch)) guest.features.apic = {.preset = schema::OnOff::on, .toggle = YesNo::no};
    guest.features.cpu_selection = !capabilities.cpus.empty();
    guest.features.device_boot = true;
    guest.features.disk_snapshot = {.preset = schema::OnOff::on, .toggle = YesNo::no};
    return guest;
}

/// What the lanes of guest_programs() share.
struct Round {
    std::vector<FoundBinary> binaries;
    std::vector<CapabilityCache::Pointer> answers; ///< by the same index; null: none
    std::size_t next = 0;
};

Task<void> run_lane(std::shared_ptr<Round> round, CapabilityCache* cache) {
    while (round->next < round->binaries.size()) {
        const std::size_t place = round->next++;
        try {
            CapabilityCache::Pointer answer = co_await cache->get(round->binaries[place].path);
            round->answers[place] = std::move(answer);
        } catch (const std::exception& error) {
            log_warning("qemu.capabilities", "{} is left out: {}", round->binaries[place].path, error.what());
        }
    }
}

} // namespace

HostFacts host_facts(const host::Node& node) {
    HostFacts facts;
    if (utsname system{}; ::uname(&system) == 0) facts.arch = arch_of_target(system.machine);
    if (facts.arch == "i386" || facts.arch == "i586") facts.arch = "i686";
    facts.cpu = node.cpu();
    facts.topology = node.topology();
    facts.power_management = node.power_management();
    facts.iommu = node.has_iommu();
    return facts;
}

Task<std::vector<GuestProgram>> guest_programs(Loop& loop, CapabilityCache& cache,
                                               std::vector<FoundBinary> binaries) {
    const auto round = std::make_shared<Round>();
    round->answers.resize(binaries.size());
    round->binaries = std::move(binaries);
    const std::size_t cpus = std::max(2U, std::thread::hardware_concurrency());
    std::vector<Completion<void>> lanes;
    for (std::size_t i = 0; i < std::min(cpus, round->binaries.size()); ++i) {
        lanes.push_back(start(loop, run_lane(round, &cache)));
    }
    for (const Completion<void>& lane : lanes) co_await lane;

    std::vector<GuestProgram> programs;
    CapabilityCache::Pointer wide;
    bool has_i686 = false;
    for (std::size_t i = 0; i < round->binaries.size(); ++i) {
        const std::string& arch = round->binaries[i].arch;
        if (!round->answers[i]) continue;
        if (arch == "x86_64") wide = round->answers[i];
        if (arch == "i686") has_i686 = true;
        programs.push_back({.arch = arch, .capabilities = round->answers[i]});
    }
    if (wide && !has_i686) programs.push_back({.arch = "i686", .capabilities = wide});
    std::ranges::sort(programs, {}, &GuestProgram::arch);
    co_return programs;
}

bool kvm_serves(std::string_view host_arch, std::string_view guest_arch) {
    if (host_arch == guest_arch) return true;
    return host_arch == "x86_64" && guest_arch == "i686";
}

model::Capabilities host_document(const HostFacts& facts, const std::vector<GuestProgram>& programs) {
    model::Capabilities document;
    document.host = host_of(facts);
    for (const GuestProgram& program : programs) {
        if (program.capabilities) document.guests.push_back(guest_of(facts, program));
    }
    return document;
}

} // namespace yado::qemu
