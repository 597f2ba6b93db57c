// SPDX-License-Identifier: Apache-2.0
// Files a guest uses belong to QEMU's user while it runs. The owner before is remembered in the file's
// extended attributes with a count of users, in libvirt's form (trusted.libvirt.security.*), so that either
// daemon gives the file back. Everything blocks.
#pragma once

#include "host/processes.h"

#include <string>

namespace yado::qemu {

/// Throws system_error naming the file ("Cannot access storage file '…'") when it is not there. Without
/// `remember` (qemu.conf remember_owner) whose it was is forgotten, and root gets it back.
void lend_file(const std::string& path, const host::Credentials& user, bool remember = true);
/// Gives it back to whom it was lent from, or to root where the file system could not remember that. A file
/// that is gone, that somebody else still uses, or that `user` does not have is left alone. Logs failures.
/// `if_remembered`: only where the file itself says whose it was.
enum class GiveBack { always, if_remembered };
void return_file(const std::string& path, const host::Credentials& user,
                 GiveBack when = GiveBack::always) noexcept;

} // namespace yado::qemu
