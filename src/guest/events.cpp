// SPDX-License-Identifier: Apache-2.0
#include "guest/events.h"

namespace yado::guest {

EventHub::Subscription EventHub::subscribe(std::optional<Uuid> only, Callback callback) {
    auto entry = std::make_shared<Entry>(only, std::move(callback));
    entries_.push_back(entry);
    Subscription subscription;
    subscription.entry_ = std::move(entry);
    return subscription;
}

void EventHub::publish(const DomainEvent& event) {
    for (auto position = entries_.begin(); position != entries_.end();) {
        const std::shared_ptr<Entry> entry = position->lock();
        if (!entry) {
            position = entries_.erase(position);
            continue;
        }
        ++position;
        if (!entry->only || *entry->only == event.domain.uuid) entry->callback(event);
    }
}

} // namespace yado::guest
