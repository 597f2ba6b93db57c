// SPDX-License-Identifier: Apache-2.0
#include "model/nodedev/device.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, NodeCapability& c) { io.choice("type", c.kind, required); }

void describe(Io& io, DeviceNode& n) {
    io.attribute("type", n.type, required);
    io.text(n.path);
}

void describe(Io& io, NodeParent& p) {
    io.attribute("wwnn", p.wwnn);
    io.attribute("wwpn", p.wwpn);
    io.attribute("fabric_wwn", p.fabric_wwn);
    io.text(p.name);
}

void describe(Io& io, NodeDevice& d) {
    io.value("name", d.name);
    io.value("path", d.path);
    io.child("devnode", d.nodes);
    io.child("parent", d.parent);
    io.group("driver", [&] { io.value("name", d.driver); });
    io.child("capability", d.capabilities);
}

} // namespace yado::model
