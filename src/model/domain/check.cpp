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

} // namespace

void check(const Domain& domain, Diagnostics& diagnostics) {
    check_name(domain, diagnostics);
    check_memory(domain, diagnostics);
    check_vcpus(domain, diagnostics);
    check_iothreads(domain, diagnostics);
    check_os(domain, diagnostics);
    check_features(domain, diagnostics);
    check_cpu(domain, diagnostics);
    check_numa(domain, diagnostics);
    check_tuning(domain, diagnostics);
    check_sysinfo(domain, diagnostics);
    check_actions(domain, diagnostics);
    check_devices(domain, diagnostics);
    check_labels(domain, diagnostics);
    if (is_qemu(domain)) { read_qemu_namespace(domain.qemu, &diagnostics); }
}

} // namespace yado::model
