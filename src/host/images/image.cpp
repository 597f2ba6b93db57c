// SPDX-License-Identifier: Apache-2.0
#include "host/images/image.h"

#include "base/error.h"
#include "base/files.h"
#include "host/images/reader.h"

#include <algorithm>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::host {
namespace {

struct Format {
    ImageFormat format;
    std::string_view qemu, libvirt;
    ImageHeader (*read)(images::Reader&); ///< null: what is there is what the guest sees
};

// in the order of the enumeration
constexpr std::array<Format, 11> formats{{
    {ImageFormat::raw, "raw", "raw", nullptr},
    {ImageFormat::qcow, "qcow", "qcow", images::read_qcow},
    {ImageFormat::qcow2, "qcow2", "qcow2", images::read_qcow2},
    {ImageFormat::qed, "qed", "qed", images::read_qed},
    {ImageFormat::vmdk, "vmdk", "vmdk", images::read_vmdk},
    {ImageFormat::vhd, "vpc", "vpc", images::read_vhd},
    {ImageFormat::vhdx, "vhdx", "raw", images::read_vhdx},
    {ImageFormat::vdi, "vdi", "vdi", images::read_vdi},
    {ImageFormat::luks, "luks", "raw", images::read_luks},
    {ImageFormat::dmg, "dmg", "dmg", images::read_dmg},
    {ImageFormat::iso, "raw", "iso", nullptr},
}};

const Format& row(ImageFormat format) { return formats[static_cast<std::size_t>(format)]; }

class FileBytes final : public ImageBytes {
  public:
    FileBytes(int fd, const std::string& path) : fd_(fd), path_(path), size_(file_sizes(fd, path).physical) {}

    std::uint64_t size() const override { return size_; }
    std::size_t read(std::uint64_t offset, std::span<std::uint8_t> into) override {
        if (offset + into.size() > first_.size()) return read_file(offset, into);
        if (!first_read_) { // headers are read in several small pieces of their beginning
            first_length_ = read_file(0, first_);
            first_read_ = true;
        }
        if (offset >= first_length_) return 0;
        const std::size_t length = std::min<std::size_t>(into.size(), first_length_ - offset);
        std::copy_n(first_.begin() + static_cast<std::ptrdiff_t>(offset), length, into.begin());
        return length;
    }

  private:
    std::size_t read_file(std::uint64_t offset, std::span<std::uint8_t> into) {
        std::size_t done = 0;
        while (done < into.size()) {
            const ssize_t got =
                ::pread(fd_, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) fail_errno("cannot read header '{}'", path_);
            if (got == 0) break;
            done += static_cast<std::size_t>(got);
        }
        return done;
    }

    int fd_;
    const std::string& path_;
    std::uint64_t size_;
    std::array<std::uint8_t, 4096> first_;
    std::size_t first_length_ = 0;
    bool first_read_ = false;
};

ImageFormat detect(images::Reader& reader, bool at_the_end) {
    constexpr std::size_t enough = 80; // as far as the furthest mark of the first sector, VDI's, goes
    constexpr std::uint64_t iso_mark = 0x8001;
    const images::Piece first = reader.up_to(0, enough);
    if (first.has(0, "QFI\xfb") && first.size() >= 8) {
        const auto version = first.big<std::uint32_t>(4);
        if (version == 1) return ImageFormat::qcow;
        if (version == 2 || version == 3) return ImageFormat::qcow2;
    }
    if (first.has(0, {"QED\0", 4})) return ImageFormat::qed;
    if (first.has(0, "KDMV") || first.has(0, "COWD") || first.has(0, "# Disk DescriptorFile")) {
        return ImageFormat::vmdk;
    }
    if (first.has(0, "conectix")) return ImageFormat::vhd;
    if (first.has(0, "vhdxfile")) return ImageFormat::vhdx;
    if (first.has(64, "\x7f\x10\xda\xbe")) return ImageFormat::vdi;
    if (first.has(0, "LUKS\xba\xbe")) return ImageFormat::luks;
    if (reader.size() > iso_mark && reader.up_to(iso_mark, 5).has(0, "CD001")) return ImageFormat::iso;
    if (at_the_end && reader.size() >= images::sector) {
        const images::Piece last = reader.up_to(reader.size() - images::sector, images::sector);
        if (last.has(0, "conectix")) return ImageFormat::vhd;
        if (last.has(0, "koly")) return ImageFormat::dmg;
    }
    return ImageFormat::raw;
}

} // namespace

std::string_view qemu_word(ImageFormat format) { return row(format).qemu; }
std::string_view libvirt_word(ImageFormat format) { return row(format).libvirt; }

std::optional<ImageFormat> image_format(std::string_view word) {
    if (word == "vhd") return ImageFormat::vhd;
    for (const Format& format : formats) {
        if (format.qemu == word) return format.format;
    }
    if (word == "iso") return ImageFormat::iso;
    return std::nullopt;
}

std::string_view ImageHeader::compat() const {
    if (format != ImageFormat::qcow2) return {};
    return version == 2 ? "0.10" : "1.1";
}

ImageFormat detect_image(ImageBytes& bytes, bool at_the_end) {
    images::Reader reader(bytes);
    return detect(reader, at_the_end);
}

ImageHeader read_image_header(ImageBytes& bytes, ImageFormat format) {
    images::Reader reader(bytes);
    const Format& chosen = row(format);
    if (chosen.read == nullptr) {
        ImageHeader header;
        header.format = format;
        header.capacity = bytes.size();
        return header;
    }
    ImageHeader header = chosen.read(reader);
    header.format = format;
    return header;
}

ImageSizes file_sizes(int fd, const std::string& path) {
    struct stat status{};
    if (::fstat(fd, &status) != 0) fail_errno("cannot stat '{}'", path);
    ImageSizes sizes;
    if (S_ISREG(status.st_mode)) {
        sizes.physical = static_cast<std::uint64_t>(status.st_size);
        // st_blocks counts 512-byte units
        sizes.allocation = static_cast<std::uint64_t>(status.st_blocks) * images::sector;
    } else if (S_ISBLK(status.st_mode)) {
        const off_t end = ::lseek(fd, 0, SEEK_END);
        if (end < 0) fail_errno("failed to seek to end of '{}'", path);
        sizes.physical = sizes.allocation = static_cast<std::uint64_t>(end);
    } else {
        fail(ErrorSource::storage, Code::invalid_arg, "'{}' is neither a file nor a block device", path);
    }
    sizes.capacity = sizes.physical;
    return sizes;
}

ImageSizes image_sizes(const std::string& path, std::string_view format) {
    const UniqueFd fd = open_file(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    ImageSizes sizes = file_sizes(fd.get(), path);
    if (const std::optional<ImageFormat> known = image_format(format)) {
        try {
            sizes.capacity = image_header(fd.get(), path, known).capacity;
        } catch (const Error&) { // it is as long as it is
        }
    }
    return sizes;
}

ImageHeader image_header(int fd, const std::string& path, std::optional<ImageFormat> format) {
    FileBytes bytes(fd, path);
    return with_context(fmt::format("image '{}'", path),
                        [&] { return read_image_header(bytes, format ? *format : detect_image(bytes)); });
}

ImageHeader image_header(const std::string& path, std::optional<ImageFormat> format) {
    return image_header(open_file(path, O_RDONLY | O_NONBLOCK | O_NOCTTY).get(), path, format);
}

namespace images {

Piece Reader::up_to(std::uint64_t offset, std::size_t length) {
    length = std::min(length, piece_limit);
    if (read_ + length > read_limit) damaged("image header asks to be read too far");
    read_ += length;
    if (offset >= bytes_.size()) return Piece({});
    length = static_cast<std::size_t>(std::min<std::uint64_t>(length, bytes_.size() - offset));
    std::vector<std::uint8_t> bytes(length);
    bytes.resize(bytes_.read(offset, bytes));
    return Piece(std::move(bytes));
}

Piece Reader::exactly(std::uint64_t offset, std::size_t length) {
    if (length > piece_limit) damaged("image header is longer than {} bytes", piece_limit);
    // as QEMU has it, a file goes on with zeroes to the end of its last sector
    const std::uint64_t end = bytes_.size() == 0 ? 0 : (bytes_.size() - 1) / sector * sector + sector;
    if (offset > end || length > end - offset) damaged("image header is truncated");
    Piece piece = up_to(offset, length);
    piece.extend(length);
    return piece;
}

std::uint64_t bytes_of(std::uint64_t count, std::uint64_t unit) {
    std::uint64_t bytes = 0;
    if (__builtin_mul_overflow(count, unit, &bytes) || bytes > INT64_MAX) damaged("image size is too large");
    return bytes;
}

std::string Piece::text16(std::size_t offset, std::size_t length, bool big_endian) const {
    std::string out;
    for (std::size_t at = 0; at + 1 < length; at += 2) {
        const auto unit = big_endian ? big<std::uint16_t>(offset + at) : little<std::uint16_t>(offset + at);
        if (unit == 0) break;
        if (unit < 0x80) {
            out += static_cast<char>(unit);
        } else if (unit < 0x800) {
            out += static_cast<char>(0xc0U | unit >> 6U);
            out += static_cast<char>(0x80U | (unit & 0x3fU));
        } else if (unit >= 0xd800 && unit < 0xe000) {
            out += '?'; // pairs do not occur in the names tools write
        } else {
            out += static_cast<char>(0xe0U | unit >> 12U);
            out += static_cast<char>(0x80U | (unit >> 6U & 0x3fU));
            out += static_cast<char>(0x80U | (unit & 0x3fU));
        }
    }
    return out;
}

} // namespace images
} // namespace yado::host
