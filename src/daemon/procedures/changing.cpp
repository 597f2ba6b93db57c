// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/changing_service.h"

namespace yado::daemon {
namespace {

using S = guest::ChangingService;

constexpr Procedure rows[] = {
    row<&S::attach>(),       row<&S::attach_with_flags>(),
    row<&S::detach>(),       row<&S::detach_with_flags>(),
    row<&S::detach_alias>(), row<&S::update>(),
};

} // namespace

std::span<const Procedure> changing_procedures() { return rows; }

} // namespace yado::daemon
