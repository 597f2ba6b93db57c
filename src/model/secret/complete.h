// SPDX-License-Identifier: Apache-2.0
// complete() fills in what a secret's document leaves open, as libvirt does when it is defined.
#pragma once

#include <functional>

#include "model/secret/secret.h"

namespace yado::model {

struct SecretContext {
    std::function<Uuid()> new_uuid = [] { return Uuid::random(); };
};

/// Applying it again to the result changes nothing.
void complete(Secret& secret, const SecretContext& context = {});

} // namespace yado::model
