// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/block_service.h"

namespace yado::daemon {
namespace {

using S = guest::BlockService;

constexpr Procedure rows[] = {
    row<&S::abort>(),  row<&S::info>(), row<&S::set_speed>(), row<&S::pull>(),
    row<&S::rebase>(), row<&S::copy>(), row<&S::commit>(),
};

} // namespace

std::span<const Procedure> block_job_procedures() { return rows; }

} // namespace yado::daemon
