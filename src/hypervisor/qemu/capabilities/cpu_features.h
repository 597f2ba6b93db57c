// SPDX-License-Identifier: Apache-2.0
// CPU features have three names: the kernel's (/proc/cpuinfo), QEMU's and libvirt's. Documents use the last.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yado::qemu {

/// libvirt's names, in the order of the CPUID bits, of what an x86 CPU with these kernel flags has. `vendor`
/// as the CPU says it ("GenuineIntel"). Flags that are the kernel's own invention are left out.
std::vector<std::string> x86_features(std::span<const std::string> kernel_flags, std::string_view vendor);

/// Where libvirt's feature stands among CPUID's bits, for lists in that order; nothing for one without a
/// place.
std::optional<std::size_t> feature_rank(std::string_view name);

/// What the model "kvm64" has, the one that all 64-bit x86 CPUs of either vendor include.
std::span<const std::string_view> kvm64_features();

/// libvirt's name of QEMU's feature ("lahf-lm" is "lahf_lm"). Most are the same.
std::string libvirt_feature(std::string_view qemu_name);

/// libvirt's short name of a CPU vendor ("AuthenticAMD" is "AMD"); empty for one it has no name for.
std::string_view libvirt_vendor(std::string_view cpuid_vendor);

/// The vendor whose CPU the model called `name` imitates, "unknown" for a generic one.
std::string_view vendor_of_model(std::string_view name);

} // namespace yado::qemu
