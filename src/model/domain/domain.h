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
#include "model/domain/devices.h"
#include "model/domain/features.h"
#include "model/domain/os.h"
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
enum class VcpuPlacement : std::uint8_t { unset, static_, auto_ };
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
struct Vcpus {
    VcpuPlacement placement{};
    CpuSet cpuset;
    std::optional<std::uint32_t> current; ///< online at start; all when not given
    std::uint32_t maximum = 1;

    std::uint32_t online() const { return current.value_or(maximum); }
};
struct PowerManagement {
    schema::YesNo suspend_to_mem{}, suspend_to_disk{};
};
struct SecurityLabel {
    std::string type, model;
    schema::YesNo relabel{};
    std::string label, image_label, base_label;
};

struct Domain {
    DomainType type{};
    std::optional<std::int32_t> id; ///< of a running guest
    std::string name;
    Uuid uuid;
    std::string title, description;
    std::string metadata; ///< the whole <metadata> element, as the user wrote it
    schema::Rare<MaxMemory> max_memory;
    Memory memory;
    std::optional<KiB> current_memory; ///< balloon target; `memory` when not given
    Vcpus vcpus;
    std::optional<std::uint32_t> iothreads;
    Os os;
    Features features;
    Cpu cpu;
    Clock clock;
    LifecycleAction on_poweroff{}, on_reboot{}, on_crash{};
    LockFailureAction on_lockfailure{};
    PowerManagement pm;
    Devices devices;
    std::vector<SecurityLabel> security_labels;
    /// genid, blkiotune, memtune, memoryBacking, vcpus, iothreadids, cputune, numatune, resource, sysinfo,
    /// bootloader, idmap, perf, keywrap, launchSecurity: kept as they are.
    schema::Kept rest;
    schema::Kept qemu; ///< elements of libvirt's qemu namespace, with the prefix "qemu:"

    KiB current() const { return current_memory.value_or(memory.size); }
};
void describe(schema::Io& io, Domain& domain);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::DomainType> {
    static constexpr std::string_view values[] = {"none", "qemu",      "kqemu", "kvm",    "xen",    "lxc",
                                                  "uml",  "openvz",    "test",  "vmware", "hyperv", "vbox",
                                                  "phyp", "parallels", "bhyve", "vz",     "hvf"};
};
template <> struct EnumNames<model::VcpuPlacement> {
    static constexpr std::string_view values[] = {"", "static", "auto"};
};
template <> struct EnumNames<model::LifecycleAction> {
    static constexpr std::string_view values[] = {
        "", "destroy", "restart", "rename-restart", "preserve", "coredump-destroy", "coredump-restart"};
};
template <> struct EnumNames<model::LockFailureAction> {
    static constexpr std::string_view values[] = {"", "default", "poweroff", "restart", "pause", "ignore"};
};
template <> struct Text<Uuid> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view type = "UUID";
    static bool present(const Uuid& uuid) { return !uuid.is_null(); }
    static Problem parse(std::string_view text, Uuid& uuid) {
        const auto parsed = Uuid::parse(text);
        if (!parsed) { return wrong_value; }
        uuid = *parsed;
        return no_problem;
    }
    static void print(const Uuid& uuid, std::string& out) { out += uuid.text(); }
};
} // namespace yado::schema
