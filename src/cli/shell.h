// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/session.h"

namespace yado::cli {

/// Reads commands until the end of the input or `quit`. On a terminal with editing, history and completion.
/// True when it ended as it should.
bool run_shell(Session& session);

} // namespace yado::cli
