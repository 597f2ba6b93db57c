// SPDX-License-Identifier: Apache-2.0
// What happens to the objects of one service, handed to whoever subscribed, at once and in the order of their
// subscription. `Event` has `const Uuid& uuid() const`: that of the object.
#pragma once

#include "base/uuid.h"

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <utility>

namespace yado::service {

/// Ends the subscription when destroyed; may outlive the hub.
class [[nodiscard]] Subscription {
  public:
    Subscription() = default;
    explicit Subscription(std::shared_ptr<void> entry) : entry_(std::move(entry)) {}

  private:
    std::shared_ptr<void> entry_;
};

template <class Event> class EventHub {
  public:
    using Callback = std::function<void(const Event&)>;
    using Subscription = service::Subscription;

    /// `only`: just the events of that object. The callback must not throw; it may subscribe and unsubscribe.
    Subscription subscribe(std::optional<Uuid> only, Callback callback) {
        auto entry = std::make_shared<Entry>(only, std::move(callback));
        entries_.push_back(entry);
        return Subscription(std::move(entry));
    }
    void publish(const Event& event) {
        for (auto position = entries_.begin(); position != entries_.end();) {
            const std::shared_ptr<Entry> entry = position->lock();
            if (!entry) {
                position = entries_.erase(position);
                continue;
            }
            ++position;
            if (!entry->only || *entry->only == event.uuid()) entry->callback(event);
        }
    }

  private:
    struct Entry {
        std::optional<Uuid> only;
        Callback callback;
    };
    std::list<std::weak_ptr<Entry>> entries_;
};

} // namespace yado::service
