// SPDX-License-Identifier: Apache-2.0
// What a plan asks of this host: installed firmware, mounts of huge pages, the host's SMBIOS tables. Only
// what a domain needs is looked for.
#pragma once

#include "hypervisor/qemu/plan/plan.h"

#include <string>
#include <vector>

namespace yado::qemu {

/// What was found, to be put into LaunchFacts by add_to().
struct HostFindings {
    std::vector<FirmwareDescriptor> firmware;
    std::vector<HugePageMount> huge_pages;
    std::optional<model::Smbios> smbios;

    void add_to(LaunchFacts& facts) &&;
};

/// Blocks. `root` stands before the paths of the host.
HostFindings look_at_host(const model::Domain& domain, const std::string& root = {});

/// Mounts of hugetlbfs, the one with the host's usual page size first. `mounts` is /proc/mounts, `usual_kib`
/// the size a mount without an own one has.
std::vector<HugePageMount> huge_page_mounts(std::string_view mounts, std::uint64_t usual_kib);

} // namespace yado::qemu
