// SPDX-License-Identifier: Apache-2.0
// The administrative calls (virt-admin): the daemon's servers, their clients and limits, its log.
#pragma once

#include "base/async/loop.h"
#include "daemon/server/server.h"
#include "protocol/admin_calls.h"
#include "service/call.h"

#include <cstdint>
#include <vector>

namespace yado::daemon {

/// What the administrative calls can make the daemon as a whole do.
class DaemonControl {
  public:
    virtual ~DaemonControl() = default;
    /// Seconds without clients and guests after which the daemon ends; 0 = never.
    virtual void set_timeout(unsigned seconds) = 0;
    virtual void shut_down() = 0;
};

class AdminService {
  public:
    /// The servers must outlive the service.
    AdminService(Loop& loop, DaemonControl& control, std::vector<Server*> servers)
        : loop_(loop), control_(control), servers_(std::move(servers)) {}

    void open(service::CallContext&, const protocol::admin::ConnectOpenArgs&);
    void close(service::CallContext&, const protocol::admin::ConnectCloseArgs&);
    protocol::admin::ConnectGetLibVersionResult
    get_lib_version(service::CallContext&, const protocol::admin::ConnectGetLibVersionArgs&);
    protocol::admin::ConnectListServersResult list_servers(service::CallContext&,
                                                           const protocol::admin::ConnectListServersArgs&);
    protocol::admin::ConnectLookupServerResult lookup_server(service::CallContext&,
                                                             const protocol::admin::ConnectLookupServerArgs&);

    protocol::admin::ServerGetThreadpoolParametersResult
    get_threadpool(service::CallContext&, const protocol::admin::ServerGetThreadpoolParametersArgs&);
    void set_threadpool(service::CallContext&, const protocol::admin::ServerSetThreadpoolParametersArgs&);
    protocol::admin::ServerGetClientLimitsResult
    get_limits(service::CallContext&, const protocol::admin::ServerGetClientLimitsArgs&);
    void set_limits(service::CallContext&, const protocol::admin::ServerSetClientLimitsArgs&);
    void update_tls(service::CallContext&, const protocol::admin::ServerUpdateTlsFilesArgs&);

    protocol::admin::ServerListClientsResult list_clients(service::CallContext&,
                                                          const protocol::admin::ServerListClientsArgs&);
    protocol::admin::ServerLookupClientResult lookup_client(service::CallContext&,
                                                            const protocol::admin::ServerLookupClientArgs&);
    Task<protocol::admin::ClientGetInfoResult> client_info(service::CallContext,
                                                           protocol::admin::ClientGetInfoArgs);
    void close_client(service::CallContext&, const protocol::admin::ClientCloseArgs&);

    protocol::admin::ConnectGetLoggingOutputsResult
    get_log_outputs(service::CallContext&, const protocol::admin::ConnectGetLoggingOutputsArgs&);
    protocol::admin::ConnectGetLoggingFiltersResult
    get_log_filters(service::CallContext&, const protocol::admin::ConnectGetLoggingFiltersArgs&);
    void set_log_outputs(service::CallContext&, const protocol::admin::ConnectSetLoggingOutputsArgs&);
    void set_log_filters(service::CallContext&, const protocol::admin::ConnectSetLoggingFiltersArgs&);
    void set_timeout(service::CallContext&, const protocol::admin::ConnectSetDaemonTimeoutArgs&);
    void shut_down(service::CallContext&, const protocol::admin::ConnectDaemonShutdownArgs&);

  private:
    Server& require(const protocol::admin::ServerRef& ref) const;
    std::shared_ptr<Client> require(const protocol::admin::ClientRef& ref) const;

    Loop& loop_;
    DaemonControl& control_;
    std::vector<Server*> servers_;
};

} // namespace yado::daemon
