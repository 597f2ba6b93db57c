// SPDX-License-Identifier: Apache-2.0
#include "host/node.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "host/cpu_list.h"

#include <algorithm>
#include <map>
#include <netdb.h>
#include <set>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace yado::host {
namespace {

constexpr std::size_t file_limit = 16 << 20;
constexpr unsigned highest_cpu = 65535;

std::string content(const std::string& path) {
    try {
        return read_file_if_exists(path, file_limit).value_or("");
    } catch (const Error&) { return {}; }
}

/// The number after "name:" (meminfo writes "Node 0 " before it for cells), in KiB.
std::optional<KiB> meminfo_value(std::string_view text, std::string_view name) {
    for (const std::string_view line : split(text, '\n')) {
        const auto words = split_words(line);
        for (std::size_t i = 0; i + 1 < words.size() && i < 3; ++i) {
            if (words[i].size() != name.size() + 1 || !words[i].starts_with(name) || words[i].back() != ':')
                continue;
            if (const auto value = parse_number<std::uint64_t>(words[i + 1])) return KiB{*value};
        }
    }
    return std::nullopt;
}

unsigned cpu_mhz(const std::string& root) {
    const std::string text = content(root + "/proc/cpuinfo");
    for (const std::string_view line : split(text, '\n')) {
        if (!line.starts_with("cpu MHz")) continue;
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) break;
        const std::string_view number = trim(line.substr(colon + 1));
        if (const auto mhz = parse_number<unsigned>(number.substr(0, number.find('.')))) return *mhz;
    }
    const std::string path = root + "/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq";
    return parse_number<unsigned>(trim(content(path))).value_or(0) / 1000; // the file is in kHz
}

bool usable_uuid(const Uuid& uuid) {
    // Firmware that was never given one says all zeros or all ones.
    return std::ranges::any_of(uuid.bytes, [&](std::uint8_t byte) { return byte != uuid.bytes.front(); });
}

} // namespace

std::vector<unsigned> parse_cpu_list(std::string_view text) {
    std::vector<unsigned> numbers;
    for (const std::string_view part : split(trim(text), ',')) {
        const auto dash = part.find('-');
        const auto first = parse_number<unsigned>(part.substr(0, dash), 10, 0u, highest_cpu);
        const auto last = dash == std::string_view::npos
                              ? first
                              : parse_number<unsigned>(part.substr(dash + 1), 10, 0u, highest_cpu);
        if (!first || !last) return numbers;
        for (unsigned number = *first; number <= *last; ++number) numbers.push_back(number);
    }
    return numbers;
}

Node::Node(std::string root) : root_(std::move(root)) {}

NodeInfo Node::info() const {
    NodeInfo info;
    utsname names{};
    if (::uname(&names) == 0) info.model = names.machine;
    const Topology all = topology();
    for (const Cell& cell : all.cells) {
        info.memory.value += cell.memory.value;
        info.cpus += static_cast<unsigned>(cell.cpus.size());
    }
    info.mhz = cpu_mhz(root_);
    const CpuModel model = cpu();
    info.nodes = static_cast<unsigned>(
        std::ranges::count_if(all.cells, [](const Cell& cell) { return !cell.cpus.empty(); }));
    info.sockets = model.sockets;
    info.cores = model.cores * model.dies;
    info.threads = model.threads;

    // A topology that does not multiply to the CPUs (offline ones, asymmetric hosts) would make clients count
    // wrong: libvirt then says one cell and one socket with that many cores.
    const unsigned present = std::max(static_cast<unsigned>(cpu_map().online.size()), info.cpus);
    if (info.nodes * info.sockets * info.cores * info.threads != present) {
        info.nodes = info.sockets = info.threads = 1;
        info.cores = present;
    }
    return info;
}

CpuMap Node::cpu_map() const {
    const std::string base = root_ + "/sys/devices/system/cpu/";
    CpuMap map;
    const auto present = parse_cpu_list(content(base + "present"));
    const auto online = parse_cpu_list(content(base + "online"));
    for (const auto* list : {&present, &online})
        for (const unsigned cpu : *list)
            if (map.online.size() <= cpu) map.online.resize(cpu + 1);
    for (const unsigned cpu : online) map.online[cpu] = true;
    map.online_count = static_cast<unsigned>(std::ranges::count(map.online, true));
    return map;
}

CpuStats Node::cpu_stats(int cpu) const {
    if (cpu < -1) fail(Code::invalid_arg, "cpuNum in virNodeGetCPUStats only accepts -1 as a negative value");
    const std::string wanted = cpu == -1 ? "cpu" : fmt::format("cpu{}", cpu);
    const std::uint64_t tick =
        1'000'000'000 / static_cast<std::uint64_t>(std::max(::sysconf(_SC_CLK_TCK), 1L));
    const std::string text = content(root_ + "/proc/stat");
    for (const std::string_view line : split(text, '\n')) {
        if (!line.starts_with("cpu")) break; // they come first
        const auto words = split_words(line);
        if (words.empty() || words[0] != wanted) continue;
        const auto field = [&](std::size_t index) {
            return words.size() > index ? parse_number<std::uint64_t>(words[index]).value_or(0) * tick : 0;
        };
        // user nice system idle iowait irq softirq
        return {.kernel = field(3) + field(6) + field(7),
                .user = field(1) + field(2),
                .idle = field(4),
                .iowait = field(5)};
    }
    Error refusal(Code::invalid_arg, "Invalid cpuNum in virHostCPUGetStatsLinux");
    refusal.set_message(refusal.detail()); // libvirt refuses arguments without its usual prefix
    throw refusal;
}

MemoryStats Node::memory_stats(int cell) const {
    if (cell < -1)
        fail(Code::invalid_arg, "cellNum in virNodeGetMemoryStats only accepts -1 as a negative value");
    std::string path = root_ + "/proc/meminfo";
    if (cell >= 0) {
        const auto nodes = parse_cpu_list(content(root_ + "/sys/devices/system/node/online"));
        const auto number = static_cast<unsigned>(cell);
        const unsigned highest = nodes.empty() ? 0 : std::ranges::max(nodes);
        if (number > highest)
            fail(Code::invalid_arg, "cellNum in virHostMemGetStats must be less than or equal to {}",
                 highest);
        if (!nodes.empty()) path = fmt::format("{}/sys/devices/system/node/node{}/meminfo", root_, cell);
    }
    const std::string text = content(path);
    MemoryStats stats;
    stats.total = meminfo_value(text, "MemTotal").value_or(KiB());
    stats.free = meminfo_value(text, "MemFree").value_or(KiB());
    if (cell < 0) {
        stats.buffers = meminfo_value(text, "Buffers").value_or(KiB());
        stats.cached = meminfo_value(text, "Cached").value_or(KiB());
    }
    return stats;
}

KiB Node::free_memory() const {
    KiB sum;
    for (const Cell& cell : topology().cells) sum.value += cell.free.value;
    return sum;
}

std::vector<KiB> Node::cells_free_memory(unsigned first, unsigned count) const {
    const auto cells = topology().cells;
    const unsigned highest = cells.back().id;
    if (first > highest) fail(Code::internal_error, "start cell {} out of range (0-{})", first, highest);
    std::vector<KiB> free;
    for (const Cell& cell : cells)
        if (cell.id >= first && free.size() < count) free.push_back(cell.free);
    return free;
}

std::vector<PagePool> Node::free_pages(unsigned cell) const {
    const auto cells = topology().cells;
    const auto found = std::ranges::find(cells, cell, &Cell::id);
    if (found == cells.end())
        fail(Code::internal_error, "start cell {} out of range (0-{})", cell, cells.back().id);
    return found->pages;
}

std::vector<std::string> Node::power_management() const {
    const std::string state = content(root_ + "/sys/power/state");
    const std::string disk = content(root_ + "/sys/power/disk");
    const auto states = split_words(state);
    const auto disks = split_words(disk);
    const bool memory = std::ranges::count(states, "mem") > 0;
    const bool to_disk = std::ranges::count(states, "disk") > 0 && !disks.empty();
    const bool hybrid =
        std::ranges::count(disks, "suspend") > 0 || std::ranges::count(disks, "[suspend]") > 0;
    std::vector<std::string> ways;
    if (memory) ways.emplace_back("suspend_mem");
    if (to_disk) ways.emplace_back("suspend_disk");
    if (memory && to_disk && hybrid) ways.emplace_back("suspend_hybrid");
    return ways;
}

bool Node::has_iommu() const { return !list_directory(root_ + "/sys/kernel/iommu_groups").empty(); }

std::string Node::boot_id() const {
    return std::string(trim(content(root_ + "/proc/sys/kernel/random/boot_id")));
}

std::string host_name() {
    utsname names{};
    if (::uname(&names) < 0) fail_errno("failed to determine host name");
    const std::string own = names.nodename;
    if (own.starts_with("localhost") || own.find('.') != std::string::npos) return own;
    addrinfo hints{};
    hints.ai_flags = AI_CANONNAME;
    hints.ai_family = AF_UNSPEC;
    addrinfo* found = nullptr;
    if (::getaddrinfo(own.c_str(), nullptr, &hints, &found) != 0)
        return own; // a host may be unknown to the resolver
    const std::string canonical = found && found->ai_canonname ? found->ai_canonname : own;
    ::freeaddrinfo(found);
    // Hosts that map their name to the loopback address say nothing useful.
    return canonical.starts_with("localhost") ? own : canonical;
}

Uuid host_uuid(const std::optional<Uuid>& configured, const std::string& source, const std::string& root) {
    if (configured) return *configured;
    const std::string path = source == "machine-id" ? "/etc/machine-id" : "/sys/class/dmi/id/product_uuid";
    if (const auto uuid = Uuid::parse(content(root + path)); uuid && usable_uuid(*uuid)) return *uuid;
    return Uuid::random();
}

} // namespace yado::host
