// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/cpu_features.h"

#include <algorithm>
#include <array>
#include <set>

namespace yado::qemu {
namespace {

enum class Vendor : unsigned char { any, intel, amd };

struct Feature {
    std::string_view kernel;
    std::string_view libvirt = {}; ///< empty: the same
    Vendor vendor = Vendor::any;   ///< the kernel merges some bits that the vendors have in different places
};

constexpr std::array features{
    // CPUID leaf 1, EDX
    Feature{"fpu"},
    Feature{"vme"},
    Feature{"de"},
    Feature{"pse"},
    Feature{"tsc"},
    Feature{"msr"},
    Feature{"pae"},
    Feature{"mce"},
    Feature{"cx8"},
    Feature{"apic"},
    Feature{"sep"},
    Feature{"mtrr"},
    Feature{"pge"},
    Feature{"mca"},
    Feature{"cmov"},
    Feature{"pat"},
    Feature{"pse36"},
    Feature{"pn"},
    Feature{"clflush"},
    Feature{"dts", "ds"},
    Feature{"acpi"},
    Feature{"mmx"},
    Feature{"fxsr"},
    Feature{"sse"},
    Feature{"sse2"},
    Feature{"ss"},
    Feature{"ht"},
    Feature{"tm"},
    Feature{"ia64"},
    Feature{"pbe"},
    // leaf 1, ECX
    Feature{"pni"},
    Feature{"pclmulqdq", "pclmuldq"},
    Feature{"dtes64"},
    Feature{"monitor"},
    Feature{"ds_cpl"},
    Feature{"vmx"},
    Feature{"smx"},
    Feature{"est"},
    Feature{"tm2"},
    Feature{"ssse3"},
    Feature{"cid"},
    Feature{"fma"},
    Feature{"cx16"},
    Feature{"xtpr"},
    Feature{"pdcm"},
    Feature{"pcid"},
    Feature{"dca"},
    Feature{"sse4_1", "sse4.1"},
    Feature{"sse4_2", "sse4.2"},
    Feature{"x2apic"},
    Feature{"movbe"},
    Feature{"popcnt"},
    Feature{"tsc_deadline_timer", "tsc-deadline"},
    Feature{"aes"},
    Feature{"xsave"},
    Feature{"xsave", "osxsave"}, // the kernel turns it on wherever it can
    Feature{"avx"},
    Feature{"f16c"},
    Feature{"rdrand"},
    Feature{"hypervisor"},
    // leaf 6, EAX
    Feature{"arat"},
    // leaf 7, EBX
    Feature{"fsgsbase"},
    Feature{"tsc_adjust"},
    Feature{"sgx"},
    Feature{"bmi1"},
    Feature{"hle"},
    Feature{"avx2"},
    Feature{"smep"},
    Feature{"bmi2"},
    Feature{"erms"},
    Feature{"invpcid"},
    Feature{"rtm"},
    Feature{"cqm", "cmt"},
    Feature{"mpx"},
    Feature{"avx512f"},
    Feature{"avx512dq"},
    Feature{"rdseed"},
    Feature{"adx"},
    Feature{"smap"},
    Feature{"avx512ifma"},
    Feature{"pcommit"},
    Feature{"clflushopt"},
    Feature{"clwb"},
    Feature{"intel_pt", "intel-pt"},
    Feature{"avx512pf"},
    Feature{"avx512er"},
    Feature{"avx512cd"},
    Feature{"sha_ni", "sha-ni"},
    Feature{"avx512bw"},
    Feature{"avx512vl"},
    // leaf 7, ECX
    Feature{"avx512vbmi"},
    Feature{"umip"},
    Feature{"pku"},
    Feature{"ospke"},
    Feature{"waitpkg"},
    Feature{"avx512_vbmi2", "avx512vbmi2"},
    Feature{"gfni"},
    Feature{"vaes"},
    Feature{"vpclmulqdq"},
    Feature{"avx512_vnni", "avx512vnni"},
    Feature{"avx512_bitalg", "avx512bitalg"},
    Feature{"avx512_vpopcntdq", "avx512-vpopcntdq"},
    Feature{"la57"},
    Feature{"rdpid"},
    Feature{"bus_lock_detect", "bus-lock-detect"},
    Feature{"cldemote"},
    Feature{"movdiri"},
    Feature{"movdir64b"},
    Feature{"sgx_lc", "sgxlc"},
    // leaf 7, EDX
    Feature{"avx512_4vnniw", "avx512-4vnniw"},
    Feature{"avx512_4fmaps", "avx512-4fmaps"},
    Feature{"fsrm"},
    Feature{"avx512_vp2intersect", "avx512-vp2intersect"},
    Feature{"md_clear", "md-clear"},
    Feature{"serialize"},
    Feature{"tsxldtrk", "tsx-ldtrk"},
    Feature{"pconfig"},
    Feature{"arch_lbr", "arch-lbr"},
    Feature{"amx_bf16", "amx-bf16"},
    Feature{"avx512_fp16", "avx512-fp16"},
    Feature{"amx_tile", "amx-tile"},
    Feature{"amx_int8", "amx-int8"},
    Feature{"ibrs", "spec-ctrl", Vendor::intel},
    Feature{"stibp", "", Vendor::intel},
    Feature{"arch_capabilities", "arch-capabilities"},
    Feature{"ssbd", "", Vendor::intel},
    // leaf 7.1, EAX
    Feature{"avx_vnni", "avx-vnni"},
    Feature{"avx512_bf16", "avx512-bf16"},
    // leaf 13.1, EAX
    Feature{"xsaveopt"},
    Feature{"xsavec"},
    Feature{"xgetbv1"},
    Feature{"xsaves"},
    // leaf 0x80000001, EDX
    Feature{"syscall"},
    Feature{"nx"},
    Feature{"mmxext"},
    Feature{"fxsr_opt"},
    Feature{"pdpe1gb"},
    Feature{"rdtscp"},
    Feature{"lm"},
    Feature{"3dnowext"},
    Feature{"3dnow"},
    // leaf 0x80000001, ECX
    Feature{"lahf_lm"},
    Feature{"cmp_legacy"},
    Feature{"svm"},
    Feature{"extapic"},
    Feature{"cr8_legacy", "cr8legacy"},
    Feature{"abm"},
    Feature{"sse4a"},
    Feature{"misalignsse"},
    Feature{"3dnowprefetch"},
    Feature{"osvw"},
    Feature{"ibs"},
    Feature{"xop"},
    Feature{"skinit"},
    Feature{"wdt"},
    Feature{"lwp"},
    Feature{"fma4"},
    Feature{"tce"},
    Feature{"nodeid_msr"},
    Feature{"tbm"},
    Feature{"topoext"},
    Feature{"perfctr_core"},
    Feature{"perfctr_nb"},
    // leaf 0x80000007, EDX
    Feature{"nonstop_tsc", "invtsc"},
    // leaf 0x80000008, EBX
    Feature{"clzero"},
    Feature{"xsaveerptr"},
    Feature{"wbnoinvd"},
    Feature{"ibpb", "", Vendor::amd},
    Feature{"ibrs", "", Vendor::amd},
    Feature{"stibp", "amd-stibp", Vendor::amd},
    Feature{"ssbd", "amd-ssbd", Vendor::amd},
    Feature{"virt_ssbd", "virt-ssbd"},
    // leaf 0x8000000A, EDX
    Feature{"npt"},
    Feature{"lbrv"},
    Feature{"svm_lock", "svm-lock"},
    Feature{"nrip_save", "nrip-save"},
    Feature{"tsc_scale", "tsc-scale"},
    Feature{"vmcb_clean", "vmcb-clean"},
    Feature{"flushbyasid"},
    Feature{"decodeassists"},
    Feature{"pausefilter"},
    Feature{"pfthreshold"},
    Feature{"avic"},
    Feature{"v_vmsave_vmload", "v-vmsave-vmload"},
    Feature{"vgif"},
};

constexpr std::array<std::string_view, 26> kvm64{
    "apic", "clflush", "cmov", "cx16", "cx8", "de",  "fpu", "fxsr",  "lm",  "mca", "mce",  "mmx",     "msr",
    "mtrr", "nx",      "pae",  "pat",  "pge", "pni", "pse", "pse36", "sep", "sse", "sse2", "syscall", "tsc"};

// libvirt kept the names that QEMU had before it settled on dashes.
constexpr std::array<std::pair<std::string_view, std::string_view>, 19> renamed{{
    {"cmp-legacy", "cmp_legacy"},
    {"ds-cpl", "ds_cpl"},
    {"fxsr-opt", "fxsr_opt"},
    {"kvm-asyncpf", "kvm_asyncpf"},
    {"kvm-mmu", "kvm_mmu"},
    {"kvm-nopiodelay", "kvm_nopiodelay"},
    {"kvm-pv-eoi", "kvm_pv_eoi"},
    {"kvm-pv-unhalt", "kvm_pv_unhalt"},
    {"kvm-steal-time", "kvm_steal_time"},
    {"lahf-lm", "lahf_lm"},
    {"nodeid-msr", "nodeid_msr"},
    {"pclmulqdq", "pclmuldq"},
    {"perfctr-core", "perfctr_core"},
    {"perfctr-nb", "perfctr_nb"},
    {"sse3", "pni"},
    {"tsc-adjust", "tsc_adjust"},
    {"i64", "lm"},
    {"xd", "nx"},
    {"ffxsr", "fxsr_opt"},
}};

} // namespace

std::vector<std::string> x86_features(std::span<const std::string> kernel_flags, std::string_view vendor) {
    const std::set<std::string_view> flags(kernel_flags.begin(), kernel_flags.end());
    const bool amd = vendor == "AuthenticAMD" || vendor == "HygonGenuine";
    std::vector<std::string> names;
    for (const Feature& each : features) {
        if (!flags.contains(each.kernel)) continue;
        if (each.vendor == Vendor::amd && !amd) continue;
        if (each.vendor == Vendor::intel && amd) continue;
        names.emplace_back(each.libvirt.empty() ? each.kernel : each.libvirt);
    }
    return names;
}

std::optional<std::size_t> feature_rank(std::string_view name) {
    const auto* const found = std::ranges::find_if(features, [name](const Feature& each) {
        return (each.libvirt.empty() ? each.kernel : each.libvirt) == name;
    });
    if (found == features.end()) return std::nullopt;
    return static_cast<std::size_t>(found - features.begin());
}

std::span<const std::string_view> kvm64_features() { return kvm64; }

std::string libvirt_feature(std::string_view qemu_name) {
    const auto* const found =
        std::ranges::find(renamed, qemu_name, [](const auto& row) { return row.first; });
    return std::string(found == renamed.end() ? qemu_name : found->second);
}

std::string_view libvirt_vendor(std::string_view cpuid_vendor) {
    if (cpuid_vendor == "AuthenticAMD") return "AMD";
    if (cpuid_vendor == "GenuineIntel") return "Intel";
    if (cpuid_vendor == "HygonGenuine") return "Hygon";
    return {};
}

std::string_view vendor_of_model(std::string_view name) {
    static constexpr std::array intel{"Broadwell", "Cascadelake", "Conroe",    "Cooperlake",  "Denverton",
                                      "Haswell",   "Icelake",     "IvyBridge", "KnightsMill", "Nehalem",
                                      "Penryn",    "SandyBridge", "Sapphire",  "Skylake",     "Snowridge",
                                      "Westmere",  "core2duo",    "coreduo",   "n270"};
    static constexpr std::array amd{"EPYC", "Opteron", "athlon", "phenom"};
    const auto begins = [name](std::string_view prefix) { return name.starts_with(prefix); };
    if (std::ranges::any_of(intel, begins)) return "Intel";
    if (std::ranges::any_of(amd, begins)) return "AMD";
    if (name.starts_with("Dhyana")) return "Hygon";
    return "unknown";
}

} // namespace yado::qemu
