// SPDX-License-Identifier: Apache-2.0
#include "guest/status.h"

namespace yado::guest {

model::DomainStatus status_of(const Guest& guest) {
    const Live& live = *guest.live;
    model::DomainStatus status;
    status.state = state_word(guest.condition.state);
    status.reason = reason_word(guest.condition);
    status.reboot_at_shutdown = live.reboot_at_shutdown;
    if (live.machine) live.machine->describe_status(status);
    status.domain = live.domain;
    status.domain.id = guest.id;
    return status;
}

std::string status_text(const Guest& guest) { return model::write_status(status_of(guest)); }

} // namespace yado::guest
