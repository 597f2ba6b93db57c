// SPDX-License-Identifier: Apache-2.0
// The calls about networks.
#pragma once

#include "network/networks.h"
#include "protocol/connect_calls.h"
#include "protocol/network_calls.h"
#include "service/call.h"

namespace yado::network {

namespace p = protocol;
using service::CallContext;

class NetworkService {
  public:
    explicit NetworkService(Networks& networks) : networks_(networks) {}

    p::ConnectListAllNetworksResult list_all(CallContext&, const p::ConnectListAllNetworksArgs&);
    p::ConnectListNetworksResult list_active(CallContext&, const p::ConnectListNetworksArgs&);
    p::ConnectListDefinedNetworksResult list_inactive(CallContext&, const p::ConnectListDefinedNetworksArgs&);
    p::ConnectNumOfNetworksResult count_active(CallContext&, const p::ConnectNumOfNetworksArgs&);
    p::ConnectNumOfDefinedNetworksResult count_inactive(CallContext&,
                                                        const p::ConnectNumOfDefinedNetworksArgs&);
    p::NetworkLookupByNameResult lookup_by_name(CallContext&, const p::NetworkLookupByNameArgs&);
    p::NetworkLookupByUuidResult lookup_by_uuid(CallContext&, const p::NetworkLookupByUuidArgs&);
    p::NetworkGetXmlDescResult get_xml(CallContext&, const p::NetworkGetXmlDescArgs&);
    p::NetworkGetAutostartResult get_autostart(CallContext&, const p::NetworkGetAutostartArgs&);
    p::NetworkGetBridgeNameResult get_bridge_name(CallContext&, const p::NetworkGetBridgeNameArgs&);
    p::NetworkIsActiveResult is_active(CallContext&, const p::NetworkIsActiveArgs&);
    p::NetworkIsPersistentResult is_persistent(CallContext&, const p::NetworkIsPersistentArgs&);
    p::NetworkGetMetadataResult get_metadata(CallContext&, const p::NetworkGetMetadataArgs&);
    Task<p::NetworkDefineXmlResult> define(CallContext, p::NetworkDefineXmlArgs);
    Task<p::NetworkDefineXmlFlagsResult> define_flags(CallContext, p::NetworkDefineXmlFlagsArgs);
    Task<p::NetworkCreateXmlResult> create_xml(CallContext, p::NetworkCreateXmlArgs);
    Task<p::NetworkCreateXmlFlagsResult> create_xml_flags(CallContext, p::NetworkCreateXmlFlagsArgs);
    Task<p::NetworkCreateResult> create(CallContext, p::NetworkCreateArgs);
    Task<p::NetworkDestroyResult> destroy(CallContext, p::NetworkDestroyArgs);
    Task<p::NetworkUndefineResult> undefine(CallContext, p::NetworkUndefineArgs);
    Task<p::NetworkSetAutostartResult> set_autostart(CallContext, p::NetworkSetAutostartArgs);
    Task<p::NetworkUpdateResult> update(CallContext, p::NetworkUpdateArgs);
    Task<p::NetworkSetMetadataResult> set_metadata(CallContext, p::NetworkSetMetadataArgs);
    Task<p::NetworkGetDhcpLeasesResult> get_leases(CallContext, p::NetworkGetDhcpLeasesArgs);

    p::NetworkListAllPortsResult list_ports(CallContext&, const p::NetworkListAllPortsArgs&);
    p::NetworkPortLookupByUuidResult lookup_port(CallContext&, const p::NetworkPortLookupByUuidArgs&);
    p::NetworkPortGetXmlDescResult get_port_xml(CallContext&, const p::NetworkPortGetXmlDescArgs&);
    p::NetworkPortGetParametersResult get_port_parameters(CallContext&,
                                                          const p::NetworkPortGetParametersArgs&);
    Task<p::NetworkPortCreateXmlResult> create_port(CallContext, p::NetworkPortCreateXmlArgs);
    Task<p::NetworkPortDeleteResult> delete_port(CallContext, p::NetworkPortDeleteArgs);
    Task<p::NetworkPortSetParametersResult> set_port_parameters(CallContext, p::NetworkPortSetParametersArgs);

    Networks& networks() { return networks_; }

  private:
    /// By the client's handle: its UUID counts. Throws no_network.
    NetworkPointer network_of(const p::NetworkRef& ref) const;

    Networks& networks_;
};

/// The handle clients get of a network.
inline p::NetworkRef ref_to(const Network& network) { return {.name = network.name, .uuid = network.uuid}; }

} // namespace yado::network
