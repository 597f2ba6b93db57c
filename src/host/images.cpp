// SPDX-License-Identifier: Apache-2.0
#include "host/images.h"

#include "base/error.h"
#include "base/files.h"

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::host {
namespace {

std::uint64_t big_endian(const unsigned char* bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8U | bytes[i];
    return value;
}

} // namespace

ImageSizes image_sizes(const std::string& path, std::string_view format) {
    const UniqueFd fd = open_file(path, O_RDONLY | O_NONBLOCK);
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0) fail_errno("cannot stat '{}'", path);
    ImageSizes sizes;
    if (S_ISREG(status.st_mode)) {
        sizes.physical = static_cast<std::uint64_t>(status.st_size);
        sizes.allocation =
            static_cast<std::uint64_t>(status.st_blocks) * 512; // st_blocks counts 512-byte units
    } else if (S_ISBLK(status.st_mode)) {
        const off_t end = ::lseek(fd.get(), 0, SEEK_END);
        if (end < 0) fail_errno("failed to seek to end of '{}'", path);
        sizes.physical = sizes.allocation = static_cast<std::uint64_t>(end);
    } else {
        fail(ErrorSource::storage, Code::invalid_arg, "'{}' is neither a file nor a block device", path);
    }
    sizes.capacity = sizes.physical;
    if (format == "qcow2") { // magic "QFI\xfb", then at byte 24 the size: docs/interop/qcow2 of QEMU 7.2
        std::array<unsigned char, 32> header{};
        const ssize_t got = ::pread(fd.get(), header.data(), header.size(), 0);
        if (got < 0) fail_errno("cannot read header '{}'", path);
        const bool magic = header[0] == 'Q' && header[1] == 'F' && header[2] == 'I' && header[3] == 0xfb;
        if (std::cmp_equal(got, header.size()) && magic) sizes.capacity = big_endian(header.data() + 24);
    }
    return sizes;
}

} // namespace yado::host
