// SPDX-License-Identifier: Apache-2.0
// Counting events of the kernel and the processor while a process runs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace yado::host {

class PerfCounters {
  public:
    PerfCounters() = default;
    PerfCounters(const PerfCounters&) = delete;
    PerfCounters& operator=(const PerfCounters&) = delete;
    virtual ~PerfCounters() = default;

    /// Begins to count an event of all these threads and those they start; nothing when it is counted
    /// already. `event` is libvirt's word: "cpu_cycles", "page_faults". Throws argument_unsupported when the
    /// host cannot count it.
    virtual void start(const std::string& event, const std::vector<pid_t>& threads) = 0;
    virtual void stop(const std::string& event) = 0;
    /// Since it was started; 0 when it is not counted.
    virtual std::uint64_t value(const std::string& event) const = 0;
    virtual std::vector<std::string> counted() const = 0;
};

std::unique_ptr<PerfCounters> make_perf_counters();

} // namespace yado::host
