// SPDX-License-Identifier: Apache-2.0
// Which device of a domain a user's document means, by what libvirt looks at for each kind.
#pragma once

#include "model/domain/complete.h"
#include "model/domain/device_document.h"

namespace yado::guest {

/// The document with its defaults, as a device of `domain`; without an address of its own.
model::DeviceDocument completed(const model::Domain& domain, model::DeviceDocument document,
                                const model::CompleteContext& context);

/// Which of a domain's two documents is looked at: libvirt's messages differ.
enum class Where { live, config };

/// `wanted`: completed, but for `given`, which is as the user wrote it. Throws device_missing when there is
/// none, operation_failed when there are several, and libvirt's own errors for some kinds.
model::DevicePlace find_meant(const model::Domain& domain, const model::DeviceDocument& wanted,
                              const model::DeviceDocument& given, Where where);

/// Whether the domain has a device like that already, so that another one is refused; nothing is said of it.
bool has_same(const model::Domain& domain, const model::DeviceDocument& wanted);

/// The guest has more memory, or less: a module has come or gone.
void grow_memory(model::Domain& domain, std::uint64_t kib, bool more);

} // namespace yado::guest
