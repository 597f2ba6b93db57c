// SPDX-License-Identifier: Apache-2.0
#include "host/images/snapshots.h"

#include "base/error.h"
#include "base/files.h"
#include "host/images/reader.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace yado::host {
namespace {

images::Piece piece(int fd, const std::string& path, std::uint64_t offset, std::size_t length) {
    std::vector<std::uint8_t> bytes(length);
    std::size_t got = 0;
    while (got < length) {
        const ssize_t part = ::pread(fd, bytes.data() + got, length - got, static_cast<off_t>(offset + got));
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) fail_errno("cannot read '{}'", path);
        if (part == 0) break;
        got += static_cast<std::size_t>(part);
    }
    bytes.resize(got);
    return images::Piece(std::move(bytes));
}

} // namespace

std::vector<std::string> internal_snapshots(const std::string& path) {
    constexpr std::size_t fixed = 40; // of an entry
    const UniqueFd fd = open_file(path, O_RDONLY | O_NONBLOCK);
    const images::Piece header = piece(fd.get(), path, 0, 72);
    std::vector<std::string> names;
    if (!header.has(0, "QFI\xfb")) return names;
    const auto count = header.big<std::uint32_t>(60);
    const auto offset = header.big<std::uint64_t>(64);
    if (count > 65536 || offset > INT64_MAX)
        images::damaged("'{}': the table of snapshots is malformed", path);
    const images::Piece table = count == 0 ? header : piece(fd.get(), path, offset, read_limit);
    std::size_t at = 0;
    for (std::uint32_t i = 0; i < count && table.size() - at >= fixed; ++i) {
        const std::uint64_t id = table.big<std::uint16_t>(at + 12);
        const std::uint64_t name = table.big<std::uint16_t>(at + 14);
        const std::uint64_t extra = table.big<std::uint32_t>(at + 36);
        const std::uint64_t start = at + fixed + extra + id;
        const std::uint64_t end = (start + name + 7) / 8 * 8;
        if (start + name > table.size()) break;
        names.push_back(table.text(static_cast<std::size_t>(start), static_cast<std::size_t>(name)));
        at = static_cast<std::size_t>(std::min<std::uint64_t>(end, table.size()));
    }
    return names;
}

} // namespace yado::host
