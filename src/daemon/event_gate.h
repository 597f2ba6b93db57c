// SPDX-License-Identifier: Apache-2.0
// Events on their way to one client: with access rules, each waits until they have said that the client may
// know of its object, and none overtakes another.
#pragma once

#include "base/async/task.h"
#include "daemon/server/access.h"
#include "daemon/server/client.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace yado::daemon {

class EventGate {
  public:
    /// `send` at once, or when rules allow it; never once the client has gone. `object` is a word of access
    /// rules, "network", and details() says which one.
    template <class Details, class Send>
    static void pass(Client& client, std::string_view object, Details details, Send send) {
        if (client.closed()) return;
        EventGate& gate = client.data<EventGate>(); // the client's own, so it goes before or with it
        if (gate.open(client)) send();
        else gate.hold(client, {std::string(object), details(), std::move(send)});
    }

  private:
    struct Held {
        std::string object;
        AccessDetails details;
        std::function<void()> send;
    };
    bool open(const Client& client) const;
    void hold(Client& client, Held event);
    static Task<void> ask(std::shared_ptr<Client> client);

    std::deque<Held> held_; ///< the first is being asked about
};

} // namespace yado::daemon
