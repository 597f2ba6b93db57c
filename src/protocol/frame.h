// SPDX-License-Identifier: Apache-2.0
// Messages as they travel: a length word, a header of six words, a payload. Splitting a byte stream into them
// and building them; no sockets here. Whatever FrameReader throws means "close this connection": after a
// wrong length nothing that follows can be trusted.
#pragma once

#include "base/error.h"
#include "base/unique_fd.h"
#include "protocol/xdr.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace yado::protocol {

enum class MessageType : std::int32_t {
    call = 0,
    reply = 1,
    message = 2, ///< events and keepalive, either way
    stream = 3,
    call_with_fds = 4,
    reply_with_fds = 5,
    stream_hole = 6,
};

enum class Status : std::int32_t {
    ok = 0,
    error = 1,
    more = 2, ///< streams only: data follows ("continue")
};

/// What a reply and every stream packet have in common with the call they belong to.
struct CallKey {
    std::uint32_t program = 0;
    std::int32_t procedure = 0;
    std::uint32_t serial = 0;

    auto operator<=>(const CallKey&) const = default;
};

struct Header {
    std::uint32_t program = 0;
    std::uint32_t version = protocol_version;
    std::int32_t procedure = 0;
    MessageType type = MessageType::call; ///< from a peer: may be a number outside the enumeration
    std::uint32_t serial = 0;
    Status status = Status::ok; ///< likewise

    CallKey key() const { return {program, procedure, serial}; }
    bool operator==(const Header&) const = default;
};

/// One message. `payload` points into the reader and holds until its space(), feed() or next() is called
/// again.
struct Frame {
    Header header;
    std::span<const std::uint8_t> payload; ///< without the descriptor count of *_with_fds
    std::vector<UniqueFd> fds;
};

/// Cuts a byte stream into messages, copying nothing. Memory follows what has arrived, not what a length word
/// promises.
class FrameReader {
  public:
    enum class Fds : bool {
        refused,  ///< transports without descriptor passing: a message that announces descriptors is an error
        accepted, ///< unix sockets read with receive() of fd_passing.h
    };
    explicit FrameReader(Fds fds = Fds::refused) : accepts_fds_(fds == Fds::accepted) {}

    /// Room to read into, at least `least` bytes.
    std::span<std::uint8_t> space(std::size_t least = 1);
    /// The first `size` bytes of space() hold data now. Descriptors came with the last of these bytes, where
    /// the kernel ends a read. Throws Error(rpc) when a peer sends more descriptors than any message may
    /// have.
    void commit(std::size_t size, std::vector<UniqueFd> fds = {});
    /// Copies `data` in, for bytes that come out of TLS or SASL.
    void feed(std::span<const std::uint8_t> data);

    /// The next complete message, with its descriptors; nothing when bytes are missing. Throws Error(rpc) on
    /// a length outside 28...33554436, on too many descriptors and on a missing one.
    std::optional<Frame> next();

    /// Bytes that are not part of a message handed out.
    std::size_t buffered() const { return end_ - begin_; }

  private:
    void grow(std::size_t free_bytes);
    std::vector<UniqueFd> take_fds(std::uint64_t offset, std::uint32_t count);

    bool accepts_fds_;
    std::unique_ptr<std::uint8_t[]> buffer_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t stream_offset_ = 0; ///< of buffer_[begin_]
    /// Descriptors by the stream offset just after the byte they came with.
    std::deque<std::pair<std::uint64_t, UniqueFd>> fds_;
};

/// A structure to be sent, without its type.
struct BodyView {
    void (*describe)(Wire& wire, void* body) = nullptr; ///< null: no payload
    const void* body = nullptr;

    template <class T> static BodyView of(const T& value) {
        return {[](Wire& wire, void* body) { describe_as<T>(wire, body); }, &value};
    }

  private:
    template <class T> static void describe_as(Wire& wire, void* body) {
        using protocol::describe;
        describe(wire, *static_cast<T*>(body));
    }
};

/// Appends a message to `out`, the type changed to *_with_fds when `fds` is given. Throws Error(rpc) when the
/// body does not fit the protocol's limits; `out` is then as before.
void append_frame(Blob& out, Header header, BodyView body, std::optional<std::uint32_t> fds = std::nullopt);

/// `serial` counts the calls of a connection from 0.
template <class Args>
void append_call(Blob& out, std::uint32_t serial, const Args& args,
                 std::optional<std::uint32_t> fds = std::nullopt) {
    const Header header{Args::procedure.program, protocol_version, Args::procedure.number,
                        MessageType::call,       serial,           Status::ok};
    append_frame(out, header, BodyView::of(args), fds);
}

/// The answer to `call`, of which program, version, procedure and serial are used.
void append_reply(Blob& out, const Header& call, BodyView result,
                  std::optional<std::uint32_t> fds = std::nullopt);
template <class Result>
void append_reply(Blob& out, const Header& call, const Result& result,
                  std::optional<std::uint32_t> fds = std::nullopt) {
    append_reply(out, call, BodyView::of(result), fds);
}
/// The failure of `call`; a stream error when `call` is a stream packet.
void append_error(Blob& out, const Header& call, const Error& error);

template <class Event> void append_event(Blob& out, const Event& event) {
    // stock sends serial 1; clients look at program and procedure only
    const Header header{Event::procedure.program,
                        protocol_version,
                        Event::procedure.number,
                        MessageType::message,
                        1,
                        Status::ok};
    append_frame(out, header, BodyView::of(event));
}

/// Data in as many packets as the limit for old peers asks for; no data, no packet.
void append_stream_data(Blob& out, const CallKey& key, std::span<const std::uint8_t> data);
/// "No more data from here": an empty data packet.
void append_stream_eof(Blob& out, const CallKey& key);
/// The client's finish, and the server's confirmation of finish or abort.
void append_stream_finish(Blob& out, const CallKey& key);
/// The client's abort.
void append_stream_abort(Blob& out, const CallKey& key);
void append_stream_error(Blob& out, const CallKey& key, const Error& error);

/// Payload of a stream_hole message: `length` bytes that read as zero.
struct StreamHole {
    std::int64_t length = 0;
    std::uint32_t flags = 0;
};
void describe(Wire& wire, StreamHole& value);
void append_stream_hole(Blob& out, const CallKey& key, const StreamHole& hole);

enum class Keepalive : std::int32_t { ping = 1, pong = 2 };
void append_keepalive(Blob& out, Keepalive what);

} // namespace yado::protocol
