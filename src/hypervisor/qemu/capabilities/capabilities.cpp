// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/capabilities.h"

#include <algorithm>
#include <array>

namespace yado::qemu {
namespace {

struct Arch {
    std::string_view name;   ///< libvirt's
    std::string_view target; ///< QEMU's
    std::uint32_t bits;
};

// libvirt's names, sorted; QEMU's where there is a QEMU for them.
constexpr std::array arches{
    Arch{"aarch64", "aarch64", 64},
    Arch{"alpha", "alpha", 64},
    Arch{"armv6l", "", 32},
    Arch{"armv7b", "", 32},
    Arch{"armv7l", "arm", 32},
    Arch{"cris", "cris", 32},
    Arch{"i686", "i386", 32},
    Arch{"ia64", "ia64", 64},
    Arch{"itanium", "", 64},
    Arch{"lm32", "lm32", 32},
    Arch{"m68k", "m68k", 32},
    Arch{"microblaze", "microblaze", 32},
    Arch{"microblazeel", "microblazeel", 32},
    Arch{"mips", "mips", 32},
    Arch{"mips64", "mips64", 64},
    Arch{"mips64el", "mips64el", 64},
    Arch{"mipsel", "mipsel", 32},
    Arch{"openrisc", "or1k", 32},
    Arch{"parisc", "hppa", 32},
    Arch{"parisc64", "", 64},
    Arch{"ppc", "ppc", 32},
    Arch{"ppc64", "ppc64", 64},
    Arch{"ppc64le", "", 64},
    Arch{"ppcemb", "ppcemb", 32},
    Arch{"riscv32", "riscv32", 32},
    Arch{"riscv64", "riscv64", 64},
    Arch{"s390", "", 32},
    Arch{"s390x", "s390x", 64},
    Arch{"sh4", "sh4", 32},
    Arch{"sh4eb", "sh4eb", 32},
    Arch{"sparc", "sparc", 32},
    Arch{"sparc64", "sparc64", 64},
    Arch{"unicore32", "unicore32", 32},
    Arch{"x86_64", "x86_64", 64},
    Arch{"xtensa", "xtensa", 32},
    Arch{"xtensaeb", "xtensaeb", 32},
};
static_assert(std::ranges::is_sorted(arches, {}, &Arch::name));

} // namespace

std::string_view name(Accelerator accelerator) { return accelerator == Accelerator::kvm ? "kvm" : "tcg"; }

const MachineType* QemuCapabilities::machine(std::string_view name_or_alias) const {
    const auto fits = [&](const MachineType& each) {
        if (name_or_alias.empty()) return each.is_default;
        return each.name == name_or_alias || each.alias == name_or_alias;
    };
    const auto found = std::ranges::find_if(machines, fits);
    return found == machines.end() ? nullptr : &*found;
}

const CpuModelInfo* QemuCapabilities::cpu(std::string_view name) const {
    const auto found = std::ranges::find(cpus, name, &CpuModelInfo::name);
    return found == cpus.end() ? nullptr : &*found;
}

std::string_view arch_of_target(std::string_view target) {
    const auto found = std::ranges::find(arches, target, &Arch::target);
    return found == arches.end() || target.empty() ? target : found->name;
}

std::string_view target_of_arch(std::string_view arch) {
    // Programs of the wider or the other-endian processor run these.
    if (arch == "ppc64le") return "ppc64";
    if (arch == "armv6l") return "arm";
    const auto found = std::ranges::find(arches, arch, &Arch::name);
    return found == arches.end() || found->target.empty() ? arch : found->target;
}

std::uint32_t word_size(std::string_view arch) {
    const auto found = std::ranges::find(arches, arch, &Arch::name);
    return found == arches.end() ? 0 : found->bits;
}

} // namespace yado::qemu
