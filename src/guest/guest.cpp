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

} // namespace yado::guest
