// SPDX-License-Identifier: Apache-2.0
#include "model/domain/cpu.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, CpuModel& m) {
    io.attribute("fallback", m.fallback,
                 {.source = ErrorSource::cpu,
                  .code = Code::config_unsupported,
                  .invalid = "Invalid fallback attribute"});
    io.attribute("vendor_id", m.vendor_id, abi);
    io.text(m.name, abi);
}

void describe(Io& io, CpuTopology& t) {
    io.attribute("sockets", t.sockets, {.required = true, .guest_abi = true});
    io.attribute("dies", t.dies, abi);
    io.attribute("clusters", t.clusters, {.guest_abi = true, .since = "10.1.0"});
    io.attribute("cores", t.cores, {.required = true, .guest_abi = true});
    io.attribute("threads", t.threads, {.required = true, .guest_abi = true});
}

void describe(Io& io, CpuCache& c) {
    io.attribute("level", c.level, abi);
    io.attribute("mode", c.mode, {.required = true, .guest_abi = true});
}

void describe(Io& io, CpuPhysicalAddress& a) {
    io.attribute("mode", a.mode, {.required = true, .guest_abi = true});
    io.attribute("bits", a.bits, abi);
    io.attribute("limit", a.limit, {.guest_abi = true, .since = "9.3.0"});
}

void describe(Io& io, CpuFeature& f) {
    io.attribute("policy", f.policy,
                 {.guest_abi = true,
                  .source = ErrorSource::cpu,
                  .code = Code::config_unsupported,
                  .invalid = "Invalid CPU feature policy"});
    io.attribute("name", f.name,
                 {.required = true,
                  .guest_abi = true,
                  .source = ErrorSource::cpu,
                  .missing = "Invalid CPU feature name"});
}

void describe(Io& io, Cpu& c) {
    io.attribute("mode", c.mode,
                 {.source = ErrorSource::cpu,
                  .code = Code::config_unsupported,
                  .invalid = "Invalid mode attribute '{}'"});
    io.attribute("match", c.match);
    io.attribute("check", c.check);
    io.attribute("migratable", c.migratable);
    io.child("model", c.model);
    io.value("vendor", c.vendor);
    io.child("topology", c.topology);
    io.child("cache", c.cache);
    io.child("maxphysaddr", c.maxphysaddr);
    io.child("feature", c.features);
    io.child("numa", c.numa);
}

} // namespace yado::model
