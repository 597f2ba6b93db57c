// SPDX-License-Identifier: Apache-2.0
// The calls about the host itself: CPUs, memory, firmware. All but the firmware's tables are read at once
// from /proc and /sys.
#pragma once

#include "base/async/loop.h"
#include "host/node.h"
#include "protocol/connect_calls.h"
#include "protocol/node_calls.h"
#include "service/call.h"

#include <string>

namespace yado::node {

class NodeService {
  public:
    /// `root` goes before /proc and /sys, for tests.
    explicit NodeService(Loop& loop, std::string root = {})
        : loop_(loop), root_(root), node_(std::move(root)) {}

    protocol::NodeGetInfoResult get_info(service::CallContext&, const protocol::NodeGetInfoArgs&);
    protocol::NodeGetCpuMapResult get_cpu_map(service::CallContext&, const protocol::NodeGetCpuMapArgs&);
    protocol::NodeGetCpuStatsResult get_cpu_stats(service::CallContext&,
                                                  const protocol::NodeGetCpuStatsArgs&);
    protocol::NodeGetMemoryStatsResult get_memory_stats(service::CallContext&,
                                                        const protocol::NodeGetMemoryStatsArgs&);
    protocol::NodeGetCellsFreeMemoryResult get_cells_free_memory(service::CallContext&,
                                                                 const protocol::NodeGetCellsFreeMemoryArgs&);
    protocol::NodeGetFreeMemoryResult get_free_memory(service::CallContext&,
                                                      const protocol::NodeGetFreeMemoryArgs&);
    protocol::NodeGetFreePagesResult get_free_pages(service::CallContext&,
                                                    const protocol::NodeGetFreePagesArgs&);
    protocol::NodeGetMemoryParametersResult
    get_memory_parameters(service::CallContext&, const protocol::NodeGetMemoryParametersArgs&);
    protocol::NodeGetSecurityModelResult get_security_model(service::CallContext&,
                                                            const protocol::NodeGetSecurityModelArgs&);
    Task<protocol::ConnectGetSysinfoResult> get_sysinfo(service::CallContext,
                                                        protocol::ConnectGetSysinfoArgs);

  private:
    Loop& loop_;
    std::string root_;
    host::Node node_;
};

} // namespace yado::node
