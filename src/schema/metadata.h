// SPDX-License-Identifier: Apache-2.0
// The <metadata> element of a domain or network: applications keep one element each in it, told apart by XML
// namespace.
#pragma once

#include "base/error.h"

#include <optional>
#include <string>
#include <string_view>

namespace yado::schema {

/// The application's element as text, as libvirt gives it: without its namespace. Nothing when there is none.
std::optional<std::string> metadata_element(std::string_view metadata, std::string_view uri);

/// `metadata` with the element of `uri` replaced by `element` (XML text) under `prefix`, or removed when
/// nothing is given. Throws xml_error when `element` is not well-formed, invalid_arg when `prefix` is missing
/// for a new one; `source` is its part of the daemon.
std::string with_metadata_element(std::string_view metadata, std::string_view prefix, std::string_view uri,
                                  const std::optional<std::string>& element,
                                  ErrorSource source = ErrorSource::domain);

} // namespace yado::schema
