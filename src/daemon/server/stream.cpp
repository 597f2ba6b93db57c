// SPDX-License-Identifier: Apache-2.0
#include "daemon/server/stream.h"

#include "base/log.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::daemon {
namespace {

constexpr std::size_t read_size = 65536;

bool is_file(int fd) {
    struct stat status{};
    if (::fstat(fd, &status) != 0) fail_errno("cannot look at the stream's file");
    return S_ISREG(status.st_mode) || S_ISBLK(status.st_mode);
}

/// What stock sends when the far end of a stream breaks.
Error io_failure() { return Error(Code::rpc, "stream had I/O failure", ErrorSource::rpc); }

} // namespace

Stream::Stream(StreamPeer& peer, protocol::CallKey key, service::StreamPipe pipe)
    : peer_(&peer), key_(key), pipe_(std::move(pipe)) {
    is_file_ = is_file(pipe_.fd.get());
    if (!is_file_) {
        const int flags = ::fcntl(pipe_.fd.get(), F_GETFL);
        if (flags < 0 || ::fcntl(pipe_.fd.get(), F_SETFL, flags | O_NONBLOCK) < 0) {
            fail_errno("cannot prepare the stream's descriptor");
        }
    }
}

Stream::~Stream() = default;

void Stream::start() {
    if (!running()) return;
    if (is_file_) {
        if (pipe_.to_client) spawn(download(shared_from_this()));
        return;
    }
    watch();
}

void Stream::watch() {
    if (!running() || is_file_) return;
    const Loop::Ready interest{
        .readable = pipe_.to_client && !eof_sent_ && !peer_->stream_congested(),
        .writable = !queue_.empty(),
    };
    if (!watch_) {
        watch_ = peer_->stream_loop().watch(pipe_.fd.get(), interest,
                                            [weak = weak_from_this()](Loop::Ready ready) {
                                                if (const auto self = weak.lock()) self->on_ready(ready);
                                            });
    } else {
        watch_.want(interest);
    }
}

void Stream::on_ready(Loop::Ready ready) {
    if (running() && ready.writable) write_some();
    if (running() && ready.readable && pipe_.to_client && !eof_sent_) read_some();
    if (running()) watch();
}

void Stream::read_some() {
    static thread_local std::array<std::uint8_t, read_size> buffer;
    const ssize_t got = ::read(pipe_.fd.get(), buffer.data(), buffer.size());
    if (got > 0) {
        protocol::append_stream_data(peer_->stream_output(), key_,
                                     {buffer.data(), static_cast<std::size_t>(got)});
        peer_->stream_written();
        return;
    }
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    // a pty without its other side reads as EIO, a reset socket as ECONNRESET: for the client that is the end
    if (got == 0 || errno == EIO || errno == ECONNRESET) {
        send_eof();
    } else {
        fail_stream(system_error(errno, "cannot read from the stream"));
    }
}

void Stream::send_eof() {
    eof_sent_ = true;
    protocol::append_stream_eof(peer_->stream_output(), key_);
    peer_->stream_written();
}

void Stream::packet(const protocol::Frame& frame) {
    if (!running()) return;
    const bool hole = frame.header.type == protocol::MessageType::stream_hole;
    switch (frame.header.status) {
    case protocol::Status::error: // the client's abort
        protocol::append_stream_finish(peer_->stream_output(), key_);
        peer_->stream_written();
        end(service::StreamEnd::aborted);
        return;
    case protocol::Status::ok:
        if (hole) break;
        finishing_ = true;
        if (queue_.empty() && !uploading_) finished_by_client();
        return;
    case protocol::Status::more: break;
    default: return;
    }
    if (hole && !pipe_.sparse) fail(ErrorSource::rpc, Code::rpc, "a hole on a stream that carries none");
    if (!pipe_.from_client || finishing_) return;
    if (hole) {
        const auto value = protocol::decode<protocol::StreamHole>(frame.payload);
        if (value.length < 0) fail(ErrorSource::rpc, Code::rpc, "a hole of negative length");
        queue_.emplace_back(static_cast<std::uint64_t>(value.length));
    } else if (!frame.payload.empty()) {
        queue_.emplace_back(protocol::Blob(frame.payload.begin(), frame.payload.end()));
        queued_ += frame.payload.size();
    }
    if (is_file_) {
        if (!uploading_ && !queue_.empty()) spawn(upload(shared_from_this()));
    } else {
        write_some();
        watch();
    }
    if (running() && queue_is_long()) peer_->stream_queue_changed();
}

void Stream::write_some() {
    const bool was_long = queue_is_long();
    while (!queue_.empty()) {
        const auto& data = std::get<protocol::Blob>(queue_.front());
        const ssize_t put =
            ::write(pipe_.fd.get(), data.data() + front_written_, data.size() - front_written_);
        if (put < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN) break;
            fail_stream(errno == EPIPE || errno == EIO ? io_failure()
                                                       : system_error(errno, "cannot write to the stream"));
            return;
        }
        front_written_ += static_cast<std::size_t>(put);
        queued_ -= static_cast<std::size_t>(put);
        if (front_written_ == data.size()) {
            queue_.pop_front();
            front_written_ = 0;
        }
    }
    if (was_long && !queue_is_long()) peer_->stream_queue_changed();
    if (queue_.empty() && finishing_) finished_by_client();
}

void Stream::finished_by_client() {
    protocol::append_stream_finish(peer_->stream_output(), key_);
    peer_->stream_written();
    end(service::StreamEnd::finished);
}

void Stream::output_drained() {
    if (drained_) drained_->set();
    watch();
}

void Stream::peer_gone() { end(service::StreamEnd::peer_gone); }

void Stream::abort(const Error& error) {
    if (running()) fail_stream(error);
}

void Stream::fail_stream(const Error& error) {
    log_debug("rpc", "stream {} of call {}: {}", key_.serial, key_.procedure, error.message());
    protocol::append_stream_error(peer_->stream_output(), key_, error);
    peer_->stream_written();
    end(service::StreamEnd::failed);
}

void Stream::end(service::StreamEnd how) {
    if (!running()) return;
    const auto self = weak_from_this().lock(); // the peer lets go of us
    StreamPeer* peer = std::exchange(peer_, nullptr);
    watch_.reset();
    queue_.clear();
    const bool was_long = queue_is_long();
    queued_ = 0;
    if (!uploading_) pipe_.fd.reset(); // else the coroutine that uses it closes it
    if (drained_) drained_->set();
    if (was_long) peer->stream_queue_changed();
    peer->stream_over(key_);
    if (const auto ended = std::move(pipe_.ended)) ended(how);
}

// --- regular files ---

Stream::Chunk Stream::read_chunk(int fd, std::uint64_t offset, std::uint64_t limit, bool sparse) {
    Chunk chunk;
    if (limit == 0) {
        chunk.end = true;
        return chunk;
    }
    const auto at = static_cast<off_t>(offset);
    if (sparse) {
        const off_t data = ::lseek(fd, at, SEEK_DATA);
        if (data < 0 && errno == ENXIO) { // nothing but a hole from here
            const off_t end = ::lseek(fd, 0, SEEK_END);
            chunk.hole = end > at ? std::min<std::uint64_t>(limit, static_cast<std::uint64_t>(end - at)) : 0;
            chunk.end = chunk.hole == 0;
            return chunk;
        }
        if (data > at) {
            chunk.hole = std::min<std::uint64_t>(limit, static_cast<std::uint64_t>(data - at));
            return chunk;
        }
        const off_t hole = ::lseek(fd, at, SEEK_HOLE);
        if (hole > at) limit = std::min<std::uint64_t>(limit, static_cast<std::uint64_t>(hole - at));
    }
    chunk.data.resize(std::min<std::uint64_t>(limit, protocol::stream_chunk_max));
    ssize_t got = 0;
    do { got = ::pread(fd, chunk.data.data(), chunk.data.size(), at); } while (got < 0 && errno == EINTR);
    if (got < 0) fail_errno("cannot read from the stream's file");
    chunk.data.resize(static_cast<std::size_t>(got));
    chunk.end = got == 0;
    return chunk;
}

Task<void> Stream::download(std::shared_ptr<Stream> self) {
    std::uint64_t offset = self->pipe_.offset;
    std::uint64_t left = self->pipe_.length.value_or(std::numeric_limits<std::int64_t>::max());
    UniqueFd own(::fcntl(self->pipe_.fd.get(), F_DUPFD_CLOEXEC, 3)); // the stream may end while a read runs
    while (self->running()) {
        if (self->peer_->stream_congested()) {
            self->drained_.emplace(self->peer_->stream_loop());
            co_await *self->drained_;
            self->drained_.reset();
            continue;
        }
        std::optional<Error> failure;
        Chunk chunk;
        try {
            const int fd = own.get();
            const bool sparse = self->pipe_.sparse;
            auto work = [fd, offset, left, sparse] { return read_chunk(fd, offset, left, sparse); };
            auto reading = blocking(self->peer_->stream_loop(), work);
            chunk = co_await std::move(reading);
        } catch (const Error& error) { failure = error; }
        if (!self->running()) break;
        if (failure) {
            self->fail_stream(*failure);
            break;
        }
        if (chunk.end) {
            self->send_eof();
            break;
        }
        const std::uint64_t size = chunk.hole > 0 ? chunk.hole : chunk.data.size();
        if (chunk.hole > 0) {
            const protocol::StreamHole hole{static_cast<std::int64_t>(chunk.hole), 0};
            protocol::append_stream_hole(self->peer_->stream_output(), self->key_, hole);
        } else {
            protocol::append_stream_data(self->peer_->stream_output(), self->key_, chunk.data);
        }
        self->peer_->stream_written();
        offset += size;
        left -= size;
    }
}

void Stream::write_item(int fd, std::uint64_t offset, const Item& item) {
    const auto at = static_cast<off_t>(offset);
    if (const auto* hole = std::get_if<std::uint64_t>(&item)) {
        const off_t end = at + static_cast<off_t>(*hole);
        struct stat status{};
        if (::fstat(fd, &status) != 0) fail_errno("cannot look at the stream's file");
        if (S_ISREG(status.st_mode) && status.st_size < end && ::ftruncate(fd, end) != 0) {
            fail_errno("cannot extend the stream's file");
        }
        if (*hole > 0 && status.st_size > at) { // what was there must read as zeros
            const int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
            if (::fallocate(fd, mode, at, static_cast<off_t>(*hole)) != 0) {
                fail_errno("cannot make a hole in the stream's file");
            }
        }
        return;
    }
    const auto& data = std::get<protocol::Blob>(item);
    std::size_t done = 0;
    while (done < data.size()) {
        const ssize_t put =
            ::pwrite(fd, data.data() + done, data.size() - done, at + static_cast<off_t>(done));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) fail_errno("cannot write to the stream's file");
        done += static_cast<std::size_t>(put);
    }
}

Task<void> Stream::upload(std::shared_ptr<Stream> self) {
    self->uploading_ = true;
    while (self->running() && !self->queue_.empty()) {
        Item item = std::move(self->queue_.front());
        self->queue_.pop_front();
        const auto* data = std::get_if<protocol::Blob>(&item);
        const std::uint64_t size = data != nullptr ? data->size() : std::get<std::uint64_t>(item);
        std::optional<Error> failure;
        const std::uint64_t offset = self->pipe_.offset;
        try {
            if (self->pipe_.length && size > *self->pipe_.length) {
                fail(Code::system_error, "cannot write to the stream's file: more data than announced");
            }
            const int fd = self->pipe_.fd.get();
            auto work = [fd, offset, &item] { write_item(fd, offset, item); };
            auto writing = blocking(self->peer_->stream_loop(), work);
            co_await std::move(writing);
        } catch (const Error& error) { failure = error; }
        if (!self->running()) break;
        if (failure) {
            self->uploading_ = false;
            self->fail_stream(*failure);
            co_return;
        }
        self->pipe_.offset += size;
        if (self->pipe_.length) *self->pipe_.length -= size;
        const bool was_long = self->queue_is_long();
        if (data != nullptr) self->queued_ -= size;
        if (was_long && !self->queue_is_long()) self->peer_->stream_queue_changed();
    }
    self->uploading_ = false;
    if (!self->running()) {
        self->pipe_.fd.reset();
    } else if (self->finishing_) {
        self->finished_by_client();
    }
}

} // namespace yado::daemon
