// SPDX-License-Identifier: Apache-2.0
// <capabilities> of the QEMU hypervisor: the host, and one <guest> for every architecture there is a QEMU
// for. Facts are gathered first; the document is a function of them.
#pragma once

#include "base/async/loop.h"
#include "base/uuid.h"
#include "host/kvm.h"
#include "host/node.h"
#include "host/processes.h"
#include "hypervisor/qemu/capabilities/cache.h"
#include "model/capabilities/capabilities.h"

#include <optional>
#include <string>
#include <vector>

namespace yado::qemu {

struct HostFacts {
    Uuid uuid;
    std::string arch; ///< libvirt's name: "x86_64"
    host::CpuModel cpu;
    host::Topology topology;
    std::vector<std::string> power_management; ///< "suspend_mem", "suspend_disk", "suspend_hybrid"
    bool iommu = false;
    host::KvmVerdict kvm;
    std::optional<host::Credentials> run_as; ///< whom guests run as; ours when unset
};

/// What can be read from `node`: all but uuid, kvm and run_as.
HostFacts host_facts(const host::Node& node);

/// A program for guests of `arch`, which may be another one than its own: qemu-system-x86_64 runs i686 guests
/// too.
struct GuestProgram {
    std::string arch;
    CapabilityCache::Pointer capabilities;
};

/// What `binaries` can do, asked of as many at a time as there are CPUs; in their order. Where there is no
/// program for i686, the one for x86_64 stands in. A binary that does not answer is logged and left out.
/// `loop` and `cache` must outlive the task.
Task<std::vector<GuestProgram>> guest_programs(Loop& loop, CapabilityCache& cache,
                                               std::vector<FoundBinary> binaries);

/// Whether KVM on a host of `host_arch` runs guests of `guest_arch`.
bool kvm_serves(std::string_view host_arch, std::string_view guest_arch);

/// Offers domain type 'kvm' only where facts.kvm says that it works.
model::Capabilities host_document(const HostFacts& facts, const std::vector<GuestProgram>& programs);

} // namespace yado::qemu
