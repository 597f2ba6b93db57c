// SPDX-License-Identifier: Apache-2.0
// check() lists what libvirt refuses about pools and volumes, with its numbers and words. It judges completed
// documents; whether devices and directories are there is seen when a pool starts.
#pragma once

#include "model/storage/pool.h"
#include "model/storage/volume.h"
#include "schema/diagnostics.h"

namespace yado::model {

void check(const StoragePool& pool, schema::Diagnostics& diagnostics);
/// `pool`: the kind of pool the volume is for.
void check(const StorageVolume& volume, PoolType pool, schema::Diagnostics& diagnostics);

} // namespace yado::model
