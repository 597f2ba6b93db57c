// SPDX-License-Identifier: Apache-2.0
// The wire to the agent inside a guest: one JSON command at a time, each behind a "guest-sync-delimited" with
// a fresh number, so that a late answer to something else is never taken for ours. Everything that comes is
// the guest's: lines are bounded, and whatever is no answer ends the connection. The socket is QEMU's side of
// the virtio-serial channel; it is opened when first needed.
#pragma once

#include "base/async/loop.h"

#include <boost/json/fwd.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace yado::qemu {

class AgentChannel {
  public:
    using Limit = std::optional<Loop::Duration>; ///< none: as long as it takes

    /// Of one answer, as libvirt 9.0 limits it.
    static constexpr std::size_t answer_limit = 10U << 20U;
    /// For the agent to prove that it is there (libvirt 9.0: the same).
    static constexpr std::chrono::seconds sync_patience{5};

    AgentChannel(Loop& loop, std::string socket_path);
    ~AgentChannel();
    AgentChannel(const AgentChannel&) = delete;
    AgentChannel& operator=(const AgentChannel&) = delete;

    /// The command's whole answer, {"return": …} or {"error": …}. Calls must not overlap. Throws
    /// agent_unresponsive when there is nobody, or no answer in time; the connection is then closed.
    Task<boost::json::value> ask(boost::json::object command, Limit limit);
    /// A command whose success is the guest's going (shutdown, suspend): ends when settle() says so, when the
    /// agent goes, or with the agent's error as an answer.
    Task<boost::json::value> ask_last(boost::json::object command, Limit limit);
    /// What ask_last() waits for has happened.
    void settle();
    /// The guest's side has closed: who waits gets agent_unresponsive.
    void drop();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace yado::qemu
