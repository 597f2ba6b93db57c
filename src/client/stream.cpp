// SPDX-License-Identifier: Apache-2.0
#include "client/stream.h"

#include "client/connection.h"

namespace yado::client {
namespace {
constexpr std::chrono::milliseconds for_ever{-1};
/// Output waiting to be written before send() blocks.
constexpr std::size_t queue_max = std::size_t{1} << 20;
} // namespace

Stream::~Stream() {
    if (!confirmed_ && !closing_ && connection_.alive()) {
        try {
            protocol::append_stream_abort(connection_.output_, key_);
            connection_.flush();
        } catch (const std::exception&) { // the connection is going, and the stream with it
        }
    }
    connection_.detach_stream(key_);
}

void Stream::throw_failure() {
    if (failure_) throw Error(*failure_);
}

std::optional<Stream::Chunk> Stream::take() {
    if (arrived_.empty()) return std::nullopt;
    Chunk chunk = std::move(arrived_.front());
    arrived_.pop_front();
    arrived_bytes_ -= chunk.data.size();
    return chunk;
}

bool Stream::ended() {
    if (!arrived_.empty()) return false;
    throw_failure();
    return eof_ || confirmed_;
}

std::optional<Stream::Chunk> Stream::receive() {
    for (;;) {
        if (auto chunk = take()) return chunk;
        if (ended()) return std::nullopt;
        connection_.wait(for_ever);
    }
}

void Stream::send(std::span<const std::uint8_t> data) {
    throw_failure();
    while (!data.empty()) {
        const auto part = data.first(std::min(data.size(), protocol::stream_chunk_max));
        protocol::append_stream_data(connection_.output_, key_, part);
        data = data.subspan(part.size());
        if (connection_.output_.size() - connection_.written_ > queue_max) connection_.flush();
    }
    connection_.write_some();
}

void Stream::send_hole(std::int64_t length) {
    throw_failure();
    protocol::append_stream_hole(connection_.output_, key_, {length, 0});
    connection_.write_some();
}

void Stream::wait_confirmation() {
    connection_.flush();
    while (!confirmed_) {
        arrived_.clear(); // nobody reads it any more
        arrived_bytes_ = 0;
        connection_.wait(for_ever);
    }
    throw_failure();
}

void Stream::finish() {
    throw_failure();
    if (confirmed_) return;
    closing_ = true;
    protocol::append_stream_finish(connection_.output_, key_);
    wait_confirmation();
}

void Stream::abort() {
    if (confirmed_ || closing_) return;
    closing_ = true;
    protocol::append_stream_abort(connection_.output_, key_);
    wait_confirmation();
}

} // namespace yado::client
