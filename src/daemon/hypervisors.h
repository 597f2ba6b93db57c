// SPDX-License-Identifier: Apache-2.0
// Which hypervisors this daemon has, made from its configuration.
#pragma once

#include "base/async/loop.h"
#include "daemon/drivers.h"
#include "daemon/guest_driver.h"

#include <memory>
#include <vector>

namespace yado::daemon {

struct Setup;

/// Adds a driver for each hypervisor, the one an empty URI opens first.
std::vector<std::unique_ptr<GuestDriver>> make_guest_drivers(Loop& loop, Drivers& drivers,
                                                             const Setup& setup);

} // namespace yado::daemon
