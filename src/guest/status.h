// SPDX-License-Identifier: Apache-2.0
// The status document of a running guest, by which a restarted daemon (this one or libvirtd) finds it again.
#pragma once

#include "guest/guest.h"
#include "model/domain/status.h"

#include <string>

namespace yado::guest {

/// What is known of an active guest now.
model::DomainStatus status_of(const Guest& guest);
/// What a status file says of taints.
Warnings warnings_of(const model::DomainStatus& status);
/// The same as the text of the file; model::read_status reads it.
std::string status_text(const Guest& guest);

} // namespace yado::guest
