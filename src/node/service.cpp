// SPDX-License-Identifier: Apache-2.0
#include "node/service.h"

#include "base/error.h"
#include "host/smbios.h"

#include <algorithm>

namespace yado::node {
namespace {

namespace p = protocol;
using service::CallContext;

void require_no_flags(std::uint32_t flags, std::string_view function) {
    if (flags != 0) fail(Code::invalid_arg, "unsupported flags (0x{:x}) in function {}", flags, function);
}

/// Calls that are made twice: 0 asks how many values there are, then exactly that many must be asked for.
template <class Result, class Values>
Result counted(Values values, std::int32_t asked, std::uint32_t limit, std::string_view function) {
    if (asked < 0 || static_cast<std::uint32_t>(asked) > limit) fail(Code::internal_error, "nparams too large");
    Result result;
    if (asked == 0) {
        result.nparams = static_cast<std::int32_t>(values.size());
        return result;
    }
    if (static_cast<std::size_t>(asked) != values.size()) {
        fail(Code::invalid_arg, "nparams in {} must be equal to {}", function, values.size());
    }
    result.params = std::move(values);
    return result;
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
    require_no_flags(args.flags, "virHostCPUGetMap");
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
    require_no_flags(args.flags, "virHostCPUGetStats");
    const host::CpuStats stats = node_.cpu_stats(args.cpuNum);
    std::vector<p::NodeCpuStat> values{
        {"kernel", stats.kernel}, {"user", stats.user}, {"idle", stats.idle}, {"iowait", stats.iowait}};
    return counted<p::NodeGetCpuStatsResult>(std::move(values), args.nparams, p::limits::node_cpu_stats,
                                             "virHostCPUGetStatsLinux");
}

p::NodeGetMemoryStatsResult NodeService::get_memory_stats(CallContext&, const p::NodeGetMemoryStatsArgs& args) {
    require_no_flags(args.flags, "virHostMemGetStats");
    const host::MemoryStats stats = node_.memory_stats(args.cellNum);
    std::vector<p::NodeMemoryStat> values{{"total", stats.total.value}, {"free", stats.free.value}};
    if (stats.buffers) values.push_back({"buffers", stats.buffers->value});
    if (stats.cached) values.push_back({"cached", stats.cached->value});
    return counted<p::NodeGetMemoryStatsResult>(std::move(values), args.nparams, p::limits::node_memory_stats,
                                                "virHostMemGetStatsLinux");
}

p::NodeGetCellsFreeMemoryResult NodeService::get_cells_free_memory(CallContext&,
                                                                   const p::NodeGetCellsFreeMemoryArgs& args) {
    if (args.maxcells < 0 || static_cast<std::uint32_t>(args.maxcells) > p::limits::node_cells) {
        fail(Code::internal_error, "maxCells > REMOTE_NODE_MAX_CELLS");
    }
    if (args.startCell < 0) fail(Code::invalid_arg, "startCell in virNodeGetCellsFreeMemory must be zero or greater");
    if (args.maxcells == 0) {
        fail(Code::invalid_arg, "maxCells in virNodeGetCellsFreeMemory must be greater than zero");
    }
    p::NodeGetCellsFreeMemoryResult result;
    const auto cells = node_.cells_free_memory(static_cast<unsigned>(args.startCell),
                                               static_cast<unsigned>(args.maxcells));
    for (const KiB& cell : cells) result.cells.push_back(to_bytes(cell).value);
    return result;
}

p::NodeGetFreeMemoryResult NodeService::get_free_memory(CallContext&, const p::NodeGetFreeMemoryArgs&) {
    p::NodeGetFreeMemoryResult result;
    result.freeMem = to_bytes(node_.free_memory()).value;
    return result;
}

p::NodeGetFreePagesResult NodeService::get_free_pages(CallContext&, const p::NodeGetFreePagesArgs& args) {
    require_no_flags(args.flags, "virNodeGetFreePages");
    const std::uint64_t wanted = std::uint64_t(args.pages.size()) * args.cellCount;
    if (wanted > p::limits::node_cells) fail(Code::internal_error, "the result won't fit into REMOTE_NODE_MAX_CELLS");
    if (args.startCell < 0) fail(Code::invalid_arg, "startCell in virNodeGetFreePages must be zero or greater");
    p::NodeGetFreePagesResult result;
    for (unsigned cell = 0; cell < args.cellCount; ++cell) {
        const unsigned id = static_cast<unsigned>(args.startCell) + cell;
        const std::vector<host::PagePool> pools = node_.free_pages(id);
        for (const std::uint32_t size : args.pages) {
            const auto found = std::ranges::find(pools, KiB{size}, &host::PagePool::size);
            if (found == pools.end()) {
                fail(Code::operation_failed, "page size {} is not available on node {}", size, id);
            }
            result.counts.push_back(found->free);
        }
    }
    return result;
}

p::NodeGetSecurityModelResult NodeService::get_security_model(CallContext&, const p::NodeGetSecurityModelArgs&) {
    p::NodeGetSecurityModelResult result;
    result.model = "none"; // no mandatory access control yet
    result.doi = "0";
    return result;
}

Task<p::ConnectGetSysinfoResult> NodeService::get_sysinfo(CallContext, p::ConnectGetSysinfoArgs args) {
    require_no_flags(args.flags, "virConnectGetSysinfo");
    const std::string root = root_;
    auto work = [root] { return host::read_sysinfo(root).xml(); };
    auto reading = blocking(loop_, work);
    p::ConnectGetSysinfoResult result;
    result.sysinfo = co_await std::move(reading);
    co_return result;
}

} // namespace yado::node
