// SPDX-License-Identifier: Apache-2.0
// check() judges a completed domain by itself, without the host: what libvirt refuses at define, with its
// numbers and words. What only a driver can know is that driver's own check.
#pragma once

#include <functional>

#include "model/domain/domain.h"
#include "schema/diagnostics.h"

namespace yado::model {

/// The driver's own judgement, as an Error it throws.
using DriverCheck = std::function<void(const Domain&)>;

/// Adds every problem found to `diagnostics`; nothing is thrown. `own_check` is asked where libvirt's is:
/// when the processors and the memory are known to be right, and before anything of the devices.
void check(const Domain& domain, schema::Diagnostics& diagnostics, const DriverCheck& own_check = {});

} // namespace yado::model
