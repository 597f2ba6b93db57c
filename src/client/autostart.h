// SPDX-License-Identifier: Apache-2.0
// Starting the user's own daemon when nobody listens.
#pragma once

#include "client/target.h"

#include <functional>
#include <string>

namespace yado::client {

/// Starts it detached, to end itself two minutes after the last client. The program: $YADO_DAEMON or
/// $LIBVIRTD_PATH, else yadod, libvirtd or the driver's own daemon, whichever is installed. Throws Error when
/// none is.
void start_session_daemon(const Target& target);

} // namespace yado::client
