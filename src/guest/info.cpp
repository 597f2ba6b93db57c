// SPDX-License-Identifier: Apache-2.0
// Questions about a domain, answered from memory.
#include "guest/domain_service.h"

#include "protocol/constants.h"

namespace yado::guest {

p::DomainGetInfoResult DomainService::get_info(CallContext&, const p::DomainGetInfoArgs& args) {
    const Registry::Pointer guest = require(args.dom);
    const Summary summary = current_summary(*guest);
    p::DomainGetInfoResult info{.state = static_cast<std::uint32_t>(guest->condition.state),
                                .maxMem = summary.memory.value,
                                .memory = summary.current.value,
                                .nrVirtCpu = summary.vcpus};
    if (guest->active() && guest->live->machine) info.cpuTime = guest->live->machine->cpu_times().total_ns;
    return info;
}

p::DomainGetStateResult DomainService::get_state(CallContext&, const p::DomainGetStateArgs& args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainGetState");
    const Condition condition = require(args.dom)->condition;
    return {.state = static_cast<std::int32_t>(condition.state), .reason = condition.reason};
}

p::DomainGetControlInfoResult DomainService::get_control_info(CallContext&,
                                                              const p::DomainGetControlInfoArgs& args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainGetControlInfo");
    const Registry::Pointer guest = require(args.dom);
    guest->require_active();
    if (!guest->jobs.busy()) return {.state = p::DomainControlState::ok};
    const auto busy = std::chrono::duration_cast<std::chrono::milliseconds>(guest->jobs.running_for());
    return {.state = p::DomainControlState::job, .stateTime = static_cast<std::uint64_t>(busy.count())};
}

p::DomainGetOsTypeResult DomainService::get_os_type(CallContext&, const p::DomainGetOsTypeArgs& args) {
    return {.type = current_summary(*require(args.dom)).os_type};
}

p::DomainIsActiveResult DomainService::is_active(CallContext&, const p::DomainIsActiveArgs& args) {
    return {.active = require(args.dom)->active()};
}

p::DomainIsPersistentResult DomainService::is_persistent(CallContext&,
                                                         const p::DomainIsPersistentArgs& args) {
    return {.persistent = require(args.dom)->persistent};
}

p::DomainIsUpdatedResult DomainService::is_updated(CallContext&, const p::DomainIsUpdatedArgs& args) {
    require(args.dom);
    return {.updated = 0};
}

// No security driver but DAC, which libvirt leaves out of these answers when it is the only one.
p::DomainGetSecurityLabelResult DomainService::get_security_label(CallContext&,
                                                                  const p::DomainGetSecurityLabelArgs& args) {
    require(args.dom);
    return {};
}

p::DomainGetSecurityLabelListResult
DomainService::get_security_labels(CallContext&, const p::DomainGetSecurityLabelListArgs& args) {
    require(args.dom);
    return {};
}

p::DomainGetMessagesResult DomainService::get_messages(CallContext&, const p::DomainGetMessagesArgs& args) {
    constexpr std::uint32_t deprecation = 1, tainting = 2;
    require_flags(ErrorSource::domain, args.flags, deprecation | tainting, "qemuDomainGetMessages");
    const Registry::Pointer guest = require(args.dom);
    p::DomainGetMessagesResult result;
    if (!guest->live) return result;
    const Warnings& warnings = guest->live->warnings;
    if (args.flags == 0 || (args.flags & tainting) != 0) {
        for (const Taint taint : warnings.taints)
            result.msgs.push_back(fmt::format("tainted: {}", text_of(taint)));
    }
    if (args.flags == 0 || (args.flags & deprecation) != 0) {
        for (const std::string& what : warnings.deprecated) {
            result.msgs.push_back(fmt::format("deprecated configuration: {}", what));
        }
    }
    return result;
}

p::DomainListAllCheckpointsResult
DomainService::list_checkpoints(CallContext&, const p::DomainListAllCheckpointsArgs& args) {
    require(args.dom);
    return {};
}

} // namespace yado::guest
