// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check.h"

#include <algorithm>
#include <array>
#include <set>

#include "model/domain/check_devices.h"
#include "model/domain/machine.h"
#include "schema/compact.h"

namespace yado::model {
namespace {

using schema::Diagnostics;

constexpr auto domain_conf = ErrorSource::domain;
constexpr auto cpu_conf = ErrorSource::cpu;
constexpr auto driver = ErrorSource::qemu;

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

void check_memory(const Domain& domain, Diagnostics& out) {
    if (domain.memory.size.value == 0) {
        problem(out, domain_conf, Code::xml_error, "/domain/memory",
                "Memory size must be specified via <memory> or in the <numa> configuration");
    }
    if (domain.max_memory && domain.max_memory->size < domain.memory.size) {
        problem(out, domain_conf, Code::xml_error, "/domain/maxMemory",
                "maximum memory size must be equal or greater than the actual memory size");
    }
    if (domain.max_memory && domain.max_memory->slots == 0) {
        problem(out, domain_conf, Code::xml_error, "/domain/maxMemory/@slots",
                "both maximum memory size and memory slot count must be specified");
    }
}

void check_vcpus(const Domain& domain, Diagnostics& out) {
    const Vcpus& v = domain.vcpus;
    if (v.maximum == 0) {
        problem(out, domain_conf, Code::internal_error, "/domain/vcpu",
                "CPU IDs in <numa> exceed the <vcpu> count");
        return;
    }
    if (v.current && *v.current > v.maximum) {
        problem(out, domain_conf, Code::config_unsupported, "/domain/vcpu/@current",
                "maximum vCPU count must not be less than current vCPU count");
    }
    if (v.current == 0U) {
        problem(out, driver, Code::config_unsupported, "/domain/vcpu/@current", "vcpu 0 can't be offline");
    }
}

void check_os(const Domain& domain, Diagnostics& out) {
    static constexpr std::array<std::string_view, 6> known{"hvm", "xen", "linux", "exe", "uml", "xenpvh"};
    const OsType& type = domain.os.type;
    if (std::ranges::find(known, type.type) == known.end()) {
        problem(out, domain_conf, Code::config_unsupported, "/domain/os/type", "unknown OS type '{}'",
                type.type);
    }
    if (!type.arch.empty() && !is_known_arch(type.arch)) {
        problem(out, domain_conf, Code::config_unsupported, "/domain/os/type/@arch",
                "Unknown architecture {}", type.arch);
    }
    const auto needs_path = [](const schema::Rare<Loader>& loader) {
        return loader && loader->path.empty() && loader->type == LoaderType::pflash;
    };
    if (needs_path(domain.os.loader) && domain.os.firmware == Firmware::unset) {
        problem(out, domain_conf, Code::xml_detail, "/domain/os/loader",
                "no loader path specified and firmware auto selection disabled");
    }
}

void check_features(const Domain& domain, Diagnostics& out) {
    for (const std::string& part : domain.features.unknown.parts()) {
        if (!schema::Kept::is_attribute(part)) {
            problem(out, domain_conf, Code::config_unsupported, "/domain/features", "unexpected feature '{}'",
                    schema::Kept::name(part));
        }
    }
    const Hyperv* hyperv = domain.features.hyperv ? &*domain.features.hyperv : nullptr;
    if (hyperv == nullptr) { return; }
    for (const std::string& part : hyperv->unknown.parts()) {
        if (!schema::Kept::is_attribute(part)) {
            problem(out, domain_conf, Code::config_unsupported, "/domain/features/hyperv",
                    "unsupported HyperV Enlightenment feature: {}", schema::Kept::name(part));
        }
    }
    constexpr std::uint32_t fewest_retries = 4095; // Hyper-V's own minimum
    if (hyperv->spinlocks.state == schema::OnOff::on &&
        hyperv->spinlocks.retries.value_or(0) < fewest_retries) {
        problem(out, domain_conf, Code::xml_error, "/domain/features/hyperv/spinlocks/@retries",
                "HyperV spinlock retry count must be at least {}", fewest_retries);
    }
    constexpr std::size_t vendor_length = 12; // of a CPUID vendor string
    if (hyperv->vendor_id.state == schema::OnOff::on && hyperv->vendor_id.value.size() > vendor_length) {
        problem(out, domain_conf, Code::xml_error, "/domain/features/hyperv/vendor_id/@value",
                "HyperV vendor_id value must not be more than {} characters.", vendor_length);
    }
}

void check_cpu(const Domain& domain, Diagnostics& out) {
    const Cpu& cpu = domain.cpu;
    if (cpu.topology) {
        const CpuTopology& t = *cpu.topology;
        const std::array<std::pair<std::string_view, std::uint32_t>, 4> counts{{{"sockets", t.sockets},
                                                                                {"dies", t.dies.value_or(1)},
                                                                                {"cores", t.cores},
                                                                                {"threads", t.threads}}};
        std::uint64_t product = 1;
        for (const auto& [name, count] : counts) {
            if (count == 0) {
                problem(out, ErrorSource::xml, Code::xml_error, fmt::format("/domain/cpu/topology/@{}", name),
                        "Invalid value for attribute '{}' in element 'topology': Zero is not permitted",
                        name);
            }
            constexpr std::uint64_t many = 1U << 20U; // keeps the product of four from overflowing
            product = std::min<std::uint64_t>(product * std::min<std::uint64_t>(count, many), many);
        }
        if (product != 0 && product != domain.vcpus.maximum) {
            problem(out, driver, Code::config_unsupported, "/domain/cpu/topology",
                    "CPU topology doesn't match maximum vcpu count");
        }
    }
    if (!cpu.features.empty() && cpu.model.name.empty() &&
        (cpu.mode == CpuMode::unset || cpu.mode == CpuMode::custom)) {
        problem(out, cpu_conf, Code::xml_error, "/domain/cpu/feature",
                "Non-empty feature list specified without CPU model");
    }
    std::set<std::string_view> seen;
    for (const CpuFeature& feature : cpu.features) {
        if (!seen.insert(feature.name).second) {
            problem(out, cpu_conf, Code::xml_error, "/domain/cpu/feature",
                    "CPU feature '{}' specified more than once", feature.name);
        }
    }
    constexpr std::size_t vendor_length = 12;
    if (!cpu.model.vendor_id.empty() && cpu.model.vendor_id.size() != vendor_length) {
        problem(out, cpu_conf, Code::xml_error, "/domain/cpu/model/@vendor_id",
                "vendor_id must be exactly {} characters long", vendor_length);
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

void check_labels(const Domain& domain, Diagnostics& out) {
    static constexpr std::array<std::string_view, 4> known{"none", "default", "dynamic", "static"};
    for (const SecurityLabel& label : domain.security_labels) {
        if (!label.type.empty() && std::ranges::find(known, label.type) == known.end()) {
            problem(out, ErrorSource::xml, Code::xml_error, "/domain/seclabel/@type",
                    "Invalid value for attribute 'type' in element 'seclabel': '{}'.", label.type);
        }
        if (label.type == "static" && label.label.empty()) {
            problem(out, domain_conf, Code::xml_error, "/domain/seclabel/label", "security label is missing");
        }
    }
}

} // namespace

void check(const Domain& domain, Diagnostics& diagnostics) {
    check_name(domain, diagnostics);
    check_memory(domain, diagnostics);
    check_vcpus(domain, diagnostics);
    check_os(domain, diagnostics);
    check_features(domain, diagnostics);
    check_cpu(domain, diagnostics);
    check_actions(domain, diagnostics);
    check_devices(domain, diagnostics);
    check_labels(domain, diagnostics);
}

} // namespace yado::model
