// SPDX-License-Identifier: Apache-2.0
// Who may do what, beyond "the connection may write": asked for every call when access_drivers is set, and
// for every object that a list or an event would show.
#pragma once

#include "base/async/task.h"
#include "base/uuid.h"
#include "service/call.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace yado::daemon {

/// Which object is meant, by libvirt's names of the details its polkit rules look at: "domain_name" → "web".
using AccessDetails = std::map<std::string, std::string>;

class Access {
  public:
    virtual ~Access() = default;
    /// Whether `who` has the permission, in libvirt's words: object "domain", permission "start".
    virtual Task<bool> allowed(service::Identity who, std::string object, std::string permission,
                               AccessDetails details) = 0;
};

/// What objects of one kind are called. A client may write any name beside a UUID, so rules go by this.
class Naming {
  public:
    struct Name {
        std::string name;
        Uuid uuid;
    };
    virtual ~Naming() = default;
    // Nothing when there is none.
    virtual std::optional<Name> find(const Uuid& uuid) const = 0;
    virtual std::optional<Name> find(std::string_view name) const = 0;
    virtual std::optional<Name> find(int id) const = 0;
};

} // namespace yado::daemon
