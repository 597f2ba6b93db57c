// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check_devices.h"

#include <algorithm>
#include <bit>
#include <set>

#include "model/domain/complete_devices.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

struct MemoryCheck {
    const Domain& domain;
    const MemoryDevice& memory;
    std::size_t index;
    Diagnostics& out;

    void refuse(ErrorSource source, Code code, std::string_view part, std::string text) const {
        problem(out, source, code, at("memory", index, part), "{}", text);
    }

    void check_node() const {
        const MemoryTarget& target = memory.target;
        const std::size_t cells = numa_cells(domain);
        const bool needs_node = memory.is_dimm() || memory.model == MemoryModel::virtio_mem;
        if (memory.model == MemoryModel::virtio_pmem && target.node) {
            refuse(domain_conf, Code::config_unsupported, "/target/node",
                   "virtio-pmem does not support NUMA nodes");
        } else if (needs_node && !target.node && is_qemu(domain)) {
            refuse(driver, Code::config_unsupported, "/target",
                   "target NUMA node needs to be specified for memory device");
        } else if (target.node && cells == 0) {
            refuse(domain_conf, Code::xml_detail, "/target/node",
                   "can't add memory backend as guest has no NUMA nodes configured");
        } else if (target.node && *target.node >= cells) {
            refuse(domain_conf, Code::xml_detail, "/target/node",
                   fmt::format("can't add memory backend for guest node '{}' as the guest has only '{}' NUMA "
                               "nodes configured",
                               *target.node, cells));
        }
    }

    void check_nvdimm() const {
        const MemoryTarget& target = memory.target;
        constexpr std::uint64_t smallest_label_kib = 128;
        if (target.label_kib && *target.label_kib < smallest_label_kib) {
            refuse(domain_conf, Code::xml_error, "/target/label/size",
                   "nvdimm label must be at least 128KiB");
        } else if (target.label_kib && *target.label_kib >= target.size_kib) {
            refuse(domain_conf, Code::xml_error, "/target/label/size",
                   "label size must be smaller than NVDIMM size");
        }
        if (memory.discard == schema::YesNo::yes) {
            refuse(domain_conf, Code::config_unsupported, "/@discard",
                   "discard is not supported for nvdimms");
        }
        if (!memory.uuid.is_null() && !domain.os.type.arch.starts_with("ppc64")) {
            refuse(domain_conf, Code::config_unsupported, "/uuid", "UUID is not supported for NVDIMM device");
        }
    }

    void check_virtio_mem() const {
        const MemoryTarget& target = memory.target;
        const std::uint64_t block = target.block_kib.value_or(0);
        constexpr std::uint64_t smallest_block_kib = 2048;
        if (!std::has_single_bit(block)) {
            refuse(domain_conf, Code::xml_detail, "/target/block", "block size must be a power of two");
            return;
        }
        if (block < smallest_block_kib) {
            refuse(domain_conf, Code::xml_detail, "/target/block",
                   fmt::format("block size too small, must be at least {}KiB", smallest_block_kib));
            return;
        }
        if (target.requested_kib.value_or(0) > target.size_kib) {
            refuse(domain_conf, Code::xml_detail, "/target/requested",
                   fmt::format("requested size must be smaller than or equal to @size ({}KiB)",
                               target.size_kib));
        } else if (target.requested_kib.value_or(0) % block != 0) {
            refuse(domain_conf, Code::xml_detail, "/target/requested",
                   "requested size must be an integer multiple of block size");
        }
    }

    void check_address() const {
        const auto& address = memory.info.address;
        if (!is_qemu(domain) || std::holds_alternative<std::monostate>(address)) { return; }
        if (memory.is_dimm() && !std::holds_alternative<DimmAddress>(address)) {
            refuse(driver, Code::config_unsupported, "/address",
                   fmt::format("only 'dimm' addresses are supported for the {} device",
                               memory.model == MemoryModel::dimm ? "pc-dimm" : "nvdimm"));
        } else if (memory.is_virtio() && memory.info.pci() == nullptr) {
            refuse(driver, Code::config_unsupported, "/address",
                   fmt::format("only 'pci' addresses are supported for the {} device",
                               schema::word(memory.model)));
        }
    }

    void run() const {
        const bool from_file =
            memory.model == MemoryModel::nvdimm || memory.model == MemoryModel::virtio_pmem;
        if (from_file && (!memory.source || memory.source->path.empty())) {
            refuse(domain_conf, Code::xml_detail, "/source",
                   fmt::format("path is required for model '{}'", schema::word(memory.model)));
        }
        check_node();
        if (memory.model == MemoryModel::nvdimm) { check_nvdimm(); }
        if (memory.model == MemoryModel::virtio_mem) { check_virtio_mem(); }
        check_address();
    }
};

/// What must be there for any memory to be plugged in.
void check_hotplug(const Domain& domain, Diagnostics& out) {
    const std::vector<MemoryDevice>& memories = domain.devices.memories;
    const auto refuse = [&](std::string text) {
        problem(out, driver, Code::config_unsupported, "/domain/devices/memory", "{}", text);
    };
    const std::uint32_t slots = domain.max_memory ? domain.max_memory->slots : 0;
    if (slots == 0) {
        refuse("cannot use/hotplug a memory device when domain 'maxMemory' is not defined");
        return;
    }
    if (numa_cells(domain) == 0) {
        refuse("At least one numa node has to be configured when enabling memory hotplug");
    }
    if (memories.size() > slots) {
        refuse(fmt::format("memory device count '{}' exceeds slots count '{}'", memories.size(), slots));
    }
    std::set<std::uint64_t> bases;
    for (const MemoryDevice& memory : memories) {
        const auto* dimm = std::get_if<DimmAddress>(&memory.info.address);
        if (dimm != nullptr && dimm->base && !bases.insert(*dimm->base).second) {
            refuse(fmt::format("memory device base '{:#x}' is already being used by another memory device",
                               *dimm->base));
        }
    }
}

} // namespace

void check_memories(const Domain& domain, Diagnostics& out) {
    const std::vector<MemoryDevice>& memories = domain.devices.memories;
    if (!memories.empty() && is_qemu(domain)) { check_hotplug(domain, out); }
    for (std::size_t i = 0; i < memories.size(); ++i) { MemoryCheck{domain, memories[i], i, out}.run(); }
}

} // namespace yado::model
