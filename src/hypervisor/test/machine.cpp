// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/test/machine.h"

#include <cstdio>
#include <sys/mman.h>
#include <unistd.h>

namespace yado::test {

TestMachine::TestMachine(Executor& executor, const model::Domain& domain, int id, guest::EventSink sink)
    : executor_(executor), sink_(std::make_shared<guest::EventSink>(std::move(sink))),
      balloon_kib_(domain.current().value), vcpus_(domain.vcpus.online()), id_(id) {
    for (const model::Disk& disk : domain.devices.disks) disks_.push_back(disk.target.dev);
}

void TestMachine::report(guest::MachineEvent event) {
    executor_.post([weak = std::weak_ptr(sink_), event = std::move(event)] {
        // a copy: what the report leads to may destroy the machine
        if (const auto sink = weak.lock()) (*sink)(event);
    });
}

Task<void> TestMachine::suspend() {
    report(guest::Stopped());
    co_return;
}

Task<void> TestMachine::resume() {
    report(guest::Resumed());
    co_return;
}

Task<void> TestMachine::power_button() {
    report(guest::ShuttingDown{.by_guest = true});
    co_return;
}

Task<void> TestMachine::reset() {
    report(guest::WasReset());
    co_return;
}

Task<void> TestMachine::kill(guest::KillKind) {
    report(guest::Gone());
    co_return;
}

Task<void> TestMachine::wake_up() {
    report(guest::PmWoken());
    co_return;
}

Task<void> TestMachine::send_key(std::uint32_t, std::uint32_t, std::vector<std::uint32_t>) { co_return; }

// One grey pixel a vCPU wide enough to be a valid picture.
Task<guest::Screenshot> TestMachine::screenshot(std::uint32_t screen) {
    if (screen != 0) fail(ErrorSource::test, Code::invalid_arg, "no such screen: {}", screen);
    guest::Screenshot taken;
    taken.mime = "image/x-portable-pixmap";
    taken.file = UniqueFd(::memfd_create("screenshot", MFD_CLOEXEC));
    if (!taken.file) fail_errno("cannot make a temporary file");
    const std::string picture = fmt::format("P6\n{} 1\n255\n{}", vcpus_, std::string(vcpus_ * 3UL, '\x80'));
    if (::pwrite(taken.file.get(), picture.data(), picture.size(), 0) < 0)
        fail_errno("cannot write the picture");
    co_return taken;
}

Task<void> TestMachine::set_balloon(std::uint64_t kib) {
    balloon_kib_ = kib;
    report(guest::BalloonChanged{kib});
    co_return;
}

Task<std::vector<guest::MemoryStat>> TestMachine::memory_stats() {
    constexpr int actual_balloon = 6; // VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON
    co_return std::vector<guest::MemoryStat>(1, guest::MemoryStat{actual_balloon, balloon_kib_});
}

Task<std::vector<guest::BlockStats>> TestMachine::block_stats() {
    std::vector<guest::BlockStats> stats;
    for (const std::string& target : disks_) stats.push_back({.target = target});
    co_return stats;
}

guest::CpuTimes TestMachine::cpu_times() const {
    guest::CpuTimes times;
    times.vcpu_ns.assign(vcpus_, 1'000'000ULL * static_cast<unsigned>(id_));
    times.user_ns = times.vcpu_ns.size() * 1'000'000ULL * static_cast<unsigned>(id_);
    times.total_ns = times.user_ns;
    return times;
}

Task<std::string> TestMachine::monitor_command(std::string, bool) {
    fail(ErrorSource::test, Code::no_support, "virDomainQemuMonitorCommand");
    co_return {};
}

} // namespace yado::test
