// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace yado::cli {

std::span<const GroupInfo> groups() {
    static constexpr std::array<GroupInfo, 15> table{{
        {Group::domain, "Domain Management", "domain"},
        {Group::monitor, "Domain Monitoring", "monitor"},
        {Group::events, "Domain Events", "events"},
        {Group::host, "Host and Hypervisor", "host"},
        {Group::checkpoint, "Checkpoint", "checkpoint"},
        {Group::interface, "Interface", "interface"},
        {Group::filter, "Network Filter", "filter"},
        {Group::network, "Networking", "network"},
        {Group::nodedev, "Node Device", "nodedev"},
        {Group::secret, "Secret", "secret"},
        {Group::snapshot, "Snapshot", "snapshot"},
        {Group::backup, "Backup", "backup"},
        {Group::pool, "Storage Pool", "pool"},
        {Group::volume, "Storage Volume", "volume"},
        {Group::self, "Yado itself", "yado"},
    }};
    return table;
}

const std::vector<Command>& commands() {
    static const std::vector<Command> all = [] {
        std::vector<Command> list;
        const auto add = [&list](std::vector<Command> rows) {
            list.insert(list.end(), std::make_move_iterator(rows.begin()),
                        std::make_move_iterator(rows.end()));
        };
        add(lifecycle_commands());
        add(definition_commands());
        add(undefine_commands());
        add(metadata_commands());
        add(resources_commands());
        add(pinning_commands());
        add(tuning_commands());
        add(device_limits_commands());
        add(screen_commands());
        add(display_commands());
        add(guest_commands());
        add(agent_commands());
        add(saving_commands());
        add(block_job_commands());
        add(job_commands());
        add(monitor_commands());
        add(statistics_commands());
        add(device_commands());
        add(disk_commands());
        add(nic_commands());
        add(device_list_commands());
        add(event_commands());
        add(host_commands());
        add(host_statistics_commands());
        add(processor_commands());
        add(network_commands());
        add(network_change_commands());
        add(network_port_commands());
        add(network_check_commands());
        add(secret_commands());
        add(snapshot_create_commands());
        add(snapshot_commands());
        add(pool_commands());
        add(pool_as_commands());
        add(volume_commands());
        add(image_commands());
        add(shell_commands());
        add(doctor_commands());
        return list;
    }();
    return all;
}

const Command* find_command(std::string_view name) {
    const auto found = std::ranges::find(commands(), name, &Command::name);
    if (found == commands().end()) return nullptr;
    return found->alias_of.empty() ? &*found : find_command(found->alias_of);
}

} // namespace yado::cli
