// SPDX-License-Identifier: Apache-2.0
// Files below tests/golden/protocol and bytes as hex.
#pragma once

#include "protocol/wire.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yado::test {

std::string read_golden(std::string_view name);
/// Compares with a golden file; UPDATE_GOLDEN=1 writes it instead.
void expect_golden(std::string_view name, std::string_view text);

protocol::Blob from_hex(std::string_view hex);
std::string to_hex(std::span<const std::uint8_t> bytes);

/// A message as captured from stock libvirt.
struct Vector {
    std::string scenario;
    std::string from; ///< "client" or "server"
    protocol::Blob message;
};
std::vector<Vector> read_vectors();

} // namespace yado::test
