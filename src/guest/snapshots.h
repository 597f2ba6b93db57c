// SPDX-License-Identifier: Apache-2.0
// Snapshots of domains: taken, gone back to, taken away. All disks of a snapshot change in one step: when any
// part fails, everything is as before. A file that something else refers to is never removed.
#pragma once

#include "guest/block_work.h"
#include "guest/image_tool.h"
#include "guest/power.h"
#include "guest/snapshot_store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace yado::guest {

class Snapshots {
  public:
    /// All outlive it.
    Snapshots(Parts parts, Power& power, BlockWork& work)
        : parts_(parts), power_(power), work_(work), tool_(parts.processes),
          store_(parts.loop, parts.snapshot_directory) {}

    // Each takes a job of the guest; flags are virDomainSnapshot{Create,Revert,Delete}Flags.
    /// The name of the new one.
    Task<std::string> create(Registry::Pointer guest, std::string xml, std::uint32_t flags);
    Task<void> revert(Registry::Pointer guest, std::string name, std::uint32_t flags);
    Task<void> remove(Registry::Pointer guest, std::string name, std::uint32_t flags);

  private:
    struct NewOverlay {
        std::string target;
        model::ChainImage below, image;
        bool made = false, open = false;
    };
    /// What happens to one disk of a snapshot that goes away.
    struct Merge {
        std::string target;
        model::ChainImage overlay, below;
        std::optional<model::ChainImage> above; ///< what lies on the overlay
        /// stays: the guest goes on writing to it. done: a deletion that was cut off has merged it, or it is
        /// the end of a branch that the guest is not in.
        enum class What { merge, stays, done } what = What::merge;
    };

    // snapshot_redefine.cpp
    Task<std::string> redefine(Registry::Pointer guest, std::string xml, std::uint32_t flags);

    // snapshot_create.cpp
    Task<void> take_internal(Registry::Pointer guest, model::Snapshot snapshot);
    Task<void> take_internal_offline(Registry::Pointer guest, model::Snapshot snapshot);
    /// Keeps it and makes it the one the domain is at.
    Task<void> record(Registry::Pointer guest, model::Snapshot snapshot);
    Task<void> make_current(Registry::Pointer guest, std::string name);
    Task<void> drop_record(Registry::Pointer guest, std::string name, std::string current_before);

    // snapshot_external.cpp
    Task<void> take_external(Registry::Pointer guest, model::Snapshot& snapshot, std::uint32_t flags);
    Task<void> take_external_offline(Registry::Pointer guest, model::Snapshot& snapshot, std::uint32_t flags);
    Task<void> make_overlay(Registry::Pointer guest, NewOverlay& overlay, bool reuse);
    Task<void> switch_over(Registry::Pointer guest, model::Snapshot snapshot,
                           std::vector<NewOverlay>& overlays, std::uint32_t flags);

    // snapshot_revert.cpp
    Task<void> revert_to_memory(Registry::Pointer guest, SnapshotTree::Pointer snapshot, bool run,
                                bool force);
    Task<void> revert_to_disks(Registry::Pointer guest, SnapshotTree::Pointer snapshot, std::uint32_t flags);
    Task<void> revert_external(Registry::Pointer guest, SnapshotTree::Pointer snapshot, std::uint32_t flags);
    Task<void> require_inside(SnapshotTree::Pointer snapshot);
    Task<void> reset_nvram(Registry::Pointer guest, SnapshotTree::Pointer snapshot, std::uint32_t flags);
    Task<void> stop_for(Registry::Pointer guest);
    Task<void> start_from(Registry::Pointer guest, model::Domain domain, StartOptions options);

    // snapshot_delete.cpp
    Task<void> remove_one(Registry::Pointer guest, std::string name, bool metadata_only);
    Task<void> remove_internal(Registry::Pointer guest, SnapshotTree::Pointer snapshot);
    Task<void> remove_external(Registry::Pointer guest, SnapshotTree::Pointer snapshot);
    Task<void> merge_disk(Registry::Pointer guest, Merge merge);
    Task<void> remove_memory(Registry::Pointer guest, SnapshotTree::Pointer snapshot);
    Task<void> forget_images(Registry::Pointer guest, SnapshotTree::Pointer snapshot,
                             std::vector<std::string> merged);

    Parts parts_;
    Power& power_;
    BlockWork& work_;
    ImageTool tool_;
    SnapshotStore store_;
};

/// Reads what is on disk of the guest's snapshots. Blocks.
void load_snapshots(const Parts& parts, Guest& guest);
/// Forgets all of a guest that is no more; images stay as they are.
Task<void> discard_snapshots(Parts parts, Registry::Pointer guest);

/// After a daemon ended while it took a snapshot of a running guest: one that the machine had made already is
/// noted in the live domain, one that it had not is as if it never had been begun. The caller holds a job.
Task<void> settle_cut_off(Parts parts, Registry::Pointer guest);

/// The domain's disk of that target. Throws config_unsupported.
const model::Disk& disk_of(const model::Domain& domain, const std::string& target);

/// What the domain was doing.
model::SnapshotState state_of(const Guest& guest);

/// The domain as its snapshot has it: clean of what only the running one has.
model::Domain snapshot_copy(const model::Domain& domain);

} // namespace yado::guest
