// SPDX-License-Identifier: Apache-2.0
// A job that works on the images of one disk of a running guest: what it will mean for the chain when it
// ends.
#pragma once

#include "base/async/completion.h"
#include "guest/block_port.h"
#include "model/domain/status.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yado::guest {

enum class BlockJobPhase : std::uint8_t { fresh, running, ready, aborting, pivoting };

/// virConnectDomainEventBlockJobStatus
enum class BlockJobOutcome : std::uint8_t { completed, failed, canceled, ready };

struct BlockJobEnd {
    BlockJobOutcome outcome{};
    std::string problem; ///< of one that failed
};

struct BlockJob {
    BlockJobKind kind{};
    BlockJobPhase phase{};
    std::string target;                                ///< the disk's: "vda"
    std::uint32_t flags = 0;                           ///< of the call that began it
    std::optional<std::uint32_t> top, base, above_top; ///< images, by number
    bool delete_merged = false;                        ///< files that have been merged go away
    bool shallow_new = false; ///< a shallow copy into a new image: the disk's other images are shared
    bool holds_vcpus = false; ///< they stand while the guest's writes go over to another image
    /// Set while somebody settles it himself, holding the guest's job; told that it has concluded.
    std::optional<Completion<void>::Resolver> owner;
    std::vector<Completion<BlockJobEnd>::Resolver> waiting;
};

using BlockJobs = std::map<std::string, BlockJob, std::less<>>; ///< by name

/// virDomainBlockJobType
int public_type(BlockJobKind kind);

/// As status files have them.
model::StatusBlockJobs to_status(const BlockJobs& jobs, const model::Domain& domain);
BlockJobs from_status(const model::StatusBlockJobs& status);

} // namespace yado::guest
