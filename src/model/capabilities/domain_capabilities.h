// SPDX-License-Identifier: Apache-2.0
// <domainCapabilities>: what one emulator can give a domain of one architecture, machine and domain type, the
// answer to virConnectGetDomainCapabilities. A part whose `supported` is unset is not known, and not written.
// As libvirt does, whoever fills a part in leaves its enumerations empty when it is not supported.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/capabilities/value.h"
#include "model/domain/cpu.h"
#include "schema/io.h"
#include "schema/read.h"

namespace yado::model {

/// <enum name='bus'>: the words an attribute of the domain document may have here. Known to be none when
/// empty.
struct CapabilityEnum {
    std::string name;
    std::vector<CapabilityValue> values;
};
struct Capability {
    schema::YesNo supported{};
    std::vector<CapabilityEnum> enums;

    /// The words of the enumeration `name`; null when it is not known.
    const std::vector<CapabilityValue>* find(std::string_view name) const;
    /// Whether this is supported and `value` is among the words of `name`.
    bool allows(std::string_view name, std::string_view value) const;
};
void describe(schema::Io& io, Capability& capability);

struct LoaderCapability {
    schema::YesNo supported{};
    std::vector<CapabilityValue> paths; ///< firmware images libvirt knows
    std::vector<CapabilityEnum> enums;  ///< type, readonly, secure
};
struct OsCapability {
    schema::YesNo supported{};
    std::vector<CapabilityEnum> enums; ///< firmware
    LoaderCapability loader;
};

enum class CpuModelUsable : std::uint8_t { unset, yes, no, unknown };

struct UsableCpuModel {
    CpuModelUsable usable{};
    schema::YesNo deprecated{}; ///< libvirt writes it only when yes
    std::string vendor;
    std::string name;
};
struct HostPassthroughMode {
    std::vector<CapabilityEnum> enums; ///< hostPassthroughMigratable
};
struct MaximumMode {
    std::vector<CapabilityEnum> enums; ///< maximumMigratable
};
/// The CPU a domain with mode='host-model' gets.
struct HostModelMode {
    CpuModel model;
    std::string vendor;
    std::optional<CpuPhysicalAddress> maxphysaddr;
    std::vector<CpuFeature> features;
};
struct CustomMode {
    std::vector<UsableCpuModel> models;
};
struct CpuModeCapability {
    std::variant<HostPassthroughMode, MaximumMode, HostModelMode, CustomMode> mode;
    schema::YesNo supported{};
};

struct DeviceCapabilities {
    Capability disk;       ///< diskDevice, bus, model
    Capability graphics;   ///< type
    Capability video;      ///< modelType
    Capability hostdev;    ///< mode, startupPolicy, subsysType, capsType, pciBackend
    Capability rng;        ///< model, backendModel
    Capability filesystem; ///< driverType
    Capability tpm;        ///< model, backendModel, backendVersion
    Capability redirdev;   ///< bus
    Capability channel;    ///< type
    schema::Kept rest;     ///< of later versions
};

/// Memory encryption of AMD processors.
struct SevCapability {
    schema::YesNo supported{};
    std::optional<std::uint32_t> c_bit_position, reduced_phys_bits, max_guests, max_es_guests;
    std::string cpu0_id; ///< base64
};
/// Enclave memory of Intel processors, by NUMA node.
struct SgxSection {
    std::uint32_t node = 0;
    std::uint64_t size = 0; ///< KiB
    KibibyteUnit unit{};
};
struct SgxCapability {
    schema::YesNo supported{};
    schema::YesNo flc{}, sgx1{}, sgx2{};
    std::optional<std::uint64_t> section_size; ///< KiB
    std::vector<SgxSection> sections;
};
struct FeatureCapabilities {
    Capability gic; ///< version
    schema::YesNo vmcoreinfo{}, genid{}, backing_store_input{}, backup{}, s390_pv{};
    SevCapability sev;
    SgxCapability sgx;
    Capability hyperv; ///< features
    schema::Kept rest; ///< of later versions
};

struct DomainCapabilities {
    std::string path; ///< of the emulator
    std::string domain_type, machine, arch;
    std::uint32_t max_vcpus = 0; ///< 0: not known
    schema::YesNo iothreads{};
    OsCapability os;
    std::vector<CpuModeCapability>
        cpu_modes;             ///< libvirt's order: host-passthrough, maximum, host-model, custom
    Capability memory_backing; ///< sourceType
    DeviceCapabilities devices;
    FeatureCapabilities features;
};
void describe(schema::Io& io, DomainCapabilities& capabilities);

/// Throws Error with all problems when `diagnostics` is null, else adds the semantic ones there.
DomainCapabilities read_domain_capabilities(std::string_view text, const schema::ReadOptions& options = {},
                                            schema::Diagnostics* diagnostics = nullptr);

/// The document in libvirt's format, ending in a line end.
std::string write_domain_capabilities(const DomainCapabilities& capabilities);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::CpuModelUsable> {
    static constexpr std::string_view values[] = {"", "yes", "no", "unknown"};
};
template <>
struct UnionTags<
    std::variant<model::HostPassthroughMode, model::MaximumMode, model::HostModelMode, model::CustomMode>> {
    static constexpr std::string_view values[] = {"host-passthrough", "maximum", "host-model", "custom"};
};
} // namespace yado::schema
