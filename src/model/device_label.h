// SPDX-License-Identifier: Apache-2.0
// <seclabel> of one device: how a security driver labels the file behind it, where that differs from the
// domain's.
#pragma once

#include <string>

#include "schema/io.h"

namespace yado::model {

struct DeviceLabel {
    std::string model;          ///< "selinux", "dac"; empty: the default driver
    schema::YesNo relabel{};    ///< no: the daemon leaves the file as it is
    schema::YesNo label_skip{}; ///< of a running guest: it could not be labelled, and that is accepted
    std::string label;
};
void describe(schema::Io& io, DeviceLabel& label);

} // namespace yado::model
