// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/agent_service.h"

namespace yado::daemon {
namespace {

using S = guest::AgentService;

constexpr Procedure rows[] = {
    row<&S::get_time>(),
    row<&S::set_time>(),
    row<&S::freeze>(),
    row<&S::thaw>(),
    row<&S::trim>(),
    row<&S::set_password>(),
    row<&S::get_ssh_keys>(),
    row<&S::set_ssh_keys>(),
    row<&S::sleep>(),
    row<&S::set_timeout>(),
    row<&S::command>(),
    row<&S::get_guest_vcpus>(),
    row<&S::set_guest_vcpus>(),
    row<&S::get_guest_info>(),
    row<&S::get_hostname>(),
    row<&S::get_filesystems>(),
    row<&S::get_addresses>(),
};

} // namespace

std::span<const Procedure> agent_procedures() { return rows; }

} // namespace yado::daemon
