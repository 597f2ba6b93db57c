// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/domain_service.h"

namespace yado::daemon {
namespace {

using guest::DomainService;

constexpr Procedure rows[] = {
    // Running guests (guest/running.cpp)
    row<&DomainService::create_xml>(),
    row<&DomainService::create_xml_with_files>(),
    row<&DomainService::create>(),
    row<&DomainService::create_with_flags>(),
    row<&DomainService::create_with_files>(),
    row<&DomainService::shutdown>(),
    row<&DomainService::shutdown_with_flags>(),
    row<&DomainService::reboot>(),
    row<&DomainService::reset>(),
    row<&DomainService::destroy>(),
    row<&DomainService::destroy_with_flags>(),
    row<&DomainService::suspend>(),
    row<&DomainService::resume>(),
    row<&DomainService::wake_up>(),
    row<&DomainService::inject_nmi>(),
    row<&DomainService::send_key>(),
    row<&DomainService::monitor_command>(),
};

} // namespace

std::span<const Procedure> domain_running_procedures() { return rows; }

} // namespace yado::daemon
