// SPDX-License-Identifier: Apache-2.0
// The file of --log: what went wrong, with the time.
#pragma once

#include "base/unique_fd.h"

#include <string>
#include <string_view>

namespace yado::cli {

class LogFile {
  public:
    /// Appends to `path`, made with mode 0644 when it is not there. Throws Failure.
    explicit LogFile(const std::string& path);
    /// Never throws: a full disk must not hide the error itself.
    void write(std::string_view text) noexcept;

  private:
    UniqueFd file_;
};

} // namespace yado::cli
