// SPDX-License-Identifier: Apache-2.0
// CPUs compared with the host's and with what QEMU gives its guests, and what several have in common.
#include "base/error.h"
#include "host/node.h"
#include "hypervisor/qemu/capabilities/cpu_features.h"
#include "hypervisor/qemu/capabilities/cpu_models.h"
#include "hypervisor/qemu/capabilities/domain_document.h"
#include "hypervisor/qemu/hypervisor.h"
#include "model/domain/machine.h"
#include "schema/write.h"

#include <algorithm>
#include <memory>

namespace yado::qemu {
namespace {

constexpr std::size_t most_cpus = 256;

[[noreturn]] void cannot(std::string_view what, std::string_view arch) {
    fail(ErrorSource::cpu, Code::no_support, "cannot {} of {} architecture", what, arch);
}

/// The host's own CPU, by what the kernel says of it.
CpuProvider host_provider(const std::string& arch) {
    const host::CpuModel cpu = host::Node().cpu();
    CpuProvider provider{.arch = arch, .vendor = std::string(libvirt_vendor(cpu.vendor))};
    for (std::string& name : x86_features(cpu.flags, cpu.vendor)) {
        provider.features.insert(std::move(name));
    }
    return provider;
}

/// Where CPUs are not made of features, only equal ones have something in common.
model::Cpu only_model(const std::vector<CpuDeclaration>& cpus, std::string_view arch) {
    const std::string& name = cpus.front().cpu.model.name;
    const auto same = [&name](const CpuDeclaration& each) {
        return each.cpu.model.name == name && each.cpu.features.empty();
    };
    if (name.empty() || !std::ranges::all_of(cpus, same)) { cannot("compute baseline CPU", arch); }
    model::Cpu cpu;
    cpu.mode = model::CpuMode::custom;
    cpu.match = model::CpuMatch::exact;
    cpu.model = {.fallback = model::CpuFallback::forbid, .vendor_id = {}, .name = name};
    return cpu;
}

std::string written(const model::Cpu& cpu) { return schema::write_xml(cpu, "cpu", schema::definition_view); }

} // namespace

/// What a question about CPUs is answered from.
struct QemuHypervisor::CpuFacts {
    std::shared_ptr<const CpuModels> models;
    CpuProvider provider; ///< without features for architectures whose CPUs are not made of them
};

Task<QemuHypervisor::CpuFacts> QemuHypervisor::cpu_facts(std::optional<guest::EmulatorChoice> emulator,
                                                         std::string arch) {
    co_await prepare();
    CpuFacts facts;
    if (!emulator) {
        if (arch.empty()) { arch = host_arch_; }
        const FoundBinary* binary = binary_for(arch);
        if (binary == nullptr || !model::is_x86(arch)) {
            facts.provider.arch = arch;
            co_return facts;
        }
        const CapabilityCache::Pointer capabilities = co_await cache_.get(binary->path);
        facts.models = std::make_shared<const CpuModels>(*capabilities);
        auto read = [host_arch = host_arch_] { return host_provider(host_arch); };
        facts.provider = co_await blocking(loop_, read);
        co_return facts;
    }
    DomainDocumentHost host{.arch = host_arch_, .binaries = binaries_, .kvm = kvm()};
    DomainDocumentRequest request{.emulator = std::move(emulator->emulator),
                                  .arch = std::move(emulator->arch),
                                  .machine = std::move(emulator->machine),
                                  .virt_type = std::move(emulator->virt_type)};
    const ChosenEmulator chosen = co_await choose_emulator(cache_, std::move(host), std::move(request));
    facts.provider.arch = chosen.arch;
    if (!model::is_x86(chosen.arch)) { co_return facts; }
    facts.models = std::make_shared<const CpuModels>(*chosen.capabilities);
    facts.provider.vendor = libvirt_vendor(chosen.capabilities->host_model.vendor);
    facts.provider.features = facts.models->utmost();
    co_return facts;
}

Task<guest::CpuVerdict> QemuHypervisor::compare_cpu(std::string document, bool validate,
                                                    std::optional<guest::EmulatorChoice> emulator) {
    const CpuDeclaration declared = read_cpu(document, validate);
    const CpuFacts facts = co_await cpu_facts(std::move(emulator), std::string());
    if (!facts.models) { cannot("compare CPUs", facts.provider.arch); }
    CpuComparison found = qemu::compare_cpu(*facts.models, facts.provider, declared);
    co_return guest::CpuVerdict{.result = static_cast<int>(found.result), .why = std::move(found.why)};
}

Task<std::string> QemuHypervisor::baseline_cpu(guest::CpuBaselineQuestion question,
                                               std::optional<guest::EmulatorChoice> emulator) {
    if (question.documents.size() > most_cpus) {
        fail(ErrorSource::cpu, Code::invalid_arg, "more than {} CPUs", most_cpus);
    }
    std::vector<CpuDeclaration> cpus;
    for (const std::string& document : question.documents) {
        cpus.push_back(read_cpu(document, false, !emulator.has_value()));
    }
    if (cpus.empty()) { fail(ErrorSource::cpu, Code::invalid_arg, "No CPUs given"); }
    const bool of_hosts = !emulator.has_value();
    const CpuFacts facts = co_await cpu_facts(std::move(emulator), cpus.front().arch);
    if (!facts.models) { co_return written(only_model(cpus, facts.provider.arch)); }
    const BaselineOptions options{.expand = question.expand,
                                  .migratable = question.migratable,
                                  .provider = of_hosts ? nullptr : &facts.provider};
    co_return written(qemu::baseline_cpu(*facts.models, cpus, options));
}

Task<std::vector<std::string>> QemuHypervisor::cpu_model_names(std::string arch) {
    if (!model::is_known_arch(arch)) {
        fail(ErrorSource::cpu, Code::invalid_arg, "cannot find architecture {}", arch);
    }
    co_await prepare();
    if (model::is_arm(arch) || arch == "s390x") { co_return std::vector<std::string>(); }
    const FoundBinary* binary = binary_for(arch);
    if (binary == nullptr) {
        fail(ErrorSource::cpu, Code::no_support, "'{}' architecture is not supported by CPU driver", arch);
    }
    const CapabilityCache::Pointer capabilities = co_await cache_.get(binary->path);
    co_return CpuModels(*capabilities).names();
}

} // namespace yado::qemu
