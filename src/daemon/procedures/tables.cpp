// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"

#include "protocol/programs.h"

#include <array>

namespace yado::daemon {

const Registry& daemon_registry() {
    static constexpr std::array programs{protocol::program::remote, protocol::program::qemu,
                                         protocol::program::lxc};
    static const Registry registry(programs, {
                                                 auth_procedures(),
                                                 connection_procedures(),
                                                 event_procedures(),
                                                 node_procedures(),
                                                 network_procedures(),
                                                 secret_procedures(),
                                                 storage_procedures(),
                                                 agent_procedures(),
                                                 saving_procedures(),
                                                 changing_procedures(),
                                                 block_job_procedures(),
                                                 snapshot_procedures(),
                                                 processor_procedures(),
                                                 tuning_procedures(),
                                                 domain_definitions_procedures(),
                                                 domain_details_procedures(),
                                                 domain_running_procedures(),
                                             });
    return registry;
}

const Registry& admin_registry() {
    static constexpr std::array programs{protocol::program::admin};
    static const Registry registry(programs, {admin_procedures()});
    return registry;
}

} // namespace yado::daemon
