// SPDX-License-Identifier: Apache-2.0
// Letting the user change a text in the editor of their choice.
#pragma once

#include "cli/session.h"

#include <functional>
#include <string>
#include <string_view>

namespace yado::cli {

/// What comes back from $VISUAL, $EDITOR or vi, run on a private temporary file with that suffix; at most 10
/// MiB. Throws Failure when the editor fails.
std::string edit_text(std::string_view text, std::string_view suffix);

struct EditedDocument {
    std::function<std::string()> read;
    std::function<void(const std::string& text)> write; ///< throws Error when the daemon refuses it
    std::function<void()>
        relax; ///< turns validation off for the next write(); empty when there is none to turn off
};

/// Lets the user edit until the document is accepted or given up; nobody else's change meanwhile is lost
/// unseen. False when nothing was changed. Throws Failure when given up, whose reason was printed before.
bool edit_document(Session& session, const EditedDocument& document);

} // namespace yado::cli
