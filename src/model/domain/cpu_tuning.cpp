// SPDX-License-Identifier: Apache-2.0
#include "model/domain/cpu_tuning.h"

#include "model/domain/rules.h"
#include "model/units.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule live_number(std::string_view invalid) {
    return {.omit_default = true, .change = schema::Change::live, .invalid = invalid};
}
constexpr schema::Rule pinned(std::string_view missing) {
    return {.required = true,
            .change = schema::Change::live,
            .missing_code = Code::internal_error,
            .missing = missing};
}
constexpr schema::Rule set_of(std::string_view missing) { return {.required = true, .missing = missing}; }

void describe_scheduling(Io& io, Scheduling& s) {
    io.attribute("scheduler", s.scheduler, required);
    io.attribute("priority", s.priority);
}

} // namespace

void describe(Io& io, VcpuPin& p) {
    io.attribute("vcpu", p.vcpu, {.required = true, .key = true});
    io.attribute("cpuset", p.cpus, pinned("missing cpuset for vcpupin"));
}
void describe(Io& io, EmulatorPin& p) {
    io.attribute("cpuset", p.cpus, pinned("missing cpuset for emulatorpin"));
}
void describe(Io& io, IoThreadPin& p) {
    io.attribute("iothread", p.iothread, {.required = true, .key = true});
    io.attribute("cpuset", p.cpus, pinned("missing cpuset for iothreadpin"));
}
void describe(Io& io, Scheduling& s) { describe_scheduling(io, s); }
void describe(Io& io, VcpuScheduling& s) {
    io.attribute("vcpus", s.vcpus, set_of("Missing attribute 'vcpus' in element 'vcpusched'"));
    describe_scheduling(io, s.scheduling);
}
void describe(Io& io, IoThreadScheduling& s) {
    io.attribute("iothreads", s.iothreads,
                 set_of("Missing attribute 'iothreads' in element 'iothreadsched'"));
    describe_scheduling(io, s.scheduling);
}

void describe(Io& io, CacheAllocation& c) {
    io.attribute("id", c.id, required);
    io.attribute("level", c.level, required);
    io.attribute("type", c.type, required);
    io.attribute<ReadableNumber>(
        "size", c.bytes,
        {.required = true, .source = ErrorSource::xml, .missing = "missing element or attribute './@size'"});
    io.attribute<ReadableUnit>("unit", c.bytes, in_kib);
}
void describe(Io& io, CacheMonitor& m) {
    io.attribute("level", m.level, required);
    io.attribute("vcpus", m.vcpus, set_of("Missing monitor attribute 'vcpus'"));
}
void describe(Io& io, CacheTuning& c) {
    io.attribute("vcpus", c.vcpus, set_of("Missing cachetune attribute 'vcpus'"));
    io.attribute("id", c.id, live_only);
    io.child("cache", c.caches);
    io.child("monitor", c.monitors);
}
void describe(Io& io, NodeBandwidth& n) {
    io.attribute("id", n.id, required);
    io.attribute("bandwidth", n.percent, required);
}
void describe(Io& io, BandwidthMonitor& m) {
    io.attribute("vcpus", m.vcpus, set_of("Missing monitor attribute 'vcpus'"));
}
void describe(Io& io, BandwidthTuning& b) {
    io.attribute("vcpus", b.vcpus, set_of("Missing memorytune attribute 'vcpus'"));
    io.attribute("id", b.id, live_only);
    io.child("node", b.nodes);
    io.child("monitor", b.monitors);
}

void describe(Io& io, CpuTuning& t) {
    io.value("shares", t.shares,
             {.change = schema::Change::live, .invalid = "can't parse cputune shares value"});
    io.value("period", t.vcpu.period, live_number("can't parse cputune period value"));
    io.value("quota", t.vcpu.quota, live_number("can't parse cputune quota value"));
    io.value("global_period", t.global.period, live_number("can't parse cputune global period value"));
    io.value("global_quota", t.global.quota, live_number("can't parse cputune global quota value"));
    io.value("emulator_period", t.emulator.period, live_number("can't parse cputune emulator period value"));
    io.value("emulator_quota", t.emulator.quota, live_number("can't parse cputune emulator quota value"));
    io.value("iothread_period", t.iothread.period, live_number("can't parse cputune iothread period value"));
    io.value("iothread_quota", t.iothread.quota, live_number("can't parse cputune iothread quota value"));
    io.child("vcpupin", t.vcpu_pins);
    io.child("emulatorpin", t.emulator_pin, {.single = "only one emulatorpin is supported"});
    io.child("iothreadpin", t.iothread_pins);
    io.child("emulatorsched", t.emulator_scheduling, {.single = "only one emulatorsched is supported"});
    io.child("vcpusched", t.vcpu_scheduling);
    io.child("iothreadsched", t.iothread_scheduling);
    io.child("cachetune", t.caches, {.since = "4.1.0"});
    io.child("memorytune", t.memory, {.since = "4.7.0"});
}

} // namespace yado::model
