// SPDX-License-Identifier: Apache-2.0
// <seclabel>: how a security driver of the host confines the guest and labels its files.
#pragma once

#include <cstdint>
#include <string>

#include "schema/io.h"

namespace yado::model {

/// `unset` is a driver's own way, and not written.
enum class LabelType : std::uint8_t { unset, none, dynamic, static_ };

struct SecurityLabel {
    LabelType type{};
    std::string model; ///< "dac", "apparmor", "selinux"
    schema::YesNo relabel{};
    std::string label, image_label, base_label;
};
void describe(schema::Io& io, SecurityLabel& label);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::LabelType> {
    static constexpr std::string_view values[] = {"", "none", "dynamic", "static"};
};
} // namespace yado::schema
