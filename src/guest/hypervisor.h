// SPDX-License-Identifier: Apache-2.0
// The port between guests and what runs them. A Hypervisor judges and starts definitions; a Machine is one
// running guest. Both live on the state thread. Everything a Machine has to say on its own comes as a
// MachineEvent.
#pragma once

#include "base/async/loop.h"
#include "base/async/task.h"
#include "base/error.h"
#include "base/unique_fd.h"
#include "guest/agent_port.h"
#include "guest/block_port.h"
#include "guest/taint.h"
#include "guest/tuning_port.h"
#include "model/domain/complete.h"
#include "model/domain/domain.h"
#include "model/domain/status.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace yado::guest {

// What a machine reports. Names follow QEMU's events (QAPI 7.2), which the numbers sent to clients derive
// from.
struct Stopped {}; ///< vCPUs stopped, by us or by the machine
struct Resumed {}; ///< vCPUs run
struct ShuttingDown {
    bool by_guest = false;
    bool by_reset = false; ///< it was a reset that on_reboot makes an end
}; ///< power-off has begun inside the guest or by signal
struct WasReset {
    bool by_guest = false;
}; ///< a reset happened
struct Panicked {}; ///< the guest's kernel reported a crash
struct PmSuspended {
    bool to_disk = false;
};
struct PmWoken {};
struct RtcChanged {
    std::int64_t offset_seconds = 0;
};
struct WatchdogFired {
    std::string action;
}; ///< QEMU's words: reset, shutdown, poweroff, pause, debug, none, inject-nmi
struct IoFailed {
    std::string device_alias;
    std::string path;
    std::string action;
    std::string reason;
}; ///< action: ignore, report, stop
struct DeviceRemoved {
    std::string alias;
}; ///< the guest has let go of it; what served it on the host is still there (Machine::release)
struct DeviceUnplugRefused {
    std::string alias;
};
/// The tray of a drive.
struct TrayMoved {
    std::string alias;
    bool open = false;
};
struct BalloonChanged {
    std::uint64_t actual_kib = 0;
};
struct GraphicsChanged {
    int phase = 0;        ///< 0 connect, 1 initialise, 2 disconnect (virDomainEventGraphicsPhase)
    int local_family = 0; ///< 0 IPv4, 1 IPv6, 2 unix (virDomainEventGraphicsAddressType)
    std::string local_node, local_service;
    int remote_family = 0;
    std::string remote_node, remote_service;
    std::string auth_scheme;
    std::vector<std::pair<std::string, std::string>> subject; ///< type → name, e.g. x509dname
};
/// Whether a guest's agent speaks on it.
inline bool is_agent_channel(const model::Channel& channel) {
    return channel.name == "org.qemu.guest_agent.0";
}

struct ChannelChanged {
    std::string alias;
    bool connected = false; ///< somebody has the guest's end open
};
/// The guest has written past a threshold of a disk; it holds no more.
struct WriteThresholdPassed {
    std::string target, path; ///< path: of the image
    std::uint64_t threshold = 0, excess = 0;
};
/// A pass over the guest's memory begins, counted from 1.
struct TransferPass {
    int number = 0;
};
/// A virtio-mem device has another size: what the guest uses of it.
struct MemoryDeviceResized {
    std::string alias;
    std::uint64_t kib = 0;
};
/// QEMU's word about a job that works on disks: running, ready, concluded …
struct BlockJobChanged {
    std::string name, status;
};
/// Any QMP event verbatim, for clients of the QEMU program.
struct MonitorEvent {
    std::string name;
    std::int64_t seconds = 0;
    std::uint32_t micros = 0;
    std::string details;
};
/// The process has ended: the last event of a machine.
struct Gone {
    bool crashed = false;
    std::string last_words;
}; ///< last_words: the end of the machine's own log

using MachineEvent =
    std::variant<Stopped, Resumed, ShuttingDown, WasReset, Panicked, PmSuspended, PmWoken, RtcChanged,
                 WatchdogFired, IoFailed, DeviceRemoved, DeviceUnplugRefused, BalloonChanged, GraphicsChanged,
                 ChannelChanged, BlockJobChanged, TransferPass, MemoryDeviceResized, TrayMoved,
                 WriteThresholdPassed, MonitorEvent, Gone>;
using EventSink = std::function<void(const MachineEvent&)>;

struct MemoryStat {
    int tag = 0;
    std::uint64_t value = 0;
}; ///< virDomainMemoryStatTags
struct BlockInfo {
    std::uint64_t capacity = 0, allocation = 0, physical = 0;
}; ///< bytes
struct BlockStats { ///< one disk, cumulative since start; nanoseconds and bytes
    std::string target;
    std::uint64_t read_requests = 0, read_bytes = 0, read_ns = 0, write_requests = 0, write_bytes = 0,
                  write_ns = 0, flush_requests = 0, flush_ns = 0;
    BlockInfo size;
    std::uint64_t write_threshold = 0;
    bool counted = true;             ///< false: only the sizes are known
    std::vector<BlockStats> backing; ///< the images below, the next one first
};
struct Screenshot {
    std::string mime;
    UniqueFd file;
};
/// How far the copying of a guest's memory is (save, dump, migration); QEMU's "query-migrate".
struct TransferStats {
    std::uint64_t elapsed_ms = 0, setup_ms = 0, downtime_ms = 0;
    std::uint64_t ram_transferred = 0, ram_remaining = 0, ram_total = 0; ///< bytes
    std::uint64_t constant_pages = 0, normal_pages = 0, normal_bytes = 0, bytes_per_second = 0;
    std::uint64_t dirty_pages_per_second = 0, iteration = 0, postcopy_requests = 0, page_size = 4096;
};
enum class DumpFormat { elf, kdump_zlib, kdump_lzo, kdump_snappy, win_dmp }; ///< virDomainCoreDumpFormat
struct CpuTimes {
    std::uint64_t total_ns = 0, user_ns = 0, system_ns = 0;
    std::vector<std::uint64_t> vcpu_ns;
};

/// Figures of a guest at one moment.
struct Figures {
    std::vector<BlockStats> blocks;
    std::vector<MemoryStat> memory;
    std::vector<IoThreadState> iothreads;
    std::optional<DirtyRate> dirty_rate;
    std::vector<std::optional<bool>> halted; ///< by vCPU
    PerfCounts perf;
};

enum class ResetKind { reset, reboot };
enum class KillKind {
    graceful,
    forced
}; ///< graceful: SIGTERM only, fails with operation_failed when it does not end

enum class Unplugging {
    done,
    pending ///< the guest has not answered; DeviceRemoved may still come
};

/// A running guest. Destroying it lets go of the guest without ending it (so that guests outlive the daemon).
class Machine {
  public:
    virtual ~Machine() = default;
    /// Who speaks for the system inside; null when there is no channel for it. Lives as long as the machine.
    virtual GuestAgent* agent() { return nullptr; }
    /// Its images and the jobs on them; null where there are none. Lives as long as the machine.
    virtual BlockPort* blocks() { return nullptr; }
    /// The guest's clock has been set: ticks it missed while stopped are not delivered any more.
    virtual Task<void> forget_lost_ticks() { return not_here(); }

    // Copying the whole guest; one at a time. `fd` is the machine's to write to, from where it stands.
    /// Resumes when memory and devices are written and the vCPUs stand. On failure the guest is as before.
    virtual Task<void> write_state(UniqueFd fd) {
        fd.reset();
        return not_here();
    }
    /// For a machine started to wait for it: resumes when everything has been read; vCPUs stand.
    virtual Task<void> read_state(UniqueFd fd) {
        fd.reset();
        return not_here();
    }
    /// Makes write_state() fail with operation_aborted.
    virtual Task<void> stop_writing() { return not_here(); }
    virtual Task<TransferStats> transfer_stats() {
        co_await not_here();
        co_return TransferStats();
    }
    /// The memory as a core file; the vCPUs stand meanwhile.
    virtual Task<void> dump_memory(UniqueFd fd, DumpFormat) {
        fd.reset();
        return not_here();
    }

    // Changing what the guest has while it runs; devices are named by their aliases. `domain` is the guest as
    // it will be, addresses and aliases given; the machine fills in what only it knows. A call that fails has
    // undone what it did.
    /// Plugs the device of `domain` in.
    virtual Task<void> attach(model::Domain& domain, std::string alias) {
        static_cast<void>(domain);
        static_cast<void>(alias);
        return not_here();
    }
    /// Asks the guest to let go of a device. Waits for it no longer than the machine's patience; `wait`
    /// false: not at all. Throws operation_failed when the guest refuses.
    virtual Task<Unplugging> detach(std::string alias, bool wait) {
        static_cast<void>(alias);
        static_cast<void>(wait);
        co_await not_here();
        co_return Unplugging::pending;
    }
    /// Takes away what served a device that has gone from the guest; `domain` still has it. Logs failures.
    virtual Task<void> release(model::Domain domain, std::string alias) {
        static_cast<void>(domain);
        static_cast<void>(alias);
        co_return;
    }
    /// Puts the medium of the drive in `domain` into it in place of that in `before`; `force` opens a locked
    /// tray.
    virtual Task<void> change_medium(model::Domain& domain, model::Domain before, std::string alias,
                                     bool force) {
        static_cast<void>(domain);
        static_cast<void>(before);
        static_cast<void>(alias);
        static_cast<void>(force);
        return not_here();
    }
    virtual Task<void> set_link(std::string alias, bool up) {
        static_cast<void>(alias);
        static_cast<void>(up);
        return not_here();
    }
    virtual Task<void> set_screen_password(model::Graphics graphics) {
        static_cast<void>(graphics);
        return not_here();
    }
    /// How much of a virtio-mem device the guest should use.
    virtual Task<void> resize_memory(std::string alias, std::uint64_t kib) {
        static_cast<void>(alias);
        static_cast<void>(kib);
        return not_here();
    }
    /// Plugs one vCPU of `domain` in.
    virtual Task<void> attach_vcpu(model::Domain domain, std::uint32_t id) {
        static_cast<void>(domain);
        static_cast<void>(id);
        return not_here();
    }
    /// Asks the guest to let go of a vCPU that was plugged in, and waits as detach().
    virtual Task<Unplugging> detach_vcpu(std::uint32_t id) {
        static_cast<void>(id);
        co_await not_here();
        co_return Unplugging::pending;
    }

    virtual pid_t pid() const = 0;
    /// Fills what a restarted daemon needs to find the machine again (pid, monitor, capabilities, …);
    /// `status.domain` is there already.
    virtual void describe_status(model::DomainStatus& status) const = 0;

    virtual Task<void> suspend() = 0; ///< vCPUs stopped when it resumes
    virtual Task<void> resume() = 0;
    virtual Task<void> power_button() = 0; ///< ACPI; the guest may ignore it
    virtual Task<void> reset() = 0;
    /// Ends the process; resumes when it has gone (Gone has been reported).
    virtual Task<void> kill(KillKind kind) = 0;
    virtual Task<void> wake_up() = 0;
    virtual Task<void> inject_nmi() = 0;
    virtual Task<void> send_key(std::uint32_t codeset, std::uint32_t hold_ms,
                                std::vector<std::uint32_t> keys) = 0;
    virtual Task<Screenshot> screenshot(std::uint32_t screen) = 0;
    virtual Task<void> set_balloon(std::uint64_t kib) = 0;
    virtual Task<void> set_balloon_period(int seconds) = 0;
    virtual Task<std::vector<MemoryStat>> memory_stats() = 0;
    virtual Task<std::vector<BlockStats>> block_stats() = 0;
    virtual CpuTimes cpu_times() const = 0;
    /// All at once, in one round trip. Throws what the first failing part throws.
    virtual Task<Figures> figures(FiguresWanted wanted) {
        Figures found;
        if (wanted.blocks) found.blocks = co_await block_stats();
        if (wanted.balloon) found.memory = co_await memory_stats();
        co_return found;
    }
    /// Since when the machine owes an answer; nothing while it answers.
    virtual std::optional<Loop::TimePoint> silent_since() const { return std::nullopt; }
    /// Of the threads of its vCPUs, by number.
    virtual std::vector<VcpuTimes> vcpu_times(bool /*with_affinity*/) const { return {}; }

    // Limits. What changes one is given the domain before and after, and leaves all as before when it fails.
    virtual Task<HeldLimits> limits() {
        co_await not_here();
        co_return HeldLimits();
    }
    virtual Task<void> change_limits(model::Domain /*before*/, model::Domain /*after*/) { return not_here(); }
    virtual Task<std::vector<IoThreadState>> io_threads() {
        co_await not_here();
        co_return std::vector<IoThreadState>();
    }
    virtual Task<void> add_io_thread(model::IoThread) { return not_here(); }
    virtual Task<void> remove_io_thread(std::uint32_t /*id*/) { return not_here(); }
    /// Sets what is given of it.
    virtual Task<void> set_io_thread(model::IoThread) { return not_here(); }
    /// Those of its <iotune>; none: no limits.
    virtual Task<void> limit_disk(model::Disk) { return not_here(); }
    virtual Task<void> resize_disk(model::Disk, std::uint64_t /*bytes*/) { return not_here(); }
    /// Reports when the guest writes past this byte of the disk's image, once; 0: not any more.
    virtual Task<void> set_write_threshold(model::Disk, std::uint64_t /*bytes*/) { return not_here(); }
    virtual Task<void> measure_dirty_rate(int /*seconds*/, DirtyRateMode) { return not_here(); }
    /// Counts these and no others. Throws argument_unsupported naming the event that the host cannot count.
    virtual Task<void> count_events(std::vector<model::PerfEventName>) { return not_here(); }
    /// What the disk's failures were: virDomainDiskErrorCode by target, 0 left out.
    virtual Task<std::vector<std::pair<std::string, int>>> disk_errors() {
        co_await not_here();
        co_return std::vector<std::pair<std::string, int>>();
    }

    /// hmp: human monitor text in and out; else one JSON command and QEMU's reply as JSON.
    virtual Task<std::string> monitor_command(std::string command, bool hmp) = 0;

  protected:
    /// What an optional function does where it is not implemented.
    static Task<void> not_here() {
        fail(Code::no_support, "this hypervisor cannot do that");
        co_return;
    }
};

/// What a guest has on the host beside its disks, for as long as it is defined.
enum class Belonging { nvram, tpm };

struct StartOptions {
    int id = 0;
    UniqueFd state; ///< a stream written by write_state() that it goes on from
    bool paused = false;
    bool reset_nvram = false;       ///< firmware variables begin anew from their template
    std::vector<UniqueFd> fds = {}; ///< passed by the client (CREATE_WITH_FILES)
    /// Puts the domain as it is now on disk: called before something is made that outlives the daemon and is
    /// found again by what the domain says of it. Null: nobody needs that.
    std::function<Task<void>()> note = {};
    bool from_snapshot = false; ///< what is told of it; the state may be in the images themselves
    /// Called when the machine is there with its disks, before its vCPUs run.
    std::function<Task<void>(Machine&, const model::Domain&)> load = {};
    /// Called when everything the machine needs is there and it does not run yet; what it throws ends the
    /// start.
    std::function<Task<void>()> before_run = {};
};

/// Which emulator a question is about; what is empty is chosen.
struct EmulatorChoice {
    std::string emulator, arch, machine, virt_type;
};
/// How a CPU in a document stands to one that is there: virCPUCompareResult, and why it does not fit.
struct CpuVerdict {
    int result = 0;
    std::string why;
};
/// What several CPUs have in common.
struct CpuBaselineQuestion {
    std::vector<std::string> documents;
    bool expand = false;     ///< list the features of the model too
    bool migratable = false; ///< leave out what keeps a guest where it is
};

class Hypervisor {
  public:
    virtual ~Hypervisor() = default;
    virtual std::string_view type() const = 0; ///< "QEMU", "TEST" (virConnectGetType)
    virtual ErrorSource error_source() const = 0;
    virtual std::string domain_type_default() const = 0; ///< "qemu", "test"
    virtual Task<std::uint64_t> version() = 0;           ///< major*1000000 + minor*1000 + release
    virtual Task<std::string> capabilities_xml() = 0;
    virtual Task<std::string> domain_capabilities_xml(std::string emulator, std::string arch,
                                                      std::string machine, std::string virt_type) = 0;
    // CPUs. Without an emulator the host's own are meant.
    virtual Task<CpuVerdict> compare_cpu(std::string, bool /*validate*/, std::optional<EmulatorChoice>) {
        return not_here<CpuVerdict>();
    }
    virtual Task<std::string> baseline_cpu(CpuBaselineQuestion, std::optional<EmulatorChoice>) {
        return not_here<std::string>();
    }
    /// Empty where every name is accepted.
    virtual Task<std::vector<std::string>> cpu_model_names(std::string /*arch*/) {
        return not_here<std::vector<std::string>>();
    }
    virtual int
    max_vcpus(std::string_view domain_type) const = 0; ///< fails with invalid_arg on an unknown type

    /// Loads what complete() and check() need (probes QEMU once); cheap after the first call.
    virtual Task<void> prepare() = 0;
    /// For model::complete(); valid while the hypervisor lives. Call prepare() first.
    virtual const model::CompleteContext& complete_context() const = 0;
    /// What this hypervisor cannot do is refused here (config_unsupported), at define time.
    virtual void check(const model::Domain& domain) const = 0;
    /// What of `domain`, about to run, taints a guest or is on its way out.
    virtual Warnings warnings(const model::Domain&) const { return {}; }

    /// Starts `domain` (live copy: the machine fills in ports, pty paths, aliases and so on). Events go to
    /// `sink` from then on. On failure everything is undone and the error says why, with QEMU's own last
    /// line.
    virtual Task<std::unique_ptr<Machine>> start(model::Domain& domain, StartOptions options,
                                                 EventSink sink) = 0;
    /// Takes over a machine that a former daemon started. Throws when it is gone; `status` then tells how it
    /// was.
    virtual Task<std::unique_ptr<Machine>> reconnect(model::DomainStatus& status, EventSink sink) = 0;
    /// The command line `domain` would be started with, one string (domxml-to-native qemu-argv).
    virtual Task<std::string> native_config(model::Domain domain) = 0;
    /// Ends what may still run of a dead machine and cleans what it left (sockets, directories, cgroup,
    /// owners of files); harmless when nothing is there. Throws nothing.
    virtual Task<void> clean_up(model::DomainStatus status, std::string reason) = 0;
    /// Whether the domain has one. Throws nothing.
    virtual Task<bool> has_belonging(model::Domain, Belonging) { co_return false; }
    /// Removes it; harmless when there is none.
    virtual Task<void> remove_belonging(model::Domain, Belonging) { co_return; }

  private:
    template <class T> static Task<T> not_here() {
        fail(Code::no_support, "this hypervisor cannot do that");
        co_return T();
    }
};

} // namespace yado::guest
