// SPDX-License-Identifier: Apache-2.0
// The reference page of a document in Markdown: every element with its fields, made from the description and
// the sentences people wrote about them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/meanings.h"
#include "schema/outline.h"

namespace yado::schema {

/// `title` heads the page. Elements that look the same at several places are shown once.
std::string reference_page(std::string_view title, const std::vector<OutlineEntry>& outline,
                           const Meanings& meanings);

} // namespace yado::schema
