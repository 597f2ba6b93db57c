// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/memory_device.h"

#include "hypervisor/qemu/devices/memory_backend.h"

namespace yado::qemu {

namespace json = boost::json;
using model::MemoryModel;

namespace {

/// Guests want memory in pieces of this size: 2 MiB, 256 MiB on POWER.
std::uint64_t size_of(const DeviceContext& context, const model::MemoryDevice& memory) {
    const bool power = context.domain.os.type.arch.starts_with("ppc64");
    const std::uint64_t piece_kib = power ? 256 * 1024 : 2 * 1024;
    return (memory.target.size_kib + piece_kib - 1) / piece_kib * piece_kib * 1024;
}

MemoryWish wish_of(const DeviceContext& context, const model::MemoryDevice& memory) {
    MemoryWish wish;
    wish.id = "mem" + memory.info.alias.name;
    wish.name = memory.info.alias.name;
    wish.bytes = size_of(context, memory);
    if (memory.target.node) wish.cell = static_cast<int>(*memory.target.node);
    wish.access = memory.access;
    wish.discard = memory.discard == schema::YesNo::yes;
    wish.reserve = memory.model != MemoryModel::virtio_mem;
    if (memory.source) {
        wish.path = memory.source->path;
        wish.page_size_kib = memory.source->page_size_kib;
        wish.host_nodes = memory.source->nodes;
        wish.alignment_kib = memory.source->alignment_kib;
        wish.persistent = memory.source->persistent;
        wish.fill = memory.model == MemoryModel::nvdimm && !memory.source->persistent;
    }
    return wish;
}

std::string_view driver_of(MemoryModel model) {
    switch (model) {
    case MemoryModel::dimm: return "pc-dimm";
    case MemoryModel::nvdimm: return "nvdimm";
    case MemoryModel::virtio_pmem: return "virtio-pmem-pci";
    case MemoryModel::virtio_mem: return "virtio-mem-pci";
    case MemoryModel::sgx_epc: break;
    }
    return {};
}

} // namespace

DeviceParts memory_device_parts(const DeviceContext& context, const model::MemoryDevice& memory) {
    DeviceParts parts;
    // Its back end takes memory of the host's SGX device, which no test host has.
    if (memory.model == MemoryModel::sgx_epc) unsupported(context, "memory model 'sgx-epc'");
    if (memory.target.dynamic_slots != schema::YesNo::unset && context.capabilities.version < 8'002'000)
        unsupported(context, "'dynamicMemslots' of a memory device");
    const MemoryWish wish = wish_of(context, memory);
    if (!wish.path.empty()) parts.paths.push_back(wish.path);
    parts.objects.push_back(memory_backend(context, wish));
    json::object device = device_object(context, driver_of(memory.model), {});
    const model::MemoryTarget& target = memory.target;
    if (target.node) device["node"] = *target.node;
    if (target.label_kib) device["label-size"] = *target.label_kib * 1024;
    if (!memory.uuid.is_null()) device["uuid"] = memory.uuid.text();
    if (target.readonly) device["unarmed"] = true;
    if (target.block_kib) device["block-size"] = *target.block_kib * 1024;
    if (target.requested_kib.value_or(0) != 0) device["requested-size"] = *target.requested_kib * 1024;
    if (target.dynamic_slots != schema::YesNo::unset)
        device["dynamic-memslots"] = target.dynamic_slots == schema::YesNo::yes;
    device["memdev"] = wish.id;
    const bool immediate = context.domain.memory_backing &&
                           context.domain.memory_backing->allocation.mode == model::AllocationMode::immediate;
    if (memory.model == MemoryModel::virtio_mem && immediate) device["prealloc"] = true;
    if (target.address) device["memaddr"] = *target.address;
    device["id"] = memory.info.alias.name;
    add_address(device, context, memory.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
