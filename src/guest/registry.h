// SPDX-License-Identifier: Apache-2.0
// All domains of one hypervisor, found by UUID, name and id without waiting.
#pragma once

#include "guest/guest.h"
#include "service/named_objects.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yado::guest {

class Registry {
  public:
    using Pointer = std::shared_ptr<Guest>;

    // Null when there is none.
    Pointer find(const Uuid& uuid) const { return objects_.find(uuid); }
    Pointer find(std::string_view name) const { return objects_.find(name); }
    Pointer find(int id) const;

    /// By UUID, as every call names its domain; the name only makes the error clearer. Throws no_domain.
    Pointer require(const Uuid& uuid, std::string_view name) const;

    /// Neither its name nor its UUID may be taken.
    void add(Pointer guest) { objects_.add(std::move(guest)); }
    void remove(const Guest& guest) { objects_.remove(guest); }
    /// `name` must be free.
    void rename(Guest& guest, std::string name) { objects_.rename(guest, std::move(name)); }

    /// Gives the guest an id while it runs: a new one, or `id` when not negative (after a restart of the
    /// daemon).
    void activate(const Pointer& guest, std::shared_ptr<Live> live, int id = -1);
    void deactivate(Guest& guest);

    std::size_t size() const { return objects_.size(); }
    std::size_t active() const { return by_id_.size(); }
    /// In order of name.
    std::vector<Pointer> all() const { return objects_.all(); }
    const std::map<int, Pointer>& running() const { return by_id_; }

  private:
    service::NamedObjects<Guest> objects_;
    std::map<int, Pointer> by_id_;
    int next_id_ = 1;
};

} // namespace yado::guest
