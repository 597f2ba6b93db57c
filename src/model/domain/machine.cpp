// SPDX-License-Identifier: Apache-2.0
#include "model/domain/machine.h"

#include <algorithm>
#include <array>

namespace yado::model {

bool is_x86(std::string_view arch) { return arch == "x86_64" || arch == "i686"; }
bool is_arm(std::string_view arch) { return arch == "aarch64" || arch.starts_with("armv") || arch == "arm"; }
bool is_riscv(std::string_view arch) { return arch == "riscv64" || arch == "riscv32"; }

bool is_known_arch(std::string_view arch) {
    static constexpr std::array<std::string_view, 35> known{
        "alpha",   "armv6l",   "armv7l",   "armv7b",     "aarch64",      "cris",   "i686",
        "ia64",    "lm32",     "m68k",     "microblaze", "microblazeel", "mips",   "mipsel",
        "mips64",  "mips64el", "openrisc", "parisc",     "parisc64",     "ppc",    "ppc64",
        "ppc64le", "ppcemb",   "riscv32",  "riscv64",    "s390",         "s390x",  "sh4",
        "sh4eb",   "sparc",    "sparc64",  "unicore32",  "x86_64",       "xtensa", "xtensaeb"};
    return std::ranges::find(known, arch) != known.end();
}

Board board_of(const Domain& domain) {
    const std::string_view machine = domain.os.type.machine;
    if (is_x86(domain.os.type.arch)) {
        if (machine == "q35" || machine.starts_with("pc-q35")) { return Board::q35; }
        if (machine == "pc" || machine.starts_with("pc-i440fx") || machine.starts_with("pc-0.") ||
            machine.starts_with("pc-1.") || machine.starts_with("rhel")) {
            return Board::i440fx;
        }
        return Board::other;
    }
    const bool virt = machine == "virt" || machine.starts_with("virt-");
    return virt && (is_arm(domain.os.type.arch) || is_riscv(domain.os.type.arch)) ? Board::virt
                                                                                  : Board::other;
}

} // namespace yado::model
