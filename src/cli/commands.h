// SPDX-License-Identifier: Apache-2.0
// The tables of src/cli/commands/, each in its own file; commands.cpp lists them.
#pragma once

#include "cli/command.h"

#include <vector>

namespace yado::cli {

// Each is the file of its name: monitor_commands() stands in monitor.cpp.
std::vector<Command> lifecycle_commands();
std::vector<Command> definition_commands();
std::vector<Command> undefine_commands();
std::vector<Command> metadata_commands();
std::vector<Command> resources_commands();
std::vector<Command> pinning_commands();
std::vector<Command> tuning_commands();
std::vector<Command> device_limits_commands();
std::vector<Command> screen_commands();
std::vector<Command> display_commands();
std::vector<Command> guest_commands();
std::vector<Command> job_commands();
std::vector<Command> event_commands();
std::vector<Command> monitor_commands();
std::vector<Command> statistics_commands();
std::vector<Command> device_list_commands();
std::vector<Command> host_commands();
std::vector<Command> host_statistics_commands();
std::vector<Command> shell_commands();
std::vector<Command> doctor_commands();
std::vector<Command> processor_commands();
std::vector<Command> network_commands();
std::vector<Command> network_change_commands();
std::vector<Command> network_port_commands();
std::vector<Command> network_check_commands();
std::vector<Command> device_commands();
std::vector<Command> disk_commands();
std::vector<Command> nic_commands();
std::vector<Command> secret_commands();
std::vector<Command> pool_commands();
std::vector<Command> pool_as_commands();
std::vector<Command> volume_commands();
std::vector<Command> image_commands();
std::vector<Command> agent_commands();
std::vector<Command> saving_commands();
std::vector<Command> block_job_commands();
std::vector<Command> snapshot_commands();
std::vector<Command> snapshot_create_commands();

} // namespace yado::cli
