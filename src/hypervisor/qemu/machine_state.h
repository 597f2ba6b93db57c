// SPDX-License-Identifier: Apache-2.0
// What the parts of QemuMachine share; only machine*.cpp include it.
#pragma once

#include "hypervisor/qemu/agent/agent.h"
#include "hypervisor/qemu/machine.h"

#include <boost/json.hpp>
#include <map>
#include <optional>

namespace yado::qemu {

struct QemuMachine::State : std::enable_shared_from_this<State> {
    explicit State(Parts its_parts) : parts(std::move(its_parts)) {}

    Parts parts;
    std::optional<Monitor> monitor;
    std::vector<pid_t> vcpu_threads;
    std::vector<std::pair<std::string, std::string>> disks; ///< alias → target
    std::map<std::string, std::string> disk_sources;        ///< alias → path of the image
    std::map<std::string, std::string> block_nodes;         ///< QEMU's node → alias of the disk on top of it
    std::string balloon_path;                               ///< QOM path; empty without one
    std::string agent_alias;                                ///< of the guest agent's channel
    std::unique_ptr<QemuAgent> agent;                       ///< null without such a channel
    std::optional<Completion<std::string>::Resolver> transfer; ///< waits for QEMU's word about its end
    unsigned screenshots = 0;
    bool gone = false;

    void note_domain(const model::Domain& domain);
    /// Whether somebody has the guest's ends of its channels open.
    void note_channels(model::Devices& devices, const boost::json::array& chardevs);
    /// The drives' places in QEMU's tree, which go into the status file.
    void note_drives(const boost::json::array& devices);
    /// What has to be said once, right after the start; nothing waits for one another.
    std::vector<Task<boost::json::value>> first_words(const model::Domain& domain, Loop::Duration limit);
    void report(const guest::MachineEvent& event);
    /// Replaces the block node's name by the disk and its image, where that is known.
    void name_disk(guest::IoFailed& failed) const;
    void on_monitor_event(const Monitor::Event& event);
    void on_monitor_closed(std::string_view why);
    /// What QEMU says while it copies the guest.
    void on_transfer_event(const Monitor::Event& event);
    static Task<void> catch_up(std::shared_ptr<State> given);
    static Task<void> watch_exit(std::weak_ptr<State> weak, std::shared_ptr<host::Child> child);
};

/// "return" values are what QEMU's schema says, or the peer is not to be trusted: throws internal_error.
const boost::json::object& object_of(const boost::json::value& value, std::string_view what);
const boost::json::array& array_of(const boost::json::value& value, std::string_view what);
/// A member as an unsigned number; 0 when it is missing or no such number.
std::uint64_t number_in(const boost::json::object& object, std::string_view key);
std::string text_in(const boost::json::object& object, std::string_view key);

} // namespace yado::qemu
