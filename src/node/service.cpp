// SPDX-License-Identifier: Apache-2.0
#include "node/service.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "host/smbios.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"
#include "service/arguments.h"

#include <algorithm>

namespace yado::node {
namespace {

namespace p = protocol;
using service::CallContext;
using service::refuse_argument;
using service::require_flags;

/// Calls that are made twice: 0 asks how many values there are, then exactly that many must be asked for.
template <class Result, class Values>
Result counted(Values values, std::int32_t asked, std::uint32_t limit, std::string_view refusal) {
    if (asked < 0 || static_cast<std::uint32_t>(asked) > limit) {
        fail(ErrorSource::rpc, Code::internal_error, "nparams too large");
    }
    Result result;
    if (asked == 0) {
        result.nparams = static_cast<std::int32_t>(values.size());
        return result;
    }
    if (static_cast<std::size_t>(asked) != values.size()) {
        refuse_argument(ErrorSource::none, "{} {}", refusal, values.size());
    }
    result.params = std::move(values);
    return result;
}

/// What `read` gives; its refusals of an argument stand alone, as libvirt's do.
template <class Read> auto judged(Read read) {
    try {
        return read();
    } catch (Error& error) {
        if (error.code() == Code::invalid_arg) error.set_message(error.detail());
        throw;
    }
}

/// Free pages of `size` KiB in a cell, -1 standing for the whole host.
std::uint64_t free_pages(const host::Node& node, const std::vector<host::Cell>& cells, std::int64_t cell,
                         std::uint32_t size) {
    std::uint64_t free = 0;
    bool cell_known = cell == -1;
    bool size_known = false;
    for (const host::Cell& each : cells) {
        if (cell != -1 && each.id != cell) continue;
        cell_known = true;
        const std::vector<host::PagePool> pools = node.free_pages(each.id);
        const auto found = std::ranges::find(pools, KiB{size}, &host::PagePool::size);
        if (found == pools.end()) continue;
        free += found->free;
        size_known = true;
    }
    if (!cell_known) {
        fail(Code::internal_error, "start cell {} out of range (0-{})", cell, cells.back().id);
    }
    if (!size_known) fail(Code::operation_failed, "page size {} is not available on node {}", size, cell);
    return free;
}

} // namespace

p::NodeGetInfoResult NodeService::get_info(CallContext&, const p::NodeGetInfoArgs&) {
    const host::NodeInfo info = node_.info();
    p::NodeGetInfoResult result;
    result.model = info.model;
    result.memory = info.memory.value;
    result.cpus = static_cast<std::int32_t>(info.cpus);
    result.mhz = static_cast<std::int32_t>(info.mhz);
    result.nodes = static_cast<std::int32_t>(info.nodes);
    result.sockets = static_cast<std::int32_t>(info.sockets);
    result.cores = static_cast<std::int32_t>(info.cores);
    result.threads = static_cast<std::int32_t>(info.threads);
    return result;
}

p::NodeGetCpuMapResult NodeService::get_cpu_map(CallContext&, const p::NodeGetCpuMapArgs& args) {
    require_flags(ErrorSource::none, args.flags, 0, "virHostCPUGetMap");
    const host::CpuMap map = node_.cpu_map();
    p::NodeGetCpuMapResult result;
    result.ret = static_cast<std::int32_t>(map.online.size());
    if (args.need_online != 0) result.online = map.online_count;
    if (args.need_map != 0) {
        result.cpumap.resize(std::min<std::size_t>((map.online.size() + 7) / 8, p::limits::cpumap));
        for (std::size_t cpu = 0; cpu < map.online.size() && cpu / 8 < result.cpumap.size(); ++cpu) {
            if (map.online[cpu]) result.cpumap[cpu / 8] |= static_cast<std::uint8_t>(1U << (cpu % 8));
        }
    }
    return result;
}

p::NodeGetCpuStatsResult NodeService::get_cpu_stats(CallContext&, const p::NodeGetCpuStatsArgs& args) {
    if (args.cpuNum < -1) {
        refuse_argument(ErrorSource::domain,
                        "cpuNum in virNodeGetCPUStats only accepts -1 as a negative value");
    }
    require_flags(ErrorSource::none, args.flags, 0, "virHostCPUGetStats");
    host::CpuStats stats;
    if (args.nparams != 0)
        stats = node_.cpu_stats(args.cpuNum); // how many there are does not depend on the CPU
    std::vector<p::NodeCpuStat> values{
        {"kernel", stats.kernel}, {"user", stats.user}, {"idle", stats.idle}, {"iowait", stats.iowait}};
    return counted<p::NodeGetCpuStatsResult>(std::move(values), args.nparams, p::limits::node_cpu_stats,
                                             "nparams in virHostCPUGetStatsLinux must be equal to");
}

p::NodeGetMemoryStatsResult NodeService::get_memory_stats(CallContext&,
                                                          const p::NodeGetMemoryStatsArgs& args) {
    if (args.cellNum < -1) {
        refuse_argument(ErrorSource::domain,
                        "cellNum in virNodeGetMemoryStats only accepts -1 as a negative value");
    }
    require_flags(ErrorSource::none, args.flags, 0, "virHostMemGetStats");
    const host::MemoryStats stats = judged([&] { return node_.memory_stats(args.cellNum); });
    std::vector<p::NodeMemoryStat> values{{"total", stats.total.value}, {"free", stats.free.value}};
    if (stats.buffers) values.push_back({"buffers", stats.buffers->value});
    if (stats.cached) values.push_back({"cached", stats.cached->value});
    return counted<p::NodeGetMemoryStatsResult>(std::move(values), args.nparams, p::limits::node_memory_stats,
                                                "nparams in virHostMemGetStatsLinux must be");
}

p::NodeGetMemoryParametersResult
NodeService::get_memory_parameters(CallContext&, const p::NodeGetMemoryParametersArgs& args) {
    // of the kernel's samepage merging, in libvirt's order
    struct Row {
        std::string_view file;
        bool wide;
    };
    static constexpr Row rows[] = {{"pages_to_scan", false}, {"sleep_millisecs", false},
                                   {"pages_shared", true},   {"pages_sharing", true},
                                   {"pages_unshared", true}, {"pages_volatile", true},
                                   {"full_scans", true},     {"merge_across_nodes", false}};
    require_flags(ErrorSource::none, args.flags, p::TypedParameterFlags::string_okay,
                  "virHostMemGetParameters");
    p::ParamsBuilder params;
    for (const Row& row : rows) {
        const std::string path = fmt::format("{}/sys/kernel/mm/ksm/{}", root_, row.file);
        const std::string content = read_file_if_exists(path, 4096).value_or("");
        const auto value = parse_number<std::uint64_t>(trim(content));
        if (!value) continue; // a kernel without it
        const std::string name = fmt::format("shm_{}", row.file);
        if (row.wide) {
            params.u64(name, *value);
        } else {
            params.u32(name, static_cast<std::uint32_t>(*value));
        }
    }
    p::ParamsAnswer answer =
        p::answer(params.take(), args.nparams, args.flags, p::limits::node_memory_parameters);
    p::NodeGetMemoryParametersResult result;
    result.params = std::move(answer.params);
    result.nparams = answer.nparams;
    return result;
}

p::NodeGetCellsFreeMemoryResult
NodeService::get_cells_free_memory(CallContext&, const p::NodeGetCellsFreeMemoryArgs& args) {
    if (args.maxcells < 0 || static_cast<std::uint32_t>(args.maxcells) > p::limits::node_cells) {
        fail(ErrorSource::rpc, Code::rpc, "maxcells > REMOTE_NODE_MAX_CELLS");
    }
    if (args.startCell < 0) {
        refuse_argument(ErrorSource::domain,
                        "startCell in virNodeGetCellsFreeMemory must be zero or greater");
    }
    if (args.maxcells == 0) {
        refuse_argument(ErrorSource::domain,
                        "maxCells in virNodeGetCellsFreeMemory must be greater than zero");
    }
    p::NodeGetCellsFreeMemoryResult result;
    const auto cells =
        node_.cells_free_memory(static_cast<unsigned>(args.startCell), static_cast<unsigned>(args.maxcells));
    for (const KiB& cell : cells) result.cells.push_back(to_bytes(cell).value);
    return result;
}

p::NodeGetFreeMemoryResult NodeService::get_free_memory(CallContext&, const p::NodeGetFreeMemoryArgs&) {
    p::NodeGetFreeMemoryResult result;
    result.freeMem = to_bytes(node_.free_memory()).value;
    return result;
}

p::NodeGetFreePagesResult NodeService::get_free_pages(CallContext&, const p::NodeGetFreePagesArgs& args) {
    require_flags(ErrorSource::qemu, args.flags, 0, "qemuNodeGetFreePages");
    if (args.pages.empty())
        refuse_argument(ErrorSource::domain, "npages in virNodeGetFreePages must not be zero");
    if (args.cellCount == 0) {
        refuse_argument(ErrorSource::domain, "cellCount in virNodeGetFreePages must not be zero");
    }
    const std::uint64_t wanted = std::uint64_t(args.pages.size()) * args.cellCount;
    if (wanted > p::limits::node_cells) {
        fail(ErrorSource::rpc, Code::rpc, "the result won't fit into REMOTE_NODE_MAX_CELLS");
    }
    const std::vector<host::Cell> cells = node_.topology().cells;
    p::NodeGetFreePagesResult result;
    for (unsigned offset = 0; offset < args.cellCount; ++offset) {
        const std::int64_t cell = std::int64_t(args.startCell) + offset;
        if (offset > 0 && cell > std::int64_t(cells.back().id))
            break; // as stock: fewer when there are no more
        for (const std::uint32_t size : args.pages)
            result.counts.push_back(free_pages(node_, cells, cell, size));
    }
    return result;
}

p::NodeGetSecurityModelResult NodeService::get_security_model(CallContext&,
                                                              const p::NodeGetSecurityModelArgs&) {
    p::NodeGetSecurityModelResult result;
    result.model = "none"; // no mandatory access control yet
    result.doi = "0";
    return result;
}

Task<p::ConnectGetSysinfoResult> NodeService::get_sysinfo(CallContext, p::ConnectGetSysinfoArgs args) {
    require_flags(ErrorSource::qemu, args.flags, 0, "qemuConnectGetSysinfo");
    const std::string root = root_;
    auto work = [root] { return host::read_sysinfo(root).xml(); };
    auto reading = blocking(loop_, work);
    p::ConnectGetSysinfoResult result;
    result.sysinfo = co_await std::move(reading);
    co_return result;
}

} // namespace yado::node
