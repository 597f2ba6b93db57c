// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/saving_service.h"

namespace yado::daemon {
namespace {

using S = guest::SavingService;

constexpr Procedure rows[] = {
    row<&S::save>(),
    row<&S::save_with_flags>(),
    row<&S::save_with_params>(),
    row<&S::restore>(),
    row<&S::restore_with_flags>(),
    row<&S::restore_with_params>(),
    row<&S::managed_save>(),
    row<&S::managed_save_remove>(),
    row<&S::managed_save_xml>(),
    row<&S::managed_save_define>(),
    row<&S::has_managed_save>(),
    row<&S::image_xml>(),
    row<&S::image_define>(),
    row<&S::dump>(),
    row<&S::dump_with_format>(),
    row<&S::job_info>(),
    row<&S::job_stats>(),
    row<&S::abort_job>(),
};

} // namespace

std::span<const Procedure> saving_procedures() { return rows; }

} // namespace yado::daemon
