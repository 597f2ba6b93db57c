// SPDX-License-Identifier: Apache-2.0
// check() lists what libvirt refuses about a device that is to be made, with its numbers and words. Whether
// the parent is there and can have such children only the host knows.
#pragma once

#include "model/nodedev/device.h"
#include "schema/diagnostics.h"

namespace yado::model {

enum class NodeDeviceUse : bool {
    define, ///< a mediated device that outlives restarts of the host
    create, ///< a mediated device or a virtual fibre channel adapter, now
};
void check(const NodeDevice& device, NodeDeviceUse use, schema::Diagnostics& diagnostics);

} // namespace yado::model
