// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "model/domain/check_devices.h"
#include "model/domain/check_machine.h"
#include "model/domain/complete_devices.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

void check_huge_pages(const Domain& domain, const HugePages& huge, Diagnostics& out) {
    constexpr std::string_view path = "/domain/memoryBacking/hugepages/page";
    const std::size_t cells = numa_cells(domain);
    const HugePage* usual = nullptr;
    std::map<std::uint32_t, const HugePage*> taken;
    for (const HugePage& page : huge.pages) {
        if (page.size_kib == 0) {
            problem(out, domain_conf, Code::xml_detail, fmt::format("{}/@size", path),
                    "hugepage size can't be zero");
        }
        if (page.nodes.empty() && usual != nullptr) {
            problem(out, domain_conf, Code::xml_detail, std::string(path),
                    "two master hugepages detected: {} and {}", page.size_kib, usual->size_kib);
        }
        if (page.nodes.empty()) { usual = &page; }
        for (const std::uint32_t node : page.nodes.numbers()) {
            if (node >= cells) {
                problem(out, domain_conf, Code::xml_detail, fmt::format("{}/@nodeset", path),
                        "hugepages: node {} not found", node);
                break;
            }
            if (const auto [other, free] = taken.emplace(node, &page); !free) {
                problem(out, domain_conf, Code::xml_detail, fmt::format("{}/@nodeset", path),
                        "nodeset attribute of hugepages of sizes {} and {} intersect", page.size_kib,
                        other->second->size_kib);
                break;
            }
        }
    }
}

void check_backing(const Domain& domain, const MemoryBacking& backing, Diagnostics& out) {
    if (!backing.huge_pages) { return; }
    check_huge_pages(domain, *backing.huge_pages, out);
    if (!is_qemu(domain)) { return; }
    if (backing.allocation.mode == AllocationMode::ondemand) {
        problem(out, driver, Code::config_unsupported, "/domain/memoryBacking/allocation/@mode",
                "hugepages are not allowed with memory allocation ondemand");
    }
    if (backing.source == BackingSource::anonymous) {
        problem(out, driver, Code::config_unsupported, "/domain/memoryBacking/source/@type",
                "hugepages are not allowed with anonymous memory source");
    }
}

} // namespace

void check_memory(const Domain& domain, Diagnostics& out) {
    std::uint64_t plugged = 0;
    for (const MemoryDevice& device : domain.devices.memories) {
        plugged += std::min(device.target.size_kib, std::numeric_limits<std::uint64_t>::max() - plugged);
    }
    if (numa_cells(domain) == 0 && domain.memory.size.value < plugged) {
        problem(out, domain_conf, Code::xml_error, "/domain/memory",
                "Total size of memory devices exceeds the total memory size");
    } else if (numa_cells(domain) == 0 && domain.memory.size.value == plugged) {
        problem(out, domain_conf, Code::xml_error, "/domain/memory",
                "Memory size must be specified via <memory> or in the <numa> configuration");
    }
    const bool has_maximum = domain.max_memory && domain.max_memory->size.value != 0;
    if (domain.max_memory && (domain.max_memory->slots == 0 || !has_maximum)) {
        problem(out, domain_conf, Code::xml_error, "/domain/maxMemory/@slots",
                "both maximum memory size and memory slot count must be specified");
    }
    if (has_maximum && domain.max_memory->size < domain.memory.size) {
        problem(out, domain_conf, Code::xml_error, "/domain/maxMemory",
                "maximum memory size must be equal or greater than the actual memory size");
    }
    if (domain.max_memory && is_qemu(domain) && numa_cells(domain) == 0 && domain.devices.memories.empty()) {
        problem(out, driver, Code::config_unsupported, "/domain/maxMemory",
                "At least one numa node has to be configured when enabling memory hotplug");
    }
    if (domain.memory_backing) { check_backing(domain, *domain.memory_backing, out); }
}

namespace {

struct NumaCheck {
    const GuestNuma& numa;
    const Vcpus& vcpus;
    Diagnostics& out;

    static std::string cell_path(std::size_t index, std::string_view part = {}) {
        return fmt::format("/domain/cpu/numa/cell[{}]{}", index + 1, part);
    }
    void refuse(std::string path, std::string text) const {
        problem(out, domain_conf, Code::xml_error, std::move(path), "{}", text);
    }

    /// Their order is the one of their numbers, unless those are wrong.
    bool numbers() const {
        std::set<std::uint32_t> seen;
        for (std::size_t i = 0; i < numa.cells.size(); ++i) {
            const std::uint32_t id = numa.cells[i].id.value_or(0);
            if (id >= numa.cells.size()) {
                refuse(cell_path(i, "/@id"),
                       "Exactly one 'cell' element per guest NUMA cell allowed, non-contiguous ranges or "
                       "ranges not starting from 0 are not allowed");
                return false;
            }
            if (!seen.insert(id).second) {
                refuse(cell_path(i, "/@id"), fmt::format("Duplicate NUMA cell info for cell id '{}'", id));
                return false;
            }
        }
        if (numa.cells.size() > most_numa_cells) {
            refuse("/domain/cpu/numa", fmt::format("more than {} NUMA cells", most_numa_cells));
            return false;
        }
        return true;
    }

    void cpus() const {
        std::size_t count = 0;
        std::uint32_t highest = 0;
        for (std::size_t i = 0; i < numa.cells.size(); ++i) {
            const std::vector<std::uint32_t> numbers = numa.cells[i].cpus.numbers();
            count += numbers.size();
            if (!numbers.empty()) { highest = std::max(highest, numbers.back()); }
            for (std::size_t before = 0; before < i; ++before) {
                if (std::ranges::any_of(
                        numbers, [&](std::uint32_t cpu) { return numa.cells[before].cpus.contains(cpu); })) {
                    problem(out, domain_conf, Code::config_unsupported, cell_path(i, "/@cpus"),
                            "NUMA cells {} and {} have overlapping vCPU ids", i, before);
                    return;
                }
            }
        }
        if (count > vcpus.maximum) {
            problem(out, domain_conf, Code::internal_error, "/domain/cpu/numa",
                    "Number of CPUs in <numa> exceeds the <vcpu> count");
        } else if (highest >= vcpus.maximum) {
            problem(out, domain_conf, Code::internal_error, "/domain/cpu/numa",
                    "CPU IDs in <numa> exceed the <vcpu> count");
        }
    }

    void distances(std::size_t i) const {
        for (const NumaDistance& each : numa.cells[i].distances) {
            const std::string path = cell_path(i, "/distances/sibling");
            if (each.cell >= numa.cells.size()) {
                refuse(path,
                       fmt::format("'sibling_id {}' does not refer to a valid cell within NUMA 'cell id {}'",
                                   each.cell, i));
                return;
            }
            const bool good = each.cell == i
                                  ? each.value == local_distance
                                  : each.value >= local_distance && each.value <= unreachable_distance;
            if (!good) {
                refuse(path, fmt::format("'value {}' is invalid for 'sibling id {}' under NUMA 'cell id {}'",
                                         each.value, each.cell, i));
                return;
            }
        }
    }

    void caches(std::size_t i) const {
        std::set<std::uint32_t> levels;
        for (const NumaCache& cache : numa.cells[i].caches) {
            if (cache.level == 0) {
                refuse(cell_path(i, "/cache/@level"),
                       fmt::format("Invalid 'level' attribute in cache element for NUMA node {}", i));
            } else if (!levels.insert(cache.level).second) {
                refuse(cell_path(i, "/cache/@level"),
                       fmt::format("Cache level '{}' already defined", cache.level));
            }
        }
    }

    bool path_exists(const NumaPath& each) const {
        const std::string path = "/domain/cpu/numa/interconnects";
        const std::size_t cells = numa.cells.size();
        if (each.initiator >= cells || numa.cells[each.initiator].cpus.empty()) {
            refuse(path, "'initiator' refers to a non-existent NUMA node");
        } else if (each.target >= cells) {
            refuse(path, "'target' refers to a non-existent NUMA node");
        } else if (each.cache.value_or(0) != 0 &&
                   std::ranges::find(numa.cells[each.target].caches, *each.cache, &NumaCache::level) ==
                       numa.cells[each.target].caches.end()) {
            refuse(path, "'cache' refers to a non-existent NUMA node cache");
        } else {
            return true;
        }
        return false;
    }

    template <class T> void interconnects(const std::vector<T>& all, std::string_view what) const {
        std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, NumaTraffic>> seen;
        for (const T& each : all) {
            const NumaPath& p = each.path;
            if (!path_exists(p)) { return; }
            if (!seen.emplace(p.initiator, p.target, p.cache.value_or(0), p.traffic).second) {
                refuse("/domain/cpu/numa/interconnects", fmt::format("Duplicate info for NUMA {}", what));
                return;
            }
        }
    }
};

} // namespace

void check_numa(const Domain& domain, Diagnostics& out) {
    if (domain.numa() == nullptr) { return; }
    const NumaCheck check{*domain.numa(), domain.vcpus, out};
    if (!check.numbers()) { return; }
    for (std::size_t i = 0; i < numa_cells(domain); ++i) {
        check.distances(i);
        check.caches(i);
    }
    check.interconnects(domain.numa()->interconnects.latencies, "latencies");
    check.interconnects(domain.numa()->interconnects.bandwidths, "latencies");
    check.cpus();
}

} // namespace yado::model
