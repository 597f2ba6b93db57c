// SPDX-License-Identifier: Apache-2.0
// <tpm>: a trusted platform module, the host's or one that a process emulates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/uuid.h"
#include "model/domain/device.h"

namespace yado::model {

enum class TpmModel : std::uint8_t { unset, tis, crb, spapr, spapr_proxy };
enum class TpmVersion : std::uint8_t { unset, v1_2, v2_0 };
enum class TpmStorage : std::uint8_t { unset, file, dir };
enum class TpmRemoveDisabled : std::uint8_t { unset, fips_host, check };

/// The host's own chip.
struct TpmPassthrough {
    std::string device; ///< "/dev/tpm0"
};
struct TpmBanks {
    bool sha1 = false, sha256 = false, sha384 = false, sha512 = false;
    bool any() const { return sha1 || sha256 || sha384 || sha512; }
};
/// Where the emulator keeps its state, when not in the guest's own folder.
struct TpmSource {
    TpmStorage type{};
    std::string path;
};
struct TpmProfile {
    std::string source;
    TpmRemoveDisabled remove_disabled{};
    std::string name;
};
/// swtpm, started with the guest.
struct TpmEmulator {
    TpmVersion version{};
    schema::YesNo persistent_state{}; ///< yes: the state outlives the definition of a transient guest
    std::optional<std::uint32_t> debug;
    Uuid encryption_secret; ///< none: the state is not encrypted
    TpmBanks active_banks;
    schema::Rare<TpmSource> source;
    schema::Rare<TpmProfile> profile;
};
/// An emulator that somebody else runs.
struct TpmExternal {
    std::string source_type, mode, path;
};
using TpmBackend = std::variant<TpmPassthrough, TpmEmulator, TpmExternal>;

struct Tpm {
    TpmModel model{};
    TpmBackend backend;
    DeviceInfo info;
};
void describe(schema::Io& io, Tpm& tpm);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::TpmModel> {
    static constexpr std::string_view values[] = {"", "tpm-tis", "tpm-crb", "tpm-spapr", "spapr-tpm-proxy"};
};
template <> struct EnumNames<model::TpmVersion> {
    static constexpr std::string_view values[] = {"", "1.2", "2.0"};
};
template <> struct EnumNames<model::TpmStorage> {
    static constexpr std::string_view values[] = {"", "file", "dir"};
};
template <> struct EnumNames<model::TpmRemoveDisabled> {
    static constexpr std::string_view values[] = {"", "fips-host", "check"};
};
template <> struct UnionTags<model::TpmBackend> {
    static constexpr std::string_view values[] = {"passthrough", "emulator", "external"};
};
} // namespace yado::schema
