// SPDX-License-Identifier: Apache-2.0
#include "model/nodedev/pci.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Hex;
using schema::Io;

void describe(Io& io, PhysicalFunctionOf& p) { io.child("address", p.address); }

void describe(Io& io, VirtualFunctions& v) {
    io.attribute("maxCount", v.maximum);
    io.child("address", v.addresses);
}

void describe(Io&, PciBridgeHeader&) {}
void describe(Io&, CardbusBridgeHeader&) {}

void describe(Io& io, VpdField& f) {
    io.attribute("index", f.index, {.required = true, .key = true});
    io.text(f.value);
}

void describe(Io& io, VpdFields& f) {
    io.attribute("access", f.access, {.required = true, .key = true});
    io.value("change_level", f.change_level);
    io.value("manufacture_id", f.manufacture_id);
    io.value("part_number", f.part_number);
    io.value("serial_number", f.serial_number);
    io.value("asset_tag", f.asset_tag);
    io.child("vendor_field", f.vendor);
    io.child("system_field", f.system);
}

void describe(Io& io, VitalProductData& v) {
    io.value("name", v.name);
    io.child("fields", v.fields);
}

void describe(Io& io, PciPart& p) { io.choice("type", p.kind, required); }

void describe(Io& io, IommuGroup& g) {
    io.attribute("number", g.number, required);
    io.child("address", g.addresses);
}

void describe(Io& io, PcieLink& l) {
    io.attribute("validity", l.validity, required);
    io.attribute("port", l.port);
    io.attribute("speed", l.speed);
    io.attribute("width", l.width, required);
}

void describe(Io& io, PciExpress& e) { io.child("link", e.links); }

void describe(Io& io, PciDeviceParts& p) {
    io.value<Hex<6>>("class", p.class_code);
    io.value("domain", p.domain, required);
    io.value("bus", p.bus, required);
    io.value("slot", p.slot, required);
    io.value("function", p.function, required);
    io.child("product", p.product, required);
    io.child("vendor", p.vendor, required);
    io.child("capability", p.parts);
    io.child("iommuGroup", p.iommu_group);
    io.nested("numa", "node", p.numa_node);
    io.child("pci-express", p.express);
}

} // namespace yado::model
