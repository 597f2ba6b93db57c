// SPDX-License-Identifier: Apache-2.0
// What libvirt calls tainted about a QEMU guest.
#include "hypervisor/qemu/hypervisor.h"
#include "model/domain/qemu_namespace.h"

#include <unistd.h>

namespace yado::qemu {
namespace {

using guest::Taint;
using schema::YesNo;

bool uses_raw_io(const model::Hostdev& device) {
    const auto* scsi = std::get_if<model::ScsiHostdev>(&device.kind);
    return scsi != nullptr && scsi->raw_io == YesNo::yes;
}

/// The drive of the host itself, not an image of a disc.
bool is_host_drive(const model::Disk& disk) {
    return disk.device == model::DiskDevice::cdrom && disk.is_block() && !disk.is_empty();
}

} // namespace

guest::Warnings QemuHypervisor::warnings(const model::Domain& domain) const {
    guest::Warnings found;
    const auto taint = [&found](bool applies, Taint which) {
        if (applies) found.taints.insert(which);
    };
    const bool as_root = ::geteuid() == 0 && (!settings_.credentials || settings_.credentials->user == 0 ||
                                              settings_.credentials->group == 0);
    taint(as_root, Taint::high_privileges);
    const model::QemuNamespace passed = model::read_qemu_namespace(domain.qemu);
    taint(!passed.arguments.empty() || !passed.environment.empty(), Taint::custom_argv);
    taint(!passed.added_capabilities.empty() || !passed.removed_capabilities.empty(),
          Taint::custom_hypervisor_feature);
    taint(!passed.overrides.empty(), Taint::custom_device);
    taint(domain.cpu.mode == model::CpuMode::host_passthrough, Taint::host_cpu);
    taint(!domain.os.dtb.empty(), Taint::custom_dtb);
    for (const model::Disk& disk : domain.devices.disks) {
        taint(disk.rawio == YesNo::yes, Taint::high_privileges);
        taint(is_host_drive(disk), Taint::cdrom_passthrough);
    }
    for (const model::Hostdev& device : domain.devices.hostdevs) {
        taint(uses_raw_io(device), Taint::high_privileges);
    }
    for (const model::Interface& each : domain.devices.interfaces) {
        taint(!each.script.empty(), Taint::shell_scripts);
    }
    if (const auto known = known_for(domain)) {
        const MachineType* machine = known->machine(domain.os.type.machine);
        if (machine != nullptr && machine->deprecated) {
            found.deprecated.push_back(fmt::format("machine type '{}'", domain.os.type.machine));
        }
        const CpuModelInfo* cpu = domain.cpu.model.name.empty() ? nullptr : known->cpu(domain.cpu.model.name);
        if (cpu != nullptr && cpu->deprecated) {
            found.deprecated.push_back(fmt::format("CPU model '{}'", domain.cpu.model.name));
        }
        taint(!found.deprecated.empty(), Taint::deprecated_config);
    }
    return found;
}

} // namespace yado::qemu
