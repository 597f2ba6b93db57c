// SPDX-License-Identifier: Apache-2.0
// Bringing guests up and down and following what their machines report: every change of state goes through
// here, is saved and is told to the subscribers.
#pragma once

#include "base/async/gate.h"
#include "guest/guest.h"
#include "guest/registry.h"
#include "guest/save_stream.h"
#include "guest/store.h"
#include "host/hooks.h"
#include "host/processes.h"

#include <functional>
#include <memory>

namespace yado::guest {

/// What the parts of one hypervisor's guests share; all outlive them.
struct Parts {
    Loop& loop;
    Registry& registry;
    Store& store;
    EventHub& events;
    Hypervisor& hypervisor;
    Gate& work;                         ///< running tasks, for an orderly shutdown
    const host::Hooks* hooks = nullptr; ///< of the host's administrator; null for none
    std::string save_directory = {};    ///< of managed saves, e.g. /var/lib/libvirt/qemu/save
    SaveSettings saves = {};
    std::string snapshot_directory = {};  ///< of documents of snapshots; empty: they are kept in memory
    host::Processes* processes = nullptr; ///< runs qemu-img; null: there are no images
};

class Power {
  public:
    explicit Power(Parts parts) : parts_(parts), defining_(parts.loop) {}

    /// Runs `domain` as this guest's instance. The caller holds a job. Throws operation_invalid when it is
    /// active; on any failure everything is as before.
    Task<void> start(Registry::Pointer guest, model::Domain domain, StartOptions options);
    /// Ends the guest, whatever it is doing, and resumes when nothing of it is left. Needs no job.
    Task<void> destroy(Registry::Pointer guest, KillKind kind);

    /// Stops the vCPUs; `why` is shown. The caller holds a job. Nothing when they stand already.
    Task<void> pause(Registry::Pointer guest, Condition why);
    /// Lets them run again; likewise.
    Task<void> unpause(Registry::Pointer guest, Condition why);
    Task<void> suspend(Registry::Pointer guest);
    Task<void> resume(Registry::Pointer guest);
    /// ACPI power button; with `reboot` the power-off that follows restarts the guest.
    Task<void> press_power_button(Registry::Pointer guest, bool reboot);

    /// Takes over a guest that runs already (after a restart of the daemon), or records how it ended.
    Task<void> reconnect(Registry::Pointer guest, model::DomainStatus status);

    /// Notes that its trouble is its administrator's own; once, and as long as it runs.
    Task<void> taint(Registry::Pointer guest, Taint taint);
    /// Writes the status file of an active guest.
    Task<void> save_status(Registry::Pointer guest);

    /// Ends the guest when `connection` closes.
    void destroy_with(const Registry::Pointer& guest, service::Connection& connection);

    void publish(const Guest& guest, EventBody body) const;

    /// The guest has let go of a device: what served it goes, then the documents change and the subscribers
    /// are told. Nothing when it is not there any more.
    Task<void> forget_device(Registry::Pointer guest, std::shared_ptr<Live> live, std::string alias);
    /// Told what a machine says of its jobs on disks, and when one has been taken over from a former daemon.
    struct BlockJobWatcher {
        std::function<void(Registry::Pointer, const BlockJobChanged&)> changed = {};
        std::function<Task<void>(Registry::Pointer)> adopted = {};
        std::function<void(Live&)> gone = {};
    };
    void watch_block_jobs(BlockJobWatcher watcher) { block_job_watcher_ = std::move(watcher); }

    /// The guest that `domain` is to run as: the inactive one of its UUID, or a new transient one. The caller
    /// holds defining(). Throws operation_failed when its name or UUID is another one's, operation_invalid
    /// when it runs.
    Registry::Pointer claim(const model::Domain& domain);
    /// Names and UUIDs are given to one document at a time: held while one is being defined or made to run.
    AsyncMutex& defining() { return defining_; }

  private:
    EventSink sink(const Registry::Pointer& guest, const std::shared_ptr<Live>& live);
    void on_event(const Registry::Pointer& guest, const std::shared_ptr<Live>& live,
                  const MachineEvent& event);
    void enter(const Registry::Pointer& guest, Condition condition);
    void enter_paused(const Registry::Pointer& guest, Condition condition);
    void enter_running(const Registry::Pointer& guest, Condition condition);
    void on_shutdown(const Registry::Pointer& guest, const std::shared_ptr<Live>& live,
                     const ShuttingDown& shutdown);
    void on_device_gone(const Registry::Pointer& guest, const std::shared_ptr<Live>& live,
                        const std::string& alias);
    void on_panic(const Registry::Pointer& guest, const std::shared_ptr<Live>& live);
    Task<void> restart_inside(Registry::Pointer guest, std::shared_ptr<Live> live);
    Task<void> run_hooks(Registry::Pointer guest, std::string operation, std::string sub_operation);
    Task<void> run_end_hooks(Registry::Pointer guest, std::string operation);
    Task<void> end_process(std::shared_ptr<Live> live);
    Task<void> dismantle(Registry::Pointer guest, std::shared_ptr<Live> live);
    Task<void> finish(Registry::Pointer guest, std::shared_ptr<Live> live);
    void run(std::string_view what, const Registry::Pointer& guest, Task<void> task);

    Parts parts_;
    AsyncMutex defining_;
    BlockJobWatcher block_job_watcher_;
};

} // namespace yado::guest
