// SPDX-License-Identifier: Apache-2.0
#include "cli/volume_copy.h"

#include "base/files.h"
#include "cli/failure.h"
#include "cli/pools.h"
#include "protocol/constants.h"
#include "protocol/storage_calls.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::cli {
namespace {

namespace p = protocol;

constexpr std::size_t piece_size = 262'120; ///< what fits into one message of a stream

/// "Uploading: 42 %" on a terminal, at most once for each per cent.
class Meter {
  public:
    Meter(const Session& session, std::string_view what, std::uint64_t total)
        : what_(what), total_(total),
          shown_(!session.json() && !session.settings().quiet && total > 0 && ::isatty(STDERR_FILENO) == 1) {}
    void add(std::uint64_t bytes) {
        done_ += bytes;
        const std::uint64_t percent = total_ == 0 ? 100 : std::min<std::uint64_t>(done_ * 100 / total_, 100);
        if (!shown_ || percent == percent_) return;
        percent_ = percent;
        std::fprintf(stderr, "\r%.*s: [%3u %%]", static_cast<int>(what_.size()), what_.data(),
                     static_cast<unsigned>(percent));
        if (percent == 100) std::fputc('\n', stderr);
    }

  private:
    std::string_view what_;
    std::uint64_t total_ = 0, done_ = 0, percent_ = 0;
    bool shown_;
};

void send_bytes(client::Stream& stream, int fd, const std::string& file, std::uint64_t from, std::uint64_t to,
                Meter& meter) {
    std::vector<std::uint8_t> buffer(piece_size);
    while (from < to) {
        const std::size_t wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), to - from));
        const ssize_t got = ::pread(fd, buffer.data(), wanted, static_cast<off_t>(from));
        if (got < 0) fail_errno("cannot read '{}'", file);
        if (got == 0) break;
        stream.send({buffer.data(), static_cast<std::size_t>(got)});
        meter.add(static_cast<std::uint64_t>(got));
        from += static_cast<std::uint64_t>(got);
    }
}

void send_sparse(client::Stream& stream, int fd, const std::string& file, std::uint64_t to, Meter& meter) {
    for (std::uint64_t at = 0; at < to;) {
        const off_t found = ::lseek(fd, static_cast<off_t>(at), SEEK_DATA);
        const std::uint64_t data = found < 0 ? to : std::min(to, static_cast<std::uint64_t>(found));
        if (data > at) {
            stream.send_hole(static_cast<std::int64_t>(data - at));
            meter.add(data - at);
            at = data;
            continue;
        }
        const off_t hole = ::lseek(fd, static_cast<off_t>(at), SEEK_HOLE);
        const std::uint64_t end = hole < 0 ? to : std::min(to, static_cast<std::uint64_t>(hole));
        send_bytes(stream, fd, file, at, end, meter);
        at = end;
    }
}

} // namespace

void upload_volume(Session& session, const Arguments& arguments) {
    const auto volume = find_volume(session, arguments);
    const std::string& file = arguments.required("file");
    const std::uint64_t offset = arguments.scaled("offset", 1).value_or(0);
    const std::uint64_t length = arguments.scaled("length", 1).value_or(0);
    const bool sparse = arguments.has("sparse");
    const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) refuse("cannot read {}", file);
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0) refuse("cannot read {}", file);
    const bool regular = S_ISREG(status.st_mode);
    const std::uint64_t size = regular ? static_cast<std::uint64_t>(status.st_size) : UINT64_MAX;
    const std::uint64_t end = length == 0 ? size : std::min(size, length);
    explain(fmt::format("cannot upload to volume {}", volume.name), [&] {
        const p::StorageVolUploadArgs call{volume, offset, length,
                                           sparse ? p::StorageVolUploadFlags::sparse_stream : 0};
        const auto stream = session.connection().open_stream(call);
        Meter meter(session, "Upload", regular ? end : 0);
        if (sparse && regular) send_sparse(*stream, fd.get(), file, end, meter);
        else send_bytes(*stream, fd.get(), file, 0, end, meter);
        stream->finish();
    });
}

void download_volume(Session& session, const Arguments& arguments) {
    const auto volume = find_volume(session, arguments);
    const std::string& file = arguments.required("file");
    const std::uint64_t offset = arguments.scaled("offset", 1).value_or(0);
    const std::uint64_t length = arguments.scaled("length", 1).value_or(0);
    const bool sparse = arguments.has("sparse");
    const bool fresh = ::access(file.c_str(), F_OK) != 0;
    const UniqueFd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
    if (!fd) refuse("cannot create {}", file);
    try {
        explain(fmt::format("cannot download from volume {}", volume.name), [&] {
            const std::uint64_t total = session.call(p::StorageVolGetInfoArgs{volume}).capacity;
            const p::StorageVolDownloadArgs call{volume, offset, length,
                                                 sparse ? p::StorageVolDownloadFlags::sparse_stream : 0};
            const auto stream = session.connection().open_stream(call);
            Meter meter(session, "Download", length == 0 ? total : length);
            std::uint64_t at = 0;
            while (const auto chunk = stream->receive()) {
                if (chunk->hole > 0) {
                    at += static_cast<std::uint64_t>(chunk->hole);
                    meter.add(static_cast<std::uint64_t>(chunk->hole));
                    continue;
                }
                if (::lseek(fd.get(), static_cast<off_t>(at), SEEK_SET) < 0)
                    fail_errno("cannot write '{}'", file);
                const std::string_view text(reinterpret_cast<const char*>(chunk->data.data()),
                                            chunk->data.size());
                write_all(fd.get(), text, file);
                at += chunk->data.size();
                meter.add(chunk->data.size());
            }
            stream->finish();
            if (::ftruncate(fd.get(), static_cast<off_t>(at)) != 0 && errno != EINVAL) { // EINVAL: not a file
                fail_errno("cannot write '{}'", file);
            }
        });
    } catch (...) {
        if (fresh) ::unlink(file.c_str());
        throw;
    }
}

} // namespace yado::cli
