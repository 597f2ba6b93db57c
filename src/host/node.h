// SPDX-License-Identifier: Apache-2.0
// Facts about the host as clients ask for them: CPUs, memory, NUMA cells, caches. All from /proc and /sys
// below a root that tests replace by a recorded tree. Functions read small files and do not block; a missing
// file means "unknown", not an error, unless said.
#pragma once

#include "base/units.h"
#include "base/uuid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace yado::host {

/// What `virsh nodeinfo` prints.
struct NodeInfo {
    std::string model; ///< the machine's architecture, e.g. "x86_64"
    KiB memory;
    unsigned cpus = 0; ///< online
    unsigned mhz = 0;
    unsigned nodes = 1;   ///< NUMA cells
    unsigned sockets = 1; ///< per cell
    unsigned cores = 1;   ///< per socket
    unsigned threads = 1; ///< per core
};

struct CpuMap {
    std::vector<bool> online; ///< by CPU number, one for every CPU present
    unsigned online_count = 0;
};

/// Nanoseconds since boot.
struct CpuStats {
    std::uint64_t kernel = 0;
    std::uint64_t user = 0;
    std::uint64_t idle = 0;
    std::uint64_t iowait = 0;
};

struct MemoryStats {
    KiB total;
    KiB free;
    std::optional<KiB> buffers; ///< of the whole host only, as are the cached
    std::optional<KiB> cached;
};

struct PagePool {
    KiB size;
    std::uint64_t total = 0; ///< pages
    std::uint64_t free = 0;
};

struct HostCpu {
    unsigned id = 0;
    unsigned socket = 0;
    unsigned die = 0;
    unsigned core = 0;
    std::vector<unsigned> siblings; ///< threads of the same core, itself included
};

struct Cell {
    unsigned id = 0;
    KiB memory;
    KiB free;
    std::vector<PagePool> pages;                          ///< the base page size first
    std::vector<std::pair<unsigned, unsigned>> distances; ///< cell, distance
    std::vector<HostCpu> cpus;                            ///< online ones
};

struct CacheBank {
    unsigned id = 0;
    unsigned level = 0;
    std::string type; ///< "both", "code", "data"
    KiB size;
    std::vector<unsigned> cpus;
};

struct Topology {
    std::vector<Cell> cells; ///< at least one
    std::vector<CacheBank> caches;
};

struct CpuModel {
    std::string vendor; ///< as the CPU says: "GenuineIntel", "AuthenticAMD"
    std::string name;
    unsigned family = 0;
    unsigned model = 0;
    unsigned stepping = 0;
    std::uint64_t microcode = 0;
    unsigned physical_bits = 0;
    std::vector<std::string> flags; ///< the kernel's names
    /// Of the whole host, for <topology>; sockets counts one cell's.
    unsigned sockets = 1;
    unsigned dies = 1;
    unsigned cores = 1;
    unsigned threads = 1;
};

class Node {
  public:
    /// `root` goes before "/proc" and "/sys"; empty for the real ones.
    explicit Node(std::string root = {});

    NodeInfo info() const;
    CpuMap cpu_map() const;
    /// `cpu` -1 for all together. Throws invalid_arg for a CPU that is not there.
    CpuStats cpu_stats(int cpu = -1) const;
    /// `cell` -1 for the whole host. Throws invalid_arg for a cell that is not there.
    MemoryStats memory_stats(int cell = -1) const;
    /// Of all cells together.
    KiB free_memory() const;
    /// `count` cells from `first`; fewer at the end. Throws internal_error in libvirt's words when `first` is
    /// no cell.
    std::vector<KiB> cells_free_memory(unsigned first, unsigned count) const;
    std::vector<PagePool> free_pages(unsigned cell) const;
    Topology topology() const;
    CpuModel cpu() const;
    /// Which ways the host can sleep: "suspend_mem", "suspend_disk", "suspend_hybrid".
    std::vector<std::string> power_management() const;
    bool has_iommu() const;
    /// "boot id" of this run of the kernel; tells state of before a reboot from state of now.
    std::string boot_id() const;

  private:
    std::string root_;
};

/// The host's own name, made fully qualified where the resolver knows more. May block on the resolver.
std::string host_name();

/// What identifies the host for migration: from the configuration's `host_uuid`, else from `source` ("smbios"
/// or "machine-id"), else random for this run, as libvirt does.
Uuid host_uuid(const std::optional<Uuid>& configured, const std::string& source,
               const std::string& root = {});

} // namespace yado::host
