// SPDX-License-Identifier: Apache-2.0
#include "model/capabilities/domain_capabilities.h"

#include <algorithm>

#include "schema/write.h"

namespace yado::model {

using schema::Io;

// Of the guest's <cpu>, which has the same elements: model/domain/cpu.cpp.
void describe(Io& io, CpuModel& model);
void describe(Io& io, CpuPhysicalAddress& address);
void describe(Io& io, CpuFeature& feature);

namespace {

constexpr schema::Rule needed{.required = true};

} // namespace

const std::vector<CapabilityValue>* Capability::find(std::string_view name) const {
    const auto found = std::ranges::find(enums, name, &CapabilityEnum::name);
    return found == enums.end() ? nullptr : &found->values;
}

bool Capability::allows(std::string_view name, std::string_view value) const {
    const std::vector<CapabilityValue>* values = find(name);
    return supported == schema::YesNo::yes && values != nullptr &&
           std::ranges::find(*values, value, &CapabilityValue::text) != values->end();
}

void describe(Io& io, CapabilityEnum& e) {
    io.attribute("name", e.name, needed);
    io.child("value", e.values);
}

void describe(Io& io, Capability& c) {
    io.attribute("supported", c.supported);
    io.child("enum", c.enums);
}

void describe(Io& io, LoaderCapability& l) {
    io.attribute("supported", l.supported);
    io.child("value", l.paths);
    io.child("enum", l.enums);
}

void describe(Io& io, OsCapability& o) {
    io.attribute("supported", o.supported);
    io.child("enum", o.enums);
    io.child("loader", o.loader);
}

void describe(Io& io, UsableCpuModel& m) {
    io.attribute("usable", m.usable);
    io.attribute("deprecated", m.deprecated);
    io.attribute("vendor", m.vendor);
    io.text(m.name, needed);
}

void describe(Io& io, HostPassthroughMode& m) { io.child("enum", m.enums); }
void describe(Io& io, MaximumMode& m) { io.child("enum", m.enums); }

void describe(Io& io, HostModelMode& m) {
    io.child("model", m.model);
    io.value("vendor", m.vendor);
    io.child("maxphysaddr", m.maxphysaddr);
    io.child("feature", m.features);
}

void describe(Io& io, CustomMode& m) { io.child("model", m.models); }

void describe(Io& io, CpuModeCapability& m) {
    io.choice_tag("name", m.mode, needed);
    io.attribute("supported", m.supported);
    io.choice_body(m.mode);
}

void describe(Io& io, DeviceCapabilities& d) {
    io.child("disk", d.disk);
    io.child("graphics", d.graphics);
    io.child("video", d.video);
    io.child("hostdev", d.hostdev);
    io.child("rng", d.rng);
    io.child("filesystem", d.filesystem);
    io.child("tpm", d.tpm);
    io.child("redirdev", d.redirdev);
    io.child("channel", d.channel);
    io.rest(d.rest);
}

void describe(Io& io, SevCapability& s) {
    io.attribute("supported", s.supported);
    io.value("cbitpos", s.c_bit_position);
    io.value("reducedPhysBits", s.reduced_phys_bits);
    io.value("maxGuests", s.max_guests);
    io.value("maxESGuests", s.max_es_guests);
    io.value("cpu0Id", s.cpu0_id);
}

void describe(Io& io, SgxSection& s) {
    io.attribute("node", s.node, needed);
    io.attribute("size", s.size, needed);
    io.attribute("unit", s.unit);
}

void describe(Io& io, SgxCapability& s) {
    io.attribute("supported", s.supported);
    io.value("flc", s.flc);
    io.value("sgx1", s.sgx1);
    io.value("sgx2", s.sgx2);
    io.value<schema::SizeInKiB>("section_size", s.section_size);
    io.group("sections", [&] { io.child("section", s.sections); });
}

void describe(Io& io, FeatureCapabilities& f) {
    io.child("gic", f.gic);
    io.nested("vmcoreinfo", "supported", f.vmcoreinfo);
    io.nested("genid", "supported", f.genid);
    io.nested("backingStoreInput", "supported", f.backing_store_input);
    io.nested("backup", "supported", f.backup);
    io.nested("s390-pv", "supported", f.s390_pv);
    io.child("sev", f.sev);
    io.child("sgx", f.sgx);
    io.child("hyperv", f.hyperv);
    io.rest(f.rest);
}

void describe(Io& io, DomainCapabilities& d) {
    io.value("path", d.path, needed);
    io.value("domain", d.domain_type, needed);
    io.value("machine", d.machine);
    io.value("arch", d.arch, needed);
    io.nested("vcpu", "max", d.max_vcpus, {.omit_default = true});
    io.nested("iothreads", "supported", d.iothreads);
    io.child("os", d.os);
    io.group("cpu", [&] { io.child("mode", d.cpu_modes); });
    io.child("memoryBacking", d.memory_backing);
    io.child("devices", d.devices);
    io.child("features", d.features);
}

DomainCapabilities read_domain_capabilities(std::string_view text, const schema::ReadOptions& options,
                                            schema::Diagnostics* diagnostics) {
    return schema::read_xml<DomainCapabilities>(text, "domainCapabilities", options, diagnostics);
}

std::string write_domain_capabilities(const DomainCapabilities& capabilities) {
    return schema::write_xml(capabilities, "domainCapabilities", schema::View{});
}

} // namespace yado::model
