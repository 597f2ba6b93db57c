// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/cpu_models.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.h"
#include "hypervisor/qemu/capabilities/cpu_features.h"
#include "schema/read.h"

namespace yado::qemu {
namespace {

using model::CpuFeature;
using model::CpuPolicy;

/// <arch> stands beside a host's parts, which no guest's <cpu> has.
struct CpuArch {
    std::string arch;
};
void describe(schema::Io& io, CpuArch& a) { io.value("arch", a.arch); }

FeatureSet minus(const FeatureSet& from, const FeatureSet& what) {
    FeatureSet out;
    std::ranges::set_difference(from, what, std::inserter(out, out.end()));
    return out;
}
FeatureSet common(const FeatureSet& a, const FeatureSet& b) {
    FeatureSet out;
    std::ranges::set_intersection(a, b, std::inserter(out, out.end()));
    return out;
}

void check_features(const CpuDeclaration& declared) {
    FeatureSet seen;
    for (const CpuFeature& feature : declared.cpu.features) {
        if (!seen.insert(feature.name).second) {
            fail(ErrorSource::cpu, Code::xml_error, "CPU feature '{}' specified more than once",
                 feature.name);
        }
    }
    if (!declared.cpu.features.empty() && declared.cpu.model.name.empty() &&
        (declared.cpu.mode == model::CpuMode::unset || declared.cpu.mode == model::CpuMode::custom)) {
        fail(ErrorSource::cpu, Code::xml_error, "Non-empty feature list specified without CPU model");
    }
}

} // namespace

CpuDeclaration read_cpu(std::string_view text, bool validate, bool host_only) {
    schema::ReadOptions options{.document = "(CPU_definition)", .source = ErrorSource::cpu};
    CpuDeclaration declared{.arch = schema::read_xml<CpuArch>(text, "cpu", options).arch};
    // A host's <cpu> has parts that are not described here, which is no reason to refuse it.
    if (validate && declared.arch.empty()) { options.unknown = schema::Unknown::reject; }
    declared.cpu = schema::read_xml<model::Cpu>(text, "cpu", options);
    if (!declared.arch.empty() && declared.cpu.match != model::CpuMatch::unset) {
        fail(ErrorSource::cpu, Code::xml_error,
             "'arch' element cannot be used inside 'cpu' element with 'match' attribute'");
    }
    if (!declared.arch.empty() && word_size(declared.arch) == 0) {
        fail(ErrorSource::cpu, Code::config_unsupported, "Unknown architecture {}", declared.arch);
    }
    if (host_only && declared.cpu.mode != model::CpuMode::unset) {
        fail(ErrorSource::cpu, Code::config_unsupported, "Attribute mode is only allowed for guest CPU");
    }
    if (host_only && declared.arch.empty()) {
        fail(ErrorSource::cpu, Code::xml_error, "Missing CPU architecture");
    }
    check_features(declared);
    return declared;
}

CpuModels::CpuModels(const QemuCapabilities& capabilities) {
    for (const std::string& name : capabilities.cpu_features) { known_.insert(libvirt_feature(name)); }
    for (const CpuModelInfo& model : capabilities.cpus) {
        if (model.versioned || model.name == "base") { continue; }
        FeatureSet features;
        for (const std::uint16_t place : model.features) {
            features.insert(libvirt_feature(capabilities.cpu_features.at(place)));
        }
        models_.emplace(model.name, std::move(features));
        if (model.name == "max" || model.name == "host") { continue; }
        names_.push_back(model.name);
        if (model.usable) { usable_.insert(model.name); }
    }
}

const FeatureSet* CpuModels::find(std::string_view model) const {
    const auto row = models_.find(model);
    return row == models_.end() ? nullptr : &row->second;
}

bool CpuModels::knows(std::string_view feature) const {
    return known_.contains(libvirt_feature(feature)) || feature_rank(feature).has_value();
}

const FeatureSet& CpuModels::utmost() const {
    static const FeatureSet nothing;
    const FeatureSet* max = find("max");
    return max != nullptr ? *max : nothing;
}

namespace {

std::vector<std::string> in_order(const FeatureSet& features) {
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const std::string& name : features) {
        ranked.emplace_back(feature_rank(name).value_or(std::numeric_limits<std::size_t>::max()), name);
    }
    std::ranges::sort(ranked);
    std::vector<std::string> names;
    for (auto& [rank, name] : ranked) { names.push_back(std::move(name)); }
    return names;
}

/// A declared CPU taken apart: the model's features changed as the document says, by policy.
struct Parts {
    FeatureSet model, required, forced, optional, disabled, forbidden;

    FeatureSet wanted() const {
        FeatureSet out = minus(minus(minus(model, optional), disabled), forbidden);
        out.insert(required.begin(), required.end());
        return out;
    }
};

Parts parts_of(const CpuModels& models, const CpuDeclaration& declared) {
    Parts parts;
    const FeatureSet* features = models.find(declared.cpu.model.name);
    if (features == nullptr) {
        fail(ErrorSource::cpu, Code::internal_error, "Unknown CPU model {}", declared.cpu.model.name);
    }
    parts.model = *features;
    for (const CpuFeature& feature : declared.cpu.features) {
        if (!models.knows(feature.name)) {
            fail(ErrorSource::cpu, Code::internal_error, "Unknown CPU feature {}", feature.name);
        }
        std::string name = libvirt_feature(feature.name);
        switch (feature.policy) {
        case CpuPolicy::force: parts.forced.insert(std::move(name)); break;
        case CpuPolicy::unset:
        case CpuPolicy::require: parts.required.insert(std::move(name)); break;
        case CpuPolicy::optional: parts.optional.insert(std::move(name)); break;
        case CpuPolicy::disable: parts.disabled.insert(std::move(name)); break;
        case CpuPolicy::forbid: parts.forbidden.insert(std::move(name)); break;
        }
    }
    return parts;
}

} // namespace

std::string listed(const FeatureSet& features) {
    return fmt::format("{}", fmt::join(in_order(features), ", "));
}

CpuComparison compare_cpu(const CpuModels& models, const CpuProvider& provider,
                          const CpuDeclaration& declared) {
    const model::Cpu& cpu = declared.cpu;
    if (!declared.arch.empty() && declared.arch != provider.arch) {
        return {.why = fmt::format("CPU arch {} does not match host arch", declared.arch)};
    }
    if (cpu.model.name.empty()) { return {.result = CpuMatchResult::superset, .why = {}}; }
    if (!cpu.vendor.empty() && cpu.vendor != provider.vendor) {
        return {.why = fmt::format("host CPU vendor does not match required CPU vendor {}", cpu.vendor)};
    }
    const Parts parts = parts_of(models, declared);
    if (const FeatureSet found = common(provider.features, parts.forbidden); !found.empty()) {
        return {.why = fmt::format("Host CPU provides forbidden features: {}", listed(found))};
    }
    const FeatureSet wanted = parts.wanted();
    if (const FeatureSet missing = minus(wanted, provider.features); !missing.empty()) {
        return {.why = fmt::format("Host CPU does not provide required features: {}", listed(missing))};
    }
    FeatureSet extra = minus(minus(provider.features, wanted), parts.optional);
    extra = minus(minus(extra, parts.disabled), parts.forced);
    if (extra.empty()) { return {.result = CpuMatchResult::identical, .why = {}}; }
    if (cpu.match == model::CpuMatch::strict) {
        return {.why = fmt::format("Host CPU does not strictly match guest CPU: Extra features: {}",
                                   listed(extra))};
    }
    return {.result = CpuMatchResult::superset, .why = {}};
}

namespace {

/// The one vendor of all; empty when some name none.
std::string vendor_of(std::span<const CpuDeclaration> cpus) {
    std::string vendor;
    bool all = true;
    for (const CpuDeclaration& declared : cpus) {
        const std::string& its = declared.cpu.vendor;
        all = all && !its.empty();
        if (!vendor.empty() && !its.empty() && its != vendor) {
            fail(ErrorSource::cpu, Code::operation_failed, "CPU vendors do not match");
        }
        if (!its.empty()) { vendor = its; }
    }
    return all ? vendor : std::string();
}

/// What all of them have.
FeatureSet shared_features(const CpuModels& models, std::span<const CpuDeclaration> cpus) {
    FeatureSet shared;
    for (std::size_t i = 0; i < cpus.size(); ++i) {
        const CpuDeclaration& declared = cpus[i];
        if (declared.cpu.model.name.empty()) {
            fail(ErrorSource::cpu, Code::invalid_arg, "no CPU model specified at index {}", i);
        }
        const Parts parts = parts_of(models, declared);
        FeatureSet has = parts.wanted();
        has.insert(parts.forced.begin(), parts.forced.end());
        shared = i == 0 ? std::move(has) : common(shared, has);
    }
    return shared;
}

struct Candidate {
    const std::string* name = nullptr;
    FeatureSet added, removed;
    std::size_t size() const { return added.size() + removed.size(); }
};

Candidate best_model(const CpuModels& models, const FeatureSet& features, std::string_view vendor,
                     bool usable_only, const FeatureSet& preferred) {
    Candidate best;
    for (const std::string& name : models.names()) {
        const std::string_view made_by = vendor_of_model(name);
        if (!vendor.empty() && made_by != "unknown" && made_by != vendor) { continue; }
        const FeatureSet& model = *models.find(name);
        Candidate candidate{&name, minus(features, model), minus(model, features)};
        if (usable_only && !models.usable(name) && !preferred.contains(name)) { continue; }
        const bool fewer = best.name == nullptr || candidate.size() < best.size();
        // Of equals the one that a document names, then the first.
        const bool named = best.name != nullptr && candidate.size() == best.size() &&
                           preferred.contains(name) && !preferred.contains(*best.name);
        if (fewer || named) { best = std::move(candidate); }
    }
    return best;
}

} // namespace

model::Cpu baseline_cpu(const CpuModels& models, std::span<const CpuDeclaration> cpus,
                        const BaselineOptions& options) {
    if (cpus.empty()) { fail(ErrorSource::cpu, Code::invalid_arg, "No CPUs given"); }
    const std::string vendor = vendor_of(cpus);
    FeatureSet features = shared_features(models, cpus);
    if (options.provider != nullptr) { features = common(features, options.provider->features); }
    // The only one that QEMU keeps out of CPUs for migration: a guest cannot take its clock along.
    if (options.migratable) { features.erase("invtsc"); }
    if (features.empty()) { fail(ErrorSource::cpu, Code::operation_failed, "CPUs are incompatible"); }

    FeatureSet given;
    for (const CpuDeclaration& declared : cpus) { given.insert(declared.cpu.model.name); }
    const Candidate best = best_model(models, features, vendor, options.provider != nullptr, given);
    if (best.name == nullptr) {
        fail(ErrorSource::cpu, Code::internal_error, "Cannot find suitable CPU model for given data");
    }
    model::Cpu cpu;
    cpu.mode = model::CpuMode::custom;
    cpu.match = model::CpuMatch::exact;
    // A model that all of them have needs no other in its place.
    const bool same = given.size() == 1 && given.contains(*best.name);
    cpu.model.fallback =
        options.provider != nullptr || same ? model::CpuFallback::forbid : model::CpuFallback::allow;
    cpu.model.name = *best.name;
    cpu.vendor = vendor;
    for (const std::string& name : in_order(options.expand ? features : best.added)) {
        cpu.features.push_back({.policy = CpuPolicy::require, .name = name});
    }
    for (const std::string& name : in_order(best.removed)) {
        cpu.features.push_back({.policy = CpuPolicy::disable, .name = name});
    }
    if (options.expand) { std::ranges::sort(cpu.features, {}, &CpuFeature::name); }
    return cpu;
}

} // namespace yado::qemu
