// SPDX-License-Identifier: Apache-2.0
// What a probe asks QEMU, and what the answers mean: apart from the asking, so that recorded answers test it.
#pragma once

#include "hypervisor/qemu/capabilities/capabilities.h"

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

namespace yado::qemu {

struct Question {
    std::string command;
    std::string arguments; ///< a JSON object, or empty
    bool optional = false; ///< QEMU may refuse; the answer is null then
};

/// In the order in which read_answers() wants their "return" values.
std::vector<Question> questions();

/// `binary` and `accelerator` are left to the caller. Throws internal_error for answers that are not as
/// QEMU's schema has them, or beyond all reason in number.
QemuCapabilities read_answers(const std::vector<boost::json::value>& answers);

/// What is asked next, knowing the CPU models there are: what each of them has. Nothing for architectures
/// whose models are not made of features.
std::vector<Question> model_questions(const QemuCapabilities& capabilities);
/// Adds the answers to them.
void read_models(QemuCapabilities& capabilities, const std::vector<boost::json::value>& answers);

} // namespace yado::qemu
