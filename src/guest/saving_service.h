// SPDX-License-Identifier: Apache-2.0
// The calls that save guests to files, bring them back and dump their memory, and those about the job that
// does it.
#pragma once

#include "guest/domain_calls.h"
#include "guest/saving.h"
#include "protocol/domain_calls.h"

#include <string>

namespace yado::guest {

class SavingService final : private DomainCalls {
  public:
    SavingService(Parts parts, Power& power) : DomainCalls(parts, power), saving_(parts, power) {}

    Task<p::DomainSaveResult> save(CallContext, p::DomainSaveArgs);
    Task<p::DomainSaveFlagsResult> save_with_flags(CallContext, p::DomainSaveFlagsArgs);
    Task<p::DomainSaveParamsResult> save_with_params(CallContext, p::DomainSaveParamsArgs);
    Task<p::DomainRestoreResult> restore(CallContext, p::DomainRestoreArgs);
    Task<p::DomainRestoreFlagsResult> restore_with_flags(CallContext, p::DomainRestoreFlagsArgs);
    Task<p::DomainRestoreParamsResult> restore_with_params(CallContext, p::DomainRestoreParamsArgs);
    Task<p::DomainManagedSaveResult> managed_save(CallContext, p::DomainManagedSaveArgs);
    Task<p::DomainManagedSaveRemoveResult> managed_save_remove(CallContext, p::DomainManagedSaveRemoveArgs);
    Task<p::DomainManagedSaveGetXmlDescResult> managed_save_xml(CallContext,
                                                                p::DomainManagedSaveGetXmlDescArgs);
    Task<p::DomainManagedSaveDefineXmlResult> managed_save_define(CallContext,
                                                                  p::DomainManagedSaveDefineXmlArgs);
    p::DomainHasManagedSaveImageResult has_managed_save(CallContext&,
                                                        const p::DomainHasManagedSaveImageArgs&);
    Task<p::DomainSaveImageGetXmlDescResult> image_xml(CallContext, p::DomainSaveImageGetXmlDescArgs);
    Task<p::DomainSaveImageDefineXmlResult> image_define(CallContext, p::DomainSaveImageDefineXmlArgs);
    Task<p::DomainCoreDumpResult> dump(CallContext, p::DomainCoreDumpArgs);
    Task<p::DomainCoreDumpWithFormatResult> dump_with_format(CallContext, p::DomainCoreDumpWithFormatArgs);

    Task<p::DomainGetJobInfoResult> job_info(CallContext, p::DomainGetJobInfoArgs);
    Task<p::DomainGetJobStatsResult> job_stats(CallContext, p::DomainGetJobStatsArgs);
    Task<p::DomainAbortJobResult> abort_job(CallContext, p::DomainAbortJobArgs);

  private:
    Task<void> save_to(Registry::Pointer guest, SaveOrder order, std::uint32_t flags);
    Task<void> restore_from(std::string path, std::optional<std::string> xml, std::uint32_t flags);
    Task<void> dump_to(Registry::Pointer guest, std::string path, std::uint32_t format, std::uint32_t flags);
    std::string require_managed(const Guest& guest) const;

    Saving saving_;
};

} // namespace yado::guest
