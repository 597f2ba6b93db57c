// SPDX-License-Identifier: Apache-2.0
// What a user declares a machine to be: the <domain> document as a plain value. Reading gives what the
// document says; complete() adds what libvirt adds, check() refuses what libvirt refuses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "base/uuid.h"
#include "model/cpu_set.h"
#include "model/domain/clock.h"
#include "model/domain/cpu.h"
#include "model/domain/cpu_tuning.h"
#include "model/domain/devices.h"
#include "model/domain/features.h"
#include "model/domain/id_range.h"
#include "model/domain/iothreads.h"
#include "model/domain/launch_security.h"
#include "model/domain/memory_backing.h"
#include "model/domain/numa_tuning.h"
#include "model/domain/os.h"
#include "model/domain/security_label.h"
#include "model/domain/sysinfo.h"
#include "model/domain/tuning.h"
#include "model/domain/vcpus.h"
#include "model/uuid.h"
#include "schema/io.h"

namespace yado::model {

enum class DomainType : std::uint8_t {
    none,
    qemu,
    kqemu,
    kvm,
    xen,
    lxc,
    uml,
    openvz,
    test,
    vmware,
    hyperv,
    vbox,
    phyp,
    parallels,
    bhyve,
    vz,
    hvf,
};
enum class LifecycleAction : std::uint8_t {
    unset,
    destroy,
    restart,
    rename_restart,
    preserve,
    coredump_destroy,
    coredump_restart,
};
enum class LockFailureAction : std::uint8_t { unset, default_, poweroff, restart, pause, ignore };

struct Memory {
    schema::OnOff dump_core{};
    KiB size;
};
struct MaxMemory {
    std::uint32_t slots = 0;
    KiB size;
};
struct PowerManagement {
    schema::YesNo suspend_to_mem{}, suspend_to_disk{};
};
/// Of <genid>: how a guest notices that it was cloned or went back in time.
struct GenerationId {
    Uuid id; ///< made when not given
};

struct Domain {
    DomainType type{};
    std::optional<std::int32_t> id; ///< of a running guest
    std::string name;
    Uuid uuid;
    schema::Rare<GenerationId> generation_id;
    std::string title, description;
    std::string metadata; ///< the whole <metadata> element, as the user wrote it
    schema::Rare<MaxMemory> max_memory;
    Memory memory;
    std::optional<KiB> current_memory; ///< balloon target; `memory` when not given
    schema::Rare<BlockTuning> block_tuning;
    schema::Rare<MemoryTuning> memory_tuning;
    schema::Rare<MemoryBacking> memory_backing;
    Vcpus vcpus;
    std::vector<Vcpu> each_vcpu; ///< all of them once completed, or none
    std::optional<std::uint32_t> iothreads;
    std::vector<IoThread> iothread_ids; ///< all of them once completed; none: numbered from 1
    schema::Rare<DefaultIoThread> default_iothread;
    schema::Rare<CpuTuning> cpu_tuning;
    schema::Rare<NumaTuning> numa_tuning;
    schema::Rare<Resources> resources;
    std::vector<Sysinfo> sysinfo;
    std::string bootloader, bootloader_arguments; ///< of paravirtual guests
    std::vector<IoLimits> throttle_groups;        ///< that disks name in their <throttlefilters>
    Os os;
    std::vector<IdRange> user_ids, group_ids; ///< of a container
    Features features;
    Cpu cpu;
    Clock clock;
    LifecycleAction on_poweroff{}, on_reboot{}, on_crash{};
    LockFailureAction on_lockfailure{};
    PowerManagement pm;
    std::vector<PerfEvent> perf_events;
    Devices devices;
    std::vector<SecurityLabel> security_labels;
    std::vector<KeyWrap> key_wraps;
    schema::Rare<LaunchSecurity> launch_security;
    /// Elements of libvirt's namespaces for one hypervisor each, with the prefix: "qemu:commandline".
    schema::Kept qemu, lxc, bhyve, xen, vmware;

    KiB current() const { return current_memory.value_or(memory.size); }
    const GuestNuma* numa() const { return cpu.numa ? &*cpu.numa : nullptr; }
};
void describe(schema::Io& io, Domain& domain);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::DomainType> {
    static constexpr std::string_view values[] = {"none", "qemu",      "kqemu", "kvm",    "xen",    "lxc",
                                                  "uml",  "openvz",    "test",  "vmware", "hyperv", "vbox",
                                                  "phyp", "parallels", "bhyve", "vz",     "hvf"};
};
template <> struct EnumNames<model::LifecycleAction> {
    static constexpr std::string_view values[] = {
        "", "destroy", "restart", "rename-restart", "preserve", "coredump-destroy", "coredump-restart"};
};
template <> struct EnumNames<model::LockFailureAction> {
    static constexpr std::string_view values[] = {"", "default", "poweroff", "restart", "pause", "ignore"};
};
} // namespace yado::schema
