// SPDX-License-Identifier: Apache-2.0
// The text of a device of the host.
#pragma once

#include <string>
#include <string_view>

#include "model/nodedev/check.h"
#include "model/nodedev/device.h"
#include "schema/read.h"

namespace yado::model {

/// Reads a <device> document. Throws Error with all problems when `diagnostics` is null, else adds the
/// semantic ones there.
NodeDevice read_node_device(std::string_view text, const schema::ReadOptions& options = {},
                            schema::Diagnostics* diagnostics = nullptr);
/// The <device> document in libvirt's format, ending in a line end.
std::string write_node_device(const NodeDevice& device);
/// Reads, completes and checks a client's document of a device to make. Throws Error with everything that is
/// wrong with it.
NodeDevice parse_node_device(std::string_view text, NodeDeviceUse use,
                             const schema::ReadOptions& options = {});

} // namespace yado::model
