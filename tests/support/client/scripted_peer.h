// SPDX-License-Identifier: Apache-2.0
// The far end of a client's connection: answers from messages that stock programs exchanged
// (tests/golden/protocol/vectors.tsv), or as a test says. Runs on a thread of its own, over a socket pair.
#pragma once

#include "base/unique_fd.h"
#include "protocol/frame.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace yado::test {

class ScriptedPeer {
  public:
    struct Received {
        protocol::Header header;
        protocol::Blob payload;
        std::size_t fds = 0;
    };
    /// What to send back for a message, as bytes on the wire; none for silence.
    using Handler = std::function<protocol::Blob(const Received&)>;

    /// `vectors` is the file of messages. Knows from it how to open and to close a connection.
    explicit ScriptedPeer(std::string vectors);
    /// Closes its side and waits for the thread.
    ~ScriptedPeer();
    ScriptedPeer(const ScriptedPeer&) = delete;
    ScriptedPeer& operator=(const ScriptedPeer&) = delete;

    /// The client's end; once.
    UniqueFd take_socket() { return std::move(theirs_); }
    /// Adds a scenario's exchanges, each answered once, serials as the client has them. Before the client
    /// starts.
    void replay(std::string_view scenario);
    /// Comes before any scenario.
    void on(protocol::ProcedureId id, Handler handler);
    /// The handler's way to end the connection after what it sends.
    void hang_up() { hang_up_ = true; }

    /// All messages so far.
    std::vector<Received> received();
    /// Those of one procedure.
    std::vector<Received> received(protocol::ProcedureId id);

  private:
    struct Exchange {
        protocol::Header request;
        std::vector<protocol::Blob> answers;
        bool used = false;
    };

    std::vector<Exchange> load(std::string_view scenario) const;
    void run();
    void answer(const Received& message);

    std::string vectors_;
    UniqueFd ours_;
    UniqueFd theirs_;
    UniqueFd stop_read_;
    UniqueFd stop_write_;
    std::vector<Exchange> opening_; ///< used as often as asked
    std::vector<Exchange> exchanges_;
    std::map<protocol::ProcedureId, Handler> handlers_;
    bool hang_up_ = false;
    std::mutex lock_; ///< of received_
    std::vector<Received> received_;
    std::thread thread_;
};

} // namespace yado::test
