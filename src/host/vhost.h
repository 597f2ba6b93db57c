// SPDX-License-Identifier: Apache-2.0
// The kernel's servers of virtio queues: a descriptor for each, which QEMU gets open. Blocking, but not for
// long.
#pragma once

#include "base/unique_fd.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace yado::host {

/// One for each queue of a network card. Throws system_error when the kernel has none.
std::vector<UniqueFd> open_vhost_net(unsigned queues, const std::string& node = "/dev/vhost-net");

UniqueFd open_vhost_scsi(const std::string& node = "/dev/vhost-scsi");

struct VhostVsock {
    UniqueFd fd;
    std::uint32_t cid = 0; ///< the guest's address
};
/// With the address `cid`, or the lowest that is free. Throws system_error when there is none, when it is
/// taken, and when the kernel has no vsock.
VhostVsock open_vhost_vsock(std::optional<std::uint32_t> cid, const std::string& node = "/dev/vhost-vsock");

} // namespace yado::host
