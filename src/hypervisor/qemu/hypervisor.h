// SPDX-License-Identifier: Apache-2.0
// QEMU as a Hypervisor: binaries and their capabilities, judging definitions, starting and finding machines
// again.
#pragma once

#include "guest/hypervisor.h"
#include "guest/ports.h"
#include "host/cgroups.h"
#include "host/kvm.h"
#include "host/netlink/network.h"
#include "host/processes.h"
#include "host/threads.h"
#include "hypervisor/qemu/capabilities/cache.h"
#include "hypervisor/qemu/cards.h"
#include "hypervisor/qemu/helpers/helpers.h"
#include "hypervisor/qemu/hotplug/workshop.h"
#include "hypervisor/qemu/launch.h"
#include "hypervisor/qemu/plan/plan.h"
#include "hypervisor/qemu/ports.h"
#include "hypervisor/qemu/settings.h"

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace yado::qemu {

class QemuMachine;

class QemuHypervisor final : public guest::Hypervisor, private Workshop {
  public:
    /// The host it runs guests on, and the services they need; all must outlive it.
    struct Host {
        Loop& loop;
        host::Processes& processes;
        host::Cgroups& cgroups;
        host::Network& network;
        const guest::Ports& ports;
    };
    QemuHypervisor(Host host, Settings settings);
    ~QemuHypervisor() override;

    std::string_view type() const override { return "QEMU"; }
    ErrorSource error_source() const override { return ErrorSource::qemu; }
    std::string domain_type_default() const override { return "qemu"; }
    Task<std::uint64_t> version() override;
    Task<std::string> capabilities_xml() override;
    Task<std::string> domain_capabilities_xml(std::string emulator, std::string arch, std::string machine,
                                              std::string virt_type) override;
    Task<guest::CpuVerdict> compare_cpu(std::string document, bool validate,
                                        std::optional<guest::EmulatorChoice> emulator) override;
    Task<std::string> baseline_cpu(guest::CpuBaselineQuestion question,
                                   std::optional<guest::EmulatorChoice> emulator) override;
    Task<std::vector<std::string>> cpu_model_names(std::string arch) override;
    int max_vcpus(std::string_view domain_type) const override;
    guest::Warnings warnings(const model::Domain& domain) const override;
    Task<void> prepare() override;
    const model::CompleteContext& complete_context() const override { return context_; }
    void check(const model::Domain& domain) const override;
    Task<std::unique_ptr<guest::Machine>> start(model::Domain& domain, guest::StartOptions options,
                                                guest::EventSink sink) override;
    Task<std::unique_ptr<guest::Machine>> reconnect(model::DomainStatus& status,
                                                    guest::EventSink sink) override;
    Task<std::string> native_config(model::Domain domain) override;
    Task<void> clean_up(model::DomainStatus status, std::string reason) override;
    Task<bool> has_belonging(model::Domain domain, guest::Belonging what) override;
    Task<void> remove_belonging(model::Domain domain, guest::Belonging what) override;

  private:
    Task<Bench> bench_for(model::Domain domain) override;
    const Settings& settings() const override { return settings_; }
    Cards& cards() override { return cards_; }
    Helpers& helpers() override { return helpers_; }
    struct CpuFacts;
    Task<CpuFacts> cpu_facts(std::optional<guest::EmulatorChoice> emulator, std::string arch);
    const FoundBinary* binary_for(std::string_view arch) const;
    CapabilityCache::Pointer known_for(const model::Domain& domain) const;
    Task<CapabilityCache::Pointer> capabilities_for(std::string emulator, std::string arch);
    LaunchFacts facts_for(const model::Domain& domain, int id) const;
    /// What devices need opened on the host, and its numbers in QEMU.
    struct Attached {
        std::vector<UniqueFd> owned;
        std::vector<host::PassedFd> fds;
    };
    /// Opens it. `facts` gets the numbers, `domain` the names; the latter are for clean_up() when this
    /// throws.
    Task<Attached> attach_host(model::Domain& domain, std::function<Task<void>()> note, LaunchFacts& facts);
    void report_lost_devices(const std::vector<model::StatusDevice>& former, const QemuMachine& machine,
                             guest::EventSink sink);
    HelperGuest helper_guest(const model::Domain& domain, const GuestPlaces& places,
                             const host::MachineCgroup& cgroup) const;
    host::ProcessSpec process_spec(const LaunchPlan& plan, const Prepared& prepared,
                                   const GuestPlaces& places) const;
    /// Whom files are given to while a guest uses them; nothing where they stay as they are.
    std::optional<host::Credentials> borrower() const;
    const host::KvmVerdict& kvm() const;
    void set_up_context();

    Loop& loop_;
    host::Processes& processes_;
    host::Cgroups& cgroups_;
    const guest::Ports& ports_;
    std::unique_ptr<host::Threads> threads_ = host::make_threads();
    Settings settings_;
    Cards cards_;
    Helpers helpers_;
    CapabilityCache cache_;
    std::vector<FoundBinary> binaries_;
    std::string host_arch_;
    std::optional<host::KvmVerdict> kvm_;
    model::CompleteContext context_;
    PortPool vnc_ports_, websocket_ports_;
    std::mt19937_64 random_;
    bool prepared_ = false;
};

} // namespace yado::qemu
