// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/machine_options.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"

#include <algorithm>
#include <ctime>

namespace yado::qemu {
namespace {

bool is_x86(const model::Domain& domain) {
    return domain.os.type.arch == "x86_64" || domain.os.type.arch == "i686";
}

const model::Timer* timer(const model::Domain& domain, model::TimerName name) {
    const auto found = std::ranges::find(domain.clock.timers, name, &model::Timer::name);
    return found == domain.clock.timers.end() ? nullptr : &*found;
}

void add_feature(std::string& text, std::string_view name, bool on) {
    text += fmt::format(",{}={}", name, on_off(on));
}

// Names in domain XML are libvirt's; QEMU writes '-' for '_' and has its own word for a few (QEMU 7.2,
// cpu.c).
std::string qemu_feature(std::string_view name) {
    if (name == "pclmuldq") return "pclmulqdq";
    if (name == "pni") return "pni";
    std::string text(name);
    std::ranges::replace(text, '_', '-');
    return text;
}

std::string host_model(const DeviceContext& context) {
    const CpuDifference& host = context.capabilities.host_model;
    if (host.model.empty()) return "max";
    std::string text = host.model;
    for (const std::string& feature : host.added) add_feature(text, feature, true);
    for (const std::string& feature : host.removed) add_feature(text, feature, false);
    return text;
}

void add_timers(std::string& text, const model::Domain& domain) {
    if (const model::Timer* clock = timer(domain, model::TimerName::kvmclock);
        clock != nullptr && clock->present != schema::YesNo::unset) {
        add_feature(text, "kvmclock", clock->present == schema::YesNo::yes);
    }
    if (const model::Timer* clock = timer(domain, model::TimerName::hypervclock);
        clock != nullptr && clock->present == schema::YesNo::yes) {
        add_feature(text, "hv-time", true);
    }
    if (const model::Timer* tsc = timer(domain, model::TimerName::tsc); tsc != nullptr && tsc->frequency) {
        text += fmt::format(",tsc-frequency={}", *tsc->frequency);
    }
}

// Enlightenments that are off are left out: QEMU has them off unless asked (QEMU 7.2, docs/hyperv.txt).
void add_hyperv(std::string& text, const model::Hyperv& hyperv) {
    using schema::OnOff;
    if (hyperv.mode == model::HypervMode::passthrough) add_feature(text, "hv-passthrough", true);
    const auto enable = [&text](std::string_view name, OnOff state) {
        if (state == OnOff::on) add_feature(text, name, true);
    };
    enable("hv-relaxed", hyperv.relaxed);
    enable("hv-vapic", hyperv.vapic);
    if (hyperv.spinlocks.state == OnOff::on)
        text += fmt::format(",hv-spinlocks={:#x}", hyperv.spinlocks.retries.value_or(0));
    enable("hv-vpindex", hyperv.vpindex);
    enable("hv-runtime", hyperv.runtime);
    enable("hv-synic", hyperv.synic);
    enable("hv-stimer", hyperv.stimer.state);
    if (hyperv.stimer.state == OnOff::on) enable("hv-stimer-direct", hyperv.stimer.direct);
    enable("hv-reset", hyperv.reset);
    if (hyperv.vendor_id.state == OnOff::on) text += ",hv-vendor-id=" + escaped(hyperv.vendor_id.value);
    enable("hv-frequencies", hyperv.frequencies);
    enable("hv-reenlightenment", hyperv.reenlightenment);
    enable("hv-tlbflush", hyperv.tlbflush);
    enable("hv-ipi", hyperv.ipi);
    enable("hv-evmcs", hyperv.evmcs);
    enable("hv-avic", hyperv.avic);
}

void add_kvm(std::string& text, const model::KvmFeatures& kvm) {
    using schema::OnOff;
    if (kvm.hidden == OnOff::on) add_feature(text, "kvm", false);
    if (kvm.hint_dedicated == OnOff::on) add_feature(text, "kvm-hint-dedicated", true);
    if (kvm.poll_control == OnOff::on) add_feature(text, "kvm-poll-control", true);
    if (kvm.pv_ipi == OnOff::off) add_feature(text, "kvm-pv-ipi", false);
}

std::string date_in(std::int64_t seconds_from_now) {
    const std::time_t moment = std::time(nullptr) + seconds_from_now;
    std::tm parts{};
    ::gmtime_r(&moment, &parts);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
    return {text, length};
}

} // namespace

std::string_view memory_id(const model::Domain& domain) {
    const std::string& arch = domain.os.type.arch;
    if (arch == "aarch64" || arch == "armv7l") return "mach-virt.ram";
    if (arch.starts_with("riscv")) return "riscv_virt_board.ram";
    return is_x86(domain) ? "pc.ram" : "ram";
}

std::string machine_option(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    std::string text = domain.os.type.machine + ",usb=off";
    const auto smm = domain.features.smm ? domain.features.smm->state : schema::OnOff::unset;
    if (smm != schema::OnOff::unset) text += fmt::format(",smm={}", schema::word(smm));
    if (domain.features.vmport != schema::OnOff::unset)
        text += fmt::format(",vmport={}", schema::word(domain.features.vmport));
    text += fmt::format(",dump-guest-core={}", on_off(domain.memory.dump_core == schema::OnOff::on));
    if (domain.os.loader && domain.os.loader->type == model::LoaderType::pflash) {
        text += ",pflash0=libvirt-pflash0-format";
        if (domain.os.nvram && !domain.os.nvram->path.empty()) text += ",pflash1=libvirt-pflash1-format";
    }
    text += fmt::format(",memory-backend={}", memory_id(domain));
    if (domain.features.gic && !domain.features.gic->version.empty())
        text += ",gic-version=" + domain.features.gic->version;
    if (is_x86(domain)) {
        const model::Timer* hpet = timer(domain, model::TimerName::hpet);
        if (hpet != nullptr && hpet->present != schema::YesNo::unset) {
            text += fmt::format(",hpet={}", on_off(hpet->present == schema::YesNo::yes));
        }
        if (!domain.features.acpi) text += ",acpi=off";
    }
    if (domain.features.ioapic == model::IoApic::kvm) text += ",kernel_irqchip=on";
    if (domain.features.ioapic == model::IoApic::qemu) text += ",kernel_irqchip=split";
    return text;
}

std::string accelerator_option(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    if (domain.type != model::DomainType::kvm) return "tcg";
    const model::KvmFeatures* kvm = domain.features.kvm ? &*domain.features.kvm : nullptr;
    if (kvm == nullptr || kvm->dirty_ring.state != schema::OnOff::on || !kvm->dirty_ring.size) return "kvm";
    return fmt::format("kvm,dirty-ring-size={}", *kvm->dirty_ring.size);
}

std::string cpu_option(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    const bool kvm = domain.type == model::DomainType::kvm;
    std::string text;
    switch (domain.cpu.mode) {
    case model::CpuMode::unset:
    case model::CpuMode::custom: text = domain.cpu.model.name; break;
    case model::CpuMode::maximum: text = "max"; break;
    case model::CpuMode::host_model: text = host_model(context); break;
    case model::CpuMode::host_passthrough:
        if (!kvm) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "CPU mode 'host-passthrough' for {} qemu domain on {} host is not supported by hypervisor",
                 domain.os.type.arch, context.capabilities.arch);
        }
        text = "host";
        if (domain.cpu.migratable != schema::OnOff::unset)
            add_feature(text, "migratable", domain.cpu.migratable == schema::OnOff::on);
        break;
    }
    std::string features;
    for (const model::CpuFeature& feature : domain.cpu.features) {
        const bool off =
            feature.policy == model::CpuPolicy::disable || feature.policy == model::CpuPolicy::forbid;
        add_feature(features, qemu_feature(feature.name), !off);
    }
    add_timers(features, domain);
    if (domain.features.apic && domain.features.apic->eoi != schema::OnOff::unset) {
        add_feature(features, "kvm-pv-eoi", domain.features.apic->eoi == schema::OnOff::on);
    }
    if (domain.features.pvspinlock != schema::OnOff::unset) {
        add_feature(features, "kvm-pv-unhalt", domain.features.pvspinlock == schema::OnOff::on);
    }
    if (domain.features.hyperv) add_hyperv(features, *domain.features.hyperv);
    if (domain.features.kvm) add_kvm(features, *domain.features.kvm);
    if (domain.features.pmu != schema::OnOff::unset)
        add_feature(features, "pmu", domain.features.pmu == schema::OnOff::on);
    if (domain.cpu.cache) unsupported(context, "<cache> of <cpu>");
    if (domain.cpu.maxphysaddr) unsupported(context, "<maxphysaddr> of <cpu>");
    if (text.empty() && !features.empty()) {
        const MachineType* machine = context.capabilities.machine(domain.os.type.machine);
        const auto suffix = fmt::format("-{}-cpu", target_of_arch(context.capabilities.arch));
        text = machine == nullptr ? "max" : machine->default_cpu.substr(0, machine->default_cpu.find(suffix));
    }
    return text + features;
}

std::string smp_option(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    std::string text = std::to_string(domain.vcpus.online());
    if (domain.vcpus.online() != domain.vcpus.maximum)
        text += fmt::format(",maxcpus={}", domain.vcpus.maximum);
    if (domain.cpu.topology) {
        const model::CpuTopology& topology = *domain.cpu.topology;
        text += fmt::format(",sockets={}", topology.sockets);
        if (is_x86(domain)) text += fmt::format(",dies={}", topology.dies.value_or(1));
        return text + fmt::format(",cores={},threads={}", topology.cores, topology.threads);
    }
    return text + fmt::format(",sockets={},cores=1,threads=1", domain.vcpus.maximum);
}

std::string rtc_option(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    const model::Clock& clock = domain.clock;
    std::string text = "base=";
    switch (clock.offset) {
    case model::ClockOffset::unset:
    case model::ClockOffset::utc: text += "utc"; break;
    case model::ClockOffset::localtime: text += "localtime"; break;
    case model::ClockOffset::variable: {
        const auto adjustment = parse_number<std::int64_t>(clock.adjustment).value_or(0);
        if (clock.basis == model::ClockBasis::localtime)
            unsupported(context, "clock offset 'variable' with basis 'localtime'");
        text += date_in(adjustment);
        break;
    }
    case model::ClockOffset::absolute:
        text += date_in(clock.start.value_or(0) - static_cast<std::int64_t>(std::time(nullptr)));
        break;
    case model::ClockOffset::timezone: text += "localtime"; break; // with TZ in QEMU's environment
    }
    const model::Timer* rtc = timer(domain, model::TimerName::rtc);
    if (rtc != nullptr) {
        if (rtc->track == model::TimerTrack::guest) text += ",clock=vm";
        if (rtc->track == model::TimerTrack::wall) text += ",clock=host";
        if (rtc->track == model::TimerTrack::realtime) text += ",clock=rt";
        if (rtc->tick_policy == model::TickPolicy::catchup) text += ",driftfix=slew";
    }
    return text;
}

std::string boot_option(const DeviceContext& context) {
    const model::Os& os = context.domain.os;
    std::string text;
    if (os.boot_menu && os.boot_menu->enable != schema::YesNo::unset) {
        text = fmt::format("menu={},", on_off(os.boot_menu->enable == schema::YesNo::yes));
        if (os.boot_menu->timeout) text += fmt::format("splash-time={},", *os.boot_menu->timeout);
    }
    if (os.bios && os.bios->reboot_timeout)
        text += fmt::format("reboot-timeout={},", *os.bios->reboot_timeout);
    return text + "strict=on";
}

namespace {

// The board's own PCI bus has no -device to put these on.
void add_root_options(const DeviceContext& context, const model::Controller& root,
                      std::vector<std::string>& options) {
    const bool conventional = root.model == model::ControllerModel::pci_root;
    if (conventional && root.target.hotplug != schema::OnOff::unset) {
        options.push_back(
            fmt::format("PIIX4_PM.acpi-root-pci-hotplug={}", schema::word(root.target.hotplug)));
    }
    if (!root.pci_hole64_kib) return;
    if (!conventional && root.model != model::ControllerModel::pcie_root)
        unsupported(context, "<pcihole64> of this controller");
    options.push_back(fmt::format("{}.pci-hole64-size={}K", conventional ? "i440FX-pcihost" : "q35-pcihost",
                                  *root.pci_hole64_kib));
}

} // namespace

std::vector<std::string> global_options(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    std::vector<std::string> options;
    const std::string_view bridge = is_q35(domain) ? "ICH9-LPC" : "PIIX4_PM";
    const auto sleep = [&](schema::YesNo enabled, std::string_view property) {
        if (enabled == schema::YesNo::unset || !is_x86(domain)) return;
        options.push_back(fmt::format("{}.{}={}", bridge, property, enabled == schema::YesNo::yes ? 0 : 1));
    };
    sleep(domain.pm.suspend_to_mem, "disable_s3");
    sleep(domain.pm.suspend_to_disk, "disable_s4");
    const model::Timer* pit = timer(domain, model::TimerName::pit);
    if (pit != nullptr && domain.type == model::DomainType::kvm) {
        if (pit->tick_policy == model::TickPolicy::delay)
            options.emplace_back("kvm-pit.lost_tick_policy=delay");
        if (pit->tick_policy == model::TickPolicy::discard)
            options.emplace_back("kvm-pit.lost_tick_policy=discard");
    }
    if (std::ranges::any_of(domain.devices.watchdogs, [](const model::Watchdog& each) {
            return each.model == model::WatchdogModel::itco;
        })) {
        options.emplace_back("ICH9-LPC.noreboot=off");
    }
    for (const model::Controller& each : domain.devices.controllers) {
        if (each.type == model::ControllerType::pci) add_root_options(context, each, options);
    }
    if (domain.features.smm && domain.features.smm->tseg) {
        options.push_back(fmt::format("mch.extended-tseg-mbytes={}", *domain.features.smm->tseg >> 20U));
    }
    return options;
}

void refuse_untranslated(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    for (const std::string& part : domain.devices.rest.parts()) {
        if (schema::Kept::name(part) != "hub")
            unsupported(context, fmt::format("device <{}>", schema::Kept::name(part)));
    }
    constexpr std::string_view tuning[] = {"blkiotune", "memtune",     "cputune", "resource",
                                           "vcpus",     "iothreadids", "perf",    "numatune"};
    for (const std::string& part : domain.rest.parts()) {
        const std::string_view name = schema::Kept::name(part);
        if (std::ranges::find(tuning, name) == std::end(tuning))
            unsupported(context, fmt::format("<{}>", name));
        log_warning("qemu.plan", "guest '{}': <{}> is not applied by this release", domain.name, name);
    }
    // A reboot then ends the guest like a power-off, and what a power-off does is asked of it too.
    if (domain.on_reboot == model::LifecycleAction::destroy &&
        domain.on_poweroff != model::LifecycleAction::destroy &&
        domain.on_poweroff != model::LifecycleAction::unset) {
        unsupported(context, fmt::format("on_reboot 'destroy' with on_poweroff '{}'",
                                         schema::word(domain.on_poweroff)));
    }
    if (!domain.qemu.empty()) unsupported(context, "the element <qemu:commandline>");
    if (!domain.cpu.numa.empty()) unsupported(context, "<numa> of <cpu>");
    if (domain.max_memory) unsupported(context, "<maxMemory>");
    if (!domain.os.init.empty() || !domain.os.acpi.empty()) unsupported(context, "this content of <os>");
    if (domain.os.smbios == model::SmbiosMode::host || domain.os.smbios == model::SmbiosMode::sysinfo) {
        unsupported(context, fmt::format("<smbios mode='{}'/>", schema::word(domain.os.smbios)));
    }
    if (!domain.features.rest.empty()) {
        unsupported(context,
                    fmt::format("feature <{}>", schema::Kept::name(domain.features.rest.parts().front())));
    }
}

} // namespace yado::qemu
