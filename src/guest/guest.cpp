// SPDX-License-Identifier: Apache-2.0
#include "guest/guest.h"

#include "base/error.h"

namespace yado::guest {

Live& Guest::require_active() const {
    if (!live) fail(ErrorSource::domain, Code::operation_invalid, "domain is not running");
    return *live;
}

Machine& Guest::require_machine() const {
    const Live& running = require_active();
    if (!running.machine || running.ended)
        fail(ErrorSource::domain, Code::operation_invalid, "domain is not running");
    return *running.machine;
}

const Definition& Guest::require_definition() const {
    if (!definition) {
        fail(ErrorSource::qemu, Code::operation_invalid,
             "transient domains do not have any persistent config");
    }
    return *definition;
}

bool keeps_tpm_state(const model::Domain& domain) {
    return std::ranges::any_of(domain.devices.tpms, [](const model::Tpm& tpm) {
        const auto* emulator = std::get_if<model::TpmEmulator>(&tpm.backend);
        return emulator != nullptr && emulator->persistent_state == schema::YesNo::yes;
    });
}

} // namespace yado::guest
