// SPDX-License-Identifier: Apache-2.0
// Waiting for a job on a disk as virsh's --wait does: its progress is shown, ^C and a time limit abort it.
#pragma once

#include "cli/arguments.h"
#include "cli/session.h"
#include "protocol/types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::cli {

enum class BlockEnd : std::uint8_t { completed, failed, aborted, ready };

class BlockWait {
  public:
    /// Listens from now on, so make it before the job begins. `what`: "Block Copy".
    BlockWait(Session& session, const Arguments& arguments, protocol::DomainRef domain, std::string disk,
              std::string_view what);
    ~BlockWait();
    BlockWait(const BlockWait&) = delete;
    BlockWait& operator=(const BlockWait&) = delete;

    /// Until the job has ended, or goes on by itself no more.
    BlockEnd wait();

  private:
    Session& session_;
    protocol::DomainRef domain_;
    std::string disk_;
    std::string_view what_;
    bool verbose_ = false, async_ = false;
    std::optional<unsigned> timeout_;
    std::optional<std::int32_t> status_; ///< virConnectDomainEventBlockJobStatus, once told
    std::vector<std::int32_t> callbacks_;
};

/// "\rBlock Copy: [ 42 %]" to stderr.
void print_block_progress(std::string_view what, std::uint64_t done, std::uint64_t total);

} // namespace yado::cli
