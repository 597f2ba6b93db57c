// SPDX-License-Identifier: Apache-2.0
// The part of check() that concerns the machine as a whole: memory and NUMA in check_memory.cpp, CPUs and
// threads in check_cpus.cpp, shares of the host in check_tuning.cpp, firmware and features in check_os.cpp.
#pragma once

#include "model/domain/domain.h"
#include "schema/diagnostics.h"

namespace yado::model {

void check_memory(const Domain& domain, schema::Diagnostics& out);
void check_numa(const Domain& domain, schema::Diagnostics& out);

void check_vcpus(const Domain& domain, schema::Diagnostics& out);
void check_iothreads(const Domain& domain, schema::Diagnostics& out);
void check_cpu(const Domain& domain, schema::Diagnostics& out);

void check_tuning(const Domain& domain, schema::Diagnostics& out);
void check_cpu_tuning(const Domain& domain, schema::Diagnostics& out);

void check_os(const Domain& domain, schema::Diagnostics& out);
void check_features(const Domain& domain, schema::Diagnostics& out);
void check_sysinfo(const Domain& domain, schema::Diagnostics& out);
void check_labels(const Domain& domain, schema::Diagnostics& out);

} // namespace yado::model
