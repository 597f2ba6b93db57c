// SPDX-License-Identifier: Apache-2.0
// Every call the daemon answers, by topic; one function a file of rows. The registry joins them.
#pragma once

#include "daemon/server/registry.h"

#include <span>

namespace yado::daemon {

// The programs remote, qemu and lxc
std::span<const Procedure> auth_procedures();
std::span<const Procedure> connection_procedures();
std::span<const Procedure> event_procedures();
std::span<const Procedure> node_procedures();
std::span<const Procedure> network_procedures();
std::span<const Procedure> secret_procedures();
std::span<const Procedure> storage_procedures();
std::span<const Procedure> agent_procedures();
std::span<const Procedure> saving_procedures();
std::span<const Procedure> changing_procedures();
std::span<const Procedure> block_job_procedures();
std::span<const Procedure> snapshot_procedures();
std::span<const Procedure> processor_procedures();
std::span<const Procedure> tuning_procedures();
std::span<const Procedure> domain_definitions_procedures();
std::span<const Procedure> domain_details_procedures();
std::span<const Procedure> domain_running_procedures();

// The program admin
std::span<const Procedure> admin_procedures();

/// All calls of the daemon's ordinary sockets; and of the administrative one.
const Registry& daemon_registry();
const Registry& admin_registry();

} // namespace yado::daemon
