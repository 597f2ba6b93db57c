// SPDX-License-Identifier: Apache-2.0
// The part of Node that walks /sys/devices/system: memory cells, CPUs, caches, and what kind of CPU they are.
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "host/cpu_list.h"
#include "host/node.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unistd.h>
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

namespace yado::host {
namespace {

constexpr std::size_t file_limit = 16 << 20;
constexpr std::size_t most_entries = 200'000; // a node directory has a link for every memory block

std::string content(const std::string& path) {
    try {
        return read_file_if_exists(path, file_limit).value_or("");
    } catch (const Error&) { return {}; }
}

unsigned number_in(const std::string& path) {
    // "-1" where the firmware does not say counts as 0, as in libvirt.
    return static_cast<unsigned>(
        std::max<std::int64_t>(parse_number<std::int64_t>(trim(content(path))).value_or(0), 0));
}

std::uint64_t size_in(const std::string& path) {
    return parse_number<std::uint64_t>(trim(content(path))).value_or(0);
}

std::uint64_t meminfo(std::string_view text, std::string_view name) {
    for (const std::string_view line : split(text, '\n')) {
        const auto at = line.find(name);
        if (at == std::string_view::npos) continue;
        const auto words = split_words(line.substr(at + name.size()));
        return words.empty() ? 0 : parse_number<std::uint64_t>(words[0]).value_or(0);
    }
    return 0;
}

HostCpu read_cpu(const std::string& base, unsigned id) {
    const std::string topology = fmt::format("{}/cpu/cpu{}/topology/", base, id);
    HostCpu cpu;
    cpu.id = id;
    cpu.socket = number_in(topology + "physical_package_id");
    cpu.die = number_in(topology + "die_id");
    cpu.core = number_in(topology + "core_id");
    cpu.siblings = parse_cpu_list(content(topology + "thread_siblings_list"));
    if (cpu.siblings.empty()) cpu.siblings.push_back(id);
    return cpu;
}

/// "hugepages-2048kB" → 2048.
std::optional<std::uint64_t> page_size_of(std::string_view name) {
    constexpr std::string_view before = "hugepages-";
    constexpr std::string_view after = "kB";
    if (!name.starts_with(before) || !name.ends_with(after)) return std::nullopt;
    return parse_number<std::uint64_t>(
        name.substr(before.size(), name.size() - before.size() - after.size()));
}

void read_pages(Cell& cell, const std::string& directory) {
    std::vector<PagePool> huge;
    std::uint64_t in_huge = 0;
    for (const DirectoryEntry& entry : list_directory(directory, most_entries)) {
        const auto size = page_size_of(entry.name);
        if (!size) continue;
        const std::string pool = directory + "/" + entry.name + "/";
        huge.push_back({{*size}, size_in(pool + "nr_hugepages"), size_in(pool + "free_hugepages")});
        in_huge += huge.back().total * *size;
    }
    std::ranges::sort(huge, {}, &PagePool::size);
    const auto base = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 1024;
    const std::uint64_t rest = cell.memory.value > in_huge ? cell.memory.value - in_huge : 0;
    cell.pages.push_back({{base}, rest / base, cell.free.value / base});
    cell.pages.insert(cell.pages.end(), huge.begin(), huge.end());
}

std::vector<CacheBank> read_caches(const std::string& base, const std::vector<unsigned>& cpus) {
    std::map<std::tuple<unsigned, std::string, unsigned>, CacheBank> banks; // level, type, id
    for (const unsigned cpu : cpus) {
        const std::string directory = fmt::format("{}/cpu/cpu{}/cache", base, cpu);
        for (const DirectoryEntry& entry : list_directory(directory, most_entries)) {
            if (!entry.name.starts_with("index")) continue;
            const std::string index = directory + "/" + entry.name + "/";
            CacheBank bank;
            bank.level = number_in(index + "level");
            const std::string kind = content(index + "type");
            const std::string_view type = trim(kind);
            bank.type = type == "Data" ? "data" : type == "Instruction" ? "code" : "both";
            bank.cpus = parse_cpu_list(content(index + "shared_cpu_list"));
            if (bank.cpus.empty() || bank.level == 0) continue;
            const std::string id = content(index + "id"); // older kernels have none; the first CPU is as good
            bank.id = parse_number<unsigned>(trim(id)).value_or(bank.cpus.front());
            const std::string size = content(index + "size");
            if (!trim(size).empty()) bank.size = to_kib(parse_bytes(size, 1024));
            banks.try_emplace(std::tuple(bank.level, bank.type, bank.id), bank);
        }
    }
    std::vector<CacheBank> out;
    for (auto& [key, bank] : banks) out.push_back(std::move(bank));
    return out;
}

#if defined(__x86_64__) || defined(__i386__)
/// A kernel hides flags that it does without itself and shows what it emulates (a paravirtual one these).
/// libvirt asks the processor, and so do we.
void correct_flags(std::vector<std::string>& flags) {
    struct Bit {
        unsigned leaf;
        unsigned place; ///< of EAX, EBX, ECX, EDX
        unsigned bit;
        std::string_view flag;
    };
    static constexpr Bit bits[] = {
        {1, 3, 12, "mtrr"},
        {1, 2, 21, "x2apic"},
        {1, 2, 24, "tsc_deadline_timer"},
        {7, 1, 0, "fsgsbase"},
        {7, 1, 7, "smep"},
        {7, 1, 20, "smap"},
        {7, 2, 2, "umip"},
        {0x80000001, 2, 5, "abm"},
        {0x80000001, 2, 6, "sse4a"},
        {0x80000001, 2, 22, "topoext"},
        {0x80000001, 3, 26, "pdpe1gb"},
    };
    for (const Bit& each : bits) {
        unsigned words[4] = {};
        if (__get_cpuid_count(each.leaf, 0, &words[0], &words[1], &words[2], &words[3]) == 0) continue;
        const bool there = (words[each.place] >> each.bit & 1) != 0;
        std::erase(flags, each.flag);
        if (there) flags.emplace_back(each.flag);
    }
}
#else
void correct_flags(std::vector<std::string>&) {}
#endif

} // namespace

Topology Node::topology() const {
    const std::string base = root_ + "/sys/devices/system";
    const auto online = parse_cpu_list(content(base + "/cpu/online"));
    const std::set<unsigned> is_online(online.begin(), online.end());
    Topology topology;
    const auto nodes = parse_cpu_list(content(base + "/node/online"));
    for (const unsigned id : nodes) {
        const std::string directory = fmt::format("{}/node/node{}", base, id);
        Cell cell;
        cell.id = id;
        const std::string memory = content(directory + "/meminfo");
        cell.memory.value = meminfo(memory, "MemTotal:");
        cell.free.value = meminfo(memory, "MemFree:");
        read_pages(cell, directory + "/hugepages");
        const std::string distances = content(directory + "/distance");
        const auto words = split_words(distances);
        for (std::size_t i = 0; i < words.size() && i < nodes.size(); ++i)
            cell.distances.emplace_back(nodes[i], parse_number<unsigned>(words[i]).value_or(0));
        for (const unsigned cpu : parse_cpu_list(content(directory + "/cpulist")))
            if (is_online.contains(cpu)) cell.cpus.push_back(read_cpu(base, cpu));
        topology.cells.push_back(std::move(cell));
    }
    if (topology.cells.empty()) { // a kernel without NUMA
        Cell cell;
        const std::string memory = content(root_ + "/proc/meminfo");
        cell.memory.value = meminfo(memory, "MemTotal:");
        cell.free.value = meminfo(memory, "MemFree:");
        read_pages(cell, root_ + "/sys/kernel/mm/hugepages");
        for (const unsigned cpu : online) cell.cpus.push_back(read_cpu(base, cpu));
        topology.cells.push_back(std::move(cell));
    }
    topology.caches = read_caches(base, online);
    return topology;
}

CpuModel Node::cpu() const {
    CpuModel cpu;
    const std::string text = content(root_ + "/proc/cpuinfo");
    for (const std::string_view line : split(text, '\n')) {
        if (trim(line).empty() && !cpu.flags.empty()) break; // the first processor speaks for all
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view key = trim(line.substr(0, colon));
        const std::string_view value = trim(line.substr(colon + 1));
        const auto number = [&] { return parse_number<unsigned>(value).value_or(0); };
        if (key == "vendor_id") cpu.vendor = value;
        else if (key == "model name") cpu.name = value;
        else if (key == "cpu family") cpu.family = number();
        else if (key == "model") cpu.model = number();
        else if (key == "stepping") cpu.stepping = number();
        else if (key == "microcode" && value.starts_with("0x"))
            cpu.microcode = parse_number<std::uint64_t>(value.substr(2), 16).value_or(0);
        else if (key == "address sizes") // "48 bits physical, 48 bits virtual"
            cpu.physical_bits = parse_number<unsigned>(value.substr(0, value.find(' '))).value_or(0);
        else if (key == "flags" || key == "Features")
            for (const std::string_view flag : split_words(value)) cpu.flags.emplace_back(flag);
    }

    if (root_.empty()) correct_flags(cpu.flags);

    // Counts are those of the largest cell, socket and core: hosts are meant to be symmetric.
    const Topology all = topology();
    for (const Cell& cell : all.cells) {
        std::set<unsigned> sockets;
        std::map<unsigned, std::set<unsigned>> dies;
        std::map<std::pair<unsigned, unsigned>, std::set<unsigned>> cores;
        for (const HostCpu& one : cell.cpus) {
            sockets.insert(one.socket);
            dies[one.socket].insert(one.die);
            cores[{one.socket, one.die}].insert(one.core);
            cpu.threads = std::max(cpu.threads, static_cast<unsigned>(one.siblings.size()));
        }
        cpu.sockets = std::max(cpu.sockets, static_cast<unsigned>(sockets.size()));
        for (const auto& [socket, set] : dies)
            cpu.dies = std::max(cpu.dies, static_cast<unsigned>(set.size()));
        for (const auto& [die, set] : cores)
            cpu.cores = std::max(cpu.cores, static_cast<unsigned>(set.size()));
    }
    return cpu;
}

} // namespace yado::host
