// SPDX-License-Identifier: Apache-2.0
#include "daemon/network_events.h"
#include "daemon/object_events.h"
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "network/network_service.h"

namespace yado::daemon {
namespace {

using S = network::NetworkService;
using Events = ObjectEvents<NetworkEventKind>;

constexpr Procedure rows[] = {
    row<&S::list_all>(),
    row<&S::list_active>(),
    row<&S::list_inactive>(),
    counting_row<&S::count_active, &S::list_active>(),
    counting_row<&S::count_inactive, &S::list_inactive>(),
    row<&S::lookup_by_name>(),
    row<&S::lookup_by_uuid>(),
    row<&S::get_xml>(),
    row<&S::get_autostart>(),
    row<&S::get_bridge_name>(),
    row<&S::is_active>(),
    row<&S::is_persistent>(),
    row<&S::get_metadata>(),
    row<&S::define>(),
    row<&S::define_flags>(),
    row<&S::create_xml>(),
    row<&S::create_xml_flags>(),
    row<&S::create>(),
    row<&S::destroy>(),
    row<&S::undefine>(),
    row<&S::set_autostart>(),
    row<&S::update>(),
    row<&S::set_metadata>(),
    row<&S::get_leases>(),
    row<&S::list_ports>(),
    row<&S::lookup_port>(),
    row<&S::get_port_xml>(),
    row<&S::get_port_parameters>(),
    row<&S::create_port>(),
    row<&S::delete_port>(),
    row<&S::set_port_parameters>(),
    row<&Events::register_any>(),
    row<&Events::deregister_any>(),
};

} // namespace

std::span<const Procedure> network_procedures() { return rows; }

} // namespace yado::daemon
