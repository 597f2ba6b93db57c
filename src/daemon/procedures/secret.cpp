// SPDX-License-Identifier: Apache-2.0
#include "daemon/object_events.h"
#include "daemon/procedures/tables.h"
#include "daemon/secret_events.h"
#include "daemon/server/call.h"
#include "secret/secret_service.h"

namespace yado::daemon {
namespace {

using S = secret::SecretService;
using Events = ObjectEvents<SecretEventKind>;

constexpr Procedure rows[] = {
    row<&S::list_all>(),
    row<&S::list>(),
    counting_row<&S::count, &S::list>(),
    row<&S::lookup_by_uuid>(),
    row<&S::lookup_by_usage>(),
    row<&S::get_xml>(),
    row<&S::get_value>(),
    row<&S::define>(),
    row<&S::set_value>(),
    row<&S::undefine>(),
    row<&Events::register_any>(),
    row<&Events::deregister_any>(),
};

} // namespace

std::span<const Procedure> secret_procedures() { return rows; }

} // namespace yado::daemon
