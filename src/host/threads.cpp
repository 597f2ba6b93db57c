// SPDX-License-Identifier: Apache-2.0
#include "host/threads.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "host/cpu_list.h"

#include <cerrno>
#include <sched.h>

namespace yado::host {
namespace {

constexpr std::size_t proc_limit = 64 << 10;
constexpr std::size_t most_cpus = 16384; // libvirt's limit
constexpr std::size_t most_threads = 65536;

std::string proc_file(const std::string& path) {
    try {
        return read_file_if_exists(path, proc_limit).value_or("");
    } catch (const Error&) {
        return {}; // it ended between opening and reading
    }
}

/// "wait_sum : 12.345678" in milliseconds, with a prefix in older kernels; only where the kernel counts it.
std::uint64_t wait_in(const std::string& text) {
    for (const std::string_view line : split(text, '\n')) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !trim(line.substr(0, colon)).ends_with("wait_sum")) continue;
        const auto parts = split(trim(line.substr(colon + 1)), '.');
        std::uint64_t ns = parse_number<std::uint64_t>(parts[0]).value_or(0) * 1'000'000;
        if (parts.size() == 2) ns += parse_number<std::uint64_t>(parts[1]).value_or(0); // six digits
        return ns;
    }
    return 0;
}

/// A set as large as any host's.
class Mask {
  public:
    Mask() : set_(CPU_ALLOC(most_cpus)) { CPU_ZERO_S(size(), set_); }
    Mask(const Mask&) = delete;
    Mask& operator=(const Mask&) = delete;
    ~Mask() { CPU_FREE(set_); }
    static std::size_t size() { return CPU_ALLOC_SIZE(most_cpus); }
    cpu_set_t* get() { return set_; }
    void add(unsigned cpu) {
        if (cpu < most_cpus) CPU_SET_S(cpu, size(), set_);
    }
    bool has(unsigned cpu) { return CPU_ISSET_S(cpu, size(), set_) != 0; }

  private:
    cpu_set_t* set_;
};

class LinuxThreads : public Threads {
  public:
    std::vector<pid_t> of(pid_t process) const override {
        std::vector<pid_t> threads;
        std::vector<DirectoryEntry> entries;
        try {
            entries = list_directory(fmt::format("/proc/{}/task", process), most_threads);
        } catch (const Error&) { return threads; }
        for (const DirectoryEntry& entry : entries)
            if (const auto thread = parse_number<pid_t>(entry.name)) threads.push_back(*thread);
        return threads;
    }

    void set_affinity(pid_t thread, const std::vector<unsigned>& cpus) override {
        Mask mask;
        for (const unsigned cpu : cpus) mask.add(cpu);
        if (::sched_setaffinity(thread, Mask::size(), mask.get()) != 0)
            fail_errno("cannot set CPU affinity on process {}", thread);
    }

    std::vector<unsigned> affinity(pid_t thread) const override {
        Mask mask;
        if (::sched_getaffinity(thread, Mask::size(), mask.get()) != 0)
            fail_errno("cannot get CPU affinity of process {}", thread);
        std::vector<unsigned> cpus;
        for (unsigned cpu = 0; cpu < most_cpus; ++cpu)
            if (mask.has(cpu)) cpus.push_back(cpu);
        return cpus;
    }

    void set_scheduling(pid_t thread, const Scheduling& scheduling) override {
        sched_param parameters{};
        parameters.sched_priority = scheduling.priority;
        if (::sched_setscheduler(thread, scheduling.policy, &parameters) != 0)
            fail_errno("Cannot set scheduler parameters for pid {}", thread);
    }

    std::vector<unsigned> online() const override { return online_cpus(); }

    ThreadTimes times(pid_t process, pid_t thread) const override {
        ThreadTimes times;
        const std::string base = fmt::format("/proc/{}/task/{}", process, thread);
        const std::string schedule = proc_file(base + "/schedstat");
        const auto words = split_words(schedule);
        if (words.size() >= 2) {
            times.run_ns = parse_number<std::uint64_t>(words[0]).value_or(0);
            times.delay_ns = parse_number<std::uint64_t>(words[1]).value_or(0);
        }
        times.wait_ns = wait_in(proc_file(base + "/sched"));
        const std::string stat = proc_file(base + "/stat");
        if (const auto end = stat.rfind(") "); end != std::string::npos) { // the name may hold anything
            const auto fields = split_words(std::string_view(stat).substr(end + 2));
            constexpr std::size_t processor = 36; // field 39 of proc(5), counted from the third
            if (fields.size() > processor) times.cpu = parse_number<int>(fields[processor]).value_or(-1);
        }
        return times;
    }
};

} // namespace

std::vector<unsigned> online_cpus() { return parse_cpu_list(proc_file("/sys/devices/system/cpu/online")); }

std::unique_ptr<Threads> make_threads() { return std::make_unique<LinuxThreads>(); }

} // namespace yado::host
