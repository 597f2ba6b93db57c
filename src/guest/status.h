// SPDX-License-Identifier: Apache-2.0
// The status document of a running guest, by which a restarted daemon (this one or libvirtd) finds it again.
#pragma once

#include "guest/guest.h"
#include "model/domain/status.h"

#include <string>
#include <string_view>

namespace yado::guest {

/// What is known of an active guest now.
model::DomainStatus status_of(const Guest& guest);
/// The same as the text of the file.
std::string status_text(const Guest& guest);
/// Throws Error when `text` is no status document.
model::DomainStatus read_status(std::string_view text);

} // namespace yado::guest
