// SPDX-License-Identifier: Apache-2.0
// <host> of <capabilities>: the machine that runs guests, as clients read it to choose CPU models, NUMA
// placement, huge pages and a peer to migrate to. A part that is absent is not known; an empty one is known
// to be empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/uuid.h"
#include "model/capabilities/value.h"
#include "model/cpu_set.h"
#include "model/domain/cpu.h"
#include "schema/io.h"

namespace yado::model {

enum class CacheContent : std::uint8_t { both, code, data };

/// What CPUs have beside their model's features; Xen's and the test driver's way.
struct HostCpuFlags {
    bool pae = false, nonpae = false, vmx = false, svm = false;
};
struct HostCpuSignature {
    std::uint32_t family = 0, model = 0, stepping = 0;
};
struct HostCpuCounter {
    std::string name;            ///< "tsc"
    std::uint64_t frequency = 0; ///< Hz
    schema::YesNo scaling{};     ///< whether guests may be given another frequency
};
struct HostPageSize {
    KibibyteUnit unit{};
    std::uint64_t size = 0; ///< KiB
};
struct HostCpu {
    std::string arch;
    HostCpuFlags flags;
    std::string model, vendor;
    std::optional<std::uint32_t> microcode;
    std::optional<HostCpuSignature> signature;
    std::optional<HostCpuCounter> counter;
    std::optional<CpuTopology> topology;
    std::optional<CpuPhysicalAddress> maxphysaddr;
    std::vector<CapabilityName> features; ///< beyond what `model` implies
    std::vector<HostPageSize> pages;
};

struct HostPowerManagement {
    bool suspend_mem = false, suspend_disk = false, suspend_hybrid = false;
};
struct HostMigration {
    bool live = false;
    std::vector<CapabilityValue> uri_transports; ///< "tcp", "rdma"
};

struct CellPages {
    KibibyteUnit unit{};
    std::uint64_t size = 0; ///< KiB
    std::uint64_t count = 0;
};
struct CellDistance {
    std::uint32_t id = 0;    ///< of the other cell
    std::uint32_t value = 0; ///< 10: local
};
struct CellCacheSize {
    ScaledSize value;
};
/// Memory-side cache of a cell, from the firmware's HMAT.
struct CellCache {
    std::uint32_t level = 0;
    std::string associativity, policy;
    CellCacheSize size, line;
};
/// Where one CPU sits. An offline CPU has only an id.
struct CellCpu {
    std::uint32_t id = 0;
    std::optional<std::uint32_t> socket_id, die_id, core_id;
    CpuSet siblings; ///< threads of its core, itself among them
};
struct HostCell {
    std::uint32_t id = 0;
    std::optional<std::uint64_t> memory; ///< KiB
    std::vector<CellPages> pages;
    std::vector<CellDistance> distances;
    std::vector<CellCache> caches;
    std::vector<CellCpu> cpus;
};
struct CellLatency {
    std::uint32_t initiator = 0, target = 0;
    std::optional<std::uint32_t> cache;
    std::string type;        ///< "access", "read", "write"
    std::uint64_t value = 0; ///< nanoseconds
};
struct CellBandwidth {
    std::uint32_t initiator = 0, target = 0;
    std::optional<std::uint32_t> cache;
    std::string type;
    std::uint64_t value = 0; ///< KiB a second
    KibibyteUnit unit{};
};
struct HostTopology {
    std::vector<HostCell> cells;
    std::vector<CellLatency> latencies;
    std::vector<CellBandwidth> bandwidths;
};

/// What resctrl can allocate of a cache bank: in steps of `granularity`, at least `min`, to at most
/// `max_allocs` groups.
struct CacheControl {
    std::uint64_t granularity = 0;
    std::optional<std::uint64_t> min;
    SizeUnit unit{}; ///< of both
    CacheContent type{};
    std::uint32_t max_allocs = 0;
};
struct CacheBank {
    std::uint32_t id = 0, level = 0;
    CacheContent type{};
    ScaledSize size;
    CpuSet cpus;
    std::vector<CacheControl> controls;
};
struct ResourceMonitor {
    std::optional<std::uint32_t> level;
    std::optional<std::uint32_t> reuse_threshold; ///< bytes
    std::uint32_t max_monitors = 0;
    std::vector<CapabilityName> features;
};
struct HostCaches {
    std::vector<CacheBank> banks;
    std::optional<ResourceMonitor> monitor;
};
/// Memory bandwidth in per cent of the whole.
struct BandwidthControl {
    std::uint32_t granularity = 0;
    std::optional<std::uint32_t> min;
    std::uint32_t max_allocs = 0;
};
struct BandwidthNode {
    std::uint32_t id = 0;
    CpuSet cpus;
    std::vector<BandwidthControl> controls;
};
struct HostBandwidth {
    std::vector<BandwidthNode> nodes;
    std::optional<ResourceMonitor> monitor;
};

/// The label guests of a domain type get by default.
struct SecurityBaseLabel {
    std::string type; ///< "kvm", "qemu"
    std::string label;
};
struct HostSecurityModel {
    std::string model; ///< "none", "dac", "apparmor", "selinux"
    std::string doi;   ///< domain of interpretation; may be empty
    std::vector<SecurityBaseLabel> base_labels;
};

struct HostCapabilities {
    Uuid uuid; ///< null: not written
    HostCpu cpu;
    std::optional<HostPowerManagement> power_management;
    schema::YesNo iommu{};
    std::optional<HostMigration> migration;
    std::optional<HostTopology> topology;
    HostCaches caches;
    HostBandwidth bandwidth;
    std::vector<HostSecurityModel> security;
    schema::Kept rest; ///< of later versions
};
void describe(schema::Io& io, HostCapabilities& host);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::CacheContent> {
    static constexpr std::string_view values[] = {"both", "code", "data"};
};
} // namespace yado::schema
