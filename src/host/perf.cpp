// SPDX-License-Identifier: Apache-2.0
#include "host/perf.h"

#include "base/error.h"
#include "base/unique_fd.h"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <linux/perf_event.h>
#include <map>
#include <sys/syscall.h>
#include <unistd.h>

namespace yado::host {
namespace {

struct Event {
    std::string_view word;
    std::uint32_t type;
    std::uint64_t config;
};
/// libvirt's words. Those of Intel's cache monitoring (cmt, mbmt, mbml) went out of the kernel with
/// Linux 4.14.
constexpr Event events[] = {
    {"cpu_cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
    {"instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
    {"cache_references", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_REFERENCES},
    {"cache_misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES},
    {"branch_instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_INSTRUCTIONS},
    {"branch_misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES},
    {"bus_cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BUS_CYCLES},
    {"stalled_cycles_frontend", PERF_TYPE_HARDWARE, PERF_COUNT_HW_STALLED_CYCLES_FRONTEND},
    {"stalled_cycles_backend", PERF_TYPE_HARDWARE, PERF_COUNT_HW_STALLED_CYCLES_BACKEND},
    {"ref_cpu_cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_REF_CPU_CYCLES},
    {"cpu_clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_CLOCK},
    {"task_clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK},
    {"page_faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS},
    {"context_switches", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CONTEXT_SWITCHES},
    {"cpu_migrations", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS},
    {"page_faults_min", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS_MIN},
    {"page_faults_maj", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS_MAJ},
    {"alignment_faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_ALIGNMENT_FAULTS},
    {"emulation_faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_EMULATION_FAULTS},
};

class LinuxPerfCounters : public PerfCounters {
  public:
    void start(const std::string& event, const std::vector<pid_t>& threads) override {
        if (counters_.contains(event)) return;
        const auto row = std::ranges::find(events, event, &Event::word);
        if (row == std::end(events)) refuse(event);
        perf_event_attr attributes{};
        attributes.size = sizeof(attributes);
        attributes.type = row->type;
        attributes.config = row->config;
        attributes.inherit = 1;
        std::vector<UniqueFd> opened;
        for (const pid_t thread : threads) {
            UniqueFd fd(static_cast<int>(::syscall(SYS_perf_event_open, &attributes, thread, -1, -1,
                                                   static_cast<unsigned long>(PERF_FLAG_FD_CLOEXEC))));
            if (fd) opened.push_back(std::move(fd));
            else if (errno != ESRCH) refuse(event); // it has ended meanwhile
        }
        counters_[event] = std::move(opened);
    }

    void stop(const std::string& event) override { counters_.erase(event); }

    std::uint64_t value(const std::string& event) const override {
        const auto found = counters_.find(event);
        if (found == counters_.end()) return 0;
        std::uint64_t sum = 0;
        for (const UniqueFd& fd : found->second) {
            std::uint64_t count = 0;
            if (::read(fd.get(), &count, sizeof(count)) == sizeof(count)) sum += count;
        }
        return sum;
    }

    std::vector<std::string> counted() const override {
        std::vector<std::string> names;
        for (const auto& [name, fds] : counters_) names.push_back(name);
        return names;
    }

  private:
    [[noreturn]] static void refuse(std::string_view event) {
        fail(ErrorSource::perf, Code::argument_unsupported, "unable to enable host cpu perf event for {}",
             event);
    }

    std::map<std::string, std::vector<UniqueFd>> counters_;
};

} // namespace

std::unique_ptr<PerfCounters> make_perf_counters() { return std::make_unique<LinuxPerfCounters>(); }

} // namespace yado::host
