// SPDX-License-Identifier: Apache-2.0
// Comparing CPUs, and what several have in common, on what QEMU itself says its models have: pure functions
// over probed capabilities. x86 alone: other architectures' models are not made of features. Names are
// libvirt's.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hypervisor/qemu/capabilities/capabilities.h"
#include "model/domain/cpu.h"

namespace yado::qemu {

using FeatureSet = std::set<std::string, std::less<>>;

/// A <cpu> as clients give it: a guest's, or a host's out of a capabilities document.
struct CpuDeclaration {
    std::string arch; ///< empty: this host's
    model::Cpu cpu;
};
/// Reads it. `host_only`: a guest's parts are refused, as where hosts are compared. Throws Error in libvirt's
/// words.
CpuDeclaration read_cpu(std::string_view text, bool validate, bool host_only = false);

/// The models of one QEMU and what they have.
class CpuModels {
  public:
    explicit CpuModels(const QemuCapabilities& capabilities);

    /// Null when there is none of this name.
    const FeatureSet* find(std::string_view model) const;
    bool knows(std::string_view feature) const;
    /// In QEMU's order: those that documents may name.
    const std::vector<std::string>& names() const { return names_; }
    bool usable(std::string_view model) const { return usable_.contains(model); }
    /// What a guest can have at most: the model "max".
    const FeatureSet& utmost() const;

  private:
    std::map<std::string, FeatureSet, std::less<>> models_;
    FeatureSet known_, usable_;
    std::vector<std::string> names_;
};

/// What a declared CPU is held against: the host's own, or what a hypervisor gives its guests.
struct CpuProvider {
    std::string arch;
    std::string vendor; ///< libvirt's short name; empty: not known
    FeatureSet features;
};
/// The names of features in a message, in the order of CPUID's bits.
std::string listed(const FeatureSet& features);

/// The numbers are libvirt's (virCPUCompareResult).
enum class CpuMatchResult { incompatible, identical, superset };
struct CpuComparison {
    CpuMatchResult result = CpuMatchResult::incompatible;
    std::string why; ///< of an incompatible one
};
/// Throws internal_error for models and features that are not known.
CpuComparison compare_cpu(const CpuModels& models, const CpuProvider& provider,
                          const CpuDeclaration& declared);

struct BaselineOptions {
    bool expand = false;     ///< every feature is listed, those of the model too
    bool migratable = false; ///< without features that keep a guest where it is
    /// Of a hypervisor: its guests have nothing else, and models it cannot give are not chosen. Null: hosts.
    const CpuProvider* provider = nullptr;
};
/// The CPU that has what all of `cpus` have, as the model that needs the fewest features listed beside it.
/// Throws Error in libvirt's words for models and features that are not known, vendors that differ and
/// nothing in common.
model::Cpu baseline_cpu(const CpuModels& models, std::span<const CpuDeclaration> cpus,
                        const BaselineOptions& options);

} // namespace yado::qemu
