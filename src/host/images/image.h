// SPDX-License-Identifier: Apache-2.0
// What a disk image says of itself, read from its headers without running a tool. Images are written by
// guests and strangers: nothing in one is believed. Whatever the header claims, at most `read_limit` bytes
// are read in pieces of at most `piece_limit`, nothing is followed, and a claim that cannot be right is an
// Error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yado::host {

enum class ImageFormat : std::uint8_t {
    raw,
    qcow,
    qcow2,
    qed,
    vmdk,
    vhd, ///< QEMU and libvirt call it "vpc"
    vhdx,
    vdi,
    luks,
    dmg,
    iso,
};

/// QEMU's word for it, which for `iso` is "raw".
std::string_view qemu_word(ImageFormat format);
/// libvirt's word for it; formats that libvirt does not know ("vhdx") are "raw", LUKS is raw with encryption.
std::string_view libvirt_word(ImageFormat format);
/// Reads both vocabularies; nothing for words of formats without a reader here.
std::optional<ImageFormat> image_format(std::string_view word);

enum class ImageEncryption : std::uint8_t { none, aes, luks1, luks2 };

/// A persistent dirty bitmap of a qcow2 image.
struct ImageBitmap {
    std::string name;
    std::uint64_t granularity = 0; ///< bytes
    bool in_use = false;           ///< not written back by the last writer, hence of no use
    bool automatic = false;        ///< enabled as soon as the image is opened
};

/// Where a part of a VMDK image is.
struct ImageExtent {
    std::string file; ///< as the descriptor names it; empty for zeroes
    std::uint64_t bytes = 0;
};

struct ImageHeader {
    ImageFormat format = ImageFormat::raw;
    std::string variant;            ///< of vmdk, vhd and vdi: "monolithicSparse", "differencing", "static" …
    unsigned version = 0;           ///< of qcow, qcow2 and LUKS headers
    std::uint64_t capacity = 0;     ///< bytes the guest sees
    std::uint64_t cluster_size = 0; ///< bytes; 0 where the format has none
    std::optional<std::string> backing;        ///< the name as it stands in the header
    std::optional<std::string> backing_format; ///< QEMU's word, as it stands in the header
    std::optional<std::string> data_file;      ///< qcow2: where the clusters are
    ImageEncryption encryption = ImageEncryption::none;
    bool dirty = false;   ///< not closed by its last writer
    bool corrupt = false; ///< its last writer found it damaged
    bool lazy_refcounts = false, extended_l2 = false, zstd = false, raw_data_file = false;
    unsigned snapshots = 0; ///< internal ones
    std::vector<ImageBitmap> bitmaps;
    std::vector<ImageExtent> extents; ///< of a VMDK whose data are in other files

    /// libvirt's <compat>, for qcow2 alone.
    std::string_view compat() const;
};

/// Where the bytes come from.
class ImageBytes {
  public:
    ImageBytes() = default;
    ImageBytes(const ImageBytes&) = delete;
    ImageBytes& operator=(const ImageBytes&) = delete;
    virtual ~ImageBytes() = default;

    virtual std::uint64_t size() const = 0;
    /// Up to all of `into` from `offset`; fewer only at the end. Throws system_error.
    virtual std::size_t read(std::uint64_t offset, std::span<std::uint8_t> into) = 0;
};

constexpr std::size_t read_limit = std::size_t{1} << 20;
constexpr std::size_t piece_limit = std::size_t{128} << 10;

/// From the first bytes, as QEMU does; also an ISO 9660 file system. What nothing recognises is raw.
/// `at_the_end`: also the kinds whose only mark is in the last sector (fixed VHD, DMG), which neither QEMU
/// nor libvirt detects. Detection believes the guest: where it matters, say the format instead.
ImageFormat detect_image(ImageBytes& bytes, bool at_the_end = false);

/// The header of an image of this format. Throws invalid `storage` errors (operation_failed) saying what is
/// wrong where the header is malformed, truncated or of a version that is not known.
ImageHeader read_image_header(ImageBytes& bytes, ImageFormat format);

// Of a file or block device. All block, and throw system_error naming `path`.

struct ImageSizes {
    std::uint64_t capacity = 0;   ///< bytes the guest sees
    std::uint64_t allocation = 0; ///< bytes it takes on the host
    std::uint64_t physical = 0;   ///< length of the file or device
};

/// The sizes of an open file or block device; `capacity` as if it was raw.
ImageSizes file_sizes(int fd, const std::string& path);
/// `format`: "raw", "qcow2" …; formats without a reader here count as raw, and so does a damaged image.
ImageSizes image_sizes(const std::string& path, std::string_view format);
/// Opened without waiting (a FIFO is refused) and read as `format`, or as what it is detected to be.
ImageHeader image_header(const std::string& path, std::optional<ImageFormat> format = std::nullopt);
ImageHeader image_header(int fd, const std::string& path, std::optional<ImageFormat> format = std::nullopt);

} // namespace yado::host
