// SPDX-License-Identifier: Apache-2.0
// <encryption>: how the contents of an image or volume are encrypted, and with which secret.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/auth.h"
#include "schema/io.h"

namespace yado::model {

enum class EncryptionFormat : std::uint8_t { unset, default_, qcow, luks, luks2, luks_any };
/// Who decrypts: QEMU's own layer, or the library that reaches the storage.
enum class EncryptionEngine : std::uint8_t { unset, qemu, librbd };
enum class EncryptionSecretType : std::uint8_t { unset, passphrase };

struct EncryptionSecret {
    EncryptionSecretType type{};
    SecretReference secret;
};

/// How a volume is to be made; existing images say it themselves.
struct Cipher {
    std::string name;
    std::optional<std::uint32_t> size; ///< bits
    std::string mode, hash;
};
struct InitialVector {
    std::string name, hash;
};

struct Encryption {
    EncryptionFormat format{};
    EncryptionEngine engine{};
    std::vector<EncryptionSecret> secrets; ///< several for the layers of an RBD image
    schema::Rare<Cipher> cipher;
    schema::Rare<InitialVector> initial_vector;
};
void describe(schema::Io& io, Encryption& encryption);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::EncryptionFormat> {
    static constexpr std::string_view values[] = {"", "default", "qcow", "luks", "luks2", "luks-any"};
};
template <> struct EnumNames<model::EncryptionEngine> {
    static constexpr std::string_view values[] = {"", "qemu", "librbd"};
};
template <> struct EnumNames<model::EncryptionSecretType> {
    static constexpr std::string_view values[] = {"", "passphrase"};
};
} // namespace yado::schema
