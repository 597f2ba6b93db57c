// SPDX-License-Identifier: Apache-2.0
// <launchSecurity> and <keywrap>: memory the host cannot read, and keys the guest's own processor wraps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schema/io.h"

namespace yado::model {

/// Where the processor marks encrypted pages; found out by QEMU's answers where not given.
struct SevAddressing {
    std::optional<std::uint32_t> c_bit, reduced_bits;
};
struct Sev {
    schema::YesNo kernel_hashes{};
    SevAddressing addressing;
    std::uint32_t policy = 0;
    std::string dh_cert, session; ///< base64
};
struct SevSnp {
    schema::YesNo kernel_hashes{}, author_key{}, vcek{};
    SevAddressing addressing;
    std::uint64_t policy = 0;
    std::string guest_visible_workarounds, id_block, id_auth, host_data; ///< base64
};
struct Tdx {
    std::optional<std::uint64_t> policy;
    std::string config_id, owner, owner_config; ///< base64 of SHA-384 digests
    std::string quote_service;                  ///< the socket of the service that signs quotes
};
struct S390Pv {};
void describe(schema::Io& io, Sev& sev);
void describe(schema::Io& io, SevSnp& snp);
void describe(schema::Io& io, Tdx& tdx);
void describe(schema::Io& io, S390Pv& pv);

using LaunchSecurityKind = std::variant<Sev, SevSnp, Tdx, S390Pv>;
struct LaunchSecurity {
    LaunchSecurityKind kind;
};
void describe(schema::Io& io, LaunchSecurity& security);

enum class WrappedKey : std::uint8_t { aes, dea };
struct KeyWrap {
    WrappedKey name{};
    schema::OnOff state{};
};
void describe(schema::Io& io, KeyWrap& key);

} // namespace yado::model

namespace yado::schema {
template <> struct UnionTags<model::LaunchSecurityKind> {
    static constexpr std::string_view values[] = {"sev", "sev-snp", "tdx", "s390-pv"};
};
template <> struct EnumNames<model::WrappedKey> {
    static constexpr std::string_view values[] = {"aes", "dea"};
};
} // namespace yado::schema
