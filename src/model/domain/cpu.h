// SPDX-License-Identifier: Apache-2.0
// <cpu>: the processor the guest sees.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/domain/guest_numa.h"
#include "schema/io.h"

namespace yado::model {

enum class CpuMode : std::uint8_t { unset, custom, host_model, host_passthrough, maximum };
enum class CpuMatch : std::uint8_t { unset, minimum, exact, strict };
enum class CpuCheck : std::uint8_t { unset, none, partial, full };
enum class CpuFallback : std::uint8_t { unset, allow, forbid };
enum class CpuPolicy : std::uint8_t { unset, force, require, optional, disable, forbid };
enum class CpuCacheMode : std::uint8_t { unset, emulate, passthrough, disable };

struct CpuModel {
    CpuFallback fallback{};
    std::string vendor_id;
    std::string name;
};
struct CpuTopology {
    std::uint32_t sockets = 0;
    std::optional<std::uint32_t> dies;     ///< 1 when not given
    std::optional<std::uint32_t> clusters; ///< 1 when not given
    std::uint32_t cores = 0, threads = 0;
};
struct CpuCache {
    std::optional<std::uint32_t> level;
    CpuCacheMode mode{};
};
struct CpuPhysicalAddress {
    CpuCacheMode mode{};
    std::optional<std::uint32_t> bits, limit;
};
struct CpuFeature {
    CpuPolicy policy{};
    std::string name;
};

struct Cpu {
    CpuMode mode{};
    CpuMatch match{};
    CpuCheck check{};
    schema::OnOff migratable{};
    CpuModel model;
    std::string vendor;
    schema::Rare<CpuTopology> topology;
    schema::Rare<CpuCache> cache;
    schema::Rare<CpuPhysicalAddress> maxphysaddr;
    std::vector<CpuFeature> features;
    schema::Rare<GuestNuma> numa;
};
void describe(schema::Io& io, Cpu& cpu);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::CpuMode> {
    static constexpr std::string_view values[] = {"", "custom", "host-model", "host-passthrough", "maximum"};
};
template <> struct EnumNames<model::CpuMatch> {
    static constexpr std::string_view values[] = {"", "minimum", "exact", "strict"};
};
template <> struct EnumNames<model::CpuCheck> {
    static constexpr std::string_view values[] = {"", "none", "partial", "full"};
};
template <> struct EnumNames<model::CpuFallback> {
    static constexpr std::string_view values[] = {"", "allow", "forbid"};
};
template <> struct EnumNames<model::CpuPolicy> {
    static constexpr std::string_view values[] = {"", "force", "require", "optional", "disable", "forbid"};
};
template <> struct EnumNames<model::CpuCacheMode> {
    static constexpr std::string_view values[] = {"", "emulate", "passthrough", "disable"};
};
} // namespace yado::schema
