// SPDX-License-Identifier: Apache-2.0
#include "cli/cpu_lists.h"

#include "cli/failure.h"
#include "model/cpu_set.h"
#include "protocol/node_calls.h"

namespace yado::cli {

unsigned host_cpus(Session& session) {
    return static_cast<unsigned>(session.call(protocol::NodeGetCpuMapArgs{0, 0, 0}).ret);
}

std::vector<std::uint8_t> cpu_map(const std::string& list, unsigned host_cpus) {
    std::vector<std::uint8_t> map((host_cpus + 7) / 8, 0);
    const auto add = [&map](unsigned cpu) {
        map[cpu / 8] = static_cast<std::uint8_t>(map[cpu / 8] | 1U << cpu % 8);
    };
    if (list == "r") {
        for (unsigned cpu = 0; cpu < host_cpus; ++cpu) add(cpu);
        return map;
    }
    const auto set = model::CpuSet::parse(list);
    if (!set) {
        throw Failure({fmt::format("Invalid cpulist '{}'", list),
                       fmt::format("invalid argument: Failed to parse bitmap '{}'", list)});
    }
    for (const std::uint32_t cpu : set->numbers()) {
        if (cpu >= host_cpus) refuse("CPU {} in cpulist '{}' exceed the maxcpu {}", cpu, list, host_cpus);
        add(cpu);
    }
    return map;
}

} // namespace yado::cli
