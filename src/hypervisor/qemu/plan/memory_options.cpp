// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/memory_options.h"

#include "hypervisor/qemu/devices/memory_backend.h"
#include "model/domain/machine.h"

#include <algorithm>
#include <set>

namespace yado::qemu {

namespace json = boost::json;
using model::NumaMode;

namespace {

// Guests get whole pieces: libvirt rounds up to them, too.
std::uint64_t whole_kib(const model::Domain& domain, std::uint64_t kib) {
    const std::uint64_t piece = domain.os.type.arch.starts_with("ppc64") ? 256 * 1024 : 1024;
    return (kib + piece - 1) / piece * piece;
}

std::string_view policy_of(NumaMode mode) {
    switch (mode) {
    case NumaMode::preferred: return "preferred";
    case NumaMode::interleave: return "interleave";
    default: return "bind";
    }
}

class Memory {
  public:
    explicit Memory(const DeviceContext& context) : context_(context), domain_(context.domain) {}

    MemoryOptions make() {
        const model::GuestNuma* numa = domain_.numa();
        if (numa == nullptr) {
            backend(std::string(memory_id(domain_)), -1, domain_.memory.size.value);
            size(whole_kib(domain_, domain_.memory.size.value));
        } else {
            cells(*numa);
            distances(*numa);
            if (has_hmat(*numa)) memory_side(*numa);
        }
        return std::move(result_);
    }

    static bool has_hmat(const model::GuestNuma& numa) {
        return numa.has_caches() || !numa.interconnects.empty();
    }

  private:
    void size(std::uint64_t kib) {
        result_.size = fmt::format("size={}k", kib);
        if (!domain_.max_memory) return;
        result_.size += fmt::format(",slots={},maxmem={}k", domain_.max_memory->slots,
                                    whole_kib(domain_, domain_.max_memory->size.value));
    }

    /// The host's nodes for a cell, or for everything.
    void bind(MemoryWish& wish) const {
        if (!domain_.numa_tuning) return;
        const model::NumaTuning& tuning = *domain_.numa_tuning;
        const auto cell = std::ranges::find(tuning.cells, static_cast<std::uint32_t>(wish.cell),
                                            &model::NumaCellMemory::cell);
        NumaMode mode{};
        if (wish.cell >= 0 && cell != tuning.cells.end()) {
            mode = cell->mode;
            wish.host_nodes = cell->nodes;
        } else if (tuning.memory) {
            // numad would have to be asked for them
            if (tuning.memory->placement == model::NumaPlacement::auto_)
                unsupported(context_, "automatic NUMA placement");
            mode = tuning.memory->mode;
            wish.host_nodes = tuning.memory->nodes;
        }
        if (mode == NumaMode::restrictive) wish.host_nodes = {}; // the cgroup's business
        wish.policy = policy_of(mode);
    }

    void backend(std::string id, int cell, std::uint64_t kib) {
        MemoryWish wish;
        wish.id = std::move(id);
        wish.name = wish.id;
        wish.cell = cell;
        wish.bytes = whole_kib(domain_, kib) * 1024;
        if (cell >= 0) {
            const model::NumaCell& given = domain_.numa()->cells[static_cast<std::size_t>(cell)];
            wish.access = given.access;
            wish.discard = given.discard == schema::YesNo::yes;
        }
        bind(wish);
        json::object object = memory_backend(context_, wish);
        // As machines name their memory in a migration that have it without a back end of ours.
        if (cell < 0 && object["qom-type"] != "memory-backend-ram")
            object["x-use-canonical-path-for-ramblock-id"] = false;
        fill_on_its_nodes(wish, object);
        directory(object);
        result_.objects.push_back(std::move(object));
    }

    // QEMU 7.2: threads that touch pages run where the pages are.
    void fill_on_its_nodes(const MemoryWish& wish, json::object& object) {
        if (!object.contains("prealloc") || wish.host_nodes.empty() ||
            !context_.capabilities.has_object("thread-context")) {
            return;
        }
        json::object threads;
        threads["qom-type"] = "thread-context";
        threads["id"] = "tc-" + wish.id;
        threads["node-affinity"] = object.at("host-nodes");
        result_.objects.push_back(threads);
        object["prealloc-context"] = threads.at("id");
    }

    void directory(const json::object& object) {
        const json::value* path = object.if_contains("mem-path");
        if (path == nullptr) return;
        std::string text(path->as_string());
        // huge pages: QEMU makes a file without a name in it
        if (text.starts_with(context_.facts.memory_dir + "/")) text.resize(text.rfind('/'));
        if (std::ranges::find(result_.directories, text) == result_.directories.end())
            result_.directories.push_back(std::move(text));
    }

    /// CPUs whose memory controller a cell without CPUs is behind: the nearest by what the document says.
    std::uint32_t initiator_of(const model::GuestNuma& numa, std::uint32_t cell) const {
        if (!numa.cells[cell].cpus.empty()) return cell;
        const model::NumaPath* best = nullptr;
        std::uint64_t value = 0;
        for (const model::NumaLatency& each : numa.interconnects.latencies) {
            if (each.path.target == cell && (best == nullptr || each.value < value)) {
                best = &each.path;
                value = each.value;
            }
        }
        for (const model::NumaBandwidth& each : numa.interconnects.bandwidths) {
            if (each.path.target == cell && best == nullptr) best = &each.path;
        }
        if (best != nullptr) return best->initiator;
        const auto first =
            std::ranges::find_if(numa.cells, [](const model::NumaCell& each) { return !each.cpus.empty(); });
        return static_cast<std::uint32_t>(first - numa.cells.begin());
    }

    void cells(const model::GuestNuma& numa) {
        std::uint64_t sum = 0;
        for (std::uint32_t i = 0; i < numa.cells.size(); ++i) {
            const model::NumaCell& cell = numa.cells[i];
            const std::string id = fmt::format("ram-node{}", i);
            backend(id, static_cast<int>(i), cell.memory_kib);
            sum += whole_kib(domain_, cell.memory_kib);
            std::string node = fmt::format("node,nodeid={}", i);
            std::string cpus = cell.cpus.text();
            std::ranges::replace(cpus, ',', '\n'); // a range at a time
            for (std::size_t at = 0; at < cpus.size();) {
                const std::size_t end = std::min(cpus.find('\n', at), cpus.size());
                node += ",cpus=" + cpus.substr(at, end - at);
                at = end + 1;
            }
            if (has_hmat(numa)) node += fmt::format(",initiator={}", initiator_of(numa, i));
            result_.numa.push_back(fmt::format("{},memdev={}", node, id));
        }
        size(sum);
    }

    void distances(const model::GuestNuma& numa) {
        if (!numa.has_distances()) return;
        for (std::size_t from = 0; from < numa.cells.size(); ++from) {
            for (std::size_t to = 0; to < numa.cells.size(); ++to) {
                result_.numa.push_back(
                    fmt::format("dist,src={},dst={},val={}", from, to, numa.distance(from, to)));
            }
        }
    }

    std::string path_option(const model::NumaPath& path, std::string_view what) const {
        static constexpr std::string_view levels[] = {"memory", "first-level", "second-level", "third-level"};
        const std::uint32_t level = path.cache.value_or(0);
        if (level >= std::size(levels)) unsupported(context_, fmt::format("a NUMA cache of level {}", level));
        return fmt::format("hmat-lb,initiator={},target={},hierarchy={},data-type={}-{}", path.initiator,
                           path.target, levels[level], schema::word(path.traffic), what);
    }

    // ACPI's table of heterogeneous memory; QEMU wants it in this order.
    void memory_side(const model::GuestNuma& numa) {
        for (const model::NumaLatency& each : numa.interconnects.latencies) {
            result_.numa.push_back(
                fmt::format("{},latency={}", path_option(each.path, "latency"), each.value));
        }
        for (const model::NumaBandwidth& each : numa.interconnects.bandwidths) {
            result_.numa.push_back(
                fmt::format("{},bandwidth={}K", path_option(each.path, "bandwidth"), each.kib));
        }
        for (std::size_t i = 0; i < numa.cells.size(); ++i) {
            std::vector<const model::NumaCache*> caches;
            for (const model::NumaCache& each : numa.cells[i].caches) caches.push_back(&each);
            std::ranges::sort(caches, {}, &model::NumaCache::level);
            for (const model::NumaCache* cache : caches) result_.numa.push_back(cache_option(i, *cache));
        }
    }

    static std::string cache_option(std::size_t cell, const model::NumaCache& cache) {
        static constexpr std::string_view kinds[] = {"none", "none", "direct", "complex"};
        static constexpr std::string_view policies[] = {"none", "none", "write-back", "write-through"};
        return fmt::format("hmat-cache,node-id={},size={}K,level={},associativity={},policy={},line={}", cell,
                           cache.size_kib, cache.level, kinds[static_cast<std::size_t>(cache.associativity)],
                           policies[static_cast<std::size_t>(cache.policy)], cache.line);
    }

    const DeviceContext& context_;
    const model::Domain& domain_;
    MemoryOptions result_;
};

} // namespace

MemoryOptions memory_options(const DeviceContext& context) { return Memory(context).make(); }

std::string_view memory_id(const model::Domain& domain) {
    if (domain.numa() != nullptr) return {};
    const std::string& arch = domain.os.type.arch;
    if (model::is_arm(arch)) return "mach-virt.ram";
    if (model::is_riscv(arch)) return "riscv_virt_board.ram";
    return model::is_x86(arch) ? "pc.ram" : "ram";
}

} // namespace yado::qemu
