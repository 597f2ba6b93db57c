// SPDX-License-Identifier: Apache-2.0
#include "model/capabilities/host.h"

#include "model/domain/domain.h" // how a UUID is spelled

namespace yado::model {

using schema::Io;

// Of the guest's <cpu>, which has the same elements: model/domain/cpu.cpp.
void describe(Io& io, CpuTopology& topology);
void describe(Io& io, CpuPhysicalAddress& address);

namespace {

/// Text that is written even when it is empty: `<doi></doi>`.
struct Always {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::text;
        static constexpr std::string_view type = "string";
        static schema::Problem parse(std::string_view text, T& value) {
            value = text;
            return schema::no_problem;
        }
        static void print(const T& value, std::string& out) { out += value; }
    };
};

constexpr schema::Rule needed{.required = true};

/// The attribute that repeats how many children follow; what a document says there is not believed.
template <class T> void count_attribute(Io& io, const std::vector<T>& children) {
    std::size_t count = children.size();
    io.attribute("num", count);
}

} // namespace

void describe(Io& io, HostCpuFlags& f) {
    io.flag("pae", f.pae);
    io.flag("nonpae", f.nonpae);
    io.flag("vmx", f.vmx);
    io.flag("svm", f.svm);
}

void describe(Io& io, HostCpuSignature& s) {
    io.attribute("family", s.family, needed);
    io.attribute("model", s.model, needed);
    io.attribute("stepping", s.stepping, needed);
}

void describe(Io& io, HostCpuCounter& c) {
    io.attribute("name", c.name, needed);
    io.attribute("frequency", c.frequency, needed);
    io.attribute("scaling", c.scaling);
}

void describe(Io& io, HostPageSize& p) {
    io.attribute("unit", p.unit);
    io.attribute("size", p.size, needed);
}

void describe(Io& io, HostCpu& c) {
    io.value("arch", c.arch, needed);
    io.child("features", c.flags);
    io.value("model", c.model);
    io.value("vendor", c.vendor);
    io.nested("microcode", "version", c.microcode);
    io.child("signature", c.signature);
    io.child("counter", c.counter);
    io.child("topology", c.topology);
    io.child("maxphysaddr", c.maxphysaddr);
    io.child("feature", c.features);
    io.child("pages", c.pages);
}

void describe(Io& io, HostPowerManagement& p) {
    io.flag("suspend_mem", p.suspend_mem);
    io.flag("suspend_disk", p.suspend_disk);
    io.flag("suspend_hybrid", p.suspend_hybrid);
}

void describe(Io& io, HostMigration& m) {
    io.flag("live", m.live);
    io.group("uri_transports", [&] { io.child("uri_transport", m.uri_transports); });
}

void describe(Io& io, CellPages& p) {
    io.attribute("unit", p.unit);
    io.attribute("size", p.size, needed);
    io.text(p.count);
}

void describe(Io& io, CellDistance& d) {
    io.attribute("id", d.id, needed);
    io.attribute("value", d.value, needed);
}

void describe(Io& io, CellCacheSize& s) {
    io.attribute("value", s.value.value, needed);
    io.attribute("unit", s.value.unit, needed);
}

void describe(Io& io, CellCache& c) {
    io.attribute("level", c.level, needed);
    io.attribute("associativity", c.associativity);
    io.attribute("policy", c.policy);
    io.child("size", c.size);
    io.child("line", c.line);
}

void describe(Io& io, CellCpu& c) {
    io.attribute("id", c.id, needed);
    io.attribute("socket_id", c.socket_id);
    io.attribute("die_id", c.die_id);
    io.attribute("core_id", c.core_id);
    io.attribute("siblings", c.siblings);
}

void describe(Io& io, HostCell& c) {
    io.attribute("id", c.id, needed);
    io.value<schema::SizeInKiB>("memory", c.memory);
    io.child("pages", c.pages);
    io.group("distances", [&] { io.child("sibling", c.distances); });
    io.child("cache", c.caches);
    io.group("cpus", [&] {
        count_attribute(io, c.cpus);
        io.child("cpu", c.cpus);
    });
}

void describe(Io& io, CellLatency& l) {
    io.attribute("initiator", l.initiator, needed);
    io.attribute("target", l.target, needed);
    io.attribute("cache", l.cache);
    io.attribute("type", l.type, needed);
    io.attribute("value", l.value, needed);
}

void describe(Io& io, CellBandwidth& b) {
    io.attribute("initiator", b.initiator, needed);
    io.attribute("target", b.target, needed);
    io.attribute("cache", b.cache);
    io.attribute("type", b.type, needed);
    io.attribute("value", b.value, needed);
    io.attribute("unit", b.unit);
}

void describe(Io& io, HostTopology& t) {
    io.group("cells", [&] {
        count_attribute(io, t.cells);
        io.child("cell", t.cells);
    });
    io.group("interconnects", [&] {
        io.child("latency", t.latencies);
        io.child("bandwidth", t.bandwidths);
    });
}

void describe(Io& io, CacheControl& c) {
    io.attribute("granularity", c.granularity, needed);
    io.attribute("min", c.min);
    io.attribute("unit", c.unit, needed);
    io.attribute("type", c.type, needed);
    io.attribute("maxAllocs", c.max_allocs, needed);
}

void describe(Io& io, CacheBank& b) {
    io.attribute("id", b.id, needed);
    io.attribute("level", b.level, needed);
    io.attribute("type", b.type, needed);
    io.attribute("size", b.size.value, needed);
    io.attribute("unit", b.size.unit, needed);
    io.attribute("cpus", b.cpus);
    io.child("control", b.controls);
}

void describe(Io& io, ResourceMonitor& m) {
    io.attribute("level", m.level);
    io.attribute("reuseThreshold", m.reuse_threshold);
    io.attribute("maxMonitors", m.max_monitors, needed);
    io.child("feature", m.features);
}

void describe(Io& io, HostCaches& c) {
    io.child("bank", c.banks);
    io.child("monitor", c.monitor);
}

void describe(Io& io, BandwidthControl& c) {
    io.attribute("granularity", c.granularity, needed);
    io.attribute("min", c.min);
    io.attribute("maxAllocs", c.max_allocs, needed);
}

void describe(Io& io, BandwidthNode& n) {
    io.attribute("id", n.id, needed);
    io.attribute("cpus", n.cpus);
    io.child("control", n.controls);
}

void describe(Io& io, HostBandwidth& b) {
    io.child("node", b.nodes);
    io.child("monitor", b.monitor);
}

void describe(Io& io, SecurityBaseLabel& l) {
    io.attribute("type", l.type, needed);
    io.text(l.label);
}

void describe(Io& io, HostSecurityModel& s) {
    io.value<Always>("model", s.model);
    io.value<Always>("doi", s.doi);
    io.child("baselabel", s.base_labels);
}

void describe(Io& io, HostCapabilities& h) {
    io.value("uuid", h.uuid, {.code = Code::internal_error, .invalid = "malformed uuid element"});
    io.child("cpu", h.cpu);
    io.child("power_management", h.power_management);
    io.nested("iommu", "support", h.iommu);
    io.child("migration_features", h.migration);
    io.child("topology", h.topology);
    io.child("cache", h.caches);
    io.child("memory_bandwidth", h.bandwidth);
    io.child("secmodel", h.security);
    io.rest(h.rest);
}

} // namespace yado::model
