// SPDX-License-Identifier: Apache-2.0
// The texts of secrets: documents from clients and files on disk.
#pragma once

#include <string>
#include <string_view>

#include "model/secret/complete.h"
#include "model/secret/secret.h"
#include "schema/diagnostics.h"
#include "schema/read.h"

namespace yado::model {

/// Reads a <secret> document. Throws Error with all problems when `diagnostics` is null, else adds the
/// semantic ones there.
Secret read_secret(std::string_view text, const schema::ReadOptions& options = {},
                   schema::Diagnostics* diagnostics = nullptr);
/// The document in libvirt's format, ending in a line end.
std::string write_secret(const Secret& secret);
/// Reads and completes a client's document. All that libvirt refuses about a secret by itself is refused
/// while it is read. Throws Error with everything that is wrong with it.
Secret parse_secret(std::string_view text, const schema::ReadOptions& options = {},
                    const SecretContext& context = {});

} // namespace yado::model
