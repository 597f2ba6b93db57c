// SPDX-License-Identifier: Apache-2.0
// <memory> of <devices>: memory that can be plugged in, or that keeps its content.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/uuid.h"
#include "model/cpu_set.h"
#include "model/domain/device.h"
#include "model/domain/memory_backing.h"

namespace yado::model {

enum class MemoryModel : std::uint8_t { dimm, nvdimm, virtio_pmem, virtio_mem, sgx_epc };

/// Where the memory comes from: pages of the host, or a file.
struct MemorySource {
    std::string path;
    CpuSet nodes;                               ///< NUMA nodes of the host
    std::optional<std::uint64_t> page_size_kib; ///< huge pages of this size
    std::optional<std::uint64_t> alignment_kib;
    bool persistent = false; ///< <pmem/>: the file is on persistent memory
};
struct MemoryTarget {
    schema::YesNo dynamic_slots{}; ///< of virtio-mem
    std::uint64_t size_kib = 0;
    std::optional<std::uint32_t> node;      ///< NUMA node of the guest
    std::optional<std::uint64_t> label_kib; ///< of nvdimm: size of the label area
    bool readonly = false;
    std::optional<std::uint64_t> block_kib;     ///< of virtio-mem: what is plugged at once
    std::optional<std::uint64_t> requested_kib; ///< of virtio-mem: how much the guest should use
    std::optional<std::uint64_t> current_kib;   ///< of virtio-mem: how much it uses
    std::optional<std::uint64_t> address;       ///< where it is in the guest's memory
};

struct MemoryDevice {
    MemoryModel model{};
    MemoryAccess access{};
    schema::YesNo discard{};
    Uuid uuid; ///< tells nvdimms of ppc64 apart
    schema::Rare<MemorySource> source;
    MemoryTarget target;
    DeviceInfo info;

    bool is_dimm() const { return model == MemoryModel::dimm || model == MemoryModel::nvdimm; }
    bool is_virtio() const { return model == MemoryModel::virtio_pmem || model == MemoryModel::virtio_mem; }
};
void describe(schema::Io& io, MemoryDevice& memory);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::MemoryModel> {
    static constexpr std::string_view values[] = {"dimm", "nvdimm", "virtio-pmem", "virtio-mem", "sgx-epc"};
};
} // namespace yado::schema
