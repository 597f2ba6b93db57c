// SPDX-License-Identifier: Apache-2.0
// Parts of /proc and /sys recorded in one text file: a line "@@ /path" before each file's content.
#pragma once

#include "base/files.h"

#include <string>

namespace yado::test_support {

/// A recorded tree laid out in a temporary directory for as long as this lives.
class RecordedTree {
  public:
    explicit RecordedTree(const std::string& file);
    const std::string& root() const { return directory_.path(); }

  private:
    TemporaryDirectory directory_;
};

} // namespace yado::test_support
