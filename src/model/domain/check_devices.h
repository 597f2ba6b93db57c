// SPDX-License-Identifier: Apache-2.0
// The part of check() that concerns devices.
#pragma once

#include <string>
#include <utility>

#include <fmt/format.h>

#include "model/domain/domain.h"
#include "schema/diagnostics.h"

namespace yado::model {

void check_devices(const Domain& domain, schema::Diagnostics& out);

/// Adds a problem at a place of the document that the client wrote or complete() filled.
template <class... Args>
void problem(schema::Diagnostics& out, ErrorSource source, Code code, std::string path,
             fmt::format_string<Args...> text, Args&&... args) {
    out.add({code, fmt::format(text, std::forward<Args>(args)...), std::move(path), 0, source});
}

} // namespace yado::model
