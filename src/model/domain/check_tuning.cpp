// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "model/domain/check_devices.h"
#include "model/domain/check_machine.h"
#include "model/domain/complete_devices.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

void check_block_tuning(const BlockTuning& tuning, Diagnostics& out) {
    std::set<std::string_view> seen;
    for (const BlockDeviceTuning& device : tuning.devices) {
        if (!device.path.empty() && !seen.insert(device.path).second) {
            problem(out, domain_conf, Code::config_unsupported, "/domain/blkiotune/device/path",
                    "duplicate blkio device path '{}'", device.path);
        }
    }
}

struct NumaTuningCheck {
    const Domain& domain;
    const NumaTuning& tuning;
    Diagnostics& out;

    void refuse(Code code, std::string_view part, std::string text) const {
        problem(out, domain_conf, code, fmt::format("/domain/numatune/{}", part), "{}", text);
    }

    void cells() const {
        const std::size_t count = numa_cells(domain);
        const NumaMemory* memory = tuning.memory ? &*tuning.memory : nullptr;
        if (!tuning.cells.empty() && count == 0) {
            refuse(Code::xml_error, "memnode", "Element 'memnode' is invalid without any guest NUMA cells");
            return;
        }
        if (!tuning.cells.empty() && memory != nullptr && memory->placement == NumaPlacement::auto_) {
            refuse(Code::config_unsupported, "memnode",
                   "Per-node binding is not compatible with automatic NUMA placement.");
        }
        std::set<std::uint32_t> seen;
        for (const NumaCellMemory& each : tuning.cells) {
            if (each.cell >= count) {
                refuse(Code::xml_error, "memnode/@cellid",
                       "Argument 'cellid' in memnode element must correspond to existing guest's NUMA cell");
            } else if (!seen.insert(each.cell).second) {
                refuse(Code::xml_error, "memnode/@cellid",
                       fmt::format("Multiple memnode elements with cellid {}", each.cell));
            }
            if (memory != nullptr && memory->mode == NumaMode::restrictive &&
                each.mode != NumaMode::restrictive) {
                refuse(Code::xml_error, "memnode/@mode",
                       "'restrictive' mode is required in memnode element when mode is 'restrictive' in "
                       "memory element");
            }
        }
    }

    void run() const {
        const bool given = tuning.memory && tuning.memory->placement != NumaPlacement::auto_;
        if (given && tuning.memory->nodes.empty()) {
            refuse(Code::config_unsupported, "memory/@nodeset",
                   "nodeset for NUMA memory tuning must be set if 'placement' is 'static'");
        }
        cells();
    }
};

} // namespace

void check_tuning(const Domain& domain, Diagnostics& out) {
    if (domain.block_tuning) { check_block_tuning(*domain.block_tuning, out); }
    if (domain.memory_tuning && domain.memory_tuning->min_guarantee && is_qemu(domain)) {
        problem(out, driver, Code::config_unsupported, "/domain/memtune/min_guarantee",
                "Parameter 'min_guarantee' not supported by QEMU.");
    }
    if (domain.numa_tuning) { NumaTuningCheck{domain, *domain.numa_tuning, out}.run(); }
    constexpr std::size_t longest_app_id = 128;
    if (domain.resources && domain.resources->app_id.size() > longest_app_id) {
        problem(out, domain_conf, Code::invalid_arg, "/domain/resource/fibrechannel/@appid",
                "Fibre Channel 'appid' string length must be between [1, {}]", longest_app_id);
    }
    for (std::size_t i = 1; i < domain.perf_events.size(); ++i) {
        if (domain.perf_events[i].name == domain.perf_events[i - 1].name) {
            problem(out, domain_conf, Code::xml_error, "/domain/perf/event",
                    "perf event '{}' was already specified", schema::word(domain.perf_events[i].name));
        }
    }
    for (std::size_t i = 1; i < domain.key_wraps.size(); ++i) {
        if (domain.key_wraps[i].name == domain.key_wraps[i - 1].name) {
            problem(out, domain_conf, Code::internal_error, "/domain/keywrap/cipher",
                    "A domain definition can have no more than one cipher node with name {}",
                    schema::word(domain.key_wraps[i].name));
        }
    }
    if (domain.user_ids.empty() != domain.group_ids.empty()) {
        problem(out, domain_conf, Code::config_unsupported, "/domain/idmap",
                "uid and gid should be mapped both");
    }
    if (!domain.bootloader.empty() && is_qemu(domain)) {
        problem(out, driver, Code::config_unsupported, "/domain/bootloader",
                "bootloader is not supported by QEMU");
    }
    if (domain.cpu_tuning) { check_cpu_tuning(domain, out); }
}

} // namespace yado::model
