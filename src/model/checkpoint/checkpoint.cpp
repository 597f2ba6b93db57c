// SPDX-License-Identifier: Apache-2.0
#include "model/checkpoint/checkpoint.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, CheckpointDisk& d) {
    io.attribute("name", d.name, {.required = true, .key = true});
    io.attribute("checkpoint", d.kind);
    io.attribute("bitmap", d.bitmap);
    io.attribute("size", d.size, {.omit_default = true});
}

void describe(Io& io, Checkpoint& c) {
    io.value("name", c.name);
    io.value("description", c.description);
    io.group("parent", [&] { io.value("name", c.parent); });
    io.value("creationTime", c.creation_time);
    io.group("disks", [&] { io.child("disk", c.disks); });
    io.child("domain", c.domain);
}

} // namespace yado::model
