// SPDX-License-Identifier: Apache-2.0
#include "guest/registry.h"

#include "base/error.h"

#include <algorithm>

namespace yado::guest {

Registry::Pointer Registry::find(const Uuid& uuid) const {
    const auto row = by_uuid_.find(uuid);
    return row == by_uuid_.end() ? nullptr : row->second;
}

Registry::Pointer Registry::find(std::string_view name) const {
    const auto row = by_name_.find(name);
    return row == by_name_.end() ? nullptr : row->second;
}

Registry::Pointer Registry::find(int id) const {
    const auto row = by_id_.find(id);
    return row == by_id_.end() ? nullptr : row->second;
}

Registry::Pointer Registry::require(const Uuid& uuid, std::string_view name) const {
    if (Pointer guest = find(uuid)) return guest;
    fail(ErrorSource::qemu, Code::no_domain, "no domain with matching uuid '{}' ({})", uuid.text(), name);
}

void Registry::add(Pointer guest) {
    by_name_.emplace(guest->name, guest);
    by_uuid_.emplace(guest->uuid, std::move(guest));
}

void Registry::remove(const Guest& guest) {
    by_name_.erase(guest.name);
    by_uuid_.erase(guest.uuid); // may be the last owner: nothing of `guest` is used after this
}

void Registry::rename(Guest& guest, std::string name) {
    auto node = by_name_.extract(guest.name);
    guest.name = name;
    node.key() = std::move(name);
    by_name_.insert(std::move(node));
}

void Registry::activate(const Pointer& guest, std::shared_ptr<Live> live, int id) {
    guest->id = id >= 0 ? id : next_id_;
    next_id_ = std::max(next_id_, guest->id + 1);
    guest->live = std::move(live);
    by_id_[guest->id] = guest;
}

void Registry::deactivate(Guest& guest) {
    by_id_.erase(guest.id);
    guest.id = -1;
    guest.live.reset();
}

std::vector<Registry::Pointer> Registry::all() const {
    std::vector<Pointer> guests;
    guests.reserve(by_name_.size());
    for (const auto& [name, guest] : by_name_) guests.push_back(guest);
    return guests;
}

} // namespace yado::guest
