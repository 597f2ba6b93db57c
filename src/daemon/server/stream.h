// SPDX-License-Identifier: Apache-2.0
// One stream of a client: pumps between a descriptor and the connection, both ways, without ever holding more
// than a bounded amount. Regular files and block devices are read and written on the worker pool.
#pragma once

#include "base/async/completion.h"
#include "base/async/loop.h"
#include "base/async/task.h"
#include "protocol/frame.h"
#include "service/call.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <variant>

namespace yado::daemon {

/// What a stream needs of the connection it belongs to.
class StreamPeer {
  public:
    virtual ~StreamPeer() = default;
    virtual Loop& stream_loop() = 0;
    /// Where messages go; call stream_written() after appending.
    virtual protocol::Blob& stream_output() = 0;
    virtual void stream_written() = 0;
    /// True while the client has yet to take what was sent; Stream::output_drained() says when to go on.
    virtual bool stream_congested() const = 0;
    /// The queue of bytes from the client has become long (stop reading) or short again.
    virtual void stream_queue_changed() = 0;
    /// The stream is over: forget it.
    virtual void stream_over(const protocol::CallKey& key) = 0;
};

class Stream final : public service::StreamHandle, public std::enable_shared_from_this<Stream> {
  public:
    /// Bytes from the client that may wait for the descriptor before the connection is no longer read.
    static constexpr std::size_t queue_limit = 1 << 20;

    Stream(StreamPeer& peer, protocol::CallKey key, service::StreamPipe pipe);
    ~Stream() override;

    const protocol::CallKey& key() const { return key_; }
    bool queue_is_long() const { return queued_ > queue_limit; }

    /// The call's reply has gone into the output: data may follow.
    void start();
    /// A packet from the client. Throws Error(rpc) for what ends the whole connection (a hole where none may
    /// be).
    void packet(const protocol::Frame& frame);
    void output_drained();
    /// The connection has closed.
    void peer_gone();
    void abort(const Error& error) override;

  private:
    struct Chunk {
        protocol::Blob data;
        std::uint64_t hole = 0;
        bool end = false;
    };
    using Item = std::variant<protocol::Blob, std::uint64_t>; ///< data or a hole's length

    bool running() const { return peer_ != nullptr; }
    void watch();
    void on_ready(Loop::Ready ready);
    void read_some();
    void write_some();
    void send_eof();
    void finished_by_client();
    void end(service::StreamEnd how);
    void fail_stream(const Error& error);
    static Task<void> download(std::shared_ptr<Stream> self);
    static Task<void> upload(std::shared_ptr<Stream> self);
    static Chunk read_chunk(int fd, std::uint64_t offset, std::uint64_t limit, bool sparse);
    static void write_item(int fd, std::uint64_t offset, const Item& item);

    StreamPeer* peer_; ///< null once over
    const protocol::CallKey key_;
    service::StreamPipe pipe_;
    bool is_file_ = false;
    bool eof_sent_ = false;
    bool finishing_ = false; ///< the client has sent its finish; confirm when everything is written
    bool uploading_ = false;
    Loop::Watch watch_;
    std::deque<Item> queue_;
    std::size_t front_written_ = 0;
    std::size_t queued_ = 0;
    std::optional<Completion<void>> drained_;
};

} // namespace yado::daemon
