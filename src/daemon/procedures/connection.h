// SPDX-License-Identifier: Apache-2.0
// Opening, closing and describing a connection, and what is asked of the hypervisor as a whole.
#pragma once

#include "base/async/loop.h"
#include "daemon/drivers.h"
#include "protocol/connect_calls.h"
#include "service/call.h"

#include <string>

namespace yado::daemon {

class ConnectionService {
  public:
    ConnectionService(Loop& loop, const Drivers& drivers) : loop_(loop), drivers_(drivers) {}

    void open(service::CallContext&, const protocol::ConnectOpenArgs&);
    void close(service::CallContext&, const protocol::ConnectCloseArgs&);
    protocol::ConnectSupportsFeatureResult supports_feature(service::CallContext&,
                                                            const protocol::ConnectSupportsFeatureArgs&);
    void register_close_callback(service::CallContext&, const protocol::ConnectRegisterCloseCallbackArgs&);
    void unregister_close_callback(service::CallContext&,
                                   const protocol::ConnectUnregisterCloseCallbackArgs&);
    void set_identity(service::CallContext&, const protocol::ConnectSetIdentityArgs&);

    protocol::ConnectGetTypeResult get_type(service::CallContext&, const protocol::ConnectGetTypeArgs&);
    protocol::ConnectGetUriResult get_uri(service::CallContext&, const protocol::ConnectGetUriArgs&);
    protocol::ConnectGetLibVersionResult get_lib_version(service::CallContext&,
                                                         const protocol::ConnectGetLibVersionArgs&);
    protocol::ConnectIsSecureResult is_secure(service::CallContext&, const protocol::ConnectIsSecureArgs&);
    protocol::ConnectGetMaxVcpusResult get_max_vcpus(service::CallContext&,
                                                     const protocol::ConnectGetMaxVcpusArgs&);
    Task<protocol::ConnectGetVersionResult> get_version(service::CallContext,
                                                        protocol::ConnectGetVersionArgs);
    Task<protocol::ConnectGetHostnameResult> get_hostname(service::CallContext,
                                                          protocol::ConnectGetHostnameArgs);
    Task<protocol::ConnectGetCapabilitiesResult> get_capabilities(service::CallContext,
                                                                  protocol::ConnectGetCapabilitiesArgs);
    Task<protocol::ConnectGetDomainCapabilitiesResult>
        get_domain_capabilities(service::CallContext, protocol::ConnectGetDomainCapabilitiesArgs);

  private:
    Loop& loop_;
    const Drivers& drivers_;
    std::string node_name_; ///< gethostname() that host_name_ was found for
    std::string host_name_;
};

} // namespace yado::daemon
