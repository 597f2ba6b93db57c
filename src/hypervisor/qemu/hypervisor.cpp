// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/hypervisor.h"

#include "base/async/start.h"
#include "base/error.h"
#include "base/log.h"
#include "hypervisor/qemu/capabilities/host_document.h"
#include "hypervisor/qemu/devices/spice.h"
#include "hypervisor/qemu/plan/launch_security.h"
#include "hypervisor/qemu/plan/plan.h"

#include <algorithm>
#include <sys/utsname.h>

namespace yado::qemu {
namespace {

std::string machine_arch() {
    utsname names{};
    ::uname(&names);
    return names.machine;
}

} // namespace

QemuHypervisor::QemuHypervisor(Host host, Settings settings)
    : loop_(host.loop), processes_(host.processes), cgroups_(host.cgroups), ports_(host.ports),
      settings_(std::move(settings)), cards_(loop_, processes_, host.network, ports_, settings_.paths.run),
      helpers_(loop_, processes_, {.qemu = settings_.credentials, .swtpm = settings_.swtpm_credentials}),
      cache_(loop_, processes_, settings_.paths.cache, settings_.credentials), host_arch_(machine_arch()),
      vnc_ports_(settings_.vnc_port_min, settings_.vnc_port_max),
      websocket_ports_(settings_.websocket_port_min, settings_.websocket_port_max),
      random_(std::random_device()()) {
    set_up_context();
}

QemuHypervisor::~QemuHypervisor() = default;

const FoundBinary* QemuHypervisor::binary_for(std::string_view arch) const {
    const auto found = std::ranges::find(binaries_, arch, &FoundBinary::arch);
    return found == binaries_.end() ? nullptr : &*found;
}

CapabilityCache::Pointer QemuHypervisor::known_for(const model::Domain& domain) const {
    if (!domain.devices.emulator.empty()) {
        if (auto known = cache_.known(domain.devices.emulator)) return known;
    }
    const FoundBinary* binary = binary_for(domain.os.type.arch.empty() ? host_arch_ : domain.os.type.arch);
    return binary == nullptr ? nullptr : cache_.known(binary->path);
}

void QemuHypervisor::set_up_context() {
    context_.host_arch = host_arch_;
    context_.nvram_directory = settings_.paths.nvram;
    context_.new_mac = [this] {
        model::Mac mac;
        const std::uint64_t bits = random_();
        mac.bytes = {0x52,
                     0x54,
                     0x00,
                     static_cast<std::uint8_t>(bits),
                     static_cast<std::uint8_t>(bits >> 8U),
                     static_cast<std::uint8_t>(bits >> 16U)};
        return mac;
    };
    context_.canonical_machine = [this](const model::Domain& domain,
                                        std::string_view machine) -> std::optional<std::string> {
        const auto known = known_for(domain);
        if (!known) return std::nullopt;
        const MachineType* type = known->machine(machine);
        return type == nullptr ? std::nullopt : std::optional(type->name);
    };
    context_.emulator = [this](const model::Domain& domain) {
        const FoundBinary* binary = binary_for(domain.os.type.arch);
        if (binary == nullptr) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "No emulator found for arch '{}': install QEMU for it (package qemu-system)",
                 domain.os.type.arch);
        }
        return binary->path;
    };
    context_.default_cpu = [this](const model::Domain& domain) {
        model::DefaultCpu cpu;
        const auto known = known_for(domain);
        const MachineType* type = known ? known->machine(domain.os.type.machine) : nullptr;
        if (type != nullptr) { // "qemu64-x86_64-cpu" → "qemu64"
            const auto suffix = type->default_cpu.find(fmt::format("-{}-cpu", target_of_arch(known->arch)));
            cpu.model = type->default_cpu.substr(0, suffix);
        }
        return cpu;
    };
    context_.has_device = [this](const model::Domain& domain, std::string_view device) {
        const auto known = known_for(domain);
        return !known || known->has_device(device);
    };
}

Task<void> QemuHypervisor::prepare() {
    if (prepared_) co_return;
    auto judge = [] { return host::judge_kvm(); };
    const Completion<host::KvmVerdict> verdict = yado::start(loop_, blocking(loop_, judge));
    if (binaries_.empty()) {
        auto look = [] { return find_binaries(); };
        binaries_ = co_await blocking(loop_, look);
    }
    std::vector<Completion<CapabilityCache::Pointer>> asked;
    for (const FoundBinary& binary : binaries_) asked.push_back(yado::start(loop_, cache_.get(binary.path)));
    for (std::size_t i = 0; i < asked.size(); ++i) {
        try {
            co_await asked[i];
        } catch (const Error& error) { // one broken QEMU must not take the others with it
            log_warning("qemu.capabilities", "{} is not used: {}", binaries_[i].path, error.message());
        }
    }
    kvm_ = co_await verdict;
    if (!kvm_->usable) log_info("qemu.capabilities", "no KVM: {}", kvm_->reason);
    prepared_ = !binaries_.empty(); // look again next time when QEMU is not installed yet
}

const host::KvmVerdict& QemuHypervisor::kvm() const {
    static const host::KvmVerdict unknown{
        .usable = false, .reason = "not judged yet", .hint = {}, .tsc_hz = {}};
    return kvm_ ? *kvm_ : unknown;
}

Task<std::uint64_t> QemuHypervisor::version() {
    co_await prepare();
    const FoundBinary* binary = binary_for(host_arch_);
    const auto known = binary == nullptr ? nullptr : cache_.known(binary->path);
    if (!known) {
        fail(ErrorSource::qemu, Code::internal_error,
             "Cannot find suitable emulator for {}: install the package qemu-system", host_arch_);
    }
    co_return known->version;
}

int QemuHypervisor::max_vcpus(std::string_view domain_type) const {
    // libvirt 9.0 answers these, whatever QEMU says of its machines; clients that want to know ask
    // domcapabilities
    if (domain_type.empty() || domain_type == "qemu") return 16;
    if (domain_type == "kvm" && kvm().usable) return 1024;
    fail(ErrorSource::qemu, Code::invalid_arg, "unknown type '{}'", domain_type);
}

void QemuHypervisor::check(const model::Domain& domain) const {
    using model::DomainType;
    if (domain.type != DomainType::qemu && domain.type != DomainType::kvm) {
        fail(ErrorSource::qemu, Code::config_unsupported, "Emulator '{}' does not support virt type '{}'",
             domain.devices.emulator, schema::word(domain.type));
    }
    if (domain.os.type.type != "hvm") {
        fail(ErrorSource::qemu, Code::config_unsupported, "Emulator '{}' does not support os type '{}'",
             domain.devices.emulator, domain.os.type.type);
    }
    const auto known = known_for(domain);
    if (!known) {
        fail(ErrorSource::qemu, Code::invalid_arg,
             "could not find capabilities for arch={}: install QEMU for it (package qemu-system)",
             domain.os.type.arch);
    }
    if (domain.type == DomainType::kvm && (!kvm_serves(host_arch_, domain.os.type.arch) || !kvm().usable)) {
        const bool foreign = !kvm_serves(host_arch_, domain.os.type.arch);
        const std::string reason = foreign ? fmt::format("the host is {}", host_arch_) : kvm().reason;
        fail(ErrorSource::qemu, Code::config_unsupported,
             "Emulator '{}' does not support virt type 'kvm': {}. Use type='qemu', or see `yado doctor`",
             domain.devices.emulator, reason);
    }
    const MachineType* machine = known->machine(domain.os.type.machine);
    if (machine != nullptr && machine->max_cpus != 0 && domain.vcpus.maximum > machine->max_cpus) {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "Maximum CPUs greater than specified machine type limit {}", machine->max_cpus);
    }
    require_launch_security(domain, *known);
    for (const model::Graphics& screen : domain.devices.graphics) {
        if (const auto* spice = std::get_if<model::Spice>(&screen.kind)) {
            require_tls_port(*spice, settings_.spice.tls);
        }
    }
    const auto sgx = [](const model::MemoryDevice& m) { return m.model == model::MemoryModel::sgx_epc; };
    if (std::ranges::any_of(domain.devices.memories, sgx)) {
        fail(ErrorSource::qemu, Code::config_unsupported, "sgx epc isn't supported by this QEMU binary");
    }
}

} // namespace yado::qemu
