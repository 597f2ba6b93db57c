// SPDX-License-Identifier: Apache-2.0
#include "model/domain/complete.h"

#include <algorithm>

#include "base/error.h"
#include "model/domain/complete_devices.h"
#include "model/domain/machine.h"
#include "model/domain/placing.h"
#include "schema/compact.h"

namespace yado::model {
namespace {

/// Guest NUMA cells say how much memory there is; 0 when there are none.
std::uint64_t memory_of_cells(const Domain& domain) {
    std::uint64_t kib = 0;
    schema::CompactScanner scanner(domain.cpu.numa.element("numa"));
    for (auto token = scanner.next(); token != schema::CompactScanner::Token::end; token = scanner.next()) {
        if (token != schema::CompactScanner::Token::open || scanner.name() != "cell") { continue; }
        std::string size;
        std::string unit;
        for (const auto& [name, value] : scanner.attributes()) {
            if (name == "memory") {
                size = schema::unescape(value);
            } else if (name == "unit") {
                unit = schema::unescape(value);
            }
        }
        std::uint64_t cell = 0;
        if (!size.empty() && schema::parse_size(size + " " + unit, 1024, cell) == schema::no_problem) {
            kib += cell;
        }
    }
    return kib;
}

void complete_memory(Domain& domain) {
    if (const std::uint64_t cells = memory_of_cells(domain); cells != 0) { domain.memory.size.value = cells; }
    if (!domain.current_memory || domain.current_memory->value == 0 ||
        domain.current_memory->value > domain.memory.size.value) {
        domain.current_memory = domain.memory.size;
    }
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
    const auto& d = domain.devices;
    const auto ordered = [](const auto& device) { return device.info.boot_order.has_value(); };
    const bool per_device =
        std::ranges::any_of(d.disks, ordered) || std::ranges::any_of(d.interfaces, ordered);
    if (os.boot.empty() && !per_device && os.type.type == "hvm") { os.boot.push_back({BootDevice::hd}); }
    const bool flash =
        os.loader && os.loader->type == LoaderType::pflash && os.loader->readonly == schema::YesNo::yes;
    if (flash && !context.nvram_directory.empty() && (!os.nvram || os.nvram->path.empty()) &&
        (!os.nvram || os.nvram->rest.empty())) {
        os.nvram.ensure().path = fmt::format("{}/{}_VARS.fd", context.nvram_directory, domain.name);
    }
}

void complete_cpu(Domain& domain, const CompleteContext& context) {
    Cpu& cpu = domain.cpu;
    if (cpu.topology && !cpu.topology->dies) { cpu.topology->dies = 1; }
    for (CpuFeature& feature : cpu.features) {
        if (feature.policy == CpuPolicy::unset) { feature.policy = CpuPolicy::require; }
    }
    const bool any = cpu.mode == CpuMode::unset || cpu.mode == CpuMode::custom;
    if (any && cpu.model.name.empty()) {
        if (!context.default_cpu || !cpu.features.empty()) { return; }
        const DefaultCpu given = context.default_cpu(domain);
        if (given.model.empty() && given.mode == CpuMode::custom) { return; }
        cpu.mode = given.mode;
        cpu.check = CpuCheck::none;
        if (given.mode == CpuMode::custom) {
            cpu.match = CpuMatch::exact;
            cpu.model.name = given.model;
            cpu.model.fallback = CpuFallback::forbid;
        }
    } else if (any) {
        cpu.mode = CpuMode::custom;
    }
    if (cpu.mode == CpuMode::custom) {
        if (cpu.match == CpuMatch::unset) { cpu.match = CpuMatch::exact; }
        if (cpu.model.fallback == CpuFallback::unset) { cpu.model.fallback = CpuFallback::allow; }
    } else {
        cpu.match = CpuMatch::unset;
        if (cpu.model.name.empty()) { cpu.model.fallback = CpuFallback::unset; }
    }
    if (cpu.check == CpuCheck::unset) {
        // An emulated CPU has whatever QEMU can emulate: there is nothing on the host to compare it with.
        const bool compared = cpu.mode == CpuMode::host_model ||
                              (cpu.mode == CpuMode::custom && domain.type != DomainType::qemu);
        cpu.check = compared ? CpuCheck::partial : CpuCheck::none;
    }
    if (cpu.mode == CpuMode::host_passthrough && cpu.migratable == schema::OnOff::unset &&
        is_x86(domain.os.type.arch)) {
        cpu.migratable = schema::OnOff::on;
    }
}

void complete_features(Features& features) {
    if (features.hyperv && features.hyperv->mode == HypervMode::unset) {
        features.hyperv->mode = HypervMode::custom;
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

/// No machine takes this many; some steps take time with the square of it.
void require_bounded(const Domain& domain) {
    constexpr std::size_t most = 2048;
    const Devices& d = domain.devices;
    for (const std::size_t count :
         {d.disks.size(), d.controllers.size(), d.interfaces.size(), d.serials.size(), d.parallels.size(),
          d.consoles.size(), d.channels.size(), d.inputs.size(), d.graphics.size(), d.sounds.size(),
          d.audios.size(), d.videos.size(), d.watchdogs.size(), d.rngs.size(), d.rest.parts().size()}) {
        if (count > most) {
            fail(ErrorSource::domain, Code::config_unsupported, "more than {} devices of one kind", most);
        }
    }
}

} // namespace

void complete(Domain& domain, const CompleteContext& context) {
    require_bounded(domain);
    if (domain.uuid.is_null()) { domain.uuid = context.new_uuid(); }
    complete_memory(domain);
    if (domain.vcpus.placement == VcpuPlacement::unset) { domain.vcpus.placement = VcpuPlacement::static_; }
    if (domain.vcpus.current == domain.vcpus.maximum) { domain.vcpus.current.reset(); }
    complete_os(domain, context);
    complete_features(domain.features);
    complete_cpu(domain, context);
    complete_clock(domain.clock);
    const auto fill = [](LifecycleAction& action, LifecycleAction usual) {
        action = action == LifecycleAction::unset ? usual : action;
    };
    fill(domain.on_poweroff, LifecycleAction::destroy);
    fill(domain.on_reboot, LifecycleAction::restart);
    fill(domain.on_crash, LifecycleAction::destroy);

    sort_devices(domain);
    add_machine_devices(domain, context);
    complete_disks(domain, context);
    complete_interfaces(domain, context);
    complete_characters(domain);
    complete_inputs(domain);
    complete_graphics(domain);
    complete_videos(domain, context);
    complete_others(domain);
    add_implied_devices(domain, context);
    complete_controllers(domain, context);
    if (context.assign_addresses) {
        place_drives(domain);
        place_virtio_serial(domain);
        place_pci(domain);
        place_usb(domain);
    }
}

} // namespace yado::model
