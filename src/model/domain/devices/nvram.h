// SPDX-License-Identifier: Apache-2.0
// <nvram> of <devices>: the memory that keeps the settings of a pSeries machine.
#pragma once

#include "model/domain/device.h"

namespace yado::model {

struct NvramDevice {
    DeviceInfo info;
};
void describe(schema::Io& io, NvramDevice& nvram);

} // namespace yado::model
