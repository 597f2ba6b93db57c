// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/domain_service.h"

namespace yado::daemon {
namespace {

using guest::DomainService;

constexpr Procedure rows[] = {
    // Finding domains (guest/listing.cpp)
    row<&DomainService::list_all>(),
    row<&DomainService::list_ids>(),
    row<&DomainService::list_defined>(),
    counting_row<&DomainService::count_running, &DomainService::list_ids>(),
    counting_row<&DomainService::count_defined, &DomainService::list_defined>(),
    row<&DomainService::lookup_by_id>(),
    row<&DomainService::lookup_by_name>(),
    row<&DomainService::lookup_by_uuid>(),
    // Definitions (guest/defining.cpp)
    row<&DomainService::define>(),
    row<&DomainService::define_with_flags>(),
    row<&DomainService::undefine>(),
    row<&DomainService::undefine_with_flags>(),
    row<&DomainService::rename>(),
    row<&DomainService::set_autostart>(),
    row<&DomainService::set_metadata>(),
    row<&DomainService::get_autostart>(),
    row<&DomainService::get_metadata>(),
    row<&DomainService::get_xml>(),
    row<&DomainService::to_native>(),
};

} // namespace

std::span<const Procedure> domain_definitions_procedures() { return rows; }

} // namespace yado::daemon
