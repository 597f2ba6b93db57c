// SPDX-License-Identifier: Apache-2.0
#include "model/domain/guest_numa.h"

#include <algorithm>

#include "model/domain/rules.h"
#include "model/units.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule size_rule(std::string_view missing) {
    return {.required = true, .guest_abi = true, .source = ErrorSource::xml, .missing = missing};
}
constexpr schema::Rule needed{.required = true, .guest_abi = true};

void describe_path(Io& io, NumaPath& p) {
    io.attribute("initiator", p.initiator, needed);
    io.attribute("target", p.target, needed);
    io.attribute("cache", p.cache, abi);
    io.attribute("type", p.traffic, needed);
}

} // namespace

void describe(Io& io, NumaDistance& d) {
    io.attribute("id", d.cell, {.required = true, .guest_abi = true, .key = true});
    io.attribute("value", d.value, needed);
}

void describe(Io& io, NumaCache& c) {
    io.attribute("level", c.level, needed);
    io.attribute("associativity", c.associativity,
                 {.required = true,
                  .guest_abi = true,
                  .missing = "Invalid cache associativity '(null)'",
                  .invalid = "Invalid cache associativity '{}'"});
    io.attribute("policy", c.policy,
                 {.required = true,
                  .guest_abi = true,
                  .missing = "Invalid cache policy '(null)'",
                  .invalid = "Invalid cache policy '{}'"});
    io.group(
        "size",
        [&] {
            io.attribute("value", c.size_kib, size_rule("missing element or attribute './size/@value'"));
            io.attribute<UnitInKiB>("unit", c.size_kib, abi);
        },
        size_rule("missing element or attribute './size/@value'"));
    io.group(
        "line",
        [&] {
            io.attribute("value", c.line, size_rule("missing element or attribute './line/@value'"));
            io.attribute<UnitInBytes>("unit", c.line, abi);
        },
        size_rule("missing element or attribute './line/@value'"));
}

void describe(Io& io, NumaCell& c) {
    io.attribute("id", c.id, {.guest_abi = true, .key = true});
    io.attribute("cpus", c.cpus, abi);
    io.attribute("memory", c.memory_kib, size_rule("missing element or attribute './@memory'"));
    io.attribute<UnitInKiB>("unit", c.memory_kib, abi);
    io.attribute("memAccess", c.access);
    io.attribute("discard", c.discard);
    io.group("distances", [&] { io.child("sibling", c.distances); });
    io.child("cache", c.caches, {.since = "6.6.0"});
}

void describe(Io& io, NumaLatency& l) {
    describe_path(io, l.path);
    io.attribute("value", l.value, needed);
}
void describe(Io& io, NumaBandwidth& b) {
    describe_path(io, b.path);
    io.attribute("value", b.kib, needed);
    io.attribute<UnitInKiB>("unit", b.kib, abi);
}
void describe(Io& io, Interconnects& i) {
    io.child("latency", i.latencies);
    io.child("bandwidth", i.bandwidths);
}

void describe(Io& io, GuestNuma& n) {
    io.child("cell", n.cells, {.required = true, .missing = "NUMA topology defined without NUMA cells"});
    io.child("interconnects", n.interconnects, {.since = "6.6.0"});
}

std::uint64_t GuestNuma::memory_kib() const {
    std::uint64_t sum = 0;
    for (const NumaCell& cell : cells) { sum += cell.memory_kib; }
    return sum;
}

std::uint32_t GuestNuma::distance(std::size_t from, std::size_t to) const {
    for (const NumaDistance& each : cells[from].distances) {
        if (each.cell == to) { return each.value; }
    }
    return from == to ? local_distance : remote_distance;
}

bool GuestNuma::has_distances() const {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        for (const NumaDistance& each : cells[i].distances) {
            if (each.value != (each.cell == i ? local_distance : remote_distance)) { return true; }
        }
    }
    return false;
}

bool GuestNuma::has_caches() const {
    return std::ranges::any_of(cells, [](const NumaCell& cell) { return !cell.caches.empty(); });
}

} // namespace yado::model
