// SPDX-License-Identifier: Apache-2.0
// The calls about a domain's share of the host: where its threads run, how much CPU time, memory and disk
// throughput it gets, its I/O threads, and what of it is measured. daemon/procedures/tuning.cpp has their
// rows.
#pragma once

#include "guest/domain_calls.h"
#include "protocol/domain_calls.h"

#include <functional>

namespace yado::guest {

class TuningService final : private DomainCalls {
  public:
    TuningService(Parts parts, Power& power) : DomainCalls(parts, power) {}

    // pinning.cpp
    Task<p::DomainPinVcpuResult> pin_vcpu(CallContext, p::DomainPinVcpuArgs);
    Task<p::DomainPinVcpuFlagsResult> pin_vcpu_with_flags(CallContext, p::DomainPinVcpuFlagsArgs);
    Task<p::DomainPinEmulatorResult> pin_emulator(CallContext, p::DomainPinEmulatorArgs);
    p::DomainGetVcpuPinInfoResult get_vcpu_pins(CallContext&, const p::DomainGetVcpuPinInfoArgs&);
    p::DomainGetEmulatorPinInfoResult get_emulator_pin(CallContext&, const p::DomainGetEmulatorPinInfoArgs&);
    p::DomainGetVcpusResult get_vcpus(CallContext&, const p::DomainGetVcpusArgs&);

    // iothreads.cpp
    Task<p::DomainGetIothreadInfoResult> get_iothreads(CallContext, p::DomainGetIothreadInfoArgs);
    Task<p::DomainPinIothreadResult> pin_iothread(CallContext, p::DomainPinIothreadArgs);
    Task<p::DomainAddIothreadResult> add_iothread(CallContext, p::DomainAddIothreadArgs);
    Task<p::DomainDelIothreadResult> delete_iothread(CallContext, p::DomainDelIothreadArgs);
    Task<p::DomainSetIothreadParamsResult> set_iothread(CallContext, p::DomainSetIothreadParamsArgs);

    // scheduling.cpp
    Task<p::DomainGetSchedulerTypeResult> get_scheduler_type(CallContext, p::DomainGetSchedulerTypeArgs);
    Task<p::DomainGetSchedulerParametersResult> get_scheduler(CallContext,
                                                              p::DomainGetSchedulerParametersArgs);
    Task<p::DomainGetSchedulerParametersFlagsResult>
        get_scheduler_with_flags(CallContext, p::DomainGetSchedulerParametersFlagsArgs);
    Task<p::DomainSetSchedulerParametersResult> set_scheduler(CallContext,
                                                              p::DomainSetSchedulerParametersArgs);
    Task<p::DomainSetSchedulerParametersFlagsResult>
        set_scheduler_with_flags(CallContext, p::DomainSetSchedulerParametersFlagsArgs);

    // memory_limits.cpp
    Task<p::DomainGetMemoryParametersResult> get_memory(CallContext, p::DomainGetMemoryParametersArgs);
    Task<p::DomainSetMemoryParametersResult> set_memory(CallContext, p::DomainSetMemoryParametersArgs);
    p::DomainGetNumaParametersResult get_numa(CallContext&, const p::DomainGetNumaParametersArgs&);
    Task<p::DomainSetNumaParametersResult> set_numa(CallContext, p::DomainSetNumaParametersArgs);

    // block_limits.cpp
    Task<p::DomainGetBlkioParametersResult> get_block(CallContext, p::DomainGetBlkioParametersArgs);
    Task<p::DomainSetBlkioParametersResult> set_block(CallContext, p::DomainSetBlkioParametersArgs);

    // disk_limits.cpp
    p::DomainGetBlockIoTuneResult get_disk(CallContext&, const p::DomainGetBlockIoTuneArgs&);
    Task<p::DomainSetBlockIoTuneResult> set_disk(CallContext, p::DomainSetBlockIoTuneArgs);
    Task<p::DomainBlockResizeResult> resize_disk(CallContext, p::DomainBlockResizeArgs);
    Task<p::DomainSetBlockThresholdResult> set_threshold(CallContext, p::DomainSetBlockThresholdArgs);
    Task<p::DomainGetDiskErrorsResult> get_disk_errors(CallContext, p::DomainGetDiskErrorsArgs);

    // interface_limits.cpp
    p::DomainGetInterfaceParametersResult get_interface(CallContext&,
                                                        const p::DomainGetInterfaceParametersArgs&);
    Task<p::DomainSetInterfaceParametersResult> set_interface(CallContext,
                                                              p::DomainSetInterfaceParametersArgs);
    Task<p::DomainInterfaceStatsResult> get_interface_stats(CallContext, p::DomainInterfaceStatsArgs);

    // measuring.cpp
    p::DomainGetPerfEventsResult get_perf_events(CallContext&, const p::DomainGetPerfEventsArgs&);
    Task<p::DomainSetPerfEventsResult> set_perf_events(CallContext, p::DomainSetPerfEventsArgs);
    Task<p::DomainStartDirtyRateCalcResult> measure_dirty_rate(CallContext, p::DomainStartDirtyRateCalcArgs);

  private:
    /// A change to the model of one state of the domain; the same for both, and it may be made twice.
    using Change = std::function<void(model::Domain&)>;
    /// Brings it about in the kernel and the documents. The caller holds a job. On failure nothing has
    /// changed.
    Task<void> apply(Registry::Pointer guest, Impact affected, Change change);
    /// The definition with the change, judged; what it may not be is refused.
    model::Domain changed_config(const Guest& guest, const Change& change) const;
    /// What subscribers are told of a change in a running guest: values by "cputune.…", "blkdeviotune.…".
    void tell(const Guest& guest, p::TypedParams params) const;
    Task<void> pin(Registry::Pointer guest, std::uint32_t vcpu, p::Blob map, std::uint32_t flags);
    Task<p::TypedParams> scheduler_values(Registry::Pointer guest, std::uint32_t flags);
    Task<void> change_scheduler(Registry::Pointer guest, p::TypedParams params, std::uint32_t flags);
};

/// Whether what the host counts of its end is what the guest counts of its own; else the directions are
/// swapped.
bool sees_as_guest(const model::Interface& interface);
/// The I/O threads by number, also where the document only says how many there are.
std::vector<model::IoThread>& numbered_iothreads(model::Domain& domain);

} // namespace yado::guest
