// SPDX-License-Identifier: Apache-2.0
// <features>: switches of the machine. What a document does not mention stays the machine's default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/domain/container_features.h"
#include "schema/io.h"

namespace yado::model {

enum class IoApic : std::uint8_t { unset, kvm, qemu };
enum class MsrPolicy : std::uint8_t { unset, ignore, fault };
enum class HptResizing : std::uint8_t { unset, enabled, disabled, required };
enum class Mitigation : std::uint8_t { unset, broken, workaround, fixed };
enum class BranchMitigation : std::uint8_t { unset, broken, workaround, fixed_ibs, fixed_ccd, fixed_na };
enum class XenPassthroughMode : std::uint8_t { unset, sync_pt, share_pt };
enum class InterruptArchitecture : std::uint8_t { unset, none, aplic, aplic_imsic };
enum class HypervMode : std::uint8_t { unset, custom, passthrough };

struct Apic {
    schema::OnOff eoi{};
};
struct HypervSpinlocks {
    schema::OnOff state{};
    std::optional<std::uint32_t> retries;
};
struct HypervStimer {
    schema::OnOff state{}, direct{};
};
struct HypervTlbFlush {
    schema::OnOff state{}, direct{}, extended{};
};
struct HypervVendor {
    schema::OnOff state{};
    std::string value;
};
struct Hyperv {
    HypervMode mode{};
    schema::OnOff relaxed{}, vapic{};
    HypervSpinlocks spinlocks;
    schema::OnOff vpindex{}, runtime{}, synic{};
    HypervStimer stimer;
    schema::OnOff reset{};
    HypervVendor vendor_id;
    schema::OnOff frequencies{}, reenlightenment{};
    HypervTlbFlush tlbflush;
    schema::OnOff ipi{}, evmcs{}, avic{}, emsr_bitmap{}, xmm_input{};
    schema::Kept unknown; ///< check() refuses what is here
};
struct KvmDirtyRing {
    schema::OnOff state{};
    std::optional<std::uint32_t> size;
};
struct KvmFeatures {
    schema::OnOff hidden{}, hint_dedicated{}, poll_control{}, pv_ipi{};
    KvmDirtyRing dirty_ring;
    schema::Kept unknown; ///< check() refuses what is here
};
/// Hash page table of ppc64.
struct Hpt {
    HptResizing resizing{};
    std::optional<std::uint64_t> max_page_kib;
};
struct XenPassthrough {
    schema::OnOff state{};
    XenPassthroughMode mode{};
};
struct XenFeatures {
    schema::OnOff e820_host{};
    XenPassthrough passthrough;
    schema::Kept unknown; ///< check() refuses what is here
};
struct TcgFeatures {
    std::optional<std::uint64_t> tb_cache_kib; ///< translated code
};
struct Gic {
    std::string version;
};
struct Smm {
    schema::OnOff state{};
    std::optional<std::uint64_t> tseg; ///< bytes
};

/// <hap/> alone means on.
struct Hap {
    schema::OnOff state{};
};

struct Features {
    bool acpi = false;
    std::optional<Apic> apic;
    bool pae = false;
    std::optional<Hap> hap;
    bool viridian = false, privnet = false;
    schema::Rare<Hyperv> hyperv;
    schema::Rare<KvmFeatures> kvm;
    schema::OnOff pvspinlock{};
    schema::Rare<ContainerCapabilities> capabilities;
    schema::OnOff pmu{}, vmport{};
    std::optional<Gic> gic;
    schema::Rare<Smm> smm;
    IoApic ioapic{};
    schema::Rare<Hpt> hpt;
    schema::OnOff vmcoreinfo{}, htm{}, nested_hv{};
    MsrPolicy msrs{};
    schema::OnOff ccf_assist{};
    schema::Rare<XenFeatures> xen;
    Mitigation cfpc{}, sbbc{};
    BranchMitigation ibs{};
    schema::Rare<TcgFeatures> tcg;
    schema::YesNo async_teardown{};
    schema::OnOff ras{}, ps2{};
    InterruptArchitecture aia{}; ///< of RISC-V
    schema::Kept unknown;        ///< check() refuses what is here
};
void describe(schema::Io& io, Features& features);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::MsrPolicy> {
    static constexpr std::string_view values[] = {"", "ignore", "fault"};
};
template <> struct EnumNames<model::HptResizing> {
    static constexpr std::string_view values[] = {"", "enabled", "disabled", "required"};
};
template <> struct EnumNames<model::Mitigation> {
    static constexpr std::string_view values[] = {"", "broken", "workaround", "fixed"};
};
template <> struct EnumNames<model::BranchMitigation> {
    static constexpr std::string_view values[] = {"",          "broken",    "workaround",
                                                  "fixed-ibs", "fixed-ccd", "fixed-na"};
};
template <> struct EnumNames<model::XenPassthroughMode> {
    static constexpr std::string_view values[] = {"", "sync_pt", "share_pt"};
};
template <> struct EnumNames<model::InterruptArchitecture> {
    static constexpr std::string_view values[] = {"", "none", "aplic", "aplic-imsic"};
};
template <> struct EnumNames<model::IoApic> {
    static constexpr std::string_view values[] = {"", "kvm", "qemu"};
};
template <> struct EnumNames<model::HypervMode> {
    static constexpr std::string_view values[] = {"", "custom", "passthrough"};
};
} // namespace yado::schema
