// SPDX-License-Identifier: Apache-2.0
// One running QEMU: its process and its monitor.
#pragma once

#include "base/async/loop.h"
#include "guest/hypervisor.h"
#include "host/processes.h"
#include "hypervisor/qemu/launch.h"
#include "hypervisor/qemu/monitor/monitor.h"

#include <memory>
#include <string>
#include <vector>

namespace yado::qemu {

class QemuMachine final : public guest::Machine {
  public:
    struct Parts {
        Loop& loop;
        std::shared_ptr<host::Child> child;
        GuestPlaces places;
        std::uint64_t log_start = 0;
        guest::EventSink sink;
        model::MachineStatus status = {}; ///< what the file says and the process does not tell
    };
    /// `first`: it has just been started, and gets what cannot be given on a command line.
    enum class Meeting { first, again };

    /// Takes over `monitor_socket`; events go to the sink from now on.
    QemuMachine(Parts parts, UniqueFd monitor_socket);
    ~QemuMachine() override;

    /// Greeting and everything that must be known of a machine, asked at once. Fills `domain`. Throws
    /// internal_error with QEMU's last words when it ends meanwhile, operation_timeout when it does not
    /// answer in time.
    Task<void> meet(model::Domain& domain, Meeting meeting = Meeting::first,
                    Loop::Duration limit = Monitor::patience);
    /// The run state QEMU reports: "running", "paused", "shutdown", …
    Task<std::string> run_state();
    /// After a meet() that ended in operation_timeout: takes what was known before, and when QEMU answers one
    /// day, tells its run state by events.
    void meet_later(const model::DomainStatus& status);

    guest::GuestAgent* agent() override;
    Task<void> forget_lost_ticks() override;
    Task<void> write_state(UniqueFd fd) override;
    Task<void> read_state(UniqueFd fd) override;
    Task<void> stop_writing() override;
    Task<guest::TransferStats> transfer_stats() override;
    Task<void> dump_memory(UniqueFd fd, guest::DumpFormat format) override;
    pid_t pid() const override;
    void describe_status(model::DomainStatus& status) const override;
    Task<void> suspend() override;
    Task<void> resume() override;
    Task<void> power_button() override;
    Task<void> reset() override;
    Task<void> kill(guest::KillKind kind) override;
    Task<void> wake_up() override;
    Task<void> inject_nmi() override;
    Task<void> send_key(std::uint32_t codeset, std::uint32_t hold_ms,
                        std::vector<std::uint32_t> keys) override;
    Task<guest::Screenshot> screenshot(std::uint32_t screen) override;
    Task<void> set_balloon(std::uint64_t kib) override;
    Task<void> set_balloon_period(int seconds) override;
    Task<std::vector<guest::MemoryStat>> memory_stats() override;
    Task<std::vector<guest::BlockStats>> block_stats() override;
    guest::CpuTimes cpu_times() const override;
    Task<std::string> monitor_command(std::string command, bool hmp) override;

    struct State;

  private:
    Task<void> simple(std::string command);

    std::shared_ptr<State> state_; ///< outlives the machine while a command waits
};

} // namespace yado::qemu
