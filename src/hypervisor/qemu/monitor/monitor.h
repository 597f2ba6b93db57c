// SPDX-License-Identifier: Apache-2.0
// QEMU's machine protocol (QMP) on one socket. Commands are sent as they come, any number in flight, and
// matched to their answers by id; events go to a callback. The other end is as untrusted as the guest: lines
// are bounded, anything that is not QMP ends the connection.
#pragma once

#include "base/async/loop.h"
#include "base/unique_fd.h"

#include <boost/json/fwd.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace yado::qemu {

class Monitor {
  public:
    /// "SHUTDOWN", its data (an object, maybe empty) and QEMU's time stamp.
    struct Event {
        std::string_view name;
        const boost::json::object& data;
        std::int64_t seconds = 0;
        std::uint32_t micros = 0;
    };
    struct Callbacks {
        std::function<void(const Event&)> event = {};
        /// The connection is over; `why` is for the log. Called once, not after destruction.
        std::function<void(std::string_view why)> closed = {};
    };
    static constexpr std::chrono::seconds patience{30};
    static constexpr std::size_t line_limit = 16U << 20U; ///< bytes of one reply; query-qmp-schema is 150 KiB

    /// `socket`: connected, made non-blocking. Callbacks come on the state thread.
    Monitor(Loop& loop, UniqueFd socket, Callbacks callbacks);
    ~Monitor();
    Monitor(const Monitor&) = delete;
    Monitor& operator=(const Monitor&) = delete;

    /// Leaves negotiation mode; must come first. It does not wait for the greeting, so that commands may
    /// follow at once and a QEMU that is stuck now understands them when it wakes. Throws like execute().
    Task<void> negotiate(Loop::Duration limit = patience);

    /// The command's "return" value. Throws internal_error with QEMU's words when it refuses ("internal
    /// error: unable to execute QEMU command 'x': DESC", as libvirt), operation_failed when the connection
    /// closes meanwhile, and operation_timeout after `limit`; a late answer is dropped then. `fd` is passed
    /// along when given (getfd, add-fd).
    Task<boost::json::value> execute(std::string command, boost::json::object arguments,
                                     Loop::Duration limit = patience, int fd = -1);
    Task<boost::json::value> execute(std::string command);

    /// A whole command as the client wrote it (JSON object with "execute"); the whole reply without our id.
    /// Throws internal_error when `json` is no such object.
    Task<std::string> execute_text(std::string json, Loop::Duration limit = patience);

    bool closed() const;
    /// Since when QEMU owes an answer and has said nothing; nothing when it owes none. Commands that nobody
    /// waits for any more count.
    std::optional<Loop::TimePoint> silent_since() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace yado::qemu
