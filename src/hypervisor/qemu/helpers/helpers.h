// SPDX-License-Identifier: Apache-2.0
// The processes beside a QEMU that serve one of its devices: swtpm, virtiofsd, passt, vhost-user-gpu,
// qemu-pr-helper. All are started, noted, watched and ended here, and in the same way. A note of each lies in
// the guest's directory, so that a restarted daemon finds them; they run in the guest's control group.
#pragma once

#include "base/async/loop.h"
#include "base/async/task.h"
#include "host/processes.h"
#include "hypervisor/qemu/plan/plan.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yado::qemu {

/// Who a helper runs as; nothing: the daemon.
struct HelperUsers {
    std::optional<host::Credentials> qemu, swtpm;
};

/// One guest's side of it.
struct HelperGuest {
    std::string name;      ///< of the guest, for messages and logs
    std::string directory; ///< the guest's own; its sockets and notes are there
    std::string log_dir;   ///< of helpers whose plan names no log
    host::CgroupPlacement cgroup;
};

class Helpers {
  public:
    Helpers(Loop& loop, host::Processes& processes, HelperUsers users)
        : loop_(loop), processes_(processes), users_(std::move(users)) {}

    /// Starts one and resumes when its socket is there, which QEMU's user may connect to. Throws
    /// operation_failed with its last words when it ends or does not come up in time; then end() has to be
    /// called.
    Task<void> start(HelperGuest guest, HelperProcess helper);
    /// Ends the guest's helper called `name`, all of them when it is empty, and forgets them. Harmless when
    /// there is none. Throws nothing.
    Task<void> end(std::string directory, std::string name = {});
    /// Watches those that a former daemon started.
    Task<void> keep(std::string guest, std::string directory);

  private:
    struct Running {
        std::shared_ptr<host::Child> child;
        bool ending = false;
    };
    using Pointer = std::shared_ptr<Running>;

    void prepare(const HelperGuest& guest, const HelperProcess& helper) const;
    host::ProcessSpec spec_of(const HelperGuest& guest, const HelperProcess& helper, int log) const;
    const std::optional<host::Credentials>& user_of(const HelperProcess& helper) const;
    Task<void> set_up(HelperGuest guest, HelperProcess helper);
    Task<void> wait_for_socket(Pointer running, HelperProcess helper, std::string log);
    Pointer note(const std::string& directory, const std::string& name, std::shared_ptr<host::Child> child);
    static Task<void> watch(Pointer running, std::string guest, std::string name);

    Loop& loop_;
    host::Processes& processes_;
    HelperUsers users_;
    std::map<std::string, std::map<std::string, Pointer>> running_; ///< by guest's directory and name
};

/// Names a helper's note and is the end of its file's name.
inline constexpr std::string_view helper_note_suffix = ".helper";

} // namespace yado::qemu
