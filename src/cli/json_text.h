// SPDX-License-Identifier: Apache-2.0
// JSON that came from elsewhere, laid out for people.
#pragma once

#include <string>

namespace yado::cli {

/// A member or an element a line, two blanks a level, as virsh prints what QEMU answers; no line end at the
/// end. Text that is no JSON comes back as it is.
std::string pretty_json(const std::string& text);
/// The value of the answer's "return", laid out when `pretty`. Throws Failure when there is none.
std::string return_value(const std::string& text, bool pretty);

} // namespace yado::cli
