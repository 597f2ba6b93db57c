// SPDX-License-Identifier: Apache-2.0
// The data that flows beside a call: a guest's console, a volume's content, a screenshot. A stream belongs to
// its connection and must end before it.
#pragma once

#include "base/error.h"
#include "protocol/frame.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>

namespace yado::client {

class Connection;

class Stream {
  public:
    Stream(Connection& connection, protocol::CallKey key) : connection_(connection), key_(key) {}
    /// Aborts what is neither finished nor aborted; the daemon's answer is not awaited.
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    struct Chunk {
        protocol::Blob data;
        std::int64_t hole = 0; ///< bytes that read as zero; data is empty then
    };
    /// Waits for the next piece; nothing at the end of the data. Throws the daemon's Error.
    std::optional<Chunk> receive();
    /// What has arrived, without waiting. Nothing may also mean the end: see ended().
    std::optional<Chunk> take();
    /// All data was taken and no more will come. Throws the daemon's Error when it ended the stream with one.
    bool ended();

    /// Queues and sends; waits when much is queued already.
    void send(std::span<const std::uint8_t> data);
    void send_hole(std::int64_t length);
    /// Ends the stream well and waits until the daemon has written everything. Throws its Error.
    void finish();
    /// Ends the stream where it stands and waits for the daemon's confirmation.
    void abort();

  private:
    friend class Connection;
    void throw_failure();
    void wait_confirmation();

    Connection& connection_;
    protocol::CallKey key_;
    std::deque<Chunk> arrived_;
    std::size_t arrived_bytes_ = 0;
    bool eof_ = false;
    bool confirmed_ = false; ///< the daemon ended the stream
    bool closing_ = false;   ///< finish or abort was sent
    std::optional<Error> failure_;
};

} // namespace yado::client
