// SPDX-License-Identifier: Apache-2.0
// What networks and pools are called, for access rules.
#pragma once

#include "daemon/server/access.h"

#include <optional>
#include <string_view>

namespace yado::daemon {

/// `Objects` finds by UUID and by name; what it finds points to something with `name` and `uuid`.
template <class Objects> class ObjectNames final : public Naming {
  public:
    explicit ObjectNames(const Objects& objects) : objects_(objects) {}
    std::optional<Name> find(const Uuid& uuid) const override { return name(objects_.find(uuid)); }
    std::optional<Name> find(std::string_view its) const override { return name(objects_.find(its)); }
    std::optional<Name> find(int) const override { return std::nullopt; } // they have no numbers

  private:
    template <class Pointer> static std::optional<Name> name(const Pointer& object) {
        if (!object) return std::nullopt;
        return Name{object->name, object->uuid};
    }
    const Objects& objects_; ///< outlives
};

} // namespace yado::daemon
