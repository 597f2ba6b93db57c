// SPDX-License-Identifier: Apache-2.0
#include "guest/status.h"

namespace yado::guest {

model::DomainStatus status_of(const Guest& guest) {
    const Live& live = *guest.live;
    model::DomainStatus status;
    status.state = state_word(guest.condition.state);
    status.reason = reason_word(guest.condition);
    status.reboot_at_shutdown = live.reboot_at_shutdown;
    for (const Taint taint : live.warnings.taints) status.taints.push_back({std::string(word_of(taint))});
    for (const std::string& what : live.warnings.deprecated) status.deprecations.push_back({what});
    status.domain = live.domain;
    status.domain.id = guest.id;
    if (live.machine) live.machine->describe_status(status);
    status.block_jobs = to_status(live.block_jobs, live.domain);
    return status;
}

Warnings warnings_of(const model::DomainStatus& status) {
    Warnings warnings;
    for (const model::StatusTaint& taint : status.taints) {
        if (const auto known = taint_of(taint.flag)) warnings.taints.insert(*known);
    }
    for (const model::StatusDeprecation& each : status.deprecations) warnings.deprecated.push_back(each.what);
    return warnings;
}

std::string status_text(const Guest& guest) { return model::write_status(status_of(guest)); }

} // namespace yado::guest
