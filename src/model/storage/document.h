// SPDX-License-Identifier: Apache-2.0
// The texts of pools and volumes: documents from clients, files on disk, answers to pool-dumpxml.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/storage/complete.h"
#include "model/storage/pool.h"
#include "model/storage/volume.h"
#include "schema/diagnostics.h"
#include "schema/read.h"

namespace yado::model {

/// Reads a <pool> document. Throws Error with all problems when `diagnostics` is null, else adds the semantic
/// ones there.
StoragePool read_pool(std::string_view text, const schema::ReadOptions& options = {},
                      schema::Diagnostics* diagnostics = nullptr);
/// The document in libvirt's format, ending in a line end; a live view shows what is free on disks.
std::string write_pool(const StoragePool& pool, schema::View view);
/// Reads, completes and checks a client's document. Throws Error with everything that is wrong with it.
StoragePool parse_pool(std::string_view text, const schema::ReadOptions& options = {},
                       const PoolContext& context = {});

/// As above for a <volume> of a pool of kind `pool`.
StorageVolume read_volume(std::string_view text, const schema::ReadOptions& options = {},
                          schema::Diagnostics* diagnostics = nullptr);
std::string write_volume(const StorageVolume& volume);
StorageVolume parse_volume(std::string_view text, PoolType pool, const schema::ReadOptions& options = {});

/// A <source> by itself: where find-storage-pool-sources looks.
PoolSource read_pool_source(std::string_view text);
/// <sources>: what it found.
std::string write_pool_sources(const std::vector<PoolSource>& sources);
std::vector<PoolSource> read_pool_sources(std::string_view text);

} // namespace yado::model
