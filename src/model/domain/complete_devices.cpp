// SPDX-License-Identifier: Apache-2.0
#include "model/domain/complete_devices.h"

#include "model/domain/machine.h"
#include "model/domain/placing.h"

namespace yado::model {

bool has_device(const Domain& domain, const CompleteContext& context, std::string_view device) {
    return !context.has_device || context.has_device(domain, device);
}

bool is_qemu(const Domain& domain) {
    return domain.type == DomainType::qemu || domain.type == DomainType::kvm ||
           domain.type == DomainType::hvf;
}

void sort_devices(Domain& domain) {
    sort_disks(domain);
    sort_controllers(domain);
}

void add_machine_devices(Domain& domain, const CompleteContext& context) {
    if (!context.add_devices) { return; }
    add_hostdev_controllers(domain); // those whose place is given; others follow what has none
    add_machine_controllers(domain, context);
    if (!domain.devices.balloon) {
        domain.devices.balloon.emplace().model =
            board_of(domain) == Board::other ? BalloonModel::none : BalloonModel::virtio;
    }
}

namespace {

void complete_rng(Rng& rng) {
    if (auto* random = std::get_if<RandomSource>(&rng.backend); random != nullptr && random->path.empty()) {
        random->path = "/dev/random";
    }
    if (rng.rate && rng.rate->bytes == 0) { rng.rate.reset(); }
}

void complete_tpm(const Domain& domain, Tpm& tpm) {
    const std::string_view arch = domain.os.type.arch;
    if (tpm.model == TpmModel::unset && is_qemu(domain)) {
        tpm.model = arch.starts_with("ppc64") ? TpmModel::spapr : TpmModel::tis;
    }
    if (auto* host = std::get_if<TpmPassthrough>(&tpm.backend); host != nullptr && host->device.empty()) {
        host->device = "/dev/tpm0";
    }
    auto* emulator = std::get_if<TpmEmulator>(&tpm.backend);
    if (emulator != nullptr && emulator->version == TpmVersion::unset && is_qemu(domain)) {
        // The chip of PCs is as old as TPM 1.2; its state fits no other version.
        const bool old = tpm.model == TpmModel::tis && is_x86(arch);
        emulator->version = old ? TpmVersion::v1_2 : TpmVersion::v2_0;
    }
    if (auto* external = std::get_if<TpmExternal>(&tpm.backend);
        external != nullptr && external->mode.empty()) {
        external->mode = "connect";
    }
}

void complete_shmem(const Domain& domain, Shmem& shmem) {
    if (shmem.model == ShmemModel::unset) { shmem.model = ShmemModel::ivshmem; }
    if (!is_qemu(domain)) { return; }
    if (shmem.model == ShmemModel::plain && shmem.size == 0) { shmem.size = 4U << 20U; }
    if (shmem.model == ShmemModel::doorbell) {
        ShmemInterrupts& interrupts = shmem.interrupts.ensure();
        if (interrupts.ioeventfd == schema::OnOff::unset) { interrupts.ioeventfd = schema::OnOff::on; }
    }
}

PanicModel usual_panic(const Domain& domain) {
    const std::string_view arch = domain.os.type.arch;
    if (arch.starts_with("ppc64") && domain.os.type.machine.starts_with("pseries")) {
        return PanicModel::pseries;
    }
    if (arch.starts_with("s390")) { return PanicModel::s390; }
    return is_x86(arch) ? PanicModel::isa : PanicModel::unset;
}

} // namespace

void complete_others(Domain& domain) {
    Devices& d = domain.devices;
    for (Rng& rng : d.rngs) { complete_rng(rng); }
    for (Watchdog& watchdog : d.watchdogs) {
        if (watchdog.action == WatchdogAction::unset) { watchdog.action = WatchdogAction::reset; }
    }
    for (Tpm& tpm : d.tpms) { complete_tpm(domain, tpm); }
    for (Shmem& shmem : d.shmems) { complete_shmem(domain, shmem); }
    for (Panic& panic : d.panics) {
        if (panic.model == PanicModel::unset && is_qemu(domain)) { panic.model = usual_panic(domain); }
    }
    for (MemoryDevice& memory : d.memories) {
        if (memory.model == MemoryModel::virtio_mem && !memory.target.requested_kib) {
            memory.target.requested_kib = 0;
        }
        if (memory.model == MemoryModel::virtio_pmem && memory.access == MemoryAccess::unset) {
            memory.access = MemoryAccess::shared;
        }
    }
}

void add_implied_devices(Domain& domain, const CompleteContext& context) {
    if (context.add_devices) {
        add_character_devices(domain);
        add_disk_controllers(domain);
        add_hostdev_controllers(domain);
        add_virtio_serial_controllers(domain);
    }
    add_smartcard_readers(domain);
    if (!context.add_devices) { return; }
    add_screen_devices(domain);
}

} // namespace yado::model
