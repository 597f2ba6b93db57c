// SPDX-License-Identifier: Apache-2.0
// CPU models: comparing them, what several have in common, and their names.
#include "guest/domain_service.h"

namespace yado::guest {
namespace {

constexpr std::uint32_t fail_when_incompatible = 1, validate_document = 2; ///< virConnectCompareCPUFlags
constexpr std::uint32_t expand_features = 1, migratable_only = 2;          ///< virConnectBaselineCPUFlags

EmulatorChoice choice(std::optional<std::string> emulator, std::optional<std::string> arch,
                      std::optional<std::string> machine, std::optional<std::string> virt_type) {
    return {.emulator = std::move(emulator).value_or(""),
            .arch = std::move(arch).value_or(""),
            .machine = std::move(machine).value_or(""),
            .virt_type = std::move(virt_type).value_or("")};
}

std::int32_t result_of(const CpuVerdict& verdict, std::uint32_t flags) {
    if (verdict.result == 0 && (flags & fail_when_incompatible) != 0) {
        fail(ErrorSource::cpu, Code::cpu_incompatible, "{}", verdict.why);
    }
    return verdict.result;
}

CpuBaselineQuestion question(std::vector<std::string> documents, std::uint32_t flags) {
    return {.documents = std::move(documents),
            .expand = (flags & expand_features) != 0,
            .migratable = (flags & migratable_only) != 0};
}

} // namespace

Task<p::ConnectCompareCpuResult> DomainService::compare_cpu(CallContext, p::ConnectCompareCpuArgs args) {
    require_flags(ErrorSource::qemu, args.flags, fail_when_incompatible | validate_document,
                  "qemuConnectCompareCPU");
    const bool validate = (args.flags & validate_document) != 0;
    const CpuVerdict verdict =
        co_await parts_.hypervisor.compare_cpu(std::move(args.xml), validate, std::nullopt);
    co_return p::ConnectCompareCpuResult{.result = result_of(verdict, args.flags)};
}

Task<p::ConnectCompareHypervisorCpuResult>
DomainService::compare_hypervisor_cpu(CallContext, p::ConnectCompareHypervisorCpuArgs args) {
    require_flags(ErrorSource::qemu, args.flags, fail_when_incompatible | validate_document,
                  "qemuConnectCompareHypervisorCPU");
    const bool validate = (args.flags & validate_document) != 0;
    EmulatorChoice emulator = choice(std::move(args.emulator), std::move(args.arch), std::move(args.machine),
                                     std::move(args.virttype));
    const CpuVerdict verdict =
        co_await parts_.hypervisor.compare_cpu(std::move(args.xmlCPU), validate, std::move(emulator));
    co_return p::ConnectCompareHypervisorCpuResult{.result = result_of(verdict, args.flags)};
}

Task<p::ConnectBaselineCpuResult> DomainService::baseline_cpu(CallContext, p::ConnectBaselineCpuArgs args) {
    require_flags(ErrorSource::qemu, args.flags, expand_features | migratable_only, "qemuConnectBaselineCPU");
    CpuBaselineQuestion cpus = question(std::move(args.xmlCPUs), args.flags);
    std::string cpu = co_await parts_.hypervisor.baseline_cpu(std::move(cpus), std::nullopt);
    co_return p::ConnectBaselineCpuResult{.cpu = std::move(cpu)};
}

Task<p::ConnectBaselineHypervisorCpuResult>
DomainService::baseline_hypervisor_cpu(CallContext, p::ConnectBaselineHypervisorCpuArgs args) {
    require_flags(ErrorSource::qemu, args.flags, expand_features | migratable_only,
                  "qemuConnectBaselineHypervisorCPU");
    EmulatorChoice emulator = choice(std::move(args.emulator), std::move(args.arch), std::move(args.machine),
                                     std::move(args.virttype));
    CpuBaselineQuestion cpus = question(std::move(args.xmlCPUs), args.flags);
    std::string cpu = co_await parts_.hypervisor.baseline_cpu(std::move(cpus), std::move(emulator));
    co_return p::ConnectBaselineHypervisorCpuResult{.cpu = std::move(cpu)};
}

Task<p::ConnectGetCpuModelNamesResult>
DomainService::get_cpu_model_names(CallContext, p::ConnectGetCpuModelNamesArgs args) {
    require_flags(ErrorSource::qemu, args.flags, 0, "qemuConnectGetCPUModelNames");
    std::vector<std::string> names = co_await parts_.hypervisor.cpu_model_names(std::move(args.arch));
    p::ConnectGetCpuModelNamesResult result{.models = {}, .ret = static_cast<std::int32_t>(names.size())};
    if (args.need_results != 0) { result.models = std::move(names); }
    co_return result;
}

} // namespace yado::guest
