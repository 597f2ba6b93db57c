// SPDX-License-Identifier: Apache-2.0
// The files behind disks: made new, found in chains, taken away when nothing refers to them any more; and the
// definition that names the one a disk starts from.
#pragma once

#include "guest/image_users.h"
#include "guest/power.h"
#include "model/domain/disk_chain.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yado::guest {

/// The disk of a running guest that a call names. Throws invalid_arg.
model::Disk& require_disk(Live& live, std::string_view path);
/// Throws when a job is at work on it.
void require_no_block_job(const Live& live, const model::Disk& disk);

/// The place of the image that a call names, below place `from`. Throws invalid_arg in libvirt's words;
/// `name` empty: the lowest one.
std::size_t require_image(const model::DiskChain& chain, const model::Disk& disk, std::size_t from,
                          const std::optional<std::string>& name);

/// Makes an empty file for an image; never one that is there. Blocks. Throws config_unsupported in libvirt's
/// words. `size`: of raw ones.
void make_image_file(const std::string& path, std::string_view disk, std::uint64_t size);
/// Removes files of images that nobody else needs. Logs what it leaves alone.
Task<void> remove_images(Parts parts, std::vector<model::ChainImage> images, NotCounted besides = {});

/// How the image at place `to` is reached from that at place `from`, by the relative names in the headers
/// between. Blocks. Throws operation_unsupported where one of them is not relative.
std::string relative_name(const model::DiskChain& chain, std::size_t from, std::size_t to);

/// Puts `domain` in the place of the guest's definition; on disk when it resumes.
Task<void> save_definition(Parts parts, Registry::Pointer guest, model::Domain domain);
/// Where the definition's disk starts from `before`, it starts from the top of `chain` from now on.
Task<void> move_definition(Parts parts, Registry::Pointer guest, std::string target,
                           model::StorageSource before, model::DiskChain chain);

} // namespace yado::guest
