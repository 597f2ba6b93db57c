// SPDX-License-Identifier: Apache-2.0
#include "daemon/events.h"
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"

namespace yado::daemon {
namespace {

using S = EventService;

constexpr Procedure rows[] = {
    row<&S::register_lifecycle>(), row<&S::deregister_lifecycle>(), row<&S::register_any>(),
    row<&S::deregister_any>(),     row<&S::register_callback>(),    row<&S::deregister_callback>(),
    row<&S::register_monitor>(),   row<&S::deregister_monitor>(),
};

} // namespace

std::span<const Procedure> event_procedures() { return rows; }

} // namespace yado::daemon
