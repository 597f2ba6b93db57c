// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/domain_document.h"

#include "base/error.h"
#include "hypervisor/qemu/capabilities/host_document.h"
#include "model/domain/domain.h"
#include "model/domain/machine.h"

namespace yado::qemu {
namespace {

template <class... Args> [[noreturn]] void refuse(fmt::format_string<Args...> text, Args&&... args) {
    fail(ErrorSource::qemu, Code::invalid_arg, text, std::forward<Args>(args)...);
}

bool same_family(std::string_view a, std::string_view b) {
    return a == b || (model::is_x86(a) && model::is_x86(b)) || (model::is_arm(a) && model::is_arm(b)) ||
           (a.starts_with("ppc") && b.starts_with("ppc"));
}

/// Whether a program for `own` runs guests of `arch` too.
bool runs(std::string_view own, std::string_view arch) {
    return own == arch || (own == "x86_64" && arch == "i686") || (own == "aarch64" && arch == "armv7l") ||
           (own == "ppc64" && arch == "ppc64le");
}

const FoundBinary* find_emulator(const std::vector<FoundBinary>& binaries, std::string_view arch) {
    for (const bool exact : {true, false}) {
        for (const FoundBinary& each : binaries) {
            if (exact ? each.arch == arch : runs(each.arch, arch)) return &each;
        }
    }
    return nullptr;
}

void check_words(const DomainDocumentRequest& request) {
    if (!request.virt_type.empty()) {
        const auto type = schema::from_word<model::DomainType>(request.virt_type);
        if (!type) refuse("unknown virttype: {}", request.virt_type);
    }
    if (!request.arch.empty() && !model::is_known_arch(request.arch)) {
        refuse("unknown architecture: {}", request.arch);
    }
}

/// The domain type to describe. `why` is appended where KVM is asked for and does not work.
std::string choose_type(const QemuCapabilities& capabilities, const DomainDocumentHost& host,
                        std::string_view arch, const std::string& asked) {
    const bool kvm = host.kvm.usable && capabilities.kvm_built && kvm_serves(host.arch, arch);
    if (asked.empty() && kvm) return "kvm";
    if ((asked.empty() || asked == "qemu") && capabilities.tcg_built) return "qemu";
    if (asked == "kvm" && kvm) return asked;
    const std::string type = asked.empty() ? "qemu" : asked;
    if (type == "kvm" && !host.kvm.usable && !host.kvm.reason.empty()) {
        refuse("Emulator '{}' does not support virt type 'kvm': {}", capabilities.binary, host.kvm.reason);
    }
    refuse("Emulator '{}' does not support virt type '{}'", capabilities.binary, type);
}

} // namespace

Task<ChosenEmulator> choose_emulator(CapabilityCache& cache, DomainDocumentHost host,
                                     DomainDocumentRequest request) {
    check_words(request);
    if (request.virt_type == schema::word(model::DomainType::none)) request.virt_type.clear();
    const std::string arch = request.arch.empty() ? host.arch : request.arch;
    std::string emulator = request.emulator;
    if (emulator.empty()) {
        const FoundBinary* found = find_emulator(host.binaries, arch);
        if (found == nullptr) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "unable to find any emulator to serve '{}' architecture", arch);
        }
        emulator = found->path;
    }
    CapabilityCache::Pointer capabilities = co_await cache.get(emulator);
    if (!same_family(capabilities->arch, arch)) {
        refuse("architecture from emulator '{}' doesn't match given architecture '{}'", capabilities->arch,
               arch);
    }
    if (!runs(capabilities->arch, arch)) refuse("Emulator '{}' does not support arch '{}'", emulator, arch);

    const MachineType* machine = capabilities->machine(request.machine);
    if (machine == nullptr && request.machine.empty() && !capabilities->machines.empty()) {
        machine = &capabilities->machines.front(); // most processors' programs have no default
    }
    if (machine == nullptr) {
        refuse("the machine '{}' is not supported by emulator '{}'", request.machine, emulator);
    }
    const std::string type = choose_type(*capabilities, host, arch, request.virt_type);
    ChosenEmulator chosen{
        .capabilities = capabilities, .machine = machine->name, .arch = arch, .virt_type = type};
    if (type == "kvm") {
        chosen.capabilities = co_await cache.get(emulator, Accelerator::kvm);
        if (chosen.capabilities->machine(chosen.machine) == nullptr) {
            refuse("the machine '{}' is not supported by emulator '{}'", chosen.machine, emulator);
        }
    }
    co_return chosen;
}

Task<model::DomainCapabilities> domain_document(CapabilityCache& cache, DomainDocumentHost host,
                                                DomainDocumentRequest request) {
    const ChosenEmulator chosen = co_await choose_emulator(cache, std::move(host), std::move(request));
    const MachineType& machine = *chosen.capabilities->machine(chosen.machine);
    co_return abilities(*chosen.capabilities, machine, chosen.arch, chosen.virt_type);
}

} // namespace yado::qemu
