// SPDX-License-Identifier: Apache-2.0
#include "guest/agent_service.h"

#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <algorithm>
#include <limits>

namespace yado::guest {

namespace {

using namespace std::chrono_literals;
constexpr std::int64_t second_ns = 1'000'000'000;

/// virDomainAgentResponseTimeoutValues and seconds. libvirt's default is 5 s for clients' own commands.
GuestAgent::Limit limit_of(std::int32_t timeout) {
    namespace Values = p::DomainAgentResponseTimeoutValues;
    if (timeout == Values::block) return std::nullopt;
    if (timeout == Values::default_) return 5s;
    return std::chrono::seconds(timeout);
}

void require_timeout(std::int32_t timeout) {
    constexpr std::int32_t least = p::DomainAgentResponseTimeoutValues::block;
    if (timeout < least) {
        fail(ErrorSource::qemu, Code::invalid_arg, "guest agent timeout '{}' is less than the minimum '{}'",
             timeout, least);
    }
}

} // namespace

bool has_agent_channel(const model::Domain& domain) {
    return std::ranges::any_of(domain.devices.channels, is_agent_channel);
}

GuestAgent& require_agent(const Guest& guest) {
    Machine& machine = guest.require_machine();
    GuestAgent* agent = machine.agent();
    if (agent == nullptr) {
        fail(ErrorSource::qemu, Code::argument_unsupported, "QEMU guest agent is not configured");
    }
    if (!agent->connected()) {
        fail(ErrorSource::qemu, Code::agent_unresponsive, "QEMU guest agent is not connected");
    }
    return *agent;
}

Task<HeldAgent> hold_agent(Registry::Pointer guest) {
    require_agent(*guest); // what can be said at once
    HeldAgent held;
    held.job = co_await guest->agent_jobs.begin("guest agent");
    held.agent = &require_agent(*guest);
    held.live = guest->live;
    held.limit = limit_of(held.live->agent_timeout);
    co_return held;
}

Task<p::DomainGetTimeResult> AgentService::get_time(CallContext, p::DomainGetTimeArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainGetTime");
    const HeldAgent held = co_await hold_agent(require(args.dom));
    const std::int64_t time = co_await held.agent->time_ns(held.limit);
    co_return p::DomainGetTimeResult{.seconds = time / second_ns,
                                     .nseconds = static_cast<std::uint32_t>(time % second_ns)};
}

Task<p::DomainSetTimeResult> AgentService::set_time(CallContext, p::DomainSetTimeArgs args) {
    require_flags(ErrorSource::domain, args.flags, p::DomainSetTimeFlags::sync, "qemuDomainSetTime");
    const Registry::Pointer guest = require(args.dom);
    const bool from_clock = (args.flags & p::DomainSetTimeFlags::sync) != 0;
    if (!from_clock && (args.seconds > std::numeric_limits<std::int64_t>::max() / second_ns - 1 ||
                        args.nseconds >= second_ns)) {
        fail(ErrorSource::qemu, Code::invalid_arg, "Time '{}' is too big for guest agent", args.seconds);
    }
    std::optional<std::int64_t> time;
    if (!from_clock) time = args.seconds * second_ns + args.nseconds;
    {
        const HeldAgent held = co_await hold_agent(guest);
        co_await held.agent->set_time_ns(time, held.limit);
    }
    // the ticks that the guest has missed are not made up for twice
    const JobQueue::Job job = co_await guest->jobs.begin("set time");
    co_await guest->require_machine().forget_lost_ticks();
    co_return p::DomainSetTimeResult();
}

Task<p::DomainFsfreezeResult> AgentService::freeze(CallContext, p::DomainFsfreezeArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainFSFreeze");
    const HeldAgent held = co_await hold_agent(require(args.dom));
    if (held.live->quiesced) fail(ErrorSource::qemu, Code::operation_invalid, "domain is already quiesced");
    held.live->quiesced = true;
    try {
        const std::int32_t count = co_await held.agent->freeze(args.mountpoints, held.limit);
        co_return p::DomainFsfreezeResult{.filesystems = count};
    } catch (const Error& error) {
        // one that did not answer in time may be frozen all the same
        if (error.code() != Code::agent_unresponsive) held.live->quiesced = false;
        throw;
    }
}

Task<p::DomainFsthawResult> AgentService::thaw(CallContext, p::DomainFsthawArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainFSThaw");
    const HeldAgent held = co_await hold_agent(require(args.dom));
    const std::int32_t count = co_await held.agent->thaw(held.limit);
    held.live->quiesced = false;
    co_return p::DomainFsthawResult{.filesystems = count};
}

Task<p::DomainFstrimResult> AgentService::trim(CallContext, p::DomainFstrimArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainFSTrim");
    if (args.mountPoint) {
        fail(ErrorSource::qemu, Code::argument_unsupported,
             "Specifying mount point is not supported for now");
    }
    const HeldAgent held = co_await hold_agent(require(args.dom));
    co_await held.agent->trim(args.minimum, held.limit);
    co_return p::DomainFstrimResult();
}

Task<p::DomainSetUserPasswordResult> AgentService::set_password(CallContext,
                                                                p::DomainSetUserPasswordArgs args) {
    namespace Flags = p::DomainSetUserPasswordFlags;
    require_flags(ErrorSource::domain, args.flags, Flags::encrypted, "qemuDomainSetUserPassword");
    const HeldAgent held = co_await hold_agent(require(args.dom));
    const bool crypted = (args.flags & Flags::encrypted) != 0;
    co_await held.agent->set_password(args.user.value_or(""), args.password.value_or(""), crypted,
                                      held.limit);
    co_return p::DomainSetUserPasswordResult();
}

Task<p::DomainAuthorizedSshKeysGetResult> AgentService::get_ssh_keys(CallContext,
                                                                     p::DomainAuthorizedSshKeysGetArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainAuthorizedSSHKeysGet");
    const HeldAgent held = co_await hold_agent(require(args.dom));
    p::DomainAuthorizedSshKeysGetResult result;
    result.keys = co_await held.agent->ssh_keys(args.user, held.limit);
    co_return result;
}

Task<p::DomainAuthorizedSshKeysSetResult> AgentService::set_ssh_keys(CallContext,
                                                                     p::DomainAuthorizedSshKeysSetArgs args) {
    namespace Flags = p::DomainAuthorizedSSHKeysSetFlags;
    require_flags(ErrorSource::domain, args.flags, Flags::append | Flags::remove,
                  "qemuDomainAuthorizedSSHKeysSet");
    const HeldAgent held = co_await hold_agent(require(args.dom));
    GuestAgent::KeyChange change = GuestAgent::KeyChange::replace;
    if ((args.flags & Flags::remove) != 0) change = GuestAgent::KeyChange::remove;
    else if ((args.flags & Flags::append) != 0) change = GuestAgent::KeyChange::append;
    co_await held.agent->change_ssh_keys(args.user, args.keys, change, held.limit);
    co_return p::DomainAuthorizedSshKeysSetResult();
}

Task<p::DomainPmSuspendForDurationResult> AgentService::sleep(CallContext,
                                                              p::DomainPmSuspendForDurationArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainPMSuspendForDuration");
    if (args.duration != 0) {
        fail(ErrorSource::qemu, Code::argument_unsupported, "Duration not supported. Use 0 for now");
    }
    namespace Targets = p::NodeSuspendTarget;
    if (std::cmp_greater(args.target, Targets::hybrid)) {
        fail(ErrorSource::qemu, Code::invalid_arg, "Unknown suspend target: {}", args.target);
    }
    const Registry::Pointer guest = require(args.dom);
    const model::PowerManagement& pm = guest->require_active().domain.pm;
    const auto target = static_cast<std::int32_t>(args.target);
    const bool memory = target != Targets::disk;
    const bool disk = target != Targets::mem;
    if (memory && pm.suspend_to_mem == schema::YesNo::no) {
        fail(ErrorSource::qemu, Code::operation_unsupported, "S3 state is disabled for this domain");
    }
    if (disk && pm.suspend_to_disk == schema::YesNo::no) {
        fail(ErrorSource::qemu, Code::operation_unsupported, "S4 state is disabled for this domain");
    }
    const HeldAgent held = co_await hold_agent(guest);
    const auto how = target == Targets::mem    ? GuestAgent::Sleep::memory
                     : target == Targets::disk ? GuestAgent::Sleep::disk
                                               : GuestAgent::Sleep::hybrid;
    co_await held.agent->sleep(how, held.limit);
    co_return p::DomainPmSuspendForDurationResult();
}

Task<p::DomainAgentSetResponseTimeoutResult>
AgentService::set_timeout(CallContext, p::DomainAgentSetResponseTimeoutArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainAgentSetResponseTimeout");
    require_timeout(args.timeout);
    const Registry::Pointer guest = require(args.dom);
    guest->require_active().agent_timeout = args.timeout;
    co_await power_.save_status(guest);
    co_return p::DomainAgentSetResponseTimeoutResult();
}

Task<p::qemu::DomainAgentCommandResult> AgentService::command(CallContext,
                                                              p::qemu::DomainAgentCommandArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainQemuAgentCommand");
    require_timeout(args.timeout);
    const Registry::Pointer guest = require(args.dom);
    const HeldAgent held = co_await hold_agent(guest);
    co_await power_.taint(guest, Taint::custom_agent_command);
    p::qemu::DomainAgentCommandResult result;
    result.result = co_await held.agent->raw(args.cmd, limit_of(args.timeout));
    co_return result;
}

// --- vCPUs as the guest's system sees them ---

Task<p::DomainGetGuestVcpusResult> AgentService::get_guest_vcpus(CallContext,
                                                                 p::DomainGetGuestVcpusArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainGetGuestVcpus");
    const HeldAgent held = co_await hold_agent(require(args.dom));
    const std::vector<AgentVcpu> vcpus = co_await held.agent->vcpus(held.limit);
    model::CpuSet all, online, offlinable;
    for (const AgentVcpu& vcpu : vcpus) {
        if (vcpu.id >= model::CpuSet::limit) continue;
        all.insert(vcpu.id);
        if (vcpu.online) online.insert(vcpu.id);
        if (vcpu.can_offline) offlinable.insert(vcpu.id);
    }
    p::ParamsBuilder params;
    params.text("vcpus", all.text()).text("online", online.text()).text("offlinable", offlinable.text());
    p::DomainGetGuestVcpusResult result;
    result.params = params.take();
    co_return result;
}

Task<p::DomainSetGuestVcpusResult> AgentService::set_guest_vcpus(CallContext,
                                                                 p::DomainSetGuestVcpusArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainSetGuestVcpus");
    if (args.state != 0 && args.state != 1)
        fail(ErrorSource::qemu, Code::invalid_arg, "unsupported state value");
    const auto wanted = model::CpuSet::parse(args.cpumap);
    if (!wanted || wanted->empty()) {
        fail(ErrorSource::qemu, Code::invalid_arg, "Failed to parse bitmap '{}'", args.cpumap);
    }
    const HeldAgent held = co_await hold_agent(require(args.dom));
    std::vector<AgentVcpu> vcpus = co_await held.agent->vcpus(held.limit);
    std::vector<AgentVcpu> changed;
    for (AgentVcpu& vcpu : vcpus) {
        if (!wanted->contains(vcpu.id)) continue;
        vcpu.online = args.state != 0;
        if (!vcpu.online && !vcpu.can_offline) {
            fail(ErrorSource::qemu, Code::invalid_arg, "vCPU '{}' can't be offlined", vcpu.id);
        }
        changed.push_back(vcpu);
    }
    if (changed.size() != wanted->size())
        fail(ErrorSource::qemu, Code::invalid_arg, "guest is missing vCPUs '{}'", args.cpumap);
    const std::size_t count = changed.size();
    const std::size_t done = co_await held.agent->set_vcpus(std::move(changed), held.limit);
    if (done != count) {
        fail(ErrorSource::qemu, Code::internal_error,
             "guest agent failed to set cpu state: only {} of {} were set", done, count);
    }
    co_return p::DomainSetGuestVcpusResult();
}

Task<void> set_vcpus_in_guest(Registry::Pointer guest, std::uint32_t count) {
    const HeldAgent held = co_await hold_agent(guest);
    std::vector<AgentVcpu> vcpus = co_await held.agent->vcpus(held.limit);
    std::ranges::sort(vcpus, {}, &AgentVcpu::id); // agents tell them in any order
    std::uint32_t online = 0;
    std::vector<AgentVcpu> changed;
    for (AgentVcpu vcpu : vcpus) {
        const bool wanted = online < count;
        if (vcpu.online == wanted || (!wanted && !vcpu.can_offline)) {
            online += vcpu.online ? 1 : 0;
            continue;
        }
        vcpu.online = wanted;
        online += wanted ? 1 : 0;
        changed.push_back(vcpu);
    }
    if (online < count) {
        fail(ErrorSource::qemu, Code::invalid_arg, "guest agent reports less cpu than requested");
    }
    if (online > count) {
        fail(ErrorSource::qemu, Code::internal_error,
             "failed to set the number of vCPUs in the guest: {} of them can't be offlined", online);
    }
    if (changed.empty()) co_return;
    const std::size_t wanted = changed.size();
    const std::size_t done = co_await held.agent->set_vcpus(std::move(changed), held.limit);
    if (done != wanted) {
        fail(ErrorSource::qemu, Code::internal_error,
             "guest agent failed to set cpu state: only {} of {} were set", done, wanted);
    }
}

} // namespace yado::guest
