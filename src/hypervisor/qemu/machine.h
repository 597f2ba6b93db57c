// SPDX-License-Identifier: Apache-2.0
// One running QEMU: its process and its monitor.
#pragma once

#include "base/async/loop.h"
#include "guest/hypervisor.h"
#include "host/processes.h"
#include "host/threads.h"
#include "hypervisor/qemu/capabilities/capabilities.h"
#include "hypervisor/qemu/hotplug/workshop.h"
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
        Workshop* workshop = nullptr;     ///< outlives the machine; null: nothing can be plugged in
        host::Cgroups* cgroups = nullptr; ///< these two: for its limits; null: it cannot be limited
        host::Threads* threads = nullptr;
        // What devices and images that join later are made with.
        std::shared_ptr<const QemuCapabilities> capabilities = {};
        LaunchFacts facts = {};
        std::optional<host::Credentials> borrower = {}; ///< who gets files; none: they stay as they are
        bool remember_owners = true;
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
    guest::BlockPort* blocks() override;
    Task<void> forget_lost_ticks() override;
    Task<void> write_state(UniqueFd fd) override;
    Task<void> read_state(UniqueFd fd) override;
    Task<void> stop_writing() override;
    Task<guest::TransferStats> transfer_stats() override;
    Task<void> dump_memory(UniqueFd fd, guest::DumpFormat format) override;
    Task<void> attach(model::Domain& domain, std::string alias) override;
    Task<guest::Unplugging> detach(std::string alias, bool wait) override;
    Task<void> release(model::Domain domain, std::string alias) override;
    Task<void> change_medium(model::Domain& domain, model::Domain before, std::string alias,
                             bool force) override;
    Task<void> set_link(std::string alias, bool up) override;
    Task<void> set_screen_password(model::Graphics graphics) override;
    Task<void> resize_memory(std::string alias, std::uint64_t kib) override;
    Task<void> attach_vcpu(model::Domain domain, std::uint32_t id) override;
    Task<guest::Unplugging> detach_vcpu(std::uint32_t id) override;
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
    Task<guest::Figures> figures(guest::FiguresWanted wanted) override;
    std::optional<Loop::TimePoint> silent_since() const override;
    std::vector<guest::VcpuTimes> vcpu_times(bool with_affinity) const override;
    Task<guest::HeldLimits> limits() override;
    Task<void> change_limits(model::Domain before, model::Domain after) override;
    Task<std::vector<guest::IoThreadState>> io_threads() override;
    Task<void> add_io_thread(model::IoThread thread) override;
    Task<void> remove_io_thread(std::uint32_t id) override;
    Task<void> set_io_thread(model::IoThread thread) override;
    Task<void> limit_disk(model::Disk disk) override;
    Task<void> resize_disk(model::Disk disk, std::uint64_t bytes) override;
    Task<void> set_write_threshold(model::Disk disk, std::uint64_t bytes) override;
    Task<void> measure_dirty_rate(int seconds, guest::DirtyRateMode mode) override;
    Task<void> count_events(std::vector<model::PerfEventName> events) override;
    Task<std::vector<std::pair<std::string, int>>> disk_errors() override;
    /// The limits of a vCPU that has been plugged in.
    Task<void> settle_vcpu(model::Domain domain, std::uint32_t id);
    /// The limits of single threads and what is counted, once it has been started; nothing where nothing is
    /// said.
    Task<void> settle(model::Domain domain);
    Task<std::string> monitor_command(std::string command, bool hmp) override;

    struct State;

  private:
    Task<void> simple(std::string command);
    Task<void> know_iothreads(model::Domain domain);
    Task<std::string> node_of(model::Disk disk);

    std::shared_ptr<State> state_; ///< outlives the machine while a command waits
};

} // namespace yado::qemu
