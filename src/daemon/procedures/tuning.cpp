// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "guest/tuning_service.h"

namespace yado::daemon {
namespace {

using S = guest::TuningService;

constexpr Procedure rows[] = {
    // Where threads run (guest/pinning.cpp, guest/iothreads.cpp)
    row<&S::pin_vcpu>(),
    row<&S::pin_vcpu_with_flags>(),
    row<&S::pin_emulator>(),
    row<&S::get_vcpu_pins>(),
    row<&S::get_emulator_pin>(),
    row<&S::get_vcpus>(),
    row<&S::get_iothreads>(),
    row<&S::pin_iothread>(),
    row<&S::add_iothread>(),
    row<&S::delete_iothread>(),
    row<&S::set_iothread>(),
    // CPU time (guest/scheduling.cpp)
    row<&S::get_scheduler_type>(),
    row<&S::get_scheduler>(),
    row<&S::get_scheduler_with_flags>(),
    row<&S::set_scheduler>(),
    row<&S::set_scheduler_with_flags>(),
    // Memory and block devices (guest/memory_limits.cpp, guest/block_limits.cpp)
    row<&S::get_memory>(),
    row<&S::set_memory>(),
    row<&S::get_numa>(),
    row<&S::set_numa>(),
    row<&S::get_block>(),
    row<&S::set_block>(),
    // Disks and interfaces (guest/disk_limits.cpp, guest/interface_limits.cpp)
    row<&S::get_disk>(),
    row<&S::set_disk>(),
    row<&S::resize_disk>(),
    row<&S::set_threshold>(),
    row<&S::get_disk_errors>(),
    row<&S::get_interface>(),
    row<&S::set_interface>(),
    row<&S::get_interface_stats>(),
    // What is measured (guest/measuring.cpp)
    row<&S::get_perf_events>(),
    row<&S::set_perf_events>(),
    row<&S::measure_dirty_rate>(),
};

} // namespace

std::span<const Procedure> tuning_procedures() { return rows; }

} // namespace yado::daemon
