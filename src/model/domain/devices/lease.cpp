// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/lease.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, LockspaceLease& l) {
    io.value("lockspace", l.lockspace, {.key = true});
    io.value("key", l.key, {.required = true, .key = true, .missing = "Missing 'key' element for lease"});
    io.group("target",
             [&] {
                 io.attribute(
                     "path", l.path,
                     {.required = true, .missing = "Missing 'path' attribute to 'target' element for lease"});
                 io.attribute("offset", l.offset,
                              {.omit_default = true, .invalid = "Malformed lease target offset {}"});
             },
             {.required = true, .missing = "Missing 'target' element for lease"});
}

} // namespace yado::model
