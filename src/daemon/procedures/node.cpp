// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "node/service.h"

namespace yado::daemon {
namespace {

using S = node::NodeService;

constexpr Procedure rows[] = {
    row<&S::get_info>(),
    row<&S::get_cpu_map>(),
    row<&S::get_cpu_stats>(),
    row<&S::get_memory_stats>(),
    row<&S::get_cells_free_memory>(),
    row<&S::get_free_memory>(),
    row<&S::get_free_pages>(),
    row<&S::get_security_model>(),
    row<&S::get_sysinfo>(),
    row<&S::get_memory_parameters>(),
};

} // namespace

std::span<const Procedure> node_procedures() { return rows; }

} // namespace yado::daemon
