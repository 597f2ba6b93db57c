// SPDX-License-Identifier: Apache-2.0
#include "host/cgroup_limits.h"

#include "base/error.h"
#include "base/text.h"

#include <limits>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace yado::host {
namespace {

constexpr std::uint64_t usual_shares_v1 = 1024, usual_weight_v2 = 100, usual_io_weight_v1 = 500;
/// What v1 shows for "no limit": the largest number that is whole pages.
constexpr std::uint64_t unlimited_v1 = 1ULL << 62U;

std::int64_t limit_in(std::string_view text) {
    const auto number = parse_number<std::uint64_t>(trim(text));
    return !number || *number >= unlimited_v1 ? no_limit : static_cast<std::int64_t>(*number);
}

std::string spelled(std::int64_t limit, std::string_view none) {
    return limit < 0 ? std::string(none) : std::to_string(limit);
}

} // namespace

bool CgroupLimits::has(Controller controller) const {
    if (!v2(controller)) return !group_.directory(controller).empty();
    // A v2 group has the files of the controllers that its parent passes on.
    switch (controller) {
    case Controller::cpu: return read(controller, "cpu.weight").has_value();
    case Controller::cpuset: return read(controller, "cpuset.cpus").has_value();
    case Controller::memory: return read(controller, "memory.max").has_value();
    case Controller::blkio: return read(controller, "io.max") || read(controller, "io.weight");
    default: return true;
    }
}

bool CgroupLimits::v2(Controller controller) const {
    return group_.separate[static_cast<unsigned>(controller)].empty() && !group_.unified.empty();
}

std::string CgroupLimits::file(Controller controller, const char* v1, const char* v2_file) const {
    return v2(controller) ? v2_file : v1;
}

std::optional<std::string> CgroupLimits::read(Controller controller, const std::string& name) const {
    return cgroups_.read(group_, controller, name);
}

void CgroupLimits::write(Controller controller, const std::string& name, const std::string& value) {
    cgroups_.write(group_, controller, name, value);
}

std::optional<std::uint64_t> CgroupLimits::cpu_shares() const {
    const auto text = read(Controller::cpu, file(Controller::cpu, "cpu.shares", "cpu.weight"));
    return text ? parse_number<std::uint64_t>(trim(*text)) : std::nullopt;
}

void CgroupLimits::set_cpu_shares(std::optional<std::uint64_t> shares) {
    const bool unified = v2(Controller::cpu);
    const std::uint64_t least = unified ? 1 : 2, most = unified ? 10000 : 262144;
    const std::uint64_t value = shares.value_or(unified ? usual_weight_v2 : usual_shares_v1);
    if (value < least || value > most) {
        fail(ErrorSource::cgroup, Code::invalid_arg, "shares '{}' must be in range [{}, {}]", value, least,
             most);
    }
    write(Controller::cpu, unified ? "cpu.weight" : "cpu.shares", std::to_string(value));
}

std::optional<CpuTimeLimit> CgroupLimits::cpu_time() const {
    CpuTimeLimit limit;
    if (v2(Controller::cpu)) {
        const auto text = read(Controller::cpu, "cpu.max");
        if (!text) return std::nullopt;
        const auto words = split_words(*text);
        if (words.size() == 2) {
            limit.quota = parse_number<std::int64_t>(words[0]).value_or(no_limit);
            limit.period = parse_number<std::uint64_t>(words[1]).value_or(limit.period);
        }
        return limit;
    }
    const auto period = read(Controller::cpu, "cpu.cfs_period_us");
    const auto quota = read(Controller::cpu, "cpu.cfs_quota_us");
    if (!period || !quota) return std::nullopt;
    limit.period = parse_number<std::uint64_t>(trim(*period)).value_or(limit.period);
    limit.quota = parse_number<std::int64_t>(trim(*quota)).value_or(no_limit);
    return limit;
}

void CgroupLimits::set_cpu_time(const CpuTimeLimit& limit) {
    if (v2(Controller::cpu)) {
        write(Controller::cpu, "cpu.max", fmt::format("{} {}", spelled(limit.quota, "max"), limit.period));
        return;
    }
    const auto before = cpu_time();
    if (!before || before->period != limit.period) {
        // The share that the old quota has of the new period may be more than the group above allows.
        if (before && before->quota >= 0) write(Controller::cpu, "cpu.cfs_quota_us", "-1");
        write(Controller::cpu, "cpu.cfs_period_us", std::to_string(limit.period));
    }
    write(Controller::cpu, "cpu.cfs_quota_us", spelled(limit.quota, "-1"));
}

std::string CgroupLimits::cpus() const {
    return std::string(trim(read(Controller::cpuset, "cpuset.cpus").value_or("")));
}
std::string CgroupLimits::memory_nodes() const {
    return std::string(trim(read(Controller::cpuset, "cpuset.mems").value_or("")));
}
void CgroupLimits::set_cpus(const std::string& list) { set_list("cpuset.cpus", list); }
void CgroupLimits::set_memory_nodes(const std::string& list) { set_list("cpuset.mems", list); }

void CgroupLimits::set_list(const char* name, const std::string& list) {
    std::string value = list;
    if (value.empty() && !v2(Controller::cpuset)) // nothing could run in a group without CPUs
        value = trim(cgroups_.read(parent_, Controller::cpuset, name).value_or(""));
    write(Controller::cpuset, name, value.empty() ? "\n" : value);
}

std::optional<MemoryLimit> CgroupLimits::memory() const {
    const bool unified = v2(Controller::memory);
    const auto hard = read(Controller::memory, unified ? "memory.max" : "memory.limit_in_bytes");
    if (!hard) return std::nullopt;
    MemoryLimit limit{.hard = limit_in(*hard)};
    const auto swap = read(Controller::memory, unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes");
    if (swap) limit.with_swap = limit_in(*swap);
    if (unified && limit.with_swap >= 0)
        limit.with_swap = limit.hard < 0 ? no_limit : limit.with_swap + limit.hard;
    return limit;
}

void CgroupLimits::set_memory(const MemoryLimit& limit) {
    if (v2(Controller::memory)) {
        std::int64_t swap = limit.with_swap; // v2 counts swap space alone
        if (swap >= 0) swap = limit.hard < 0 ? 0 : std::max<std::int64_t>(0, swap - limit.hard);
        write(Controller::memory, "memory.max", spelled(limit.hard, "max"));
        if (read(Controller::memory, "memory.swap.max") || swap >= 0)
            write(Controller::memory, "memory.swap.max", spelled(swap, "max"));
        return;
    }
    const auto write_hard = [&] {
        write(Controller::memory, "memory.limit_in_bytes", spelled(limit.hard, "-1"));
    };
    const auto write_swap = [&] {
        const bool there = read(Controller::memory, "memory.memsw.limit_in_bytes").has_value();
        if (there || limit.with_swap >= 0)
            write(Controller::memory, "memory.memsw.limit_in_bytes", spelled(limit.with_swap, "-1"));
    };
    // Memory alone is never allowed more than memory and swap: the larger end moves first.
    const std::int64_t old_swap = memory().value_or(MemoryLimit()).with_swap;
    const bool grows = limit.with_swap < 0 || (old_swap >= 0 && limit.with_swap >= old_swap);
    if (grows) write_swap();
    write_hard();
    if (!grows) write_swap();
}

std::optional<std::int64_t> CgroupLimits::soft_memory() const {
    const auto text =
        read(Controller::memory, file(Controller::memory, "memory.soft_limit_in_bytes", "memory.high"));
    return text ? std::optional(limit_in(*text)) : std::nullopt;
}

void CgroupLimits::set_soft_memory(std::int64_t bytes) {
    const bool unified = v2(Controller::memory);
    write(Controller::memory, unified ? "memory.high" : "memory.soft_limit_in_bytes",
          spelled(bytes, unified ? "max" : "-1"));
}

/// The scheduler in use decides which of its files there is; BFQ's goes first, as with libvirt.
std::optional<std::string> CgroupLimits::weight_file() const {
    const bool unified = v2(Controller::blkio);
    const char* const names_v1[] = {"blkio.bfq.weight", "blkio.weight"};
    const char* const names_v2[] = {"io.bfq.weight", "io.weight"};
    for (const char* name : unified ? names_v2 : names_v1)
        if (read(Controller::blkio, name)) return name;
    return std::nullopt;
}

std::optional<std::uint64_t> CgroupLimits::io_weight() const {
    const auto name = weight_file();
    if (!name) return std::nullopt;
    const std::string text = read(Controller::blkio, *name).value_or("");
    std::string_view word = trim(text); // "100", or lines of which one is "default 100"
    for (const std::string_view line : split(text, '\n')) {
        const auto words = split_words(line);
        if (words.size() == 2 && words[0] == "default") word = words[1];
    }
    return parse_number<std::uint64_t>(word);
}

void CgroupLimits::set_io_weight(std::optional<std::uint64_t> weight) {
    const std::string name = weight_file().value_or(v2(Controller::blkio) ? "io.weight" : "blkio.weight");
    const std::uint64_t usual = name == "blkio.weight" ? usual_io_weight_v1 : usual_weight_v2;
    const std::string value = std::to_string(weight.value_or(usual));
    write(Controller::blkio, name, name == "io.weight" ? "default " + value : value);
}

void CgroupLimits::set_device_weight(const std::string& device, std::uint64_t weight) {
    const bool unified = v2(Controller::blkio);
    std::string name = unified ? "io.weight" : "blkio.weight_device";
    if (!read(Controller::blkio, name)) {
        if (weight == 0) return; // nothing can have been set
        fail(ErrorSource::cgroup, Code::operation_invalid,
             "blkio device weight is valid only for cfq scheduler");
    }
    const std::string value = weight == 0 && unified ? "default" : std::to_string(weight);
    write(Controller::blkio, name, fmt::format("{} {}", device, value));
}

void CgroupLimits::set_device_rate(const std::string& device, DeviceRate rate, std::uint64_t value) {
    if (v2(Controller::blkio)) {
        constexpr const char* keys[] = {"rbps", "wbps", "riops", "wiops"};
        const std::string number = value == 0 ? "max" : std::to_string(value);
        write(Controller::blkio, "io.max",
              fmt::format("{} {}={}", device, keys[static_cast<std::size_t>(rate)], number));
        return;
    }
    constexpr const char* files[] = {"blkio.throttle.read_bps_device", "blkio.throttle.write_bps_device",
                                     "blkio.throttle.read_iops_device", "blkio.throttle.write_iops_device"};
    write(Controller::blkio, files[static_cast<std::size_t>(rate)], fmt::format("{} {}", device, value));
}

std::string block_device_number(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) fail_errno("Path '{}' is not accessible", path);
    if (!S_ISBLK(status.st_mode))
        fail(ErrorSource::cgroup, Code::invalid_arg, "Path '{}' must be a block device", path);
    return fmt::format("{}:{}", major(status.st_rdev), minor(status.st_rdev));
}

} // namespace yado::host
