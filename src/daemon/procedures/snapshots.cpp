// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/snapshot_service.h"

namespace yado::daemon {
namespace {

using S = guest::SnapshotService;

constexpr Procedure rows[] = {
    row<&S::create>(),     row<&S::get_xml>(),      row<&S::count>(),          row<&S::list_names>(),
    row<&S::lookup>(),     row<&S::has_current>(),  row<&S::current>(),        row<&S::revert>(),
    row<&S::remove>(),     row<&S::get_parent>(),   row<&S::count_children>(), row<&S::list_children_names>(),
    row<&S::is_current>(), row<&S::has_metadata>(), row<&S::list_all>(),       row<&S::list_all_children>(),
};

} // namespace

std::span<const Procedure> snapshot_procedures() { return rows; }

} // namespace yado::daemon
