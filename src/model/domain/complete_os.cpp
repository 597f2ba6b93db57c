// SPDX-License-Identifier: Apache-2.0
#include "model/domain/complete_machine.h"

#include <algorithm>
#include <span>

#include "base/error.h"
#include "model/domain/machine.h"

namespace yado::model {
namespace {

bool boots_by_device(const Devices& d) {
    const auto ordered = [](const auto& device) { return device.info.boot_order.has_value(); };
    return std::ranges::any_of(d.disks, ordered) || std::ranges::any_of(d.filesystems, ordered) ||
           std::ranges::any_of(d.interfaces, ordered) || std::ranges::any_of(d.hostdevs, ordered) ||
           std::ranges::any_of(d.redirdevs, ordered);
}

void complete_firmware(Domain& domain, const CompleteContext& context) {
    Os& os = domain.os;
    // Of two wishes for the same feature the last one counts.
    std::ranges::reverse(os.firmware_features);
    std::vector<FirmwareFeature> wishes;
    for (const FirmwareFeature& each : os.firmware_features) {
        if (std::ranges::find(wishes, each.name, &FirmwareFeature::name) == wishes.end()) {
            wishes.push_back(each);
        }
    }
    std::ranges::sort(wishes, {}, &FirmwareFeature::name);
    os.firmware_features = std::move(wishes);
    if (!os.loader || os.firmware != Firmware::unset) { return; }
    Loader& loader = *os.loader;
    if (loader.type == LoaderType::unset && !loader.path.empty()) { loader.type = LoaderType::rom; }
    const bool keeps_variables = loader.type == LoaderType::pflash && loader.readonly == schema::YesNo::yes &&
                                 loader.stateless != schema::YesNo::yes;
    const bool named = os.nvram && (!os.nvram->path.empty() || os.nvram->source.index() != 0);
    if (keeps_variables && !named && !context.nvram_directory.empty()) {
        os.nvram.ensure().path = nvram_path(context.nvram_directory, domain.name);
    }
}

} // namespace

std::string nvram_path(std::string_view directory, std::string_view name) {
    return fmt::format("{}/{}_VARS.fd", directory, name);
}

void complete_os(Domain& domain, const CompleteContext& context) {
    Os& os = domain.os;
    if (os.type.arch.empty()) { os.type.arch = context.host_arch; }
    if (!is_known_arch(os.type.arch)) {
        fail(ErrorSource::domain, Code::config_unsupported, "Unknown architecture {}", os.type.arch);
    }
    if (domain.devices.emulator.empty() && context.emulator) {
        domain.devices.emulator = context.emulator(domain);
    }
    if (context.canonical_machine) {
        auto name = context.canonical_machine(domain, os.type.machine);
        if (!name) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "Emulator '{}' does not support machine type '{}'", domain.devices.emulator,
                 os.type.machine);
        }
        os.type.machine = std::move(*name);
    }
    if (os.boot.empty() && os.type.type == "hvm" && !boots_by_device(domain.devices)) {
        os.boot.push_back({BootDevice::hd});
    }
    if (os.type.type != "exe") { os.init = {}; }
    if (os.boot_menu && os.boot_menu->enable != schema::YesNo::yes) { os.boot_menu->timeout.reset(); }
    complete_firmware(domain, context);
}

void complete_features(Features& features) {
    using schema::OnOff;
    if (features.hyperv) {
        Hyperv& hyperv = *features.hyperv;
        if (hyperv.mode == HypervMode::unset) { hyperv.mode = HypervMode::custom; }
        if (hyperv.spinlocks.state != OnOff::on) { hyperv.spinlocks.retries.reset(); }
        if (hyperv.stimer.state != OnOff::on) { hyperv.stimer.direct = OnOff::unset; }
        if (hyperv.vendor_id.state != OnOff::on) { hyperv.vendor_id.value.clear(); }
    }
    if (features.kvm && features.kvm->dirty_ring.state != OnOff::on) {
        features.kvm->dirty_ring.size.reset();
    }
    if (features.smm && features.smm->state != OnOff::on) { features.smm->tseg.reset(); }
    if (features.capabilities) {
        ContainerCapabilities& c = *features.capabilities;
        const bool any = std::ranges::any_of(c.states, [](OnOff each) { return each != OnOff::unset; });
        if (any && c.policy == CapabilityPolicy::unset) { c.policy = CapabilityPolicy::default_; }
        if (!any && c.policy == CapabilityPolicy::default_) { c.policy = CapabilityPolicy::unset; }
    }
}

/// An adjustment in seconds makes the clock a variable one, whatever it is called.
void complete_clock(Clock& clock) {
    if (clock.offset == ClockOffset::unset) { clock.offset = ClockOffset::utc; }
    const bool utc = clock.offset == ClockOffset::utc;
    if ((utc || clock.offset == ClockOffset::localtime) && !clock.adjustment.empty() &&
        clock.adjustment != "reset") {
        clock.basis = utc ? ClockBasis::utc : ClockBasis::localtime;
        clock.offset = ClockOffset::variable;
    }
    if (clock.offset == ClockOffset::variable) {
        clock.basis = clock.basis == ClockBasis::unset ? ClockBasis::utc : clock.basis;
        clock.adjustment = clock.adjustment.empty() ? "0" : clock.adjustment;
    }
}

namespace {

void keep_known(SmbiosTable& table, std::span<const std::string_view> names) {
    std::vector<SmbiosEntry> known;
    for (const std::string_view name : names) {
        const auto found = std::ranges::find(table.entries, name, &SmbiosEntry::name);
        if (found != table.entries.end() && !found->value.empty()) { known.push_back(std::move(*found)); }
    }
    table.entries = std::move(known);
}

void complete_smbios(Smbios& smbios) {
    if (smbios.bios) { keep_known(*smbios.bios, smbios_bios); }
    if (smbios.system) { keep_known(*smbios.system, smbios_system); }
    for (SmbiosTable& board : smbios.base_boards) { keep_known(board, smbios_base_board); }
    std::erase_if(smbios.base_boards, [](const SmbiosTable& board) { return board.entries.empty(); });
    if (smbios.chassis) { keep_known(*smbios.chassis, smbios_chassis); }
}

} // namespace

void complete_sysinfo(Domain& domain) {
    for (Sysinfo& each : domain.sysinfo) {
        if (auto* smbios = std::get_if<Smbios>(&each.kind)) { complete_smbios(*smbios); }
        if (auto* config = std::get_if<FirmwareConfig>(&each.kind)) {
            for (FirmwareFile& file : config->files) {
                if (!file.file.empty()) { file.value.clear(); }
            }
        }
    }
    const Smbios* smbios = smbios_of(domain.sysinfo);
    if (!domain.uuid.is_null() || smbios == nullptr || !smbios->system) { return; }
    if (const auto uuid = Uuid::parse(smbios->system->value_of("uuid"))) { domain.uuid = *uuid; }
}

void complete_labels(Domain& domain, const CompleteContext& context) {
    auto& labels = domain.security_labels;
    if (labels.size() == 1 && labels[0].model.empty()) {
        SecurityLabel& only = labels[0];
        if (only.type == LabelType::none || (only.type == LabelType::dynamic && only.base_label.empty())) {
            only.model = context.security_model;
            if (only.model == "none") { only.type = LabelType::none; }
        }
    }
    std::erase_if(labels, [](const SecurityLabel& each) {
        return each.type == LabelType::unset && !each.model.empty(); // as if it were not there
    });
    for (SecurityLabel& label : labels) {
        if (label.type != LabelType::static_) { label.label.clear(); }
        if (label.type != LabelType::dynamic) { label.base_label.clear(); }
        if (label.type == LabelType::none && label.relabel == schema::YesNo::no) {
            label.relabel = schema::YesNo::unset;
        } else if (label.type != LabelType::none && label.relabel == schema::YesNo::unset) {
            label.relabel = schema::yes_no(label.type == LabelType::dynamic);
        }
    }
}

} // namespace yado::model
