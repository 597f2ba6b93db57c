// SPDX-License-Identifier: Apache-2.0
#include "host/images/chain.h"

#include "base/error.h"
#include "base/files.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <utility>

namespace yado::host {
namespace {

using Identity = std::pair<dev_t, ino_t>;

Identity identity(int fd, const std::string& path) {
    struct stat status{};
    if (::fstat(fd, &status) != 0) fail_errno("cannot stat '{}'", path);
    if (S_ISBLK(status.st_mode)) return {0, status.st_rdev}; // one device may have several names
    return {status.st_dev, status.st_ino};
}

UniqueFd open_image(const std::string& path, const std::string& above) {
    // a FIFO must not be waited for, a terminal not become ours
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (fd) return fd;
    if (above.empty()) fail_errno("Cannot access storage file '{}'", path);
    fail_errno("Cannot access backing file '{}' of storage file '{}'", path, above);
}

/// The format an image gives to the one below it, or nothing.
std::optional<ImageFormat> format_below(const ChainImage& above) {
    std::string word = above.backing->format;
    if (above.header.backing_format) word = *above.header.backing_format;
    if (word.empty()) return std::nullopt;
    if (const std::optional<ImageFormat> known = image_format(word)) return known;
    if (word == "file" || word == "host_device")
        return ImageFormat::raw; // protocols as formats: QEMU's old habit
    fail(ErrorSource::storage, Code::internal_error, "unknown backing store format '{}' of image '{}'", word,
         above.path);
}

} // namespace

std::vector<ChainImage> read_backing_chain(const std::string& path, const ChainOptions& options) {
    std::vector<ChainImage> chain;
    std::vector<Identity> seen;
    std::string next = path;
    std::optional<ImageFormat> format = options.format;
    for (;;) {
        const std::string above = chain.empty() ? std::string() : chain.back().path;
        if (chain.size() >= options.depth) {
            fail(ErrorSource::storage, Code::internal_error, "backing chain of '{}' has more than {} images",
                 path, options.depth);
        }
        if (!chain.empty() && options.allow && !options.allow(next)) {
            fail(ErrorSource::storage, Code::access_denied, "backing file '{}' of '{}' may not be opened",
                 next, above);
        }
        const UniqueFd fd = open_image(next, above);
        ChainImage image{.path = next, .header = {}, .sizes = file_sizes(fd.get(), next), .backing = {}};
        const Identity own = identity(fd.get(), next);
        if (std::ranges::find(seen, own) != seen.end()) {
            fail(ErrorSource::storage, Code::internal_error, "backing store for {} ({}) is self-referential",
                 path, next);
        }
        seen.push_back(own);
        image.header = image_header(fd.get(), next, format);
        image.sizes.capacity = image.header.capacity;
        if (!chain.empty() && !format && image.header.format != ImageFormat::raw && !options.guess_formats) {
            fail(ErrorSource::storage, Code::operation_invalid,
                 "format of backing image '{}' of image '{}' was not specified in the image metadata (See "
                 "https://libvirt.org/kbase/backing_chains.html for troubleshooting)",
                 next, above);
        }
        if (image.header.backing && !image.header.backing->empty()) {
            image.backing = parse_backing_name(*image.header.backing);
            if (image.backing->local()) image.backing->path = backing_path(next, image.backing->path);
        }
        chain.push_back(std::move(image));
        const ChainImage& last = chain.back();
        if (!last.backing || !last.backing->local()) return chain;
        format = format_below(last);
        next = last.backing->path;
    }
}

} // namespace yado::host
