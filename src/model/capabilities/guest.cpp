// SPDX-License-Identifier: Apache-2.0
#include "model/capabilities/guest.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule needed{.required = true};

} // namespace

void describe(Io& io, GuestMachine& m) {
    io.attribute("canonical", m.canonical);
    io.attribute("maxCpus", m.max_cpus, {.omit_default = true});
    io.attribute("deprecated", m.deprecated);
    io.text(m.name, needed);
}

void describe(Io& io, GuestDomainType& d) {
    io.attribute("type", d.type, needed);
    io.value("emulator", d.emulator);
    io.value("loader", d.loader);
    io.child("machine", d.machines);
}

void describe(Io& io, GuestArch& a) {
    io.attribute("name", a.name, needed);
    io.value("wordsize", a.word_size);
    io.value("emulator", a.emulator);
    io.value("loader", a.loader);
    io.child("machine", a.machines);
    io.child("domain", a.domains);
}

void describe(Io& io, GuestFeatureToggle& t) {
    io.attribute("default", t.preset);
    io.attribute("toggle", t.toggle);
}

void describe(Io& io, GuestFeatures& f) {
    io.flag("pae", f.pae);
    io.flag("nonpae", f.nonpae);
    io.flag("ia64_be", f.ia64_be);
    io.child("acpi", f.acpi);
    io.child("apic", f.apic);
    io.flag("cpuselection", f.cpu_selection);
    io.flag("deviceboot", f.device_boot);
    io.child("disksnapshot", f.disk_snapshot);
    io.child("hap", f.hap);
}

void describe(Io& io, GuestCapabilities& g) {
    io.value("os_type", g.os_type, needed);
    io.child("arch", g.arch, needed);
    io.child("features", g.features);
}

} // namespace yado::model
