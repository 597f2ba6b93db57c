// SPDX-License-Identifier: Apache-2.0
// The calls about jobs on the images of running guests.
#pragma once

#include "guest/block_work.h"
#include "guest/domain_calls.h"
#include "protocol/domain_calls.h"

#include <string>

namespace yado::guest {

class BlockService final : private DomainCalls {
  public:
    /// `work` outlives it.
    BlockService(Parts parts, Power& power, BlockWork& work) : DomainCalls(parts, power), work_(work) {}

    Task<p::DomainBlockJobAbortResult> abort(CallContext, p::DomainBlockJobAbortArgs);
    Task<p::DomainGetBlockJobInfoResult> info(CallContext, p::DomainGetBlockJobInfoArgs);
    Task<p::DomainBlockJobSetSpeedResult> set_speed(CallContext, p::DomainBlockJobSetSpeedArgs);
    Task<p::DomainBlockPullResult> pull(CallContext, p::DomainBlockPullArgs);
    Task<p::DomainBlockRebaseResult> rebase(CallContext, p::DomainBlockRebaseArgs);
    Task<p::DomainBlockCopyResult> copy(CallContext, p::DomainBlockCopyArgs);
    Task<p::DomainBlockCommitResult> commit(CallContext, p::DomainBlockCommitArgs);

  private:
    BlockWork& work_;
};

} // namespace yado::guest
