// SPDX-License-Identifier: Apache-2.0
// Showing a document, as every dumpxml command does.
#pragma once

#include "cli/command.h"

#include <string>

namespace yado::cli {

/// The options --xpath and --wrap of such commands.
Option xpath_option();
Option wrap_option();

/// Prints the document, or with --xpath what the expression selects of it. Throws Error for expressions that
/// are none.
void show_document(Session& session, const Arguments& arguments, const std::string& xml);

} // namespace yado::cli
