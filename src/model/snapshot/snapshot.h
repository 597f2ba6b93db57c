// SPDX-License-Identifier: Apache-2.0
// <domainsnapshot>: a domain's disks and perhaps its memory as they were at one moment, and the definition it
// had then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/domain/domain.h"
#include "model/implied_source.h"
#include "schema/io.h"

namespace yado::model {

/// Where the state goes: into the image itself, or what is written from now on into another file.
enum class SnapshotLocation : std::uint8_t { unset, no, internal, external, manual };
enum class SnapshotState : std::uint8_t {
    unset,
    running,
    blocked,
    paused,
    shutdown,
    shutoff,
    crashed,
    pmsuspended,
    disk_snapshot, ///< disks only, of a domain that ran
};

struct SnapshotMemory {
    SnapshotLocation location{};
    std::string file; ///< of an external one
};

struct SnapshotDisk {
    std::string name; ///< its target in the domain, "vda"; documents may give the source instead
    SnapshotLocation location{};
    ImpliedSource source; ///< where an external one writes from now on
    ImageFormat format{};
    std::optional<std::uint64_t> metadata_cache_size; ///< bytes

    bool has_source() const;
};

struct Snapshot {
    std::string name;
    std::string description;
    SnapshotState state{};
    std::string parent;
    std::optional<std::int64_t> creation_time; ///< seconds since 1970
    SnapshotMemory memory;
    std::vector<SnapshotDisk> disks;
    schema::Rare<Domain> domain;          ///< as it ran
    schema::Rare<Domain> inactive_domain; ///< its definition then, where that differs
    schema::Kept cookie;                  ///< of the hypervisor
    std::optional<std::uint32_t> active;  ///< in files only: 1 is the one the domain is at

    bool is_external() const;
};
void describe(schema::Io& io, Snapshot& snapshot);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::SnapshotLocation> {
    static constexpr std::string_view values[] = {"", "no", "internal", "external", "manual"};
};
template <> struct EnumNames<model::SnapshotState> {
    static constexpr std::string_view values[] = {
        "", "running", "blocked", "paused", "shutdown", "shutoff", "crashed", "pmsuspended", "disk-snapshot"};
};
} // namespace yado::schema
