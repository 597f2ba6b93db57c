// SPDX-License-Identifier: Apache-2.0
#include "daemon/object_events.h"
#include "daemon/pool_events.h"
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "storage/storage_service.h"

namespace yado::daemon {
namespace {

using S = storage::StorageService;
using Events = ObjectEvents<PoolEventKind>;

constexpr Procedure rows[] = {
    row<&S::list_all>(),
    counting_row<&S::count, &S::list>(),
    row<&S::list>(),
    counting_row<&S::count_defined, &S::list_defined>(),
    row<&S::list_defined>(),
    row<&S::find_sources>(),
    row<&S::capabilities>(),
    row<&S::lookup_by_name>(),
    row<&S::lookup_by_uuid>(),
    row<&S::lookup_by_volume>(),
    row<&S::lookup_by_target>(),
    row<&S::create_xml>(),
    row<&S::define_xml>(),
    row<&S::create>(),
    row<&S::build>(),
    row<&S::destroy>(),
    row<&S::remove>(),
    row<&S::undefine>(),
    row<&S::refresh>(),
    row<&S::get_info>(),
    row<&S::get_xml>(),
    row<&S::get_autostart>(),
    row<&S::set_autostart>(),
    row<&S::is_active>(),
    row<&S::is_persistent>(),
    counting_row<&S::count_volumes, &S::list_volumes>(),
    row<&S::list_volumes>(),
    row<&S::list_all_volumes>(),
    row<&S::volume_by_name>(),
    row<&S::volume_by_key>(),
    row<&S::volume_by_path>(),
    row<&S::volume_path>(),
    row<&S::volume_info>(),
    row<&S::volume_info_flags>(),
    row<&S::volume_xml>(),
    row<&S::create_volume>(),
    row<&S::create_volume_from>(),
    row<&S::delete_volume>(),
    row<&S::resize_volume>(),
    row<&S::wipe_volume>(),
    row<&S::wipe_volume_pattern>(),
    row<&S::upload>(),
    row<&S::download>(),
    row<&Events::register_any>(),
    row<&Events::deregister_any>(),
};

} // namespace

std::span<const Procedure> storage_procedures() { return rows; }

} // namespace yado::daemon
