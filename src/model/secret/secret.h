// SPDX-License-Identifier: Apache-2.0
// <secret>: what a password or key is for. The value itself is no part of the document; it is set by a call
// of its own and never shown here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/uuid.h"
#include "schema/io.h"

namespace yado::model {

struct VolumeUsage {
    std::string volume; ///< path of the volume it opens
};
struct CephUsage {
    std::string name;
};
struct IscsiUsage {
    std::string target;
};
struct TlsUsage {
    std::string name;
};
struct VtpmUsage {
    std::string name;
};
/// In the order of SecretUsageType.
using SecretPurpose = std::variant<std::monostate, VolumeUsage, CephUsage, IscsiUsage, TlsUsage, VtpmUsage>;

/// The numbers are libvirt's, as calls have them.
enum class SecretUsageType : std::uint8_t { none, volume, ceph, iscsi, tls, vtpm };

struct Secret {
    schema::YesNo ephemeral{};    ///< kept in memory only
    schema::YesNo private_flag{}; ///< its value is told to no client
    Uuid uuid;
    std::string description;
    SecretPurpose usage;

    bool is_ephemeral() const { return ephemeral == schema::YesNo::yes; }
    bool is_private() const { return private_flag == schema::YesNo::yes; }
    SecretUsageType usage_type() const { return static_cast<SecretUsageType>(usage.index()); }
    /// The path, name or target it is for; no other secret of the same type has it. Empty for none.
    std::string_view usage_id() const;
};
void describe(schema::Io& io, Secret& secret);

} // namespace yado::model

template <> struct yado::schema::UnionTags<yado::model::SecretPurpose> {
    static constexpr std::string_view values[] = {"", "volume", "ceph", "iscsi", "tls", "vtpm"};
};
