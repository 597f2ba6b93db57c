// SPDX-License-Identifier: Apache-2.0
// vol-upload and vol-download: a file's bytes into a volume and back.
#pragma once

#include "cli/arguments.h"
#include "cli/session.h"

namespace yado::cli {

void upload_volume(Session& session, const Arguments& arguments);
void download_volume(Session& session, const Arguments& arguments);

} // namespace yado::cli
