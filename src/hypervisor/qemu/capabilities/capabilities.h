// SPDX-License-Identifier: Apache-2.0
// What one QEMU binary can do under one accelerator, from its own answers. A plain value: probed once
// (probe.h), kept on disk (cache.h).
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace yado::qemu {

struct MachineType {
    std::string name;  ///< "pc-q35-7.2"
    std::string alias; ///< "q35"; empty for none
    std::uint32_t max_cpus = 0;
    bool hotplug_cpus = false;
    bool is_default = false;
    bool deprecated = false;
    std::string default_cpu; ///< QOM type, "qemu64-x86_64-cpu"
    bool acpi = false;
};

struct CpuModelInfo {
    std::string name;   ///< "EPYC"
    bool usable = true; ///< under the accelerator asked
    bool deprecated = false;
    bool versioned = false; ///< "EPYC-v2": QEMU's own numbering, which domain XML does not show
    /// What it has, as places in QemuCapabilities::cpu_features. x86 only, and not of versioned ones.
    std::vector<std::uint16_t> features;
};

/// What the accelerator can give at most, as a named model and the difference to it: <cpu mode='host-model'>.
/// Feature names are QEMU's ("lahf-lm").
struct CpuDifference {
    std::string model;  ///< empty: not known (no x86, an old QEMU)
    std::string vendor; ///< as the CPU says: "AuthenticAMD"
    std::vector<std::string> added;
    std::vector<std::string> removed;
};

/// What runs the guest's code.
enum class Accelerator : std::uint8_t { tcg, kvm };
std::string_view name(Accelerator accelerator);

struct QemuCapabilities {
    std::string binary; ///< path
    std::string arch;   ///< as in domain XML: "x86_64", "aarch64", "riscv64", "i686" …
    Accelerator accelerator = Accelerator::tcg;
    std::uint64_t version = 0; ///< 7002000
    std::string package;       ///< "Debian 1:7.2+dfsg-7…"
    std::vector<MachineType> machines;
    std::set<std::string, std::less<>> devices;  ///< names for -device ("virtio-blk-pci")
    std::set<std::string, std::less<>> objects;  ///< QOM types for -object ("rng-random")
    std::set<std::string, std::less<>> commands; ///< QMP commands
    std::vector<CpuModelInfo> cpus;
    std::vector<std::string> cpu_features; ///< all that CPUs may have or not, QEMU's names, sorted
    CpuDifference host_model;
    bool tcg_built = false; ///< accelerator compiled in
    bool kvm_built = false;
    bool sandbox = false; ///< -sandbox understood

    bool has_device(std::string_view name) const { return devices.contains(name); }
    bool has_object(std::string_view name) const { return objects.contains(name); }
    bool has_command(std::string_view name) const { return commands.contains(name); }
    /// By name or alias; the default machine for an empty name. Null when there is none.
    const MachineType* machine(std::string_view name_or_alias) const;
    /// By name; null when there is none.
    const CpuModelInfo* cpu(std::string_view name) const;
};

/// libvirt's name of the architecture that QEMU calls `target` ("i386" is "i686"); unknown ones stay as they
/// are.
std::string_view arch_of_target(std::string_view target);
/// QEMU's name of libvirt's `arch`, as at the end of the binary's name ("qemu-system-i386" for "i686").
std::string_view target_of_arch(std::string_view arch);
/// 32 or 64; 0 for an architecture that libvirt does not know.
std::uint32_t word_size(std::string_view arch);

} // namespace yado::qemu
