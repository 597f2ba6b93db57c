// SPDX-License-Identifier: Apache-2.0
// Capabilities of QEMU binaries, asked once: kept in memory and, across restarts, in one file a binary. What
// is kept counts only as long as the binary and QEMU's module directories are what they were.
#pragma once

#include "base/async/loop.h"
#include "host/processes.h"
#include "hypervisor/qemu/capabilities/capabilities.h"
#include "hypervisor/qemu/capabilities/probe.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yado::qemu {

/// What tells that a binary may have changed. Times are nanoseconds since 1970.
struct BinaryStamp {
    std::uint64_t size = 0;
    std::int64_t modified = 0;
    std::int64_t changed = 0;
    std::int64_t modules = 0; ///< newest change of a directory of QEMU modules
    std::string kernel;       ///< release of the running kernel; KVM's abilities come from it. Empty for TCG

    friend bool operator==(const BinaryStamp&, const BinaryStamp&) = default;
};

class CapabilityCache {
  public:
    using Pointer = std::shared_ptr<const QemuCapabilities>;
    using Probe = std::function<Task<QemuCapabilities>(std::string binary, Accelerator accelerator)>;

    /// `directory`: where the files are, made when first needed; empty for none. `credentials`: who runs the
    /// binaries.
    CapabilityCache(Loop& loop, host::Processes& processes, std::string directory,
                    std::optional<host::Credentials> credentials = std::nullopt);
    /// With another way to ask, for tests.
    CapabilityCache(Loop& loop, Probe probe, std::string directory);
    ~CapabilityCache();
    CapabilityCache(const CapabilityCache&) = delete;
    CapabilityCache& operator=(const CapabilityCache&) = delete;

    /// Callers that come while a binary is asked wait for the same answer. Throws what probe() throws, and
    /// system_error "Cannot check QEMU binary PATH" when there is no such file. The cache must outlive the
    /// task.
    Task<Pointer> get(std::string binary, Accelerator accelerator = Accelerator::tcg);

    /// What get() last gave, without a look at the binary; null when it has not been asked yet.
    Pointer known(std::string_view binary, Accelerator accelerator = Accelerator::tcg) const;

  private:
    struct Entry;
    Task<Pointer> refresh(std::shared_ptr<Entry> entry);

    Loop& loop_;
    Probe probe_;
    std::string directory_;
    std::map<std::pair<std::string, Accelerator>, std::shared_ptr<Entry>, std::less<>> entries_;
};

struct FoundBinary {
    std::string arch; ///< libvirt's name
    std::string path;

    friend bool operator==(const FoundBinary&, const FoundBinary&) = default;
};

/// The qemu-system-TARGET programs of `directories`, of those with the same name the first, sorted by
/// architecture. Blocks. Targets that libvirt has no name for are left out.
std::vector<FoundBinary> find_binaries(const std::vector<std::string>& directories = {"/usr/local/bin",
                                                                                      "/usr/bin"});

/// The content of a cache file, and back; nothing when `text` is not one of this format, or of another
/// binary, stamp or accelerator.
std::string write_cache_file(const QemuCapabilities& capabilities, const BinaryStamp& stamp);
std::optional<QemuCapabilities> read_cache_file(std::string_view text, std::string_view binary,
                                                Accelerator accelerator, const BinaryStamp& stamp);

} // namespace yado::qemu
