// SPDX-License-Identifier: Apache-2.0
// What users pass to QEMU past the model (the qemu: namespace of the document): arguments, environment, and
// properties that take the place of ours.
#pragma once

#include "hypervisor/qemu/devices/device.h"
#include "model/domain/qemu_namespace.h"

#include <string>
#include <vector>

namespace yado::qemu {

/// Changes the properties of a device as the document's <qemu:override> says.
void apply_overrides(boost::json::object& device, const std::vector<model::DeviceOverride>& overrides);

/// The value of -compat for a wish like "omit"; empty for none.
std::string compatibility_option(std::string_view wish);

} // namespace yado::qemu
