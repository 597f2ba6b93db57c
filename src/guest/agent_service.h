// SPDX-License-Identifier: Apache-2.0
// The calls that the agent inside a guest answers. Each waits its turn among the agent's own jobs only, so
// that an agent that is slow or gone holds up nothing else about its guest.
#pragma once

#include "guest/agent_port.h"
#include "guest/domain_calls.h"
#include "protocol/domain_calls.h"
#include "protocol/qemu_calls.h"

#include <string>

namespace yado::guest {

struct Ports;

/// The agent of a running guest, this caller's alone until it is let go.
struct HeldAgent {
    JobQueue::Job job;
    std::shared_ptr<Live> live;
    GuestAgent* agent = nullptr;
    GuestAgent::Limit limit;
};

/// Throws operation_invalid when the guest does not run, argument_unsupported when it has no channel for an
/// agent, agent_unresponsive when nobody listens.
GuestAgent& require_agent(const Guest& guest);
/// As above, after waiting for others that talk to it.
Task<HeldAgent> hold_agent(Registry::Pointer guest);

class AgentService final : private DomainCalls {
  public:
    /// `ports`: the services beside the guests, which outlive it; null: there are none.
    AgentService(Parts parts, Power& power, const Ports* ports = nullptr)
        : DomainCalls(parts, power), ports_(ports) {}

    // agent_service.cpp
    Task<p::DomainGetTimeResult> get_time(CallContext, p::DomainGetTimeArgs);
    Task<p::DomainSetTimeResult> set_time(CallContext, p::DomainSetTimeArgs);
    Task<p::DomainFsfreezeResult> freeze(CallContext, p::DomainFsfreezeArgs);
    Task<p::DomainFsthawResult> thaw(CallContext, p::DomainFsthawArgs);
    Task<p::DomainFstrimResult> trim(CallContext, p::DomainFstrimArgs);
    Task<p::DomainSetUserPasswordResult> set_password(CallContext, p::DomainSetUserPasswordArgs);
    Task<p::DomainAuthorizedSshKeysGetResult> get_ssh_keys(CallContext, p::DomainAuthorizedSshKeysGetArgs);
    Task<p::DomainAuthorizedSshKeysSetResult> set_ssh_keys(CallContext, p::DomainAuthorizedSshKeysSetArgs);
    Task<p::DomainPmSuspendForDurationResult> sleep(CallContext, p::DomainPmSuspendForDurationArgs);
    Task<p::DomainAgentSetResponseTimeoutResult> set_timeout(CallContext,
                                                             p::DomainAgentSetResponseTimeoutArgs);
    Task<p::qemu::DomainAgentCommandResult> command(CallContext, p::qemu::DomainAgentCommandArgs);
    Task<p::DomainGetGuestVcpusResult> get_guest_vcpus(CallContext, p::DomainGetGuestVcpusArgs);
    Task<p::DomainSetGuestVcpusResult> set_guest_vcpus(CallContext, p::DomainSetGuestVcpusArgs);

    // agent_info.cpp
    Task<p::DomainGetGuestInfoResult> get_guest_info(CallContext, p::DomainGetGuestInfoArgs);
    Task<p::DomainGetHostnameResult> get_hostname(CallContext, p::DomainGetHostnameArgs);
    Task<p::DomainGetFsinfoResult> get_filesystems(CallContext, p::DomainGetFsinfoArgs);
    Task<p::DomainInterfaceAddressesResult> get_addresses(CallContext, p::DomainInterfaceAddressesArgs);

  private:
    Task<std::vector<p::DomainInterface>> leased(Registry::Pointer guest);

    const Ports* ports_;
};

/// Sets how many vCPUs the guest's system uses, the lowest numbers first (virDomainSetVcpusFlags with
/// VIR_DOMAIN_VCPU_GUEST).
Task<void> set_vcpus_in_guest(Registry::Pointer guest, std::uint32_t count);

} // namespace yado::guest
