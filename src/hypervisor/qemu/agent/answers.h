// SPDX-License-Identifier: Apache-2.0
// What the guest agent answers, made into values. All of it is the guest's word: counts are bounded, members
// that are missing or of another kind throw internal_error, what is optional may be absent.
#pragma once

#include "guest/agent_port.h"
#include "hypervisor/qemu/machine_state.h"

#include <boost/json/fwd.hpp>

namespace yado::qemu {

std::vector<guest::AgentUser> agent_users(const boost::json::value& answer);
guest::AgentOsInfo agent_os_info(const boost::json::value& answer);
guest::AgentTimezone agent_timezone(const boost::json::value& answer);
std::vector<guest::AgentFilesystem> agent_filesystems(const boost::json::value& answer);
std::vector<guest::AgentDisk> agent_disks(const boost::json::value& answer);
/// The addresses of "eth0:1" are eth0's.
std::vector<guest::AgentInterface> agent_interfaces(const boost::json::value& answer);
std::vector<guest::AgentVcpu> agent_vcpus(const boost::json::value& answer);
std::vector<std::string> agent_ssh_keys(const boost::json::value& answer);
std::int32_t agent_count(const boost::json::value& answer);

} // namespace yado::qemu
