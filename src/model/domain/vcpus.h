// SPDX-License-Identifier: Apache-2.0
// <vcpu> and <vcpus>: how many virtual CPUs there are, and which of them are online.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/cpu_set.h"
#include "schema/io.h"

namespace yado::model {

enum class VcpuPlacement : std::uint8_t { unset, static_, auto_ };

struct Vcpus {
    VcpuPlacement placement{};
    CpuSet cpuset;
    std::optional<std::uint32_t> current; ///< online at start; all when not given
    std::uint32_t maximum = 1;

    std::uint32_t online() const { return current.value_or(maximum); }
};
void describe(schema::Io& io, Vcpus& vcpus);

/// One virtual CPU, where the document tells them apart.
struct Vcpu {
    std::uint32_t id = 0;
    schema::YesNo enabled{}, hotpluggable{};
    std::optional<std::uint32_t> order; ///< in which it is plugged in; 1 is first
};
void describe(schema::Io& io, Vcpu& vcpu);

/// More than this many are refused: QEMU's largest machines have fewer, and a set of CPUs holds no more.
inline constexpr std::uint32_t most_vcpus = CpuSet::limit;

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::VcpuPlacement> {
    static constexpr std::string_view values[] = {"", "static", "auto"};
};
} // namespace yado::schema
