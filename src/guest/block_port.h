// SPDX-License-Identifier: Apache-2.0
// The port to a running machine's block graph: images are opened, closed and put on top of others, and jobs
// move data between them. Images are named by their number (index= in documents). What the chain of a disk is
// stands in the domain's model; the guest's side keeps it true.
#pragma once

#include "base/async/task.h"
#include "model/domain/disk_chain.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::guest {

/// An image that joins the graph.
struct NewImage {
    /// What is to be opened, numbered, and how (driver). An image that gets a backing file later ends its
    /// chain.
    model::Disk disk;
    /// The open image that the lowest one lies on.
    std::optional<std::uint32_t> below;
    struct Format {
        std::uint64_t capacity = 0;                    ///< bytes
        std::optional<model::ChainImage> backing = {}; ///< as it shall stand in its header; none: on nothing
    };
    std::optional<Format> format; ///< its file is empty and gets a new header
};

enum class BlockJobKind { pull, copy, commit, active_commit };

struct BlockJobOrder {
    BlockJobKind kind{};
    std::string name;                       ///< of the job
    model::Disk disk;                       ///< with its chain
    std::optional<std::uint32_t> top, base; ///< commit: what is merged into what; pull: what stays below
    std::optional<std::uint32_t> target;    ///< copy: where to; opened
    std::string backing_name; ///< what the image above a merged or pulled one has in its header then
    std::uint64_t speed = 0;  ///< bytes a second, 0: no limit
    bool shallow = false;     ///< copy: the guest's own image only
    bool synchronous = false; ///< copy: the guest's writes wait for the copy
    std::uint32_t granularity = 0;
    std::uint64_t buffer = 0; ///< bytes, both 0: QEMU decides
};

/// What the machine says of a job.
struct BlockJobState {
    std::string name;
    std::string status; ///< QEMU's words: created, running, ready, pending, concluded …
    std::string error;  ///< of one that has failed
    std::uint64_t done = 0, total = 0, speed = 0;
    bool ready = false;
};

/// The image that a disk's guest writes to from now on.
struct Overlay {
    std::string target; ///< the disk's, for errors
    std::uint32_t below = 0, above = 0;
};

/// Of a snapshot inside the images.
struct InternalSnapshot {
    std::string name;
    std::vector<std::pair<std::string, std::uint32_t>> disks; ///< target and image; the first has the memory
};

class BlockPort {
  public:
    virtual ~BlockPort() = default;

    /// A number that no image has had.
    virtual std::uint32_t new_number() = 0;
    /// The disk's chain is now as given: errors and statistics name the right image.
    virtual void note_chain(const model::Disk& disk) = 0;
    /// Bytes the guest sees of an open image.
    virtual Task<std::uint64_t> capacity(std::uint32_t image) = 0;
    /// The number of the image each of the machine's disks (by alias) really writes to, and its file.
    struct Top {
        std::string alias, path, format, backing_path;
        std::uint32_t image = 0;
    };
    virtual Task<std::vector<Top>> tops() = 0;

    virtual Task<void> open(NewImage image) = 0;
    /// Closes images nobody uses any more and gives their files back. Those that are closed already are fine.
    virtual Task<void> close(std::vector<model::ChainImage> images) = 0;
    /// All or none. Throws internal_error naming the disk when the machine refuses; after any other failure
    /// nobody knows.
    virtual Task<void> put_on_top(std::vector<Overlay> overlays) = 0;

    virtual Task<void> start(BlockJobOrder order) = 0;
    virtual Task<std::vector<BlockJobState>> jobs() = 0;
    /// `lossless`: a copy that has caught up is ended where it stands rather than dropped.
    virtual Task<void> cancel(std::string name, bool lossless) = 0;
    virtual Task<void> complete(std::string name) = 0;
    /// The machine may forget a job that has concluded.
    virtual Task<void> dismiss(std::string name) = 0;
    virtual Task<void> set_speed(std::string name, std::uint64_t bytes_per_second) = 0;

    // Snapshots inside the images; resume when they are done. vCPUs stand during the first two.
    virtual Task<void> save_internal(InternalSnapshot snapshot) = 0;
    virtual Task<void> load_internal(InternalSnapshot snapshot) = 0;
    virtual Task<void> delete_internal(InternalSnapshot snapshot) = 0;
};

} // namespace yado::guest
