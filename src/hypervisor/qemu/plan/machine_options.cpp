// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/machine_options.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "hypervisor/qemu/devices/graphics.h"
#include "hypervisor/qemu/plan/launch_security.h"
#include "hypervisor/qemu/plan/memory_options.h"
#include "model/domain/machine.h"

#include <algorithm>
#include <ctime>

namespace yado::qemu {
namespace {

std::string date_in(std::int64_t seconds_from_now, bool local = false) {
    const std::time_t moment = std::time(nullptr) + seconds_from_now;
    std::tm parts{};
    local ? ::localtime_r(&moment, &parts) : ::gmtime_r(&moment, &parts);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
    return {text, length};
}

} // namespace

namespace {

using schema::OnOff;

void add_switch(std::string& text, std::string_view name, OnOff value) {
    if (value != OnOff::unset) text += fmt::format(",{}={}", name, schema::word(value));
}

// Of POWER's machines "pseries": what the processor can do for the guest.
void add_pseries(std::string& text, const model::Features& features) {
    if (features.hpt) {
        const model::Hpt& hpt = *features.hpt;
        if (hpt.resizing != model::HptResizing::unset)
            text += fmt::format(",resize-hpt={}", schema::word(hpt.resizing));
        if (hpt.max_page_kib) text += fmt::format(",cap-hpt-max-page-size={}k", *hpt.max_page_kib);
    }
    add_switch(text, "cap-htm", features.htm);
    add_switch(text, "cap-nested-hv", features.nested_hv);
    add_switch(text, "cap-ccf-assist", features.ccf_assist);
    if (features.cfpc != model::Mitigation::unset)
        text += fmt::format(",cap-cfpc={}", schema::word(features.cfpc));
    if (features.sbbc != model::Mitigation::unset)
        text += fmt::format(",cap-sbbc={}", schema::word(features.sbbc));
    if (features.ibs != model::BranchMitigation::unset)
        text += fmt::format(",cap-ibs={}", schema::word(features.ibs));
}

void add_features(std::string& text, const DeviceContext& context) {
    const model::Features& features = context.domain.features;
    if (features.smm) add_switch(text, "smm", features.smm->state);
    add_switch(text, "vmport", features.vmport);
    if (features.gic && !features.gic->version.empty()) text += ",gic-version=" + features.gic->version;
    if (features.ioapic == model::IoApic::kvm) text += ",kernel_irqchip=on";
    if (features.ioapic == model::IoApic::qemu) text += ",kernel_irqchip=split";
    add_pseries(text, features);
    add_switch(text, "ras", features.ras);
    if (features.ps2 != OnOff::unset && context.capabilities.version < 7'000'000)
        unsupported(context, "feature <ps2>");
    add_switch(text, "i8042", features.ps2);
    if (features.aia != model::InterruptArchitecture::unset)
        text += fmt::format(",aia={}", schema::word(features.aia));
}

void add_firmware(std::string& text, const model::Os& os) {
    if (!os.loader || os.loader->type != model::LoaderType::pflash) return;
    text += ",pflash0=libvirt-pflash0-format";
    if (os.nvram) text += ",pflash1=libvirt-pflash1-format";
}

} // namespace

std::string machine_option(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    const bool x86 = model::is_x86(domain.os.type.arch);
    std::string text = domain.os.type.machine + ",usb=off";
    add_features(text, context);
    const bool dump_core = domain.memory.dump_core == OnOff::unset ? context.facts.dump_guest_core
                                                                   : domain.memory.dump_core == OnOff::on;
    text += fmt::format(",dump-guest-core={}", on_off(dump_core));
    if (domain.memory_backing && domain.memory_backing->no_share_pages) text += ",mem-merge=off";
    for (const model::KeyWrap& key : domain.key_wraps) {
        if (!domain.os.type.arch.starts_with("s390")) unsupported(context, "<keywrap> on this architecture");
        add_switch(text, fmt::format("{}-key-wrap", schema::word(key.name)), key.state);
    }
    add_firmware(text, domain.os);
    if (const std::string_view memory = memory_id(domain); !memory.empty())
        text += fmt::format(",memory-backend={}", memory);
    const model::GuestNuma* numa = domain.numa();
    if (numa != nullptr && (numa->has_caches() || !numa->interconnects.empty())) text += ",hmat=on";
    if (domain.launch_security) text += fmt::format(",confidential-guest-support={}", launch_security_id);
    if (x86) {
        const model::Timer* hpet = domain.clock.timer(model::TimerName::hpet);
        if (hpet != nullptr && hpet->present != schema::YesNo::unset) {
            text += fmt::format(",hpet={}", on_off(hpet->present == schema::YesNo::yes));
        }
        if (!domain.features.acpi) text += ",acpi=off";
        // the BIOS then writes to the serial port
        if (domain.os.bios && domain.os.bios->use_serial == schema::YesNo::yes) text += ",graphics=off";
    }
    const model::Devices& devices = domain.devices;
    if (devices.iommu && devices.iommu->model == model::IommuModel::smmuv3) text += ",iommu=smmuv3";
    for (const model::Sound& sound : devices.sounds) {
        if (sound.model == model::SoundModel::pcspk)
            text += fmt::format(",pcspk-audiodev={}", audio_id(context, sound.audio));
    }
    return text;
}

std::string accelerator_option(const DeviceContext& context) {
    const model::Features& features = context.domain.features;
    if (context.domain.type != model::DomainType::kvm) {
        if (!features.tcg || !features.tcg->tb_cache_kib) return "tcg";
        return fmt::format("tcg,tb-size={}", *features.tcg->tb_cache_kib / 1024);
    }
    const model::KvmFeatures* kvm = features.kvm ? &*features.kvm : nullptr;
    if (kvm == nullptr || kvm->dirty_ring.state != OnOff::on || !kvm->dirty_ring.size) return "kvm";
    return fmt::format("kvm,dirty-ring-size={}", *kvm->dirty_ring.size);
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
        text += date_in(adjustment, clock.basis == model::ClockBasis::localtime);
        break;
    }
    case model::ClockOffset::absolute:
        text += date_in(clock.start.value_or(0) - static_cast<std::int64_t>(std::time(nullptr)));
        break;
    case model::ClockOffset::timezone: text += "localtime"; break; // with TZ in QEMU's environment
    }
    const model::Timer* rtc = domain.clock.timer(model::TimerName::rtc);
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
        if (enabled == schema::YesNo::unset || !model::is_x86(domain.os.type.arch)) return;
        options.push_back(fmt::format("{}.{}={}", bridge, property, enabled == schema::YesNo::yes ? 0 : 1));
    };
    sleep(domain.pm.suspend_to_mem, "disable_s3");
    sleep(domain.pm.suspend_to_disk, "disable_s4");
    const model::Timer* pit = domain.clock.timer(model::TimerName::pit);
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
    if (domain.os.loader && domain.os.loader->type == model::LoaderType::pflash &&
        domain.os.loader->secure == schema::YesNo::yes) {
        options.emplace_back("driver=cfi.pflash01,property=secure,value=on");
    }
    if (domain.features.smm && domain.features.smm->tseg) {
        options.push_back(fmt::format("mch.extended-tseg-mbytes={}", *domain.features.smm->tseg >> 20U));
    }
    return options;
}

namespace {

// What the host does for the guest is not QEMU's business: here it is only told.
void tell_unapplied(const model::Domain& domain) {
    const auto tell = [&domain](bool given, std::string_view name) {
        if (given)
            log_warning("qemu.plan", "guest '{}': <{}> is not applied by this release", domain.name, name);
    };
    tell(domain.resources.has_value(), "resource");
    tell(domain.cpu_tuning && !domain.cpu_tuning->caches.empty(), "cachetune");
    tell(domain.cpu_tuning && !domain.cpu_tuning->memory.empty(), "memorytune");
    tell(!domain.os.root.empty(), "root");
}

// What no QEMU has, or not this one.
void refuse_parts(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    const auto refuse = [&](bool present, std::string_view element) {
        if (present) unsupported(context, fmt::format("<{}>", element));
    };
    refuse(!domain.user_ids.empty(), "idmap");
    refuse(!domain.os.init.empty(), "init");
    refuse(domain.os.varstore.has_value(), "varstore");
    refuse(!domain.os.shim.empty() && context.capabilities.version < 10'000'000, "shim");
    for (const model::AcpiTable& table : domain.os.acpi_tables)
        refuse(table.type == model::AcpiTableType::rawset, "table type='rawset'");
    refuse(domain.features.async_teardown == schema::YesNo::yes && context.capabilities.version < 8'001'000,
           "async-teardown");
    refuse(!domain.lxc.empty(), "lxc:namespace");
    refuse(!domain.bhyve.empty(), "bhyve:commandline");
    refuse(!domain.xen.empty(), "xen:commandline");
    refuse(!domain.vmware.empty(), "vmware:datacenterpath");
    tell_unapplied(domain);
}

} // namespace

void refuse_untranslated(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    const model::Devices& devices = domain.devices;
    const auto refuse = [&](bool present, std::string_view element) {
        if (present) unsupported(context, fmt::format("device <{}>", element));
    };
    refuse(!devices.leases.empty(), "lease");
    refuse(!devices.hostdevs.empty(), "hostdev");
    refuse(!devices.redirdevs.empty(), "redirdev");
    refuse(devices.nvram.has_value(), "nvram");
    refuse(devices.vsock.has_value(), "vsock");
    refuse_parts(context);
    // A reboot then ends the guest like a power-off, and what a power-off does is asked of it too.
    if (domain.on_reboot == model::LifecycleAction::destroy &&
        domain.on_poweroff != model::LifecycleAction::destroy &&
        domain.on_poweroff != model::LifecycleAction::unset) {
        unsupported(context, fmt::format("on_reboot 'destroy' with on_poweroff '{}'",
                                         schema::word(domain.on_poweroff)));
    }
}

} // namespace yado::qemu
