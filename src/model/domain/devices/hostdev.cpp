// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/hostdev.h"

#include "model/any_base.h"
#include "model/domain/rules.h"

namespace yado::model {

using schema::Hex;
using schema::Io;

namespace {

template <class F> void source(Io& io, F&& body) {
    io.group("source", body, {.required = true, .missing = "Missing <source> element in hostdev device"});
}

} // namespace

void describe(Io& io, UsbHostdev& h) {
    source(io, [&] {
        io.attribute("startupPolicy", h.startup_policy);
        io.attribute("guestReset", h.guest_reset);
        io.attribute("missing", h.missing, live_only);
        io.group("vendor", [&] { io.attribute<Hex<4>>("id", h.vendor, required); });
        io.group("product", [&] { io.attribute<Hex<4>>("id", h.product, required); });
        io.child("address", h.address);
    });
}

void describe(Io& io, PciHostdev& h) {
    io.child("driver", h.driver);
    source(io, [&] {
        io.attribute("writeFiltering", h.write_filtering);
        io.child("address", h.address, {.keep_empty = true});
        io.child("origstates", h.original, live_only);
    });
}

void describe(Io& io, ScsiPlace& p) {
    io.attribute<AnyBase>("bus", p.bus, required);
    io.attribute<AnyBase>("target", p.target, required);
    io.attribute<AnyBase>("unit", p.unit, required);
}
void describe(Io& io, ScsiHostdev& h) {
    io.attribute("sgio", h.sgio);
    io.attribute("rawio", h.raw_io);
    source(io, [&] {
        io.attribute("protocol", h.protocol,
                     {.omit_default = true,
                      .code = Code::config_unsupported,
                      .invalid = "Unknown SCSI subsystem protocol '{}'"});
        io.attribute("name", h.name);
        io.nested("adapter", "name", h.adapter);
        io.child("address", h.place);
        io.child("host", h.hosts);
        io.child("auth", h.auth);
        io.group("initiator", [&] { io.nested("iqn", "name", h.initiator); });
    });
}

void describe(Io& io, VhostScsiHostdev& h) {
    io.attribute("model", h.model, abi);
    source(io, [&] {
        io.attribute("protocol", h.protocol,
                     {.required = true, .missing = "Missing scsi_host subsystem protocol"});
        io.attribute("wwpn", h.wwpn);
    });
}

void describe(Io& io, MdevHostdev& h) {
    io.attribute("model", h.model, {.required = true, .guest_abi = true});
    io.attribute("display", h.display, abi);
    io.attribute("ramfb", h.ramfb, abi);
    source(io, [&] {
        io.group("address",
                 [&] {
                     io.attribute("uuid", h.uuid,
                                  {.required = true,
                                   .code = Code::internal_error,
                                   .missing_code = Code::config_unsupported,
                                   .missing = "Missing 'uuid' attribute for element <address>",
                                   .invalid = "Cannot parse uuid attribute of element <address>"});
                 },
                 {.required = true,
                  .missing_code = Code::config_unsupported,
                  .missing = "Missing <address> element"});
    });
}

void describe(Io& io, StorageHostdev& h) {
    source(io, [&] {
        io.value("block", h.block,
                 {.required = true, .missing = "Missing <block> element in hostdev storage device"});
    });
}
void describe(Io& io, MiscHostdev& h) {
    source(io, [&] {
        io.value("char", h.character,
                 {.required = true, .missing = "Missing <char> element in hostdev character device"});
    });
}
void describe(Io& io, NetHostdev& h) {
    source(io, [&] {
        io.value("interface", h.interface,
                 {.required = true, .missing = "Missing <interface> element in hostdev net device"});
    });
    describe_ips(io, h.guest_ips);
}

void describe(Io& io, Hostdev& h) {
    io.attribute("mode", h.mode, unsupported("unknown hostdev mode '{}'"));
    io.choice_tag("type", h.kind,
                  {.required = true,
                   .code = Code::config_unsupported,
                   .missing = "missing source address type",
                   .invalid = "unknown host device source address type '{}'"});
    io.attribute("managed", h.managed);
    io.choice_body(h.kind);
    io.child("teaming", h.teaming);
    io.flag("readonly", h.readonly);
    io.flag("shareable", h.shareable);
    describe_info(io, h.info, {.boot = true, .rom = true});
}

const HostPci* Hostdev::host_pci() const {
    const auto* pci = std::get_if<PciHostdev>(&kind);
    return pci != nullptr && pci->address ? &*pci->address : nullptr;
}

void forget_original_states(Hostdev& hostdev) {
    if (auto* pci = std::get_if<PciHostdev>(&hostdev.kind)) { pci->original = {}; }
}

} // namespace yado::model
