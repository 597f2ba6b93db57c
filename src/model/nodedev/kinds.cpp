// SPDX-License-Identifier: Apache-2.0
#include "model/nodedev/kinds.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Hex;
using schema::Io;

void describe(Io& io, SystemHardware& h) {
    io.value("vendor", h.vendor);
    io.value("version", h.version);
    io.value("serial", h.serial);
    io.value("uuid", h.uuid);
}

void describe(Io& io, SystemFirmware& f) {
    io.value("vendor", f.vendor);
    io.value("version", f.version);
    io.value("release_date", f.release_date);
}

void describe(Io& io, SystemDevice& d) {
    io.value("product", d.product);
    io.child("hardware", d.hardware, {.keep_empty = true, .expand_empty = true});
    io.child("firmware", d.firmware, {.keep_empty = true, .expand_empty = true});
}

void describe(Io& io, UsbDevice& d) {
    io.value("bus", d.bus, required);
    io.value("device", d.device, required);
    io.child("product", d.product, required);
    io.child("vendor", d.vendor, required);
}

void describe(Io& io, UsbInterface& d) {
    io.value("number", d.number, required);
    io.value("class", d.class_code, required);
    io.value("subclass", d.subclass, required);
    io.value("protocol", d.protocol, required);
    io.value("description", d.description);
}

void describe(Io&, Ethernet80203&) {}
void describe(Io&, Wireless80211&) {}
void describe(Io& io, NetPart& p) { io.choice("type", p.kind, required); }
void describe(Io& io, NetFeature& f) { io.attribute("name", f.name, {.required = true, .key = true}); }
void describe(Io& io, NetDevice& d) {
    io.value("interface", d.interface, required);
    io.value("address", d.address);
    io.child("link", d.link);
    io.child("feature", d.features);
    io.child("capability", d.parts);
}

void describe(Io& io, FibreChannelHost& h) {
    io.value("wwnn", h.wwnn);
    io.value("wwpn", h.wwpn);
    io.value("fabric_wwn", h.fabric_wwn);
}
void describe(Io& io, VportOperations& v) {
    io.value("max_vports", v.max_vports);
    io.value("vports", v.vports);
}
void describe(Io& io, ScsiHostPart& p) { io.choice("type", p.kind, required); }
void describe(Io& io, ScsiHost& d) {
    io.value("host", d.host);
    io.value("unique_id", d.unique_id);
    io.child("capability", d.parts);
}

void describe(Io& io, FibreChannelRemotePort& p) {
    io.value("rport", p.rport);
    io.value("wwpn", p.wwpn);
}
void describe(Io& io, ScsiTargetPart& p) { io.choice("type", p.kind, required); }
void describe(Io& io, ScsiTarget& d) {
    io.value("target", d.target, required);
    io.child("capability", d.parts);
}

void describe(Io& io, ScsiDevice& d) {
    io.value("host", d.host, required);
    io.value("bus", d.bus, required);
    io.value("target", d.target, required);
    io.value("lun", d.lun, required);
    io.value("type", d.type);
}

void describe(Io& io, ScsiGeneric& d) { io.value("char", d.path, required); }

namespace {

void describe_blocks(Io& io, StorageBlocks& b) {
    io.value("logical_block_size", b.block_size);
    io.value("num_blocks", b.count);
}

} // namespace

void describe(Io& io, RemovableMedium& m) {
    io.value("media_available", m.available);
    io.value("media_size", m.size);
    io.value("media_label", m.label);
    describe_blocks(io, m.blocks);
}
void describe(Io&, HotPluggable&) {}
void describe(Io& io, StoragePart& p) { io.choice("type", p.kind, required); }
void describe(Io& io, StorageDevice& d) {
    io.value("block", d.block, required);
    io.value("bus", d.bus);
    io.value("drive_type", d.drive_type);
    io.value("model", d.model);
    io.value("vendor", d.vendor);
    io.value("serial", d.serial);
    io.value("size", d.size);
    describe_blocks(io, d.blocks);
    io.child("capability", d.parts);
}

void describe(Io& io, DrmDevice& d) { io.value("type", d.type, required); }

void describe(Io& io, MdevAttribute& a) {
    io.attribute("name", a.name, {.required = true, .key = true});
    io.attribute("value", a.value, required);
}
void describe(Io& io, MdevType& t) { io.attribute("id", t.id); }
void describe(Io& io, MdevGroup& g) {
    constexpr std::string_view message = "invalid iommuGroup number attribute for 'new device'";
    io.attribute("number", g.number,
                 {.required = true,
                  .code = Code::internal_error,
                  .missing_code = Code::internal_error,
                  .missing = message,
                  .invalid = message});
}
void describe(Io& io, MdevDevice& d) {
    io.child("type", d.type);
    io.value("uuid", d.uuid, internal("Invalid uuid '{}' for new mdev device"));
    io.value("parent_addr", d.parent_address);
    io.child("iommuGroup", d.iommu_group);
    io.child("attr", d.attributes);
}

void describe(Io& io, CcwDevice& d) { describe(io, d.address); }

void describe(Io& io, CssPart& p) { io.choice("type", p.kind, required); }
void describe(Io& io, CssDevice& d) {
    describe(io, d.address);
    io.child("channel_dev_addr", d.channel_device);
    io.child("capability", d.parts);
}

void describe(Io& io, VdpaDevice& d) { io.value("chardev", d.path, required); }

void describe(Io& io, ApCard& d) { io.value<Hex<2>>("ap-adapter", d.adapter, required); }
void describe(Io& io, ApQueue& d) {
    io.value<Hex<2>>("ap-adapter", d.adapter, required);
    io.value<Hex<4>>("ap-domain", d.domain, required);
}
void describe(Io& io, ApMatrix& d) { io.child("capability", d.parts); }

} // namespace yado::model
