// SPDX-License-Identifier: Apache-2.0
// Tells which files of a folder appeared, changed or went, soon after they did.
#pragma once

#include "base/async/loop.h"
#include "base/unique_fd.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace yado::storage {

class FolderWatch {
  public:
    /// `names`: of the files; empty when so much happened that the whole folder must be read.
    using Callback = std::function<void(std::vector<std::string> names)>;

    /// Throws system_error; a folder that cannot be watched is still a good pool.
    FolderWatch(Loop& loop, const std::string& folder, Callback callback);

  private:
    void read_events();

    Loop& loop_;
    Callback callback_;
    UniqueFd fd_;
    Loop::Watch watch_;
    Loop::Timer timer_;
    std::set<std::string> names_;
    bool overflow_ = false;
};

} // namespace yado::storage
