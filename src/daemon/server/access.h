// SPDX-License-Identifier: Apache-2.0
// Who may do what, beyond "the connection may write": asked for every call when access_drivers is set.
#pragma once

#include "base/async/task.h"
#include "service/call.h"

#include <string>

namespace yado::daemon {

class Access {
  public:
    virtual ~Access() = default;
    /// Whether `who` has the permission, in libvirt's words: object "domain", permission "start".
    virtual Task<bool> allowed(service::Identity who, std::string object, std::string permission) = 0;
};

} // namespace yado::daemon
