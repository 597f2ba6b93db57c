// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/keys.h"

#include "base/error.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace yado::qemu {
namespace {

enum Codeset : std::uint32_t { linux_codes = 0, xt = 1, qnum = 9 }; // virKeycodeSet

// Linux codes (linux/input-event-codes.h) of the AT keyboard's keys 1…88 are the XT scan codes themselves; the keys
// that AT keyboards added have scan codes with a prefix, which qnum writes as bit 7.
constexpr std::uint32_t last_common = 88;
constexpr std::pair<std::uint16_t, std::uint8_t> extended[] = {
    {96, 0x9c},  {97, 0x9d},  {98, 0xb5},  {99, 0x54},  {100, 0xb8}, {102, 0xc7}, {103, 0xc8}, {104, 0xc9},
    {105, 0xcb}, {106, 0xcd}, {107, 0xcf}, {108, 0xd0}, {109, 0xd1}, {110, 0xd2}, {111, 0xd3}, {113, 0xa0},
    {114, 0xae}, {115, 0xb0}, {116, 0xde}, {117, 0x59}, {119, 0xc6}, {121, 0x7e}, {124, 0x7d}, {125, 0xdb},
    {126, 0xdc}, {127, 0xdd}, {142, 0xdf}, {143, 0xe3}};

} // namespace

std::uint32_t qnum_of(std::uint32_t codeset, std::uint32_t key) {
    switch (codeset) {
    case qnum:
        if (key <= 0xff) return key;
        break;
    case xt:
        if (key <= 0x7f) return key;
        if (key >> 8U == 0xe0 && (key & 0x80U) == 0) return (key & 0x7fU) | 0x80U;
        break;
    case linux_codes: {
        if (key >= 1 && key <= last_common) return key;
        const auto* row = std::ranges::find(extended, key, &std::pair<std::uint16_t, std::uint8_t>::first);
        if (row != std::end(extended)) return row->second;
        break;
    }
    default: fail(ErrorSource::qemu, Code::invalid_arg, "keycode set {} is not supported", codeset);
    }
    fail(ErrorSource::qemu, Code::invalid_arg, "cannot translate keycode {} of codeset {} to qnum", key, codeset);
}

} // namespace yado::qemu
