// SPDX-License-Identifier: Apache-2.0
// The elements of libvirt's namespace for QEMU: what users pass to it past the model. The document keeps them
// as they are; this is what they say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/diagnostics.h"
#include "schema/kept.h"

namespace yado::model {

enum class OverrideType : std::uint8_t { string, signed_, unsigned_, boolean, remove };

/// One property of a device, given to QEMU in place of what the model makes of it.
struct PropertyOverride {
    std::string name;
    OverrideType type{};
    std::string value; ///< a number or "true" and "false" where the type says so
};
struct DeviceOverride {
    std::string alias;
    std::vector<PropertyOverride> properties;
};

struct QemuNamespace {
    std::vector<std::string> arguments;
    std::vector<std::pair<std::string, std::string>> environment;
    std::vector<std::string> added_capabilities,
        removed_capabilities; ///< libvirt's names for QEMU's abilities
    std::string deprecation;  ///< none, omit, reject, crash; empty: the host's
    std::vector<DeviceOverride> overrides;
};

/// What is wrong goes to `diagnostics`, if given, and is left out of the result.
QemuNamespace read_qemu_namespace(const schema::Kept& kept, schema::Diagnostics* diagnostics = nullptr);

} // namespace yado::model
