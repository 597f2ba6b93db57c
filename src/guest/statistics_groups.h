// SPDX-License-Identifier: Apache-2.0
// The groups of bulk statistics under the keys that libvirt gives them, in its order.
#pragma once

#include "guest/definition.h"
#include "guest/hypervisor.h"
#include "host/netlink/network.h"
#include "protocol/typed_params.h"

#include <map>
#include <string>
#include <vector>

namespace yado::guest {

/// What the host knows, asked once for all guests of a call.
struct HostFigures {
    std::map<std::string, host::LinkStatistics> links;               ///< by name
    bool halt_polling = false;                                       ///< whether the kernel tells about it
    std::map<pid_t, std::pair<std::uint64_t, std::uint64_t>> polled; ///< ns of success and failure by process
};
/// Blocking.
HostFigures look_at_host_figures(bool links, bool polling);

void add_cpu(protocol::ParamsBuilder& out, const Machine& machine, const HostFigures& host);
void add_balloon(protocol::ParamsBuilder& out, const Summary& summary, const std::vector<MemoryStat>& stats);
void add_vcpus(protocol::ParamsBuilder& out, const Summary& summary, const std::vector<VcpuTimes>& times);
void add_interfaces(protocol::ParamsBuilder& out, const model::Domain& domain, const HostFigures& host);
/// `chains`: the images below as well.
void add_blocks(protocol::ParamsBuilder& out, const model::Domain& domain,
                const std::vector<BlockStats>& stats, bool chains);
void add_perf(protocol::ParamsBuilder& out, const PerfCounts& counts);
void add_iothreads(protocol::ParamsBuilder& out, const std::vector<IoThreadState>& threads);
void add_dirty_rate(protocol::ParamsBuilder& out, const DirtyRate& rate);

} // namespace yado::guest
