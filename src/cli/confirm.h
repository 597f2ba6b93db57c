// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/session.h"

#include <string>

namespace yado::cli {

/// As Session::done(), where virsh ends the line with the blank one that follows every command.
inline void done_without_line(Session& session, const std::string& text) {
    session.say("{}", text);
    session.show_json(Value::object().set("message", text));
}

} // namespace yado::cli
