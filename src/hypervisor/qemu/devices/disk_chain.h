// SPDX-License-Identifier: Apache-2.0
// What a disk's images are before QEMU is told: those that lie below are found by the images' own headers,
// and every one gets the number that names its nodes and that clients see as index=.
#pragma once

#include "model/domain/disk_chain.h"

#include <cstdint>

namespace yado::qemu {

/// Completes the disk's chain where its document leaves open what lies below. Blocks. Throws what is wrong
/// with an image, naming it.
void detect_chain(model::Disk& disk);
void detect_chains(model::Domain& domain);

/// Numbers the images that have none from `last` + 1 on; `last` is the last one given then.
void number_images(model::Disk& disk, std::uint64_t& last);
/// Of a domain that is started: as libvirt counts, from the last disk to the first. The last one given.
std::uint64_t number_images(model::Domain& domain);

} // namespace yado::qemu
