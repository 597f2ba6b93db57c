// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/domain_service.h"

namespace yado::daemon {
namespace {

using guest::DomainService;

// CPU models (guest/processors.cpp)
constexpr Procedure rows[] = {
    row<&DomainService::compare_cpu>(),         row<&DomainService::compare_hypervisor_cpu>(),
    row<&DomainService::baseline_cpu>(),        row<&DomainService::baseline_hypervisor_cpu>(),
    row<&DomainService::get_cpu_model_names>(),
};

} // namespace

std::span<const Procedure> processor_procedures() { return rows; }

} // namespace yado::daemon
