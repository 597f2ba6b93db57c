// SPDX-License-Identifier: Apache-2.0
// Every kind of document there is. A new kind is one line in documents.cpp: its reference page, its types and
// its fuzz target follow.
#pragma once

#include <span>

#include "support/schema/document_kind.h"

namespace yado::test {

std::span<const DocumentKind> document_kinds();

} // namespace yado::test
