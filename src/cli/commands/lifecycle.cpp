// SPDX-License-Identifier: Apache-2.0
// Starting domains, stopping them and what lies between.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/console.h"
#include "cli/descriptors.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

#include <array>
#include <optional>

namespace yado::cli {
namespace {

using protocol::DomainRef;
namespace Create = protocol::DomainCreateFlags;

/// With --console the guest waits for the console, so that its first output is not lost.
struct StartWish {
    std::uint32_t flags = 0;
    bool console = false;
    bool resume = false;
};

StartWish start_wish(const Arguments& arguments) {
    StartWish wish{arguments.flags({{"paused", Create::paused},
                                    {"autodestroy", Create::autodestroy},
                                    {"bypass-cache", Create::bypass_cache},
                                    {"force-boot", Create::force_boot},
                                    {"validate", Create::validate},
                                    {"reset-nvram", Create::reset_nvram}}),
                   arguments.has("console"), false};
    if (wish.console && (wish.flags & Create::paused) == 0) {
        wish.flags |= Create::paused;
        wish.resume = true;
    }
    return wish;
}

/// Runs `start` with the flags; once more without the pause that only --console asked for when the hypervisor
/// has none.
template <class Start> auto start_as(StartWish& wish, Start&& start) {
    try {
        return start(wish.flags);
    } catch (const Error& error) {
        if (!wish.resume || error.code() != Code::invalid_arg) throw;
    }
    wish.flags &= ~Create::paused;
    wish.resume = false;
    return start(wish.flags);
}

void create(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    const auto passed = passed_numbers(arguments);
    StartWish wish = start_wish(arguments);
    const auto call = [&](std::uint32_t flags) {
        if (passed.empty()) return session.call(protocol::DomainCreateXmlArgs{xml, flags}).dom;
        return session.connection()
            .call(protocol::DomainCreateXmlWithFilesArgs{xml, flags}, copy_descriptors(passed))
            .dom;
    };
    const DomainRef domain =
        explain(fmt::format("Failed to create domain from {}", file), [&] { return start_as(wish, call); });
    session.done("Domain '{}' created from {}", domain.name, file);
    if (!wish.console) return;
    try {
        run_console(session, domain, std::nullopt, 0, wish.resume);
    } catch (const Failure& failure) { // the domain is there: success, as virsh sees it
        for (const std::string& line : failure.lines()) session.error(line);
    }
}

/// --force-boot with a daemon that does not know the flag: the saved image is removed first. True when
/// started.
bool force_boot(Session& session, const DomainRef& domain, std::uint32_t& flags) {
    try {
        session.call(protocol::DomainCreateWithFlagsArgs{domain, flags});
        return true;
    } catch (const Error& error) {
        if (error.code() != Code::no_support && error.code() != Code::invalid_arg) throw;
    }
    if (session.call(protocol::DomainHasManagedSaveImageArgs{domain, 0}).result > 0)
        session.call(protocol::DomainManagedSaveRemoveArgs{domain, 0});
    flags &= ~Create::force_boot;
    return false;
}

void start_domain(Session& session, const DomainRef& domain, std::uint32_t flags,
                  const std::vector<int>& passed) {
    if ((flags & Create::force_boot) != 0 && force_boot(session, domain, flags)) return;
    if (!passed.empty())
        session.connection().call(protocol::DomainCreateWithFilesArgs{domain, flags},
                                  copy_descriptors(passed));
    else if (flags != 0) session.call(protocol::DomainCreateWithFlagsArgs{domain, flags});
    else session.call(protocol::DomainCreateArgs{domain}); // every daemon knows this one
}

void start(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments, by_name | by_uuid);
    if (domain.id >= 0) refuse("Domain is already active");
    const auto passed = passed_numbers(arguments);
    StartWish wish = start_wish(arguments);
    const auto call = [&](std::uint32_t flags) { start_domain(session, domain, flags, passed); };
    explain(fmt::format("Failed to start domain '{}'", domain.name), [&] { start_as(wish, call); });
    session.done("Domain '{}' started", domain.name);
    if (wish.console) run_console(session, domain, std::nullopt, 0, wish.resume);
}

/// The bits of "acpi,agent"; DomainRebootFlagValues are the same. `last` stands before the last word of the
/// message.
std::uint32_t mode_bits(const Arguments& arguments, std::string_view last) {
    namespace Bits = protocol::DomainShutdownFlagValues;
    static constexpr std::array<std::pair<std::string_view, std::uint32_t>, 5> modes{
        {{"acpi", Bits::acpi_power_btn},
         {"agent", Bits::guest_agent},
         {"initctl", Bits::initctl},
         {"signal", Bits::signal},
         {"paravirt", Bits::paravirt}}};
    std::uint32_t bits = 0;
    const auto text = arguments.text("mode");
    if (!text) return bits;
    for (const std::string_view word : split(*text, ',')) {
        const auto mode = std::ranges::find(modes, word, &std::pair<std::string_view, std::uint32_t>::first);
        if (mode == modes.end())
            refuse("Unknown mode {} value, expecting 'acpi', 'agent', 'initctl', 'signal'{} 'paravirt'", word,
                   last);
        bits |= mode->second;
    }
    return bits;
}

void shutdown(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = mode_bits(arguments, ", or");
    const DomainRef domain = find_domain(session, arguments);
    explain(fmt::format("Failed to shutdown domain '{}'", domain.name), [&] {
        if (flags != 0) session.call(protocol::DomainShutdownFlagsArgs{domain, flags});
        else session.call(protocol::DomainShutdownArgs{domain});
    });
    session.done("Domain '{}' is being shutdown", domain.name);
}

void reboot(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = mode_bits(arguments, " or");
    const DomainRef domain = find_domain(session, arguments);
    explain(fmt::format("Failed to reboot domain '{}'", domain.name),
            [&] { session.call(protocol::DomainRebootArgs{domain, flags}); });
    session.done("Domain '{}' is being rebooted", domain.name);
}

void reset(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    explain(fmt::format("Failed to reset domain '{}'", domain.name),
            [&] { session.call(protocol::DomainResetArgs{domain, 0}); });
    session.done("Domain '{}' was reset", domain.name);
}

void destroy(Session& session, const Arguments& arguments) {
    namespace Bits = protocol::DomainDestroyFlagsValues;
    const DomainRef domain = find_domain(session, arguments);
    const std::uint32_t flags =
        arguments.flags({{"graceful", Bits::graceful}, {"remove-logs", Bits::remove_logs}});
    explain(fmt::format("Failed to destroy domain '{}'", domain.name), [&] {
        if (flags != 0) session.call(protocol::DomainDestroyFlagsArgs{domain, flags});
        else session.call(protocol::DomainDestroyArgs{domain});
    });
    session.done("Domain '{}' destroyed", domain.name);
}

void suspend(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    explain(fmt::format("Failed to suspend domain '{}'", domain.name),
            [&] { session.call(protocol::DomainSuspendArgs{domain}); });
    session.done("Domain '{}' suspended", domain.name);
}

void resume(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    explain(fmt::format("Failed to resume domain '{}'", domain.name),
            [&] { session.call(protocol::DomainResumeArgs{domain}); });
    session.done("Domain '{}' resumed", domain.name);
}

void dompmsuspend(Session& session, const Arguments& arguments) {
    static constexpr std::array<std::string_view, 3> targets{"mem", "disk",
                                                             "hybrid"}; // in NodeSuspendTarget's order
    const DomainRef domain = find_domain(session, arguments);
    const std::uint64_t duration = arguments.number<std::uint64_t>("duration").value_or(0);
    const auto target = std::ranges::find(targets, arguments.required("target"));
    if (target == targets.end()) refuse("Invalid target");
    explain(fmt::format("Domain '{}' could not be suspended", domain.name), [&] {
        session.call(protocol::DomainPmSuspendForDurationArgs{
            domain, static_cast<std::uint32_t>(target - targets.begin()), duration, 0});
    });
    done_without_line(session, fmt::format("Domain '{}' successfully suspended", domain.name));
}

void dompmwakeup(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    explain(fmt::format("Domain '{}' could not be woken up", domain.name),
            [&] { session.call(protocol::DomainPmWakeupArgs{domain, 0}); });
    done_without_line(session, fmt::format("Domain '{}' successfully woken up", domain.name));
}

void inject_nmi(Session& session, const Arguments& arguments) {
    session.call(protocol::DomainInjectNmiArgs{find_domain(session, arguments), 0});
}

} // namespace

std::vector<Command> lifecycle_commands() {
    const Option running = domain_option(Complete::running_domain);
    const Option console = flag("console", "attach to console after creation");
    const Option paused = flag("paused", "leave the guest paused after creation");
    const Option autodestroy =
        flag("autodestroy", "automatically destroy the guest when the client disconnects");
    const Option descriptors = text("pass-fds", "pass file descriptors N,M,... to the guest");
    const Option nvram = flag("reset-nvram", "re-initialize NVRAM from its pristine template");
    const Option mode = text("mode", "shutdown mode: acpi|agent|initctl|signal|paravirt");
    return {
        {"create",
         Group::domain,
         "create a domain from an XML file",
         "Create a domain.",
         {positional("file", "file containing an XML domain description").completes(Complete::file), console,
          paused, autodestroy, descriptors, flag("validate", "validate the XML against the schema"), nvram},
         create},
        {"destroy",
         Group::domain,
         "destroy (stop) a domain",
         "Forcefully stop a given domain, but leave its resources intact.",
         {running, flag("graceful", "terminate gracefully"), flag("remove-logs", "remove domain logs")},
         destroy},
        {"dompmsuspend",
         Group::domain,
         "suspend a domain gracefully using power management functions",
         "Suspends a running domain using guest OS's power management. (Note: This requires a guest agent "
         "configured and "
         "running in the guest OS).",
         {running, positional("target", "mem(Suspend-to-RAM), disk(Suspend-to-Disk), hybrid(Hybrid-Suspend)"),
          number("duration", "duration in seconds").named_only()},
         dompmsuspend},
        {"dompmwakeup",
         Group::domain,
         "wakeup a domain from pmsuspended state",
         "Wakeup a domain that was previously suspended by power management.",
         {domain_option()},
         dompmwakeup},
        {"inject-nmi",
         Group::domain,
         "Inject NMI to the guest",
         "Inject NMI to the guest domain.",
         {running},
         inject_nmi},
        {"reboot",
         Group::domain,
         "reboot a domain",
         "Run a reboot command in the target domain.",
         {running, mode},
         reboot},
        {"reset",
         Group::domain,
         "reset a domain",
         "Reset the target domain as if by power button",
         {running},
         reset},
        {"resume",
         Group::domain,
         "resume a domain",
         "Resume a previously suspended domain.",
         {running},
         resume},
        {"shutdown",
         Group::domain,
         "gracefully shutdown a domain",
         "Run shutdown in the target domain.",
         {running, mode},
         shutdown},
        {"start",
         Group::domain,
         "start a (previously defined) inactive domain",
         "Start a domain, either from the last managedsave\n    state, or via a fresh boot if no managedsave "
         "state\n"
         "    is present.",
         {positional("domain", "name of the inactive domain").completes(Complete::stopped_domain), console,
          paused, autodestroy, flag("bypass-cache", "avoid file system cache when loading"),
          flag("force-boot", "force fresh boot by discarding any managed save"), descriptors, nvram},
         start},
        {"suspend", Group::domain, "suspend a domain", "Suspend a running domain.", {running}, suspend},
    };
}

} // namespace yado::cli
