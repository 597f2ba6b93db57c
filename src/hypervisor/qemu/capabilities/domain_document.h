// SPDX-License-Identifier: Apache-2.0
// <domainCapabilities>: what a domain of one architecture, machine and type may have. Only what this QEMU can
// do *and* plan() translates is listed, so that a client never builds a domain that does not start.
#pragma once

#include "base/async/loop.h"
#include "host/kvm.h"
#include "hypervisor/qemu/capabilities/cache.h"
#include "model/capabilities/domain_capabilities.h"

#include <string>
#include <string_view>
#include <vector>

namespace yado::qemu {

/// As the client asks; what is empty is chosen.
struct DomainDocumentRequest {
    std::string emulator, arch, machine, virt_type;
};

/// What choosing depends on.
struct DomainDocumentHost {
    std::string arch; ///< of the host, in libvirt's words
    std::vector<FoundBinary> binaries;
    host::KvmVerdict kvm;
};

/// What a request comes down to.
struct ChosenEmulator {
    CapabilityCache::Pointer capabilities; ///< under the accelerator of `virt_type`
    std::string machine, arch, virt_type;
};
/// Throws invalid_arg and config_unsupported in libvirt's words for what cannot be served ("unknown virttype:
/// x"), and what CapabilityCache::get() throws for the emulator. `cache` must outlive the task.
Task<ChosenEmulator> choose_emulator(CapabilityCache& cache, DomainDocumentHost host,
                                     DomainDocumentRequest request);

/// The answer to virConnectGetDomainCapabilities. Throws what choose_emulator() throws.
Task<model::DomainCapabilities> domain_document(CapabilityCache& cache, DomainDocumentHost host,
                                                DomainDocumentRequest request);

/// The document for a machine that `capabilities` has; `virt_type` is "qemu" or "kvm", and `capabilities` are
/// those under its accelerator.
model::DomainCapabilities abilities(const QemuCapabilities& capabilities, const MachineType& machine,
                                    std::string_view arch, std::string_view virt_type);

} // namespace yado::qemu
