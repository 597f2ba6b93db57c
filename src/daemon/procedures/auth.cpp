// SPDX-License-Identifier: Apache-2.0
#include "daemon/auth/service.h"
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"

namespace yado::daemon {
namespace {

constexpr Procedure rows[] = {
    row<&AuthService::list>(Needs::nothing),       row<&AuthService::sasl_init>(Needs::nothing),
    row<&AuthService::sasl_start>(Needs::nothing), row<&AuthService::sasl_step>(Needs::nothing),
    row<&AuthService::polkit>(Needs::nothing),
};

} // namespace

std::span<const Procedure> auth_procedures() { return rows; }

} // namespace yado::daemon
