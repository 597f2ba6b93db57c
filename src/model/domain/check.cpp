// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check.h"

#include "model/domain/check_devices.h"
#include "model/domain/check_machine.h"
#include "model/domain/complete_devices.h"
#include "model/domain/qemu_namespace.h"

namespace yado::model {
namespace {

using schema::Diagnostics;

void check_name(const Domain& domain, Diagnostics& out) {
    if (domain.name.empty()) { problem(out, domain_conf, Code::no_name, "/domain/name", "{}", ""); }
    if (domain.name.find('/') != std::string::npos) {
        problem(out, domain_conf, Code::xml_error, "/domain/name", "name {} cannot contain '/'", domain.name);
    }
    if (domain.name.find('\n') != std::string::npos) {
        problem(out, ErrorSource::xml, Code::xml_detail, "/domain/name", "invalid char in {}: {}", "name",
                "\n");
    }
    if (domain.title.find('\n') != std::string::npos) {
        problem(out, domain_conf, Code::xml_error, "/domain/title", "Domain title can't contain newlines");
    }
}

void check_actions(const Domain& domain, Diagnostics& out) {
    if (domain.type != DomainType::qemu && domain.type != DomainType::kvm) { return; }
    if (domain.on_poweroff == LifecycleAction::preserve || domain.on_reboot == LifecycleAction::preserve) {
        problem(out, driver, Code::config_unsupported, "/domain/on_poweroff",
                "qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'");
    }
    const auto renames = [](LifecycleAction action) { return action == LifecycleAction::rename_restart; };
    if (renames(domain.on_poweroff) || renames(domain.on_reboot) || renames(domain.on_crash)) {
        problem(out, driver, Code::config_unsupported, "/domain/on_crash",
                "qemu driver doesn't support the 'rename-restart' action for "
                "'on_reboot'/'on_poweroff'/'on_crash'");
    }
}

/// What QEMU's clocks cannot do.
void check_timers(const Domain& domain, Diagnostics& out) {
    const Timer* rtc = is_qemu(domain) ? domain.clock.timer(TimerName::rtc) : nullptr;
    const Timer* pit = is_qemu(domain) ? domain.clock.timer(TimerName::pit) : nullptr;
    const auto refuse = [&out](std::string_view part, std::string_view what, std::string_view word) {
        problem(out, driver, Code::config_unsupported, fmt::format("/domain/clock/timer/@{}", part),
                "unsupported {} '{}'", what, word);
    };
    if (rtc != nullptr &&
        (rtc->tick_policy == TickPolicy::merge || rtc->tick_policy == TickPolicy::discard)) {
        refuse("tickpolicy", "rtc timer tickpolicy", schema::word(rtc->tick_policy));
    }
    if (rtc != nullptr && rtc->track == TimerTrack::boot) {
        refuse("track", "rtc timer track", schema::word(rtc->track));
    }
    if (pit != nullptr && pit->tick_policy == TickPolicy::merge) {
        refuse("tickpolicy", "pit tickpolicy", schema::word(pit->tick_policy));
    }
    if (is_qemu(domain) && domain.clock.timer(TimerName::platform) != nullptr) {
        refuse("name", "timer type (name)", schema::word(TimerName::platform));
    }
}

void check_parts(const Domain& domain, Diagnostics& out) {
    check_iothreads(domain, out);
    check_os(domain, out);
    check_features(domain, out);
    check_cpu(domain, out);
    check_numa(domain, out);
    check_tuning(domain, out);
    check_sysinfo(domain, out);
    check_actions(domain, out);
    check_timers(domain, out);
    check_devices(domain, out);
    check_labels(domain, out);
    if (is_qemu(domain)) { read_qemu_namespace(domain.qemu, &out); }
}

void ask(const DriverCheck& own_check, const Domain& domain, Diagnostics& out) {
    if (!own_check) { return; }
    try {
        own_check(domain);
    } catch (const Error& error) { out.add({error.code(), error.detail(), "/domain", 0, error.source()}); }
}

/// Told by libvirt while it reads, before it asks the driver.
bool is_of_reading(const schema::Finding& finding) {
    const bool of_driver = finding.code == Code::config_unsupported || finding.code == Code::internal_error;
    return !of_driver || finding.path == "/domain/os/type";
}

} // namespace

void check(const Domain& domain, Diagnostics& diagnostics, const DriverCheck& own_check) {
    check_name(domain, diagnostics);
    check_memory(domain, diagnostics);
    check_vcpus(domain, diagnostics);
    Diagnostics parts;
    parts.source = diagnostics.source;
    check_parts(domain, parts);
    bool asked = false;
    for (const schema::Finding& finding : parts.problems()) {
        if (!asked && !is_of_reading(finding)) {
            ask(own_check, domain, diagnostics);
            asked = true;
        }
        diagnostics.add(finding);
    }
    if (!asked) { ask(own_check, domain, diagnostics); }
    for (const schema::Finding& note : parts.notes()) { diagnostics.add_note(note); }
}

} // namespace yado::model
