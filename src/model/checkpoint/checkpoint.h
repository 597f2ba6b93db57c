// SPDX-License-Identifier: Apache-2.0
// <domaincheckpoint>: a moment from which on the images remember what the guest writes, so that a later
// backup copies only that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/domain/domain.h"
#include "schema/io.h"

namespace yado::model {

enum class CheckpointKind : std::uint8_t { unset, no, bitmap };

struct CheckpointDisk {
    std::string name; ///< its target in the domain, "vda"; documents may give the source instead
    CheckpointKind kind{};
    std::string bitmap;
    std::uint64_t size = 0; ///< bytes the guest wrote since, where the caller asked for it; 0: not known
};

struct Checkpoint {
    std::string name;
    std::string description;
    std::string parent;
    std::optional<std::uint64_t> creation_time; ///< seconds since 1970
    std::vector<CheckpointDisk> disks;
    schema::Rare<Domain> domain; ///< as it was then
};
void describe(schema::Io& io, Checkpoint& checkpoint);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::CheckpointKind> {
    static constexpr std::string_view values[] = {"", "no", "bitmap"};
};
