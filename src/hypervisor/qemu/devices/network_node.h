// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/storage_node.h"

namespace yado::qemu {

/// The driver's own members of the node for storage over a network. Secrets, credentials and the like go to
/// `backend`.
boost::json::object network_node(const DeviceContext& context, const model::NetworkStorage& storage,
                                 const Image& image, DiskBackend& backend);

} // namespace yado::qemu
