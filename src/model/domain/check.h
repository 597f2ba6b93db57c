// SPDX-License-Identifier: Apache-2.0
// check() judges a completed domain by itself, without the host: what libvirt refuses at define, with its
// numbers and words. What only a driver can know is that driver's own check.
#pragma once

#include "model/domain/domain.h"
#include "schema/diagnostics.h"

namespace yado::model {

/// Adds every problem found to `diagnostics`; nothing is thrown.
void check(const Domain& domain, schema::Diagnostics& diagnostics);

} // namespace yado::model
