// SPDX-License-Identifier: Apache-2.0
#include "model/domain/tuning.h"

#include "model/domain/rules.h"
#include "model/units.h"

namespace yado::model {

using schema::Io;

namespace {

/// 0 is what is not limited, and not written.
constexpr schema::Rule number(std::string_view invalid) {
    return {.omit_default = true,
            .change = schema::Change::live,
            .code = Code::config_unsupported,
            .invalid = invalid};
}
constexpr schema::Rule limit(std::string_view invalid) {
    return {.change = schema::Change::live, .source = ErrorSource::xml, .invalid = invalid};
}

} // namespace

void describe(Io& io, BlockDeviceTuning& d) {
    io.value("path", d.path,
             {.required = true,
              .key = true,
              .missing_code = Code::config_unsupported,
              .missing = "missing per-device path"});
    io.value("weight", d.weight, number("could not parse weight {}"));
    io.value("read_iops_sec", d.read_iops, number("could not parse read iops sec {}"));
    io.value("write_iops_sec", d.write_iops, number("could not parse write iops sec {}"));
    io.value("read_bytes_sec", d.read_bytes, number("could not parse read bytes sec {}"));
    io.value("write_bytes_sec", d.write_bytes, number("could not parse write bytes sec {}"));
}

void describe(Io& io, BlockTuning& b) {
    io.value("weight", b.weight, number("could not parse weight {}"));
    io.child("device", b.devices);
}

void describe(Io& io, MemoryTuning& m) {
    io.value("hard_limit", m.hard_limit,
             limit("Invalid value '{}' for element or attribute './memtune/hard_limit[1]'"));
    io.value("soft_limit", m.soft_limit,
             limit("Invalid value '{}' for element or attribute './memtune/soft_limit[1]'"));
    io.value("min_guarantee", m.min_guarantee,
             limit("Invalid value '{}' for element or attribute './memtune/min_guarantee[1]'"));
    io.value("swap_hard_limit", m.swap_hard_limit,
             limit("Invalid value '{}' for element or attribute './memtune/swap_hard_limit[1]'"));
}

void describe(Io& io, Resources& r) {
    io.value("partition", r.partition);
    io.nested("fibrechannel", "appid", r.app_id, {.since = "7.7.0"});
}

void describe(Io& io, PerfEvent& e) {
    io.attribute("name", e.name, {.required = true, .key = true});
    io.attribute("enabled", e.enabled, {.required = true, .change = schema::Change::live});
}

} // namespace yado::model
