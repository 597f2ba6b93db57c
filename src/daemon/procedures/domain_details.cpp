// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/domain_service.h"

namespace yado::daemon {
namespace {

using guest::DomainService;

constexpr Procedure rows[] = {
    // Questions answered from memory (guest/info.cpp)
    row<&DomainService::get_info>(),
    row<&DomainService::get_state>(),
    row<&DomainService::get_control_info>(),
    row<&DomainService::get_os_type>(),
    row<&DomainService::is_active>(),
    row<&DomainService::is_persistent>(),
    row<&DomainService::is_updated>(),
    row<&DomainService::get_security_label>(),
    row<&DomainService::get_security_labels>(),
    row<&DomainService::get_messages>(),
    row<&DomainService::list_checkpoints>(),
    // Memory and vCPUs (guest/tuning.cpp)
    row<&DomainService::get_max_memory>(),
    row<&DomainService::get_max_vcpus>(),
    row<&DomainService::get_vcpu_count>(),
    row<&DomainService::set_memory>(),
    row<&DomainService::set_memory_with_flags>(),
    row<&DomainService::set_max_memory>(),
    row<&DomainService::set_vcpus>(),
    row<&DomainService::set_vcpus_with_flags>(),
    row<&DomainService::set_vcpu>(),
    row<&DomainService::set_stats_period>(),
    // Devices (guest/devices.cpp)
    row<&DomainService::open_console>(),
    row<&DomainService::open_channel>(),
    row<&DomainService::screenshot>(),
    row<&DomainService::get_block_info>(),
    row<&DomainService::get_block_stats>(),
    row<&DomainService::get_block_stats_params>(),
    row<&DomainService::get_memory_stats>(),
    row<&DomainService::get_cpu_stats>(),
    // Statistics (guest/statistics.cpp)
    row<&DomainService::get_all_stats>(),
};

} // namespace

std::span<const Procedure> domain_details_procedures() { return rows; }

} // namespace yado::daemon
