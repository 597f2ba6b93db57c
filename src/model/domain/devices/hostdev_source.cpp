// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/hostdev_source.h"

#include "model/any_base.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, HostUsb& a) {
    io.attribute<AnyBase>("bus", a.bus);
    io.attribute<AnyBase>("device", a.device);
    io.attribute("port", a.port, {.since = "12.0.0"});
}

void describe(Io& io, HostdevDriver& d) {
    io.attribute("name", d.name);
    io.attribute("model", d.model, {.since = "10.0.0"});
    io.attribute("iommufd", d.iommufd, {.since = "12.0.0"});
}

void describe(Io& io, OriginalStates& s) {
    io.flag("unbind", s.unbind);
    io.flag("removeslot", s.remove_slot);
    io.flag("reprobe", s.reprobe);
}

} // namespace yado::model
