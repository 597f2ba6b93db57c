// SPDX-License-Identifier: Apache-2.0
// Calls that only an agent inside the guest can answer.
#include "guest/domain_service.h"

#include <algorithm>

namespace yado::guest {

bool has_agent_channel(const model::Domain& domain) {
    return std::ranges::any_of(domain.devices.channels, [](const model::Channel& channel) {
        return channel.name == "org.qemu.guest_agent.0";
    });
}

void DomainService::no_agent(const p::DomainRef& ref) const {
    const Registry::Pointer guest = require(ref);
    const model::Domain& domain = guest->require_active().domain;
    if (!has_agent_channel(domain))
        fail(ErrorSource::qemu, Code::argument_unsupported, "QEMU guest agent is not configured");
    fail(ErrorSource::qemu, Code::agent_unresponsive, "QEMU guest agent is not connected");
}

p::DomainGetTimeResult DomainService::get_time(CallContext&, const p::DomainGetTimeArgs& args) {
    no_agent(args.dom);
}
p::DomainSetTimeResult DomainService::set_time(CallContext&, const p::DomainSetTimeArgs& args) {
    no_agent(args.dom);
}
p::DomainGetGuestInfoResult DomainService::get_guest_info(CallContext&,
                                                          const p::DomainGetGuestInfoArgs& args) {
    no_agent(args.dom);
}
p::DomainGetHostnameResult DomainService::get_hostname(CallContext&, const p::DomainGetHostnameArgs& args) {
    no_agent(args.dom);
}
p::DomainGetFsinfoResult DomainService::get_fsinfo(CallContext&, const p::DomainGetFsinfoArgs& args) {
    no_agent(args.dom);
}
p::DomainPmSuspendForDurationResult DomainService::pm_suspend(CallContext&,
                                                              const p::DomainPmSuspendForDurationArgs& args) {
    no_agent(args.dom);
}
p::qemu::DomainAgentCommandResult DomainService::agent_command(CallContext&,
                                                               const p::qemu::DomainAgentCommandArgs& args) {
    no_agent(args.dom);
}

} // namespace yado::guest
