// SPDX-License-Identifier: Apache-2.0
// The calls about domains, one member function each; daemon/procedures/domain*.cpp has their rows. Arguments
// and results are the wire structures. Every function throws yado::Error with libvirt's number for the
// failure.
#pragma once

#include "guest/domain_calls.h"
#include "protocol/connect_calls.h"
#include "protocol/domain_calls.h"
#include "protocol/domain_migration_calls.h"
#include "protocol/domain_snapshot_calls.h"
#include "protocol/qemu_calls.h"

#include <string>
#include <string_view>

namespace yado::guest {

class DomainService final : private DomainCalls {
  public:
    /// `power` outlives it.
    DomainService(Parts parts, Power& power) : DomainCalls(parts, power) {}

    // listing.cpp
    p::ConnectListAllDomainsResult list_all(CallContext&, const p::ConnectListAllDomainsArgs&);
    p::ConnectListDomainsResult list_ids(CallContext&, const p::ConnectListDomainsArgs&);
    p::ConnectListDefinedDomainsResult list_defined(CallContext&, const p::ConnectListDefinedDomainsArgs&);
    p::ConnectNumOfDomainsResult count_running(CallContext&, const p::ConnectNumOfDomainsArgs&);
    p::ConnectNumOfDefinedDomainsResult count_defined(CallContext&, const p::ConnectNumOfDefinedDomainsArgs&);
    p::DomainLookupByIdResult lookup_by_id(CallContext&, const p::DomainLookupByIdArgs&);
    p::DomainLookupByNameResult lookup_by_name(CallContext&, const p::DomainLookupByNameArgs&);
    p::DomainLookupByUuidResult lookup_by_uuid(CallContext&, const p::DomainLookupByUuidArgs&);

    // defining.cpp
    Task<p::DomainDefineXmlResult> define(CallContext, p::DomainDefineXmlArgs);
    Task<p::DomainDefineXmlFlagsResult> define_with_flags(CallContext, p::DomainDefineXmlFlagsArgs);
    Task<p::DomainUndefineResult> undefine(CallContext, p::DomainUndefineArgs);
    Task<p::DomainUndefineFlagsResult> undefine_with_flags(CallContext, p::DomainUndefineFlagsArgs);
    Task<p::DomainRenameResult> rename(CallContext, p::DomainRenameArgs);
    Task<p::DomainSetAutostartResult> set_autostart(CallContext, p::DomainSetAutostartArgs);
    Task<p::DomainSetMetadataResult> set_metadata(CallContext, p::DomainSetMetadataArgs);
    p::DomainGetAutostartResult get_autostart(CallContext&, const p::DomainGetAutostartArgs&);
    p::DomainGetMetadataResult get_metadata(CallContext&, const p::DomainGetMetadataArgs&);
    p::DomainGetXmlDescResult get_xml(CallContext&, const p::DomainGetXmlDescArgs&);
    Task<p::ConnectDomainXmlToNativeResult> to_native(CallContext, p::ConnectDomainXmlToNativeArgs);

    // running.cpp
    Task<p::DomainCreateXmlResult> create_xml(CallContext, p::DomainCreateXmlArgs);
    Task<p::DomainCreateXmlWithFilesResult> create_xml_with_files(CallContext,
                                                                  p::DomainCreateXmlWithFilesArgs);
    Task<p::DomainCreateResult> create(CallContext, p::DomainCreateArgs);
    Task<p::DomainCreateWithFlagsResult> create_with_flags(CallContext, p::DomainCreateWithFlagsArgs);
    Task<p::DomainCreateWithFilesResult> create_with_files(CallContext, p::DomainCreateWithFilesArgs);
    Task<p::DomainShutdownResult> shutdown(CallContext, p::DomainShutdownArgs);
    Task<p::DomainShutdownFlagsResult> shutdown_with_flags(CallContext, p::DomainShutdownFlagsArgs);
    Task<p::DomainRebootResult> reboot(CallContext, p::DomainRebootArgs);
    Task<p::DomainResetResult> reset(CallContext, p::DomainResetArgs);
    Task<p::DomainDestroyResult> destroy(CallContext, p::DomainDestroyArgs);
    Task<p::DomainDestroyFlagsResult> destroy_with_flags(CallContext, p::DomainDestroyFlagsArgs);
    Task<p::DomainSuspendResult> suspend(CallContext, p::DomainSuspendArgs);
    Task<p::DomainResumeResult> resume(CallContext, p::DomainResumeArgs);
    Task<p::DomainPmWakeupResult> wake_up(CallContext, p::DomainPmWakeupArgs);
    Task<p::DomainInjectNmiResult> inject_nmi(CallContext, p::DomainInjectNmiArgs);
    Task<p::DomainSendKeyResult> send_key(CallContext, p::DomainSendKeyArgs);
    Task<p::qemu::DomainMonitorCommandResult> monitor_command(CallContext, p::qemu::DomainMonitorCommandArgs);

    // info.cpp
    p::DomainGetInfoResult get_info(CallContext&, const p::DomainGetInfoArgs&);
    p::DomainGetStateResult get_state(CallContext&, const p::DomainGetStateArgs&);
    p::DomainGetControlInfoResult get_control_info(CallContext&, const p::DomainGetControlInfoArgs&);
    p::DomainGetOsTypeResult get_os_type(CallContext&, const p::DomainGetOsTypeArgs&);
    p::DomainIsActiveResult is_active(CallContext&, const p::DomainIsActiveArgs&);
    p::DomainIsPersistentResult is_persistent(CallContext&, const p::DomainIsPersistentArgs&);
    p::DomainIsUpdatedResult is_updated(CallContext&, const p::DomainIsUpdatedArgs&);
    p::DomainGetSecurityLabelResult get_security_label(CallContext&, const p::DomainGetSecurityLabelArgs&);
    p::DomainGetSecurityLabelListResult get_security_labels(CallContext&,
                                                            const p::DomainGetSecurityLabelListArgs&);
    p::DomainGetMessagesResult get_messages(CallContext&, const p::DomainGetMessagesArgs&);
    p::DomainListAllCheckpointsResult list_checkpoints(CallContext&, const p::DomainListAllCheckpointsArgs&);

    // processors.cpp
    Task<p::ConnectCompareCpuResult> compare_cpu(CallContext, p::ConnectCompareCpuArgs);
    Task<p::ConnectCompareHypervisorCpuResult> compare_hypervisor_cpu(CallContext,
                                                                      p::ConnectCompareHypervisorCpuArgs);
    Task<p::ConnectBaselineCpuResult> baseline_cpu(CallContext, p::ConnectBaselineCpuArgs);
    Task<p::ConnectBaselineHypervisorCpuResult> baseline_hypervisor_cpu(CallContext,
                                                                        p::ConnectBaselineHypervisorCpuArgs);
    Task<p::ConnectGetCpuModelNamesResult> get_cpu_model_names(CallContext, p::ConnectGetCpuModelNamesArgs);

    // tuning.cpp
    p::DomainGetMaxMemoryResult get_max_memory(CallContext&, const p::DomainGetMaxMemoryArgs&);
    p::DomainGetMaxVcpusResult get_max_vcpus(CallContext&, const p::DomainGetMaxVcpusArgs&);
    Task<p::DomainGetVcpusFlagsResult> get_vcpu_count(CallContext, p::DomainGetVcpusFlagsArgs);
    Task<p::DomainSetMemoryResult> set_memory(CallContext, p::DomainSetMemoryArgs);
    Task<p::DomainSetMemoryFlagsResult> set_memory_with_flags(CallContext, p::DomainSetMemoryFlagsArgs);
    Task<p::DomainSetMaxMemoryResult> set_max_memory(CallContext, p::DomainSetMaxMemoryArgs);
    Task<p::DomainSetMemoryStatsPeriodResult> set_stats_period(CallContext,
                                                               p::DomainSetMemoryStatsPeriodArgs);

    // vcpus.cpp
    Task<p::DomainSetVcpusResult> set_vcpus(CallContext, p::DomainSetVcpusArgs);
    Task<p::DomainSetVcpusFlagsResult> set_vcpus_with_flags(CallContext, p::DomainSetVcpusFlagsArgs);
    Task<p::DomainSetVcpuResult> set_vcpu(CallContext, p::DomainSetVcpuArgs);

    // devices.cpp
    Task<p::DomainOpenConsoleResult> open_console(CallContext, p::DomainOpenConsoleArgs);
    Task<p::DomainOpenChannelResult> open_channel(CallContext, p::DomainOpenChannelArgs);
    Task<p::DomainScreenshotResult> screenshot(CallContext, p::DomainScreenshotArgs);
    Task<p::DomainGetBlockInfoResult> get_block_info(CallContext, p::DomainGetBlockInfoArgs);
    Task<p::DomainBlockStatsResult> get_block_stats(CallContext, p::DomainBlockStatsArgs);
    Task<p::DomainBlockStatsFlagsResult> get_block_stats_params(CallContext, p::DomainBlockStatsFlagsArgs);
    Task<p::DomainMemoryStatsResult> get_memory_stats(CallContext, p::DomainMemoryStatsArgs);

    p::DomainGetCpuStatsResult get_cpu_stats(CallContext&, const p::DomainGetCpuStatsArgs&);

    // statistics.cpp
    Task<p::ConnectGetAllDomainStatsResult> get_all_stats(CallContext, p::ConnectGetAllDomainStatsArgs);

    Registry& registry() { return parts_.registry; }
    EventHub& events() { return parts_.events; }
    Hypervisor& hypervisor() { return parts_.hypervisor; }

    // recovery.cpp
    /// Reads what is on disk and finds the guests that run. Call once, before clients come.
    Task<void> recover();
    /// Starts what is marked so, once since the host booted; clients may come meanwhile.
    Task<void> start_autostarted();
    /// Reads `domain` from a user's document, completed and judged for this hypervisor.
    Task<model::Domain> read(std::string xml, bool validate);
    /// Adds a domain that is defined or running from the outset (the test driver's).
    Task<void> preset(model::Domain domain, bool running);

  private:
    Task<Registry::Pointer> define_document(std::string xml, bool validate);
    Task<void> undefine_guest(Registry::Pointer guest, std::uint32_t flags);
    Task<Registry::Pointer> start_transient(CallContext call, std::string xml, std::uint32_t flags);
    Task<void> start_defined(CallContext call, Registry::Pointer guest, std::uint32_t flags);
    Task<void> power_down(Registry::Pointer guest, std::uint32_t flags, bool reboot);
    Task<void> change_memory(Registry::Pointer guest, std::uint64_t kib, std::uint32_t flags);
    Task<void> change_vcpus(Registry::Pointer guest, std::uint32_t count, std::uint32_t flags);
    Task<void> plug_vcpus(Registry::Pointer guest, std::vector<std::uint32_t> ids, bool online);
    Task<BlockStats> block_stats_of(Registry::Pointer guest, std::string disk);
    Task<void> adopt(Registry::Pointer guest, model::DomainStatus status);
    void load_definitions();
};

/// Whether a listing with these filter flags (virConnectListAllDomainsFlags) includes the guest.
bool matches_list_flags(const Guest& guest, std::uint32_t flags);

} // namespace yado::guest
