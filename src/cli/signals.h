// SPDX-License-Identifier: Apache-2.0
// Signals that end what the program waits for, not the program.
#pragma once

#include <csignal>
#include <initializer_list>
#include <utility>
#include <vector>

namespace yado::cli {

/// While it lives, these signals are only noted and end any waiting. One at a time.
class CaughtSignals {
  public:
    explicit CaughtSignals(std::initializer_list<int> numbers);
    CaughtSignals(const CaughtSignals&) = delete;
    CaughtSignals& operator=(const CaughtSignals&) = delete;
    ~CaughtSignals();

    /// The last one that came, 0 when none has.
    static int caught();

  private:
    std::vector<std::pair<int, struct sigaction>> before_;
};

} // namespace yado::cli
