// SPDX-License-Identifier: Apache-2.0
// <crypto>: ciphers that the host computes for the guest; in libvirt since 9.1.
#pragma once

#include <cstdint>
#include <optional>

#include "model/domain/device.h"

namespace yado::model {

enum class CryptoModel : std::uint8_t { virtio };
enum class CryptoType : std::uint8_t { qemu };
/// QEMU's own code, or the host kernel's.
enum class CryptoBackend : std::uint8_t { builtin, lkcf };

struct Crypto {
    CryptoModel model{};
    CryptoType type{};
    CryptoBackend backend{};
    std::optional<std::uint32_t> queues;
    schema::Rare<VirtioDriver> driver;
    DeviceInfo info;
};
void describe(schema::Io& io, Crypto& crypto);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::CryptoModel> {
    static constexpr std::string_view values[] = {"virtio"};
};
template <> struct EnumNames<model::CryptoType> {
    static constexpr std::string_view values[] = {"qemu"};
};
template <> struct EnumNames<model::CryptoBackend> {
    static constexpr std::string_view values[] = {"builtin", "lkcf"};
};
} // namespace yado::schema
