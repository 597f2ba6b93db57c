// SPDX-License-Identifier: Apache-2.0
// May a guest that one definition has started go on under another one? Asked when a saved guest comes back,
// before a guest migrates, and when it is reverted.
#pragma once

#include "model/domain/domain.h"
#include "schema/diagnostics.h"

namespace yado::model {

/// Adds a problem (config_unsupported) for each difference the guest would see, in libvirt's words where it
/// has some. Both domains have to be completed. Devices of one kind may stand in another order. Aliases, host
/// sides of devices and whatever else is this host's own do not count.
void check_abi(const Domain& source, const Domain& target, schema::Diagnostics& diagnostics);

} // namespace yado::model
