// SPDX-License-Identifier: Apache-2.0
// A disk's images as a list: the one the guest writes to first, then what lies below. Documents nest them;
// all that changes chains (snapshots, commits, copies) thinks in lists.
#pragma once

#include "model/domain/domain.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace yado::model {

struct ChainImage {
    StorageSource source;
    StorageFormat format;
    std::optional<std::uint32_t> index; ///< of the image in a running guest's block graph
};

struct DiskChain {
    std::vector<ChainImage> images; ///< empty for an empty drive
    bool complete = false;          ///< nothing lies below the last one, or what does is nobody's business
};

DiskChain chain_of(const Disk& disk);
/// Of what a copy or an active commit writes to.
DiskChain chain_of(const Mirror& mirror);
/// Makes the list the disk's chain; what else the disk has stays.
void set_chain(Disk& disk, const DiskChain& chain);
/// A mirror onto the list.
void set_chain(Mirror& mirror, const DiskChain& chain);

/// The image that a call names: by "vda[3]" (its index), its path, or its path as the image above may have it
/// ("base.img" beside it). Nothing when there is none; the place in the list.
std::optional<std::size_t> find_image(const DiskChain& chain, std::string_view target, std::string_view name);

/// As a user would declare the domain: without what was found below the disks' images.
Domain declared(Domain domain);

/// Whether two sources are the same storage.
bool same_storage(const StorageSource& one, const StorageSource& other);

} // namespace yado::model
