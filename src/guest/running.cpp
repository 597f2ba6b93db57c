// SPDX-License-Identifier: Apache-2.0
// Starting, stopping and poking guests.
#include "guest/agent_service.h"
#include "guest/domain_service.h"
#include "guest/saving.h"

#include "base/log.h"
#include "protocol/constants.h"

namespace yado::guest {
namespace {

namespace Create = p::DomainCreateFlags;

constexpr std::uint32_t create_flags = Create::paused | Create::autodestroy | Create::bypass_cache |
                                       Create::force_boot | Create::validate | Create::reset_nvram;

StartOptions start_options(CallContext& call, std::uint32_t flags) {
    StartOptions options;
    options.paused = (flags & Create::paused) != 0;
    options.reset_nvram = (flags & Create::reset_nvram) != 0;
    if (call.fds) options.fds = std::move(*call.fds);
    return options;
}

} // namespace

Task<Registry::Pointer> DomainService::start_transient(CallContext call, std::string xml,
                                                       std::uint32_t flags) {
    require_flags(ErrorSource::domain, flags, create_flags, "qemuDomainCreateXML");
    model::Domain domain = co_await read(std::move(xml), (flags & Create::validate) != 0);
    AsyncMutex::Lock lock = co_await power_.defining().lock();
    const Registry::Pointer guest = power_.claim(domain);
    lock.release();
    const JobQueue::Job job = co_await guest->jobs.begin("start");
    StartOptions options = start_options(call, flags);
    co_await power_.start(guest, std::move(domain), std::move(options));
    if ((flags & Create::autodestroy) != 0 && guest->active()) power_.destroy_with(guest, *call.connection);
    co_return guest;
}

Task<p::DomainCreateXmlResult> DomainService::create_xml(CallContext call, p::DomainCreateXmlArgs args) {
    const Registry::Pointer guest =
        co_await start_transient(std::move(call), std::move(args.xml_desc), args.flags);
    co_return {.dom = ref_to(*guest)};
}

Task<p::DomainCreateXmlWithFilesResult>
DomainService::create_xml_with_files(CallContext call, p::DomainCreateXmlWithFilesArgs args) {
    const Registry::Pointer guest =
        co_await start_transient(std::move(call), std::move(args.xml_desc), args.flags);
    co_return {.dom = ref_to(*guest)};
}

Task<void> DomainService::start_defined(CallContext call, Registry::Pointer guest, std::uint32_t flags) {
    require_flags(ErrorSource::domain, flags, create_flags & ~Create::validate, "qemuDomainCreateWithFlags");
    const JobQueue::Job job = co_await guest->jobs.begin("start");
    if (guest->active()) fail(ErrorSource::domain, Code::operation_invalid, "domain is already running");
    co_await parts_.hypervisor.prepare();
    Saving saving(parts_, power_);
    bool went_on = false;
    if ((flags & Create::force_boot) != 0) {
        co_await saving.remove_managed(guest);
    } else {
        ManagedStart how{.bypass_cache = (flags & Create::bypass_cache) != 0,
                         .reset_nvram = (flags & Create::reset_nvram) != 0};
        if ((flags & Create::paused) != 0) how.run = false;
        went_on = co_await saving.start_managed(guest, how);
    }
    if (!went_on) {
        StartOptions options = start_options(call, flags);
        model::Domain domain = guest->config_model();
        co_await power_.start(guest, std::move(domain), std::move(options));
    }
    if ((flags & Create::autodestroy) != 0 && guest->active()) power_.destroy_with(guest, *call.connection);
}

Task<p::DomainCreateResult> DomainService::create(CallContext call, p::DomainCreateArgs args) {
    co_await start_defined(std::move(call), require(args.dom), 0);
    co_return p::DomainCreateResult();
}

Task<p::DomainCreateWithFlagsResult> DomainService::create_with_flags(CallContext call,
                                                                      p::DomainCreateWithFlagsArgs args) {
    const Registry::Pointer guest = require(args.dom);
    co_await start_defined(std::move(call), guest, args.flags);
    co_return {.dom = ref_to(*guest)};
}

Task<p::DomainCreateWithFilesResult> DomainService::create_with_files(CallContext call,
                                                                      p::DomainCreateWithFilesArgs args) {
    const Registry::Pointer guest = require(args.dom);
    co_await start_defined(std::move(call), guest, args.flags);
    co_return {.dom = ref_to(*guest)};
}

Task<void> DomainService::power_down(Registry::Pointer guest, std::uint32_t flags, bool reboot) {
    namespace Flags = p::DomainShutdownFlagValues; // those of reboot have the same values
    const bool by_agent = (flags & Flags::guest_agent) != 0;
    const bool by_button = (flags & Flags::acpi_power_btn) != 0;
    guest->require_machine();
    GuestAgent* agent = guest->live->machine->agent();
    // the agent is asked first unless that is not wanted, the button pressed when nothing else was wanted
    if (by_agent || (flags == 0 && agent != nullptr && agent->connected())) {
        try {
            const HeldAgent held = co_await hold_agent(guest);
            if (reboot) guest->live->reboot_at_shutdown = false; // it comes round by itself
            const auto how = reboot ? GuestAgent::Power::reboot : GuestAgent::Power::shutdown;
            co_await held.agent->power(how, held.limit);
            co_return;
        } catch (const Error& error) {
            if (by_agent && !by_button) throw;
            log_info("guest.power", "guest '{}': {}; pressing the power button", guest->name,
                     error.message());
        }
    }
    co_await power_.press_power_button(guest, reboot);
}

Task<p::DomainShutdownResult> DomainService::shutdown(CallContext, p::DomainShutdownArgs args) {
    co_await power_down(require(args.dom), 0, false);
    co_return p::DomainShutdownResult();
}

Task<p::DomainShutdownFlagsResult> DomainService::shutdown_with_flags(CallContext,
                                                                      p::DomainShutdownFlagsArgs args) {
    namespace Flags = p::DomainShutdownFlagValues;
    const Registry::Pointer guest = require(args.dom);
    require_flags(ErrorSource::domain, args.flags, Flags::acpi_power_btn | Flags::guest_agent,
                  "qemuDomainShutdownFlags");
    co_await power_down(guest, args.flags, false);
    co_return p::DomainShutdownFlagsResult();
}

Task<p::DomainRebootResult> DomainService::reboot(CallContext, p::DomainRebootArgs args) {
    namespace Flags = p::DomainRebootFlagValues;
    const Registry::Pointer guest = require(args.dom);
    require_flags(ErrorSource::domain, args.flags, Flags::acpi_power_btn | Flags::guest_agent,
                  "qemuDomainReboot");
    co_await power_down(guest, args.flags, true);
    co_return p::DomainRebootResult();
}

Task<p::DomainResetResult> DomainService::reset(CallContext, p::DomainResetArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainReset");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("reset");
    co_await guest->require_machine().reset();
    power_.publish(*guest,
                   Rebooted{}); // a second one follows from the machine itself: clients of libvirt see both
    if (guest->condition.state == State::crashed) guest->condition = paused::crashed;
    co_return p::DomainResetResult();
}

Task<p::DomainDestroyResult> DomainService::destroy(CallContext, p::DomainDestroyArgs args) {
    co_await power_.destroy(require(args.dom), KillKind::forced);
    co_return p::DomainDestroyResult();
}

Task<p::DomainDestroyFlagsResult> DomainService::destroy_with_flags(CallContext,
                                                                    p::DomainDestroyFlagsArgs args) {
    namespace Flags = p::DomainDestroyFlagsValues;
    require_flags(ErrorSource::domain, args.flags, Flags::graceful | Flags::remove_logs,
                  "qemuDomainDestroyFlags");
    const bool graceful = (args.flags & Flags::graceful) != 0;
    const KillKind kind = graceful ? KillKind::graceful : KillKind::forced;
    co_await power_.destroy(require(args.dom), kind);
    co_return p::DomainDestroyFlagsResult();
}

Task<p::DomainSuspendResult> DomainService::suspend(CallContext, p::DomainSuspendArgs args) {
    co_await power_.suspend(require(args.dom));
    co_return p::DomainSuspendResult();
}

Task<p::DomainResumeResult> DomainService::resume(CallContext, p::DomainResumeArgs args) {
    co_await power_.resume(require(args.dom));
    co_return p::DomainResumeResult();
}

Task<p::DomainPmWakeupResult> DomainService::wake_up(CallContext, p::DomainPmWakeupArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainPMWakeup");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("wake-up");
    co_await guest->require_machine().wake_up();
    co_return p::DomainPmWakeupResult();
}

Task<p::DomainInjectNmiResult> DomainService::inject_nmi(CallContext, p::DomainInjectNmiArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainInjectNMI");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("inject-nmi");
    co_await guest->require_machine().inject_nmi();
    co_return p::DomainInjectNmiResult();
}

Task<p::DomainSendKeyResult> DomainService::send_key(CallContext, p::DomainSendKeyArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainSendKey");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("send-key");
    co_await guest->require_machine().send_key(args.codeset, args.holdtime, std::move(args.keycodes));
    co_return p::DomainSendKeyResult();
}

Task<p::qemu::DomainMonitorCommandResult>
DomainService::monitor_command(CallContext, p::qemu::DomainMonitorCommandArgs args) {
    constexpr std::uint32_t hmp = 1; // VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP
    require_flags(ErrorSource::domain, args.flags, hmp, "qemuDomainQemuMonitorCommandWithFiles");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("monitor command");
    guest->require_machine();
    co_await power_.taint(guest, Taint::custom_monitor);
    std::string reply =
        co_await guest->require_machine().monitor_command(std::move(args.cmd), (args.flags & hmp) != 0);
    co_return {.result = std::move(reply)};
}

} // namespace yado::guest
