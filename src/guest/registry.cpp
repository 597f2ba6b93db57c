// SPDX-License-Identifier: Apache-2.0
#include "guest/registry.h"

#include "base/error.h"

#include <algorithm>

namespace yado::guest {

Registry::Pointer Registry::find(int id) const {
    const auto row = by_id_.find(id);
    return row == by_id_.end() ? nullptr : row->second;
}

Registry::Pointer Registry::require(const Uuid& uuid, std::string_view name) const {
    if (Pointer guest = find(uuid)) return guest;
    fail(ErrorSource::qemu, Code::no_domain, "no domain with matching uuid '{}' ({})", uuid.text(), name);
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

} // namespace yado::guest
