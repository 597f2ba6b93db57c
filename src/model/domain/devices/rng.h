// SPDX-License-Identifier: Apache-2.0
// <rng>: random numbers from the host.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "model/domain/devices/character.h"

namespace yado::model {

enum class RngModel : std::uint8_t { unset, virtio, virtio_transitional, virtio_non_transitional };

/// Read from a file, "/dev/urandom" when empty.
struct RandomSource {
    std::string path;
};
/// Asked from a daemon over a byte stream.
struct EgdSource {
    CharBackend backend;
    schema::Rare<CharLog> log;
};
struct BuiltinSource {};
using RngBackend = std::variant<RandomSource, EgdSource, BuiltinSource>;

struct RngRate {
    std::uint32_t bytes = 0;
    std::optional<std::uint32_t> period; ///< milliseconds
};

struct Rng {
    RngModel model{};
    schema::Rare<RngRate> rate;
    RngBackend backend;
    schema::Rare<VirtioDriver> driver;
    DeviceInfo info;
};
void describe(schema::Io& io, Rng& rng);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::RngModel> {
    static constexpr std::string_view values[] = {"", "virtio", "virtio-transitional",
                                                  "virtio-non-transitional"};
};
template <> struct UnionTags<model::RngBackend> {
    static constexpr std::string_view values[] = {"random", "egd", "builtin"};
};
} // namespace yado::schema
