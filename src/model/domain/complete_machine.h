// SPDX-License-Identifier: Apache-2.0
// The steps of complete() that concern the machine as a whole: memory, CPUs, threads and their share of the
// host (complete_machine.cpp), what boots and what the firmware says (complete_os.cpp). Each leaves alone
// what check() is going to refuse.
#pragma once

#include <string>
#include <string_view>

#include "model/domain/complete.h"

namespace yado::model {

/// Cells of the guest in their order, and how much memory they make up with what is plugged in.
void complete_memory(Domain& domain);
void complete_vcpus(Domain& domain);
void complete_iothreads(Domain& domain);
/// <memtune>, <memoryBacking>, <cputune>, <numatune>, <perf>, <keywrap>, <idmap>.
void complete_tuning(Domain& domain);
void complete_cpu(Domain& domain, const CompleteContext& context);

void complete_os(Domain& domain, const CompleteContext& context);
/// Where a domain keeps its UEFI variables unless it says.
std::string nvram_path(std::string_view directory, std::string_view name);
void complete_features(Features& features);
void complete_clock(Clock& clock);
/// Entries in their order; a UUID that is told only there is the domain's.
void complete_sysinfo(Domain& domain);
void complete_labels(Domain& domain, const CompleteContext& context);

} // namespace yado::model
