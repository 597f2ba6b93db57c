// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async/completion.h"
#include "guest/hypervisor.h"

#include <memory>

namespace yado::test {

/// A machine of the test driver. It powers off when its power button is pressed, and has fixed statistics.
class TestMachine final : public guest::Machine {
  public:
    TestMachine(Executor& executor, const model::Domain& domain, int id, guest::EventSink sink);

    pid_t pid() const override { return 0; }
    void describe_status(model::DomainStatus&) const override {}
    Task<void> suspend() override;
    Task<void> resume() override;
    Task<void> power_button() override;
    Task<void> reset() override;
    Task<void> kill(guest::KillKind kind) override;
    Task<void> wake_up() override;
    Task<void> inject_nmi() override { co_return; }
    Task<void> send_key(std::uint32_t codeset, std::uint32_t hold_ms,
                        std::vector<std::uint32_t> keys) override;
    Task<guest::Screenshot> screenshot(std::uint32_t screen) override;
    Task<void> set_balloon(std::uint64_t kib) override;
    Task<void> set_balloon_period(int) override { co_return; }
    Task<std::vector<guest::MemoryStat>> memory_stats() override;
    Task<std::vector<guest::BlockStats>> block_stats() override;
    guest::CpuTimes cpu_times() const override;
    Task<std::string> monitor_command(std::string command, bool hmp) override;

  private:
    void report(guest::MachineEvent event);

    Executor& executor_;
    // Reports are posted, as a real machine's come later; the machine may be gone by then.
    std::shared_ptr<guest::EventSink> sink_;
    std::vector<std::string> disks_;
    std::uint64_t balloon_kib_;
    std::uint32_t vcpus_;
    int id_;
};

} // namespace yado::test
