// SPDX-License-Identifier: Apache-2.0
// Jobs on the images of running guests, from their beginning to what they leave of the chain. What a job will
// mean is in the status file before it begins, and what it meant before the machine forgets it: a daemon that
// starts anew goes on from there.
#pragma once

#include "guest/block_job.h"
#include "guest/disk_images.h"
#include "guest/power.h"

#include <optional>
#include <string>

namespace yado::guest {

struct PullOrder {
    std::string disk;
    std::optional<std::string> base; ///< what stays below; none: nothing
    std::uint64_t speed = 0;         ///< bytes a second
    bool relative = false;           ///< names in headers stay relative
};

struct CommitOrder {
    std::string disk;
    std::optional<std::string> base, top;
    std::uint64_t speed = 0;
    std::uint32_t flags = 0; ///< virDomainBlockCommitFlags
};

struct CopyOrder {
    std::string disk;
    model::Mirror target; ///< source and format
    std::uint64_t speed = 0;
    std::uint32_t granularity = 0;
    std::uint64_t buffer = 0;
    std::uint32_t flags = 0; ///< virDomainBlockCopyFlags
};

class BlockWork {
  public:
    /// `power` outlives it.
    BlockWork(Parts parts, Power& power);

    // The caller holds a job of the guest. Each gives the name of what it has begun; `owned`: the caller
    // settles it.
    Task<std::string> pull(Registry::Pointer guest, PullOrder order);
    Task<std::string> commit(Registry::Pointer guest, CommitOrder order);
    Task<std::string> copy(Registry::Pointer guest, CopyOrder order);

    /// Ends the disk's job; `pivot`: the guest goes over to where it has written to. Resumes when that has
    /// happened, with `wait`. Takes a job of the guest for a moment.
    Task<void> end(Registry::Pointer guest, std::string disk, bool pivot, bool wait);
    Task<void> set_speed(Registry::Pointer guest, std::string disk, std::uint64_t bytes_per_second);
    struct Info {
        int type = 0;
        BlockJobState state;
        bool ready = false;
    };
    /// Nothing where none is at work.
    Task<std::optional<Info>> info(Registry::Pointer guest, std::string disk);

    /// Waits for a job's end and draws the consequences, for callers that hold a job of the guest. A commit
    /// of the guest's own image pivots as soon as it can. Throws what it failed with.
    Task<void> finish(Registry::Pointer guest, std::string name);

  private:
    using Named = BlockJobs::iterator;

    void on_change(const Registry::Pointer& guest, const BlockJobChanged& changed);
    Task<void> adopt(Registry::Pointer guest);
    Task<void> become_ready(Registry::Pointer guest, std::string name);
    /// The job has concluded: the chain becomes what it made of it, on disk and in memory. The caller holds a
    /// job of the guest.
    Task<BlockJobEnd> settle(Registry::Pointer guest, std::string name);
    Task<void> settle_alone(Registry::Pointer guest, std::string name);
    Task<void> begin(Registry::Pointer guest, std::string name, BlockJob job, BlockJobOrder order);
    Task<void> pivot(Registry::Pointer guest, std::string name);
    Task<void> release_vcpus(Registry::Pointer guest, bool held);
    void publish(const Guest& guest, const model::Disk& disk, BlockJobKind kind,
                 BlockJobOutcome outcome) const;
    static Named job_of(Live& live, const model::Disk& disk);

    Parts parts_;
    Power& power_;
};

} // namespace yado::guest
