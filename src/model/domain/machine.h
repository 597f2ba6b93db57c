// SPDX-License-Identifier: Apache-2.0
// What kind of machine a domain describes, as far as defaults and addresses depend on it. Names are QEMU's,
// full or alias.
#pragma once

#include <string_view>

#include "model/domain/domain.h"

namespace yado::model {

enum class Board : std::uint8_t {
    other,  ///< no PCI, or nothing known about it
    i440fx, ///< x86 "pc": conventional PCI
    q35,    ///< x86 with PCI Express
    virt,   ///< ARM and RISC-V "virt", PCI Express
};

bool is_x86(std::string_view arch);
bool is_arm(std::string_view arch);
bool is_riscv(std::string_view arch);
/// One of the names libvirt knows.
bool is_known_arch(std::string_view arch);

Board board_of(const Domain& domain);
inline bool has_pcie_root(Board board) { return board == Board::q35 || board == Board::virt; }

} // namespace yado::model
