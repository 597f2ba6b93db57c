// SPDX-License-Identifier: Apache-2.0
// The JSON form of a document as types of other languages, made from its description: for the web console and
// for whoever wants to check a document before sending it.
#pragma once

#include <string>

#include <boost/json/fwd.hpp>

#include "schema/meanings.h"
#include "schema/shape.h"

namespace yado::schema {

/// JSON Schema, draft 2020-12. Integers past 2^53 are in range where the document allows them.
boost::json::object json_schema(const Shapes& shapes, const Meanings& meanings = {});

/// TypeScript: a type for each kind of element, unions discriminated by their word. JavaScript's numbers are
/// exact up to 2^53.
std::string typescript(const Shapes& shapes, const Meanings& meanings = {});

/// What the description and the meanings know about a part, as sentences; empty when nothing.
std::string remark(const ShapePart& part, const Meanings& meanings);

} // namespace yado::schema
