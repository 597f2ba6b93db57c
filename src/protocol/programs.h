// SPDX-License-Identifier: Apache-2.0
// The numbers every message starts with, and the limits of a message as a whole.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace yado::protocol {

namespace program {
inline constexpr std::uint32_t remote = 0x20008086;
inline constexpr std::uint32_t qemu = 0x20008087;
inline constexpr std::uint32_t lxc = 0x00068000;
inline constexpr std::uint32_t admin = 0x06900690; ///< on a socket of its own
inline constexpr std::uint32_t keepalive = 0x6b656570;
} // namespace program

/// The only version there is, of every program.
inline constexpr std::uint32_t protocol_version = 1;

inline constexpr std::size_t length_bytes = 4;
/// Length word and header.
inline constexpr std::size_t header_bytes = 28;
/// Largest value of the length word; it counts itself.
inline constexpr std::size_t frame_max = 33554436;
/// Largest payload of one stream data packet: peers before libvirt 1.2 take no more.
inline constexpr std::size_t stream_chunk_max = 262120;
inline constexpr std::uint32_t fds_max = 32;
/// Bytes of the longest string.
inline constexpr std::uint32_t string_max = 4194304;

/// A call or an event.
struct ProcedureId {
    std::uint32_t program = 0;
    std::int32_t number = 0;

    auto operator<=>(const ProcedureId&) const = default;
};

} // namespace yado::protocol
