// SPDX-License-Identifier: Apache-2.0
// What clients read about the host and about possible domains.
#include "hypervisor/qemu/capabilities/domain_document.h"
#include "hypervisor/qemu/capabilities/host_document.h"
#include "hypervisor/qemu/hypervisor.h"

namespace yado::qemu {

Task<std::string> QemuHypervisor::capabilities_xml() {
    co_await prepare();
    auto read = [] { return host_facts(host::Node()); };
    HostFacts facts = co_await blocking(loop_, read);
    facts.uuid = settings_.host_uuid;
    facts.kvm = kvm();
    facts.run_as = settings_.credentials;
    const std::vector<GuestProgram> programs = co_await guest_programs(loop_, cache_, binaries_);
    co_return model::write_capabilities(host_document(facts, programs));
}

Task<std::string> QemuHypervisor::domain_capabilities_xml(std::string emulator, std::string arch,
                                                          std::string machine, std::string virt_type) {
    co_await prepare();
    DomainDocumentHost host{.arch = host_arch_, .binaries = binaries_, .kvm = kvm()};
    DomainDocumentRequest request{.emulator = std::move(emulator),
                                  .arch = std::move(arch),
                                  .machine = std::move(machine),
                                  .virt_type = std::move(virt_type)};
    const model::DomainCapabilities document =
        co_await domain_document(cache_, std::move(host), std::move(request));
    co_return model::write_domain_capabilities(document);
}

} // namespace yado::qemu
