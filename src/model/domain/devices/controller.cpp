// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/controller.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Hex;
using schema::Io;

void describe(Io& io, ControllerDriver& d) {
    io.attribute("queues", d.queues, abi);
    io.attribute("cmd_per_lun", d.commands_per_lun, abi);
    io.attribute("max_sectors", d.max_sectors, abi);
    io.attribute("ioeventfd", d.ioeventfd);
    io.attribute("iothread", d.iothread);
    describe_virtio(io, d.virtio);
    describe_iothread_uses(io, d.iothreads);
}

void describe(Io& io, PciTarget& t) {
    io.attribute("chassisNr", t.chassis_number, abi);
    io.attribute("chassis", t.chassis, abi);
    io.attribute<Hex<1>>("port", t.port, abi);
    io.attribute("busNr", t.bus_number, abi);
    io.attribute("index", t.index, abi);
    io.attribute("hotplug", t.hotplug, abi);
    io.attribute("memReserve", t.memory_reserve, {.guest_abi = true, .since = "10.3.0"});
    io.value("node", t.node, abi);
}

void describe(Io& io, Controller& c) {
    io.attribute("type", c.type, {.guest_abi = true, .key = true});
    io.attribute<schema::NotNegative>("index", c.index, {.guest_abi = true, .key = true});
    io.attribute("model", c.model,
                 {.guest_abi = true, .code = Code::config_unsupported, .invalid = "Unknown model type '{}'"});
    io.attribute<schema::NotNegative>("ports", c.ports, abi);
    io.attribute<schema::NotNegative>("vectors", c.vectors, abi);
    io.attribute("maxGrantFrames", c.max_grant_frames, abi);
    io.attribute("maxEventChannels", c.max_event_channels, abi);
    io.group("model", [&] { io.attribute("name", c.pci_model, abi); });
    io.child("target", c.target);
    io.child("driver", c.driver, {.drop_empty = true});
    io.value<schema::SizeInKiB>("pcihole64", c.pci_hole64_kib, abi);
    io.value("serial", c.serial, {.guest_abi = true, .since = "11.5.0"});
    describe_alias(io, c.info.alias);
    io.nested("master", "startport", c.master_start_port, abi);
    describe_acpi(io, c.info);
    describe_address(io, c.info.address);
}

} // namespace yado::model
