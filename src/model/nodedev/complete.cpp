// SPDX-License-Identifier: Apache-2.0
#include "model/nodedev/complete.h"

namespace yado::model {

void complete(NodeDevice& device) {
    device.name = new_device_name;
    device.path.clear();
    device.nodes.clear();
    device.driver.clear();
}

} // namespace yado::model
