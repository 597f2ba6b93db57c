// SPDX-License-Identifier: Apache-2.0
// <features>: switches of the machine. What a document does not mention stays the machine's default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/units.h"
#include "schema/io.h"

namespace yado::model {

enum class IoApic : std::uint8_t { unset, kvm, qemu };
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
    schema::OnOff frequencies{}, reenlightenment{}, tlbflush{}, ipi{}, evmcs{}, avic{};
    schema::Kept unknown; ///< check() refuses what is here
};
struct KvmDirtyRing {
    schema::OnOff state{};
    std::optional<std::uint32_t> size;
};
struct KvmFeatures {
    schema::OnOff hidden{}, hint_dedicated{}, poll_control{}, pv_ipi{};
    KvmDirtyRing dirty_ring;
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
    schema::OnOff pvspinlock{}, pmu{}, vmport{};
    std::optional<Gic> gic;
    schema::Rare<Smm> smm;
    IoApic ioapic{};
    schema::OnOff vmcoreinfo{};
    schema::Kept rest;    ///< capabilities, hpt, htm, nested-hv, msrs, ccf-assist, xen, cfpc, sbbc, ibs, tcg,
                          ///< async-teardown
    schema::Kept unknown; ///< check() refuses what is here
};
void describe(schema::Io& io, Features& features);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::IoApic> {
    static constexpr std::string_view values[] = {"", "kvm", "qemu"};
};
template <> struct EnumNames<model::HypervMode> {
    static constexpr std::string_view values[] = {"", "custom", "passthrough"};
};
} // namespace yado::schema
