// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/connection.h"

#include "base/error.h"
#include "base/version.h"
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/hypervisor.h"
#include "host/node.h"
#include "protocol/features.h"
#include "protocol/typed_params.h"
#include "service/arguments.h"

#include <unistd.h>

namespace yado::daemon {
namespace {

namespace Feature = protocol::Feature;

Client& client_of(const service::CallContext& call) { return static_cast<Client&>(*call.connection); }

guest::Hypervisor& hypervisor_of(const service::CallContext& call) {
    const Driver* driver = client_of(call).driver();
    if (driver == nullptr || driver->hypervisor == nullptr) {
        fail(Code::no_support, "the driver has no hypervisor");
    }
    return *driver->hypervisor;
}

/// Answers that every driver gives alike. Migration between hosts is not there yet, so its features are not
/// either.
bool supported(std::int32_t feature) {
    switch (feature) {
    case Feature::fd_passing:
    case Feature::typed_param_string:
    case Feature::xml_migratable:
    case Feature::domain_event_callback:
    case Feature::close_callback:
    case Feature::network_update_order: return true;
    default: return false;
    }
}

} // namespace

void ConnectionService::open(service::CallContext& call, const protocol::ConnectOpenArgs& args) {
    constexpr std::uint32_t flag_read_only = 1;
    Client& client = client_of(call);
    if (client.is_open()) fail(ErrorSource::rpc, Code::internal_error, "connection already open");
    if (!args.name) fail(ErrorSource::rpc, Code::internal_error, "connection not open");
    Drivers::Found found = drivers_.find(*args.name);
    client.open(found.driver, std::move(found.uri), (args.flags & flag_read_only) != 0);
}

void ConnectionService::close(service::CallContext& call, const protocol::ConnectCloseArgs&) {
    client_of(call).close_when_sent();
}

protocol::ConnectSupportsFeatureResult
ConnectionService::supports_feature(service::CallContext& call,
                                    const protocol::ConnectSupportsFeatureArgs& args) {
    Client& client = client_of(call);
    protocol::ConnectSupportsFeatureResult result;
    if (args.feature == Feature::keepalive) { // may be asked before anything is open
        client.start_keepalive();
        result.supported = 1;
        return result;
    }
    if (!client.is_open()) fail(ErrorSource::rpc, Code::internal_error, "hypervisor connection not open");
    result.supported = supported(args.feature) ? 1 : 0;
    return result;
}

// The connection to a hypervisor inside this daemon cannot be lost separately, so the event itself never
// comes.
void ConnectionService::register_close_callback(service::CallContext&,
                                                const protocol::ConnectRegisterCloseCallbackArgs&) {}

void ConnectionService::unregister_close_callback(service::CallContext&,
                                                  const protocol::ConnectUnregisterCloseCallbackArgs&) {}

void ConnectionService::set_identity(service::CallContext& call,
                                     const protocol::ConnectSetIdentityArgs& args) {
    using protocol::ParamType;
    static constexpr protocol::ParamRule rules[] = {
        {"user-name", ParamType::text},       {"unix-user-id", ParamType::u64},
        {"group-name", ParamType::text},      {"unix-group-id", ParamType::u64},
        {"process-id", ParamType::i64},       {"process-time", ParamType::u64},
        {"sasl-user-name", ParamType::text},  {"x509-distinguished-name", ParamType::text},
        {"selinux-context", ParamType::text},
    };
    Client& client = client_of(call);
    protocol::check(args.params, rules);
    if (!client.peer_is_root()) fail(Code::access_denied, "only root may speak for somebody else");
    service::Identity identity;
    const auto text = [&](std::string_view field) {
        return protocol::get<std::string>(args.params, field).value_or("");
    };
    if (const auto user = protocol::get<std::uint64_t>(args.params, "unix-user-id")) {
        identity.user = static_cast<uid_t>(*user);
    }
    if (const auto group = protocol::get<std::uint64_t>(args.params, "unix-group-id")) {
        identity.group = static_cast<gid_t>(*group);
    }
    if (const auto process = protocol::get<std::int64_t>(args.params, "process-id")) {
        identity.process = static_cast<pid_t>(*process);
    }
    identity.process_start = protocol::get<std::uint64_t>(args.params, "process-time").value_or(0);
    identity.user_name = text("user-name");
    identity.group_name = text("group-name");
    identity.sasl_user_name = text("sasl-user-name");
    identity.x509_dname = text("x509-distinguished-name");
    identity.selinux_context = text("selinux-context");
    client.mutable_identity() = std::move(identity);
}

protocol::ConnectGetTypeResult ConnectionService::get_type(service::CallContext& call,
                                                           const protocol::ConnectGetTypeArgs&) {
    protocol::ConnectGetTypeResult result;
    result.type = std::string(hypervisor_of(call).type());
    return result;
}

protocol::ConnectGetUriResult ConnectionService::get_uri(service::CallContext& call,
                                                         const protocol::ConnectGetUriArgs&) {
    protocol::ConnectGetUriResult result;
    result.uri = call.connection->uri();
    return result;
}

protocol::ConnectGetLibVersionResult
ConnectionService::get_lib_version(service::CallContext&, const protocol::ConnectGetLibVersionArgs&) {
    protocol::ConnectGetLibVersionResult result;
    result.lib_ver = libvirt_version;
    return result;
}

protocol::ConnectIsSecureResult ConnectionService::is_secure(service::CallContext& call,
                                                             const protocol::ConnectIsSecureArgs&) {
    Client& client = client_of(call);
    protocol::ConnectIsSecureResult result;
    const bool local = client.origin().kind == TransportKind::unix_socket;
    result.secure = local || client.transport().strength() > 0 ? 1 : 0;
    return result;
}

protocol::ConnectGetMaxVcpusResult
ConnectionService::get_max_vcpus(service::CallContext& call, const protocol::ConnectGetMaxVcpusArgs& args) {
    guest::Hypervisor& hypervisor = hypervisor_of(call);
    protocol::ConnectGetMaxVcpusResult result;
    result.max_vcpus = hypervisor.max_vcpus(args.type.value_or(""));
    return result;
}

Task<protocol::ConnectGetVersionResult> ConnectionService::get_version(service::CallContext call,
                                                                       protocol::ConnectGetVersionArgs) {
    protocol::ConnectGetVersionResult result;
    result.hv_ver = co_await hypervisor_of(call).version();
    co_return result;
}

Task<protocol::ConnectGetHostnameResult> ConnectionService::get_hostname(service::CallContext,
                                                                         protocol::ConnectGetHostnameArgs) {
    char name[256] = "";
    ::gethostname(name, sizeof name - 1);
    if (node_name_ != name ||
        host_name_.empty()) { // the resolver may take its time: ask it once for each name
        auto asking = blocking(loop_, host::host_name);
        std::string found = co_await std::move(asking);
        node_name_ = name;
        host_name_ = std::move(found);
    }
    protocol::ConnectGetHostnameResult result;
    result.hostname = host_name_;
    co_return result;
}

Task<protocol::ConnectGetCapabilitiesResult>
ConnectionService::get_capabilities(service::CallContext call, protocol::ConnectGetCapabilitiesArgs) {
    protocol::ConnectGetCapabilitiesResult result;
    result.capabilities = co_await hypervisor_of(call).capabilities_xml();
    co_return result;
}

Task<protocol::ConnectGetDomainCapabilitiesResult>
ConnectionService::get_domain_capabilities(service::CallContext call,
                                           protocol::ConnectGetDomainCapabilitiesArgs args) {
    service::require_flags(ErrorSource::qemu, args.flags, 0, "qemuConnectGetDomainCapabilities");
    protocol::ConnectGetDomainCapabilitiesResult result;
    result.capabilities = co_await hypervisor_of(call).domain_capabilities_xml(
        args.emulatorbin.value_or(""), args.arch.value_or(""), args.machine.value_or(""),
        args.virttype.value_or(""));
    co_return result;
}

namespace {

using S = ConnectionService;

constexpr Procedure rows[] = {
    row<&S::open>(Needs::authentication),
    row<&S::close>(Needs::authentication),
    row<&S::supports_feature>(Needs::authentication),
    row<&S::register_close_callback>(),
    row<&S::unregister_close_callback>(),
    row<&S::set_identity>(),
    row<&S::get_type>(),
    row<&S::get_uri>(),
    row<&S::get_lib_version>(),
    row<&S::is_secure>(),
    row<&S::get_max_vcpus>(),
    row<&S::get_version>(),
    row<&S::get_hostname>(),
    row<&S::get_capabilities>(),
    row<&S::get_domain_capabilities>(),
};

} // namespace

std::span<const Procedure> connection_procedures() { return rows; }

} // namespace yado::daemon
