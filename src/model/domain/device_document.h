// SPDX-License-Identifier: Apache-2.0
// The document of one device on its own: what is attached, detached and updated.
#pragma once

#include <string_view>

#include "model/domain/each_device.h"
#include "schema/read.h"

namespace yado::model {

struct DeviceDocument {
    std::string_view kind; ///< the element's name, a literal: "disk"
    Devices devices;       ///< nothing but this device

    DevicePlace place() const { return {kind, 0}; }
};

/// Throws config_unsupported for an element that is no device, and what reading throws.
DeviceDocument read_device(std::string_view text, const schema::ReadOptions& options = {});

} // namespace yado::model
