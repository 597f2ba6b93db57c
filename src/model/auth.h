// SPDX-License-Identifier: Apache-2.0
// References to secrets: documents name them by UUID or usage, the values live in the secret store only.
// Disks, pools and volumes share these types.
#pragma once

#include <cstdint>
#include <string>

#include "base/uuid.h"
#include "schema/io.h"

namespace yado::model {

/// What a secret is for, as <usage type='…'> of its own document says.
enum class SecretUsage : std::uint8_t { unset, none, volume, ceph, iscsi, tls, vtpm };

/// One of the two; both given, or neither, is what secret_problem() names.
struct SecretReference {
    Uuid uuid;
    std::string usage;
};
/// Its attributes uuid and usage.
void describe_secret(schema::Io& io, SecretReference& secret);

/// What is wrong with the reference, in libvirt's words; empty when it is right.
std::string secret_problem(const SecretReference& secret);

enum class AuthType : std::uint8_t { unset, none, chap, ceph };

struct AuthSecret {
    SecretUsage type{}; ///< of disks; pools leave it out
    SecretReference secret;
};

/// <auth type='…' username='…'><secret …/></auth>; the type belongs to pools.
struct Auth {
    AuthType type{};
    std::string username;
    schema::Rare<AuthSecret> secret;
};
void describe(schema::Io& io, Auth& auth);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::SecretUsage> {
    static constexpr std::string_view values[] = {"", "none", "volume", "ceph", "iscsi", "tls", "vtpm"};
};
template <> struct EnumNames<model::AuthType> {
    static constexpr std::string_view values[] = {"", "none", "chap", "ceph"};
};
} // namespace yado::schema
