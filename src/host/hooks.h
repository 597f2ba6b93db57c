// SPDX-License-Identifier: Apache-2.0
// Programs of the host's administrator that are told what happens: DIRECTORY/NAME and every executable file
// of DIRECTORY/NAME.d, in the order of their names, as libvirt calls them. They may refuse what is about to
// be done. One that does not end is ended: guests must not wait for it for ever.
#pragma once

#include "base/async/loop.h"
#include "host/processes.h"

#include <chrono>
#include <string>
#include <vector>

namespace yado::host {

struct HookCall {
    std::string object; ///< name of the guest, network …; "-" for the daemon
    std::string operation;
    std::string sub_operation = "-";
    std::string extra = "-";
    std::string input = {}; ///< the object's document
};

class Hooks {
  public:
    /// Looks for the programs now: what is put there later counts from the next start on, as with libvirt.
    /// `processes` outlives it. A `limit` of zero means none.
    Hooks(Processes& processes, const std::string& directory, const std::string& name,
          std::chrono::milliseconds limit);

    bool empty() const { return programs_.empty(); }
    /// Runs them all, also when one fails. Throws hook_script_failed with the first failure: what the program
    /// wrote to stderr, or that it did not end in time.
    Task<void> run(HookCall call) const;

  private:
    Processes& processes_;
    std::vector<std::string> programs_;
    std::chrono::milliseconds limit_;
};

} // namespace yado::host
