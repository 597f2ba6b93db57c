// SPDX-License-Identifier: Apache-2.0
// What the parts of QemuMachine share; only machine*.cpp include it.
#pragma once

#include "host/perf.h"
#include "hypervisor/qemu/agent/agent.h"
#include "hypervisor/qemu/devices/device.h"
#include "hypervisor/qemu/hotplug/steps.h"
#include "hypervisor/qemu/machine.h"

#include <boost/json.hpp>
#include <map>
#include <optional>

namespace yado::qemu {

class BlockGraph;

struct QemuMachine::State : std::enable_shared_from_this<State> {
    explicit State(Parts its_parts);
    ~State();

    Parts parts;
    std::optional<Monitor> monitor;
    std::vector<pid_t> vcpu_threads;                        ///< by vCPU; 0 for those that are not there
    std::vector<std::pair<std::string, std::string>> disks; ///< alias → target
    std::map<std::string, std::string> disk_sources;        ///< alias → path of the image
    std::map<std::string, std::string> block_nodes;         ///< QEMU's node → alias of the disk on top of it
    std::map<std::uint32_t, pid_t> iothreads;               ///< by number, once they have been asked for
    std::shared_ptr<host::PerfCounters> counters;           ///< of events of the kernel
    std::string balloon_path;                               ///< QOM path; empty without one
    std::string agent_alias;                                ///< of the guest agent's channel
    std::unique_ptr<QemuAgent> agent;                       ///< null without such a channel
    std::unique_ptr<BlockGraph> blocks;
    std::optional<Completion<std::string>::Resolver> transfer; ///< waits for QEMU's word about its end
    /// What became of a device the guest was asked to let go of.
    enum class Answer { gone, refused, late, ended };
    std::map<std::string, Completion<Answer>::Resolver, std::less<>> unplugging; ///< by alias
    /// Devices that are on their way out because a later step of their attaching failed, with what is left
    /// then.
    std::map<std::string, std::vector<QmpCommand>, std::less<>> abandoned;
    unsigned screenshots = 0;
    bool gone = false;

    void note_domain(const model::Domain& domain);
    void note_disk(const model::Disk& disk);
    /// The guest agent, when the channel is its.
    void note_agent(const model::Channel& channel);
    /// Tells who waits for a device to go.
    void answer_unplugging(std::string_view alias, Answer answer);
    /// device_del and, unless `wait` is false, what came of it.
    Task<Answer> unplug(std::string alias, bool wait);
    // Parts of plugging devices in and out; there is a workshop.
    Task<Workshop::Bench> bench(model::Domain domain);
    /// Makes the device and what it needs on the host but a card's claim, or nothing of it.
    Task<DeviceParts> plug(model::Domain& domain, std::string alias);
    /// Takes away all of a device but a card's host side and the device itself, which has gone.
    Task<void> take_away(model::Domain domain, std::string alias);
    Task<void> take_disk_away(model::Domain domain, model::Disk disk);
    /// What takes away the nodes and objects of a disk without a device.
    Task<std::vector<QmpCommand>> disk_removal(model::Disk disk);
    Task<void> start_helpers(std::string guest, std::vector<HelperProcess> helpers);
    Task<void> end_helpers(std::vector<HelperProcess> helpers);
    /// Whether somebody has the guest's ends of its channels open.
    void note_channels(model::Devices& devices, const boost::json::array& chardevs);
    /// The drives' places in QEMU's tree, which go into the status file.
    void note_drives(const boost::json::array& devices);
    /// What has to be said once, right after the start; nothing waits for one another.
    std::vector<Task<boost::json::value>> first_words(const model::Domain& domain, Loop::Duration limit);
    void report(const guest::MachineEvent& event);
    /// Replaces the block node's name by the disk and its image, where that is known.
    void name_disk(guest::IoFailed& failed) const;
    void name_disk(guest::WriteThresholdPassed& passed) const;
    void on_monitor_event(const Monitor::Event& event);
    void on_monitor_closed(std::string_view why);
    /// What QEMU says while it copies the guest.
    void on_transfer_event(const Monitor::Event& event);
    static Task<void> catch_up(std::shared_ptr<State> given);
    static Task<void> watch_exit(std::weak_ptr<State> weak, std::shared_ptr<host::Child> child);
};

/// A screen's password and how long it counts; nothing when it has none.
std::vector<QmpCommand> password_commands(const model::Graphics& graphics);
/// The vCPUs' threads by number, of the answer to query-cpus-fast.
std::vector<pid_t> threads_of(const boost::json::array& cpus);

/// "return" values are what QEMU's schema says, or the peer is not to be trusted: throws internal_error.
const boost::json::object& object_of(const boost::json::value& value, std::string_view what);
const boost::json::array& array_of(const boost::json::value& value, std::string_view what);
/// A member as an unsigned number; 0 when it is missing or no such number.
std::uint64_t number_in(const boost::json::object& object, std::string_view key);
std::string text_in(const boost::json::object& object, std::string_view key);
/// Of query-iothreads, in QEMU's order; the threads' ids go to `threads` by number.
std::vector<guest::IoThreadState> iothreads_in(const boost::json::value& reply,
                                               std::map<std::uint32_t, pid_t>* threads);
/// The node of the file below an image's: "libvirt-1-format" → "libvirt-1-storage".
std::string storage_node(std::string_view format_node);
/// Of query-dirty-rate.
guest::DirtyRate dirty_rate_in(const boost::json::value& reply);

} // namespace yado::qemu
