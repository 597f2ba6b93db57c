// SPDX-License-Identifier: Apache-2.0
#include "protocol/frame.h"

#include "protocol/error_wire.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace yado::protocol {
namespace {

constexpr std::size_t initial_buffer = 16384;
/// A buffer larger than this is given back once it is empty, so that one big message does not cost memory for
/// ever.
constexpr std::size_t kept_buffer = 262144;
constexpr std::size_t word_bytes = 4;
/// No message needs more than itself and one byte a descriptor.
constexpr std::size_t largest_buffer = frame_max + fds_max;

std::uint32_t load_word(const std::uint8_t* data) {
    std::uint32_t value;
    std::memcpy(&value, data, sizeof value);
    return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}

void store_word(std::uint8_t* data, std::uint32_t value) {
    const std::uint32_t big = std::endian::native == std::endian::little ? std::byteswap(value) : value;
    std::memcpy(data, &big, sizeof big);
}

Header load_header(const std::uint8_t* message) {
    return {load_word(message + 4),
            load_word(message + 8),
            static_cast<std::int32_t>(load_word(message + 12)),
            static_cast<MessageType>(load_word(message + 16)),
            load_word(message + 20),
            static_cast<Status>(load_word(message + 24))};
}

void store_header(std::uint8_t* message, const Header& header) {
    store_word(message + 4, header.program);
    store_word(message + 8, header.version);
    store_word(message + 12, static_cast<std::uint32_t>(header.procedure));
    store_word(message + 16, static_cast<std::uint32_t>(header.type));
    store_word(message + 20, header.serial);
    store_word(message + 24, static_cast<std::uint32_t>(header.status));
}

bool has_fds(MessageType type) {
    return type == MessageType::call_with_fds || type == MessageType::reply_with_fds;
}

Header stream_header(const CallKey& key, MessageType type, Status status) {
    return {key.program, protocol_version, key.procedure, type, key.serial, status};
}

} // namespace

std::span<std::uint8_t> FrameReader::space(std::size_t least) {
    if (begin_ == end_) {
        begin_ = end_ = 0;
        if (capacity_ > kept_buffer) {
            buffer_.reset();
            capacity_ = 0;
        }
    }
    // a page is worth a read; less only when memory may not grow further
    if (capacity_ - end_ < std::max<std::size_t>(least, 4096)) grow(least);
    return {buffer_.get() + end_, capacity_ - end_};
}

void FrameReader::grow(std::size_t free_bytes) {
    const std::size_t used = end_ - begin_;
    if (begin_ > 0 && used + std::max<std::size_t>(free_bytes, 4096) <= capacity_ && used <= capacity_ / 2) {
        std::memmove(buffer_.get(), buffer_.get() + begin_, used);
    } else {
        std::size_t size = std::max({initial_buffer, used * 2, used + free_bytes});
        size = std::max(std::min(size, largest_buffer), used + free_bytes);
        auto larger = std::make_unique_for_overwrite<std::uint8_t[]>(size);
        if (used > 0) std::memcpy(larger.get(), buffer_.get() + begin_, used);
        buffer_ = std::move(larger);
        capacity_ = size;
    }
    begin_ = 0;
    end_ = used;
}

void FrameReader::commit(std::size_t size, std::vector<UniqueFd> fds) {
    end_ += size;
    const std::uint64_t after = stream_offset_ + buffered();
    for (UniqueFd& fd : fds) fds_.emplace_back(after, std::move(fd));
    if (fds_.size() > fds_max)
        fail(ErrorSource::rpc, Code::rpc, "Too many file descriptors received: {}, at most {} are allowed",
             fds_.size(), fds_max);
}

void FrameReader::feed(std::span<const std::uint8_t> data) {
    if (data.empty()) return;
    std::memcpy(space(data.size()).data(), data.data(), data.size());
    commit(data.size());
}

std::optional<Frame> FrameReader::next() {
    const std::uint8_t* message = buffer_.get() + begin_;
    if (buffered() < length_bytes) return std::nullopt;
    const std::uint32_t length = load_word(message);
    if (length < header_bytes || length > frame_max)
        fail(ErrorSource::rpc, Code::rpc, "message of {} bytes received, {} to {} are allowed", length,
             header_bytes, frame_max);
    if (buffered() < length) return std::nullopt;

    Frame frame;
    frame.header = load_header(message);
    frame.payload = {message + header_bytes, length - header_bytes};
    std::uint32_t fd_count = 0;
    if (has_fds(frame.header.type)) {
        if (frame.payload.size() < word_bytes)
            fail(ErrorSource::rpc, Code::rpc, "Unable to decode number of FDs");
        fd_count = load_word(frame.payload.data());
        frame.payload = frame.payload.subspan(word_bytes);
        if (fd_count > (accepts_fds_ ? fds_max : 0))
            fail(ErrorSource::rpc, Code::rpc, "Received too many FDs {}, expected at most {}", fd_count,
                 accepts_fds_ ? fds_max : 0);
        if (buffered() < std::size_t(length) + fd_count) return std::nullopt;
    }
    if (fd_count > 0 || !fds_.empty()) frame.fds = take_fds(stream_offset_ + length, fd_count);
    begin_ += length + fd_count;
    stream_offset_ += length + fd_count;
    return frame;
}

std::vector<UniqueFd> FrameReader::take_fds(std::uint64_t offset, std::uint32_t count) {
    std::vector<UniqueFd> taken;
    for (std::uint32_t i = 0; i < count; i++) {
        const std::uint64_t after = offset + i + 1;
        // descriptors that came with other bytes belong to nothing and are closed
        while (!fds_.empty() && fds_.front().first < after) fds_.pop_front();
        if (fds_.empty() || fds_.front().first != after)
            fail(ErrorSource::rpc, Code::rpc, "file descriptor {} of {} did not come with its message", i + 1,
                 count);
        taken.push_back(std::move(fds_.front().second));
        fds_.pop_front();
    }
    while (!fds_.empty() && fds_.front().first <= offset + count) fds_.pop_front();
    return taken;
}

void append_frame(Blob& out, Header header, BodyView body, std::optional<std::uint32_t> fds) {
    const std::size_t start = out.size();
    try {
        out.resize(start + header_bytes);
        if (fds) {
            header.type =
                header.type == MessageType::call ? MessageType::call_with_fds : MessageType::reply_with_fds;
            out.resize(out.size() + word_bytes);
            store_word(out.data() + start + header_bytes, *fds);
        }
        store_header(out.data() + start, header);
        if (body.describe != nullptr) {
            XdrWriter writer(out);
            body.describe(writer, const_cast<void*>(body.body)); // writers do not write to the structure
        }
        const std::size_t size = out.size() - start;
        if (size > frame_max)
            fail(ErrorSource::rpc, Code::rpc,
                 "Unable to encode message payload: it has {} bytes, the protocol allows {}",
                 size - header_bytes, frame_max - header_bytes);
        store_word(out.data() + start, static_cast<std::uint32_t>(size));
    } catch (...) {
        out.resize(start);
        throw;
    }
}

void append_reply(Blob& out, const Header& call, BodyView result, std::optional<std::uint32_t> fds) {
    Header header = call;
    header.type = MessageType::reply;
    header.status = Status::ok;
    append_frame(out, header, result, fds);
}

void append_error(Blob& out, const Header& call, const Error& error) {
    Header header = call;
    const bool stream = call.type == MessageType::stream || call.type == MessageType::stream_hole;
    header.type = stream ? MessageType::stream : MessageType::reply;
    header.status = Status::error;
    append_frame(out, header, BodyView::of(to_wire(error)));
}

void append_stream_data(Blob& out, const CallKey& key, std::span<const std::uint8_t> data) {
    while (!data.empty()) {
        const auto chunk = data.first(std::min(data.size(), stream_chunk_max));
        const std::size_t start = out.size();
        append_stream_eof(out, key);
        out.insert(out.end(), chunk.begin(), chunk.end());
        store_word(out.data() + start, static_cast<std::uint32_t>(header_bytes + chunk.size()));
        data = data.subspan(chunk.size());
    }
}

void append_stream_eof(Blob& out, const CallKey& key) {
    append_frame(out, stream_header(key, MessageType::stream, Status::more), {});
}

void append_stream_finish(Blob& out, const CallKey& key) {
    append_frame(out, stream_header(key, MessageType::stream, Status::ok), {});
}

void append_stream_abort(Blob& out, const CallKey& key) {
    append_frame(out, stream_header(key, MessageType::stream, Status::error), {});
}

void append_stream_error(Blob& out, const CallKey& key, const Error& error) {
    append_error(out, stream_header(key, MessageType::stream, Status::error), error);
}

void describe(Wire& wire, StreamHole& value) {
    wire.field("length", value.length);
    wire.field("flags", value.flags);
}

void append_stream_hole(Blob& out, const CallKey& key, const StreamHole& hole) {
    append_frame(out, stream_header(key, MessageType::stream_hole, Status::more), BodyView::of(hole));
}

void append_keepalive(Blob& out, Keepalive what) {
    const Header header{
        program::keepalive, protocol_version, static_cast<std::int32_t>(what), MessageType::message, 0,
        Status::ok};
    append_frame(out, header, {});
}

} // namespace yado::protocol
