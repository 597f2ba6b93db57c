// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <tuple>

#include "model/domain/check_devices.h"
#include "model/domain/check_machine.h"
#include "model/domain/complete_devices.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

bool overlap(const CpuSet& a, const CpuSet& b) {
    return std::ranges::any_of(a.numbers(), [&b](std::uint32_t n) { return b.contains(n); });
}
bool within(const CpuSet& inner, const CpuSet& outer) {
    return std::ranges::all_of(inner.numbers(), [&outer](std::uint32_t n) { return outer.contains(n); });
}

struct CpuTuningCheck {
    const Domain& domain;
    const CpuTuning& tuning;
    Diagnostics& out;

    void refuse(Code code, std::string_view part, std::string text, ErrorSource source = domain_conf) const {
        problem(out, source, code, fmt::format("/domain/cputune/{}", part), "{}", text);
    }

    template <class T> void range(std::string_view name, T value, T least, T most) const {
        if (value > 0 && (value < least || value > most)) {
            refuse(Code::config_unsupported, name,
                   fmt::format("Value of cputune '{}' must be in range [{}, {}]", name, least, most));
        }
    }

    // The kernel's own limits.
    void ranges() const {
        constexpr std::uint64_t least_shares = 2, most_shares = 262144, shortest = 1000, longest = 1000000;
        range("shares", tuning.shares.value_or(0), least_shares, most_shares);
        const auto time = [this](std::string_view prefix, const CpuTime& each) {
            constexpr std::int64_t least = 1000, most = 17592186044415;
            range(fmt::format("{}period", prefix), each.period, shortest, longest);
            range(fmt::format("{}quota", prefix), each.quota, least, most);
        };
        time("", tuning.vcpu);
        time("global_", tuning.global);
        time("emulator_", tuning.emulator);
        time("iothread_", tuning.iothread);
    }

    void no_thread(std::string_view part, std::uint32_t number) const {
        refuse(Code::config_unsupported, part, fmt::format("Cannot find 'iothread' : {}", number));
    }

    void pins() const {
        for (std::size_t i = 1; i < tuning.vcpu_pins.size(); ++i) {
            if (tuning.vcpu_pins[i].vcpu == tuning.vcpu_pins[i - 1].vcpu) {
                refuse(Code::internal_error, "vcpupin",
                       fmt::format("duplicate vcpupin for vcpu '{}'", tuning.vcpu_pins[i].vcpu));
            }
        }
        std::set<std::uint32_t> seen;
        for (const IoThreadPin& pin : tuning.iothread_pins) {
            if (pin.iothread == 0) {
                refuse(Code::xml_error, "iothreadpin/@iothread",
                       "Invalid value for attribute 'iothread' in element 'iothreadpin': Zero is not "
                       "permitted",
                       ErrorSource::xml);
            } else if (!has_iothread(domain, pin.iothread)) {
                no_thread("iothreadpin/@iothread", pin.iothread);
            } else if (!seen.insert(pin.iothread).second) {
                refuse(Code::internal_error, "iothreadpin",
                       fmt::format("duplicate iothreadpin for same iothread '{}'", pin.iothread));
            }
        }
    }

    void priority(std::string_view element, const Scheduling& scheduling) const {
        const bool real_time =
            scheduling.scheduler == Scheduler::fifo || scheduling.scheduler == Scheduler::rr;
        if (real_time && !scheduling.priority) {
            refuse(Code::xml_error, fmt::format("{}/@priority", element),
                   fmt::format("Missing required attribute 'priority' in element '{}'", element),
                   ErrorSource::xml);
        }
    }

    /// Those that could not be told apart by number are left together by complete().
    void scheduling() const {
        if (tuning.emulator_scheduling) { priority("emulatorsched", *tuning.emulator_scheduling); }
        CpuSet vcpus;
        for (const VcpuScheduling& each : tuning.vcpu_scheduling) {
            priority("vcpusched", each.scheduling);
            const std::vector<std::uint32_t> numbers = each.vcpus.numbers();
            if (!numbers.empty() && numbers.back() >= domain.vcpus.maximum) {
                refuse(Code::config_unsupported, "vcpusched/@vcpus",
                       fmt::format("vCPU '{}' is not present in domain definition", numbers.back()));
            } else if (overlap(each.vcpus, vcpus)) {
                refuse(Code::xml_detail, "vcpusched/@vcpus",
                       "'vcpusched' attributes 'vcpus' must not overlap");
            }
            for (const std::uint32_t number : numbers) { vcpus.insert(number); }
        }
        CpuSet threads;
        for (const IoThreadScheduling& each : tuning.iothread_scheduling) {
            priority("iothreadsched", each.scheduling);
            if (overlap(each.iothreads, threads)) {
                refuse(Code::xml_detail, "iothreadsched/@iothreads",
                       "'iothreadsched' attributes 'iothreads' must not overlap");
            }
            for (const std::uint32_t number : each.iothreads.numbers()) {
                if (!has_iothread(domain, number)) {
                    no_thread("iothreadsched/@iothreads", number);
                    break;
                }
                threads.insert(number);
            }
        }
    }

    template <class Monitors> void monitors(const Monitors& all, const CpuSet& vcpus, bool allocates) const {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!within(all[i].vcpus, vcpus)) {
                refuse(Code::invalid_arg, "cachetune/monitor/@vcpus",
                       "Monitor vcpus conflicts with allocation");
                return;
            }
            for (std::size_t before = 0; before < i; ++before) {
                if (all[i].vcpus == all[before].vcpus) {
                    refuse(Code::invalid_arg, "cachetune/monitor/@vcpus",
                           "Identical vcpus found in same type monitors");
                    return;
                }
                // The group of the whole allocation is its own monitor.
                const bool whole = allocates && (all[i].vcpus == vcpus || all[before].vcpus == vcpus);
                if (!whole && overlap(all[i].vcpus, all[before].vcpus)) {
                    refuse(Code::invalid_arg, "cachetune/monitor/@vcpus", "Overlapping vcpus in monitors");
                    return;
                }
            }
        }
    }

    void caches(const CacheTuning& each) const {
        std::set<std::tuple<std::uint32_t, std::uint32_t, CacheType>> seen;
        for (const CacheAllocation& cache : each.caches) {
            if (!seen.emplace(cache.level, cache.id, cache.type).second) {
                refuse(Code::xml_error, "cachetune/cache",
                       fmt::format("Colliding cache allocations for cache level '{}' id '{}', type '{}'",
                                   cache.level, cache.id, schema::word(cache.type)),
                       ErrorSource::resctrl);
            }
        }
        for (const CacheMonitor& monitor : each.monitors) {
            if (monitor.level != 3) {
                refuse(Code::xml_error, "cachetune/monitor/@level",
                       fmt::format("Invalid monitor cache level '{}'", monitor.level));
            }
        }
        monitors(each.monitors, each.vcpus, !each.caches.empty());
    }

    void bandwidth(const BandwidthTuning& each) const {
        std::set<std::uint32_t> seen;
        for (const NodeBandwidth& node : each.nodes) {
            if (node.percent > 100) {
                refuse(Code::xml_error, "memorytune/node/@bandwidth",
                       "Memory Bandwidth value exceeding 100 is invalid.", ErrorSource::resctrl);
            } else if (!seen.insert(node.id).second) {
                refuse(Code::xml_error, "memorytune/node/@id",
                       fmt::format("Memory Bandwidth already defined for node {}", node.id),
                       ErrorSource::resctrl);
            }
        }
        monitors(each.monitors, each.vcpus, !each.nodes.empty());
    }

    /// A vCPU is in one of the kernel's groups; caches and bandwidth of the same vCPUs share theirs.
    void groups() const {
        constexpr std::size_t most = 256;
        std::vector<const CpuSet*> all;
        const auto add = [&](const CpuSet& vcpus, bool may_share) {
            for (const CpuSet* other : all) {
                const bool shared = may_share && *other == vcpus;
                if (!shared && overlap(*other, vcpus)) {
                    refuse(Code::xml_error, "cachetune/@vcpus", "Overlapping vcpus in resctrls");
                    return false;
                }
            }
            all.push_back(&vcpus);
            return true;
        };
        if (tuning.caches.size() + tuning.memory.size() > most) {
            refuse(Code::config_unsupported, "cachetune", fmt::format("more than {} groups of vCPUs", most));
            return;
        }
        for (const CacheTuning& each : tuning.caches) {
            if (!add(each.vcpus, false)) { return; }
            caches(each);
        }
        for (const BandwidthTuning& each : tuning.memory) {
            if (!add(each.vcpus, true)) { return; }
            bandwidth(each);
        }
    }

    void run() const {
        ranges();
        pins();
        scheduling();
        groups();
        const bool grouped = !tuning.caches.empty() || !tuning.memory.empty();
        if (grouped && is_qemu(domain) && domain.type != DomainType::kvm) {
            refuse(Code::config_unsupported, "cachetune", "cachetune is only supported for KVM domains",
                   driver);
        }
    }
};

} // namespace

void check_cpu_tuning(const Domain& domain, Diagnostics& out) {
    CpuTuningCheck{domain, *domain.cpu_tuning, out}.run();
}

} // namespace yado::model
