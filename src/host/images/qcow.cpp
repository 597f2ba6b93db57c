// SPDX-License-Identifier: Apache-2.0
// qcow, qcow2 (versions 2 and 3) and qed. The limits are those of QEMU 7.2, whose docs/interop/qcow2.txt and
// qed_spec.txt say what stands where.
#include "host/images/reader.h"

namespace yado::host::images {
namespace {

constexpr std::uint64_t largest = INT64_MAX;

std::string backing_name(Reader& reader, std::uint64_t offset, std::uint32_t length) {
    if (length > name_limit) damaged("backing file name is longer than {} bytes", name_limit);
    return reader.exactly(offset, length).text(0, length);
}

ImageEncryption qcow_encryption(std::uint32_t method) {
    switch (method) {
    case 0: return ImageEncryption::none;
    case 1: return ImageEncryption::aes;
    case 2: return ImageEncryption::luks1;
    default: damaged("qcow encryption method {} is not known", method);
    }
}

void read_bitmaps(Reader& reader, ImageHeader& header, const Piece& extension) {
    constexpr std::uint32_t most = 65535;
    constexpr std::size_t fixed = 24; // of a row of the directory
    const auto count = extension.big<std::uint32_t>(0);
    const auto size = extension.big<std::uint64_t>(8);
    const auto offset = extension.big<std::uint64_t>(16);
    if (count == 0 || count > most) damaged("qcow2 image has {} bitmaps", count);
    if (offset % header.cluster_size != 0) damaged("bitmap directory is not aligned to clusters");
    // a longer directory is legal; what is beyond the limit is not looked at
    const Piece directory =
        reader.exactly(offset, static_cast<std::size_t>(std::min<std::uint64_t>(size, piece_limit)));
    std::size_t at = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (size > piece_limit && directory.size() - at < fixed + name_limit) break;
        const auto flags = directory.big<std::uint32_t>(at + 12);
        const auto granularity = directory.big<std::uint8_t>(at + 17);
        const auto name = directory.big<std::uint16_t>(at + 18);
        const auto extra = directory.big<std::uint32_t>(at + 20);
        if (granularity < 9 || granularity > 31) damaged("bitmap granularity is not within 2^9 and 2^31");
        if (extra > piece_limit) damaged("bitmap directory is malformed");
        header.bitmaps.push_back({directory.text(at + fixed + extra, name), std::uint64_t{1} << granularity,
                                  (flags & 1U) != 0, (flags & 2U) != 0});
        at += (fixed + extra + name + 7) / 8 * 8;
    }
}

void read_extensions(Reader& reader, ImageHeader& header, std::uint64_t from, std::uint64_t to,
                     bool bitmaps_valid) {
    enum : std::uint32_t {
        end = 0,
        backing_format = 0xe2792aca,
        data_file = 0x44415441,
        bitmaps = 0x23852875,
    };
    constexpr int most = 64;
    if (to > reader.size()) to = reader.size();
    for (int i = 0; from + 8 <= to; ++i) {
        if (i == most) damaged("qcow2 header has more than {} extensions", most);
        const Piece start = reader.exactly(from, 8);
        const auto kind = start.big<std::uint32_t>(0);
        const auto length = start.big<std::uint32_t>(4);
        if (kind == end) return;
        from += 8;
        if (length > to - from) damaged("qcow2 header extension is too large");
        if (kind == backing_format) {
            if (length > 15) damaged("name of the backing format is too long");
            header.backing_format = reader.exactly(from, length).text(0, length);
        } else if (kind == data_file) {
            if (length > name_limit) damaged("name of the data file is too long");
            header.data_file = reader.exactly(from, length).text(0, length);
        } else if (kind == bitmaps && bitmaps_valid) {
            if (length != 24) damaged("qcow2 bitmaps extension is malformed");
            read_bitmaps(reader, header, reader.exactly(from, length));
        }
        from += (std::uint64_t{length} + 7) / 8 * 8;
    }
}

} // namespace

ImageHeader read_qcow(Reader& reader) {
    const Piece start = reader.exactly(0, 48);
    if (!start.has(0, "QFI\xfb")) damaged("not a qcow image");
    ImageHeader header;
    header.version = start.big<std::uint32_t>(4);
    if (header.version != 1) damaged("qcow version {} is not known", header.version);
    const auto offset = start.big<std::uint64_t>(8);
    const auto length = start.big<std::uint32_t>(16);
    header.capacity = start.big<std::uint64_t>(24);
    const auto bits = start.big<std::uint8_t>(32);
    const auto l2_bits = start.big<std::uint8_t>(33);
    if (header.capacity <= 1) damaged("image size is too small");
    if (bits < 9 || bits > 16) damaged("qcow cluster size is not within 512 bytes and 64 KiB");
    if (l2_bits < 6 || l2_bits > 13) damaged("qcow L2 table size is not within 512 bytes and 64 KiB");
    if (header.capacity > largest) damaged("image size is too large");
    header.cluster_size = std::uint64_t{1} << bits;
    header.encryption = qcow_encryption(start.big<std::uint32_t>(36));
    if (header.encryption == ImageEncryption::luks1) damaged("qcow encryption method 2 is not known");
    if (offset != 0) header.backing = backing_name(reader, offset, length);
    return header;
}

ImageHeader read_qcow2(Reader& reader) {
    constexpr std::size_t v2_length = 72;
    constexpr std::size_t v3_length = 104;
    const Piece start = reader.exactly(0, v2_length);
    if (!start.has(0, "QFI\xfb")) damaged("not a qcow2 image");
    ImageHeader header;
    header.version = start.big<std::uint32_t>(4);
    if (header.version != 2 && header.version != 3) damaged("qcow2 version {} is not known", header.version);
    const auto bits = start.big<std::uint32_t>(20);
    if (bits < 9 || bits > 21) damaged("qcow2 cluster size is not within 512 bytes and 2 MiB");
    header.cluster_size = std::uint64_t{1} << bits;
    header.capacity = start.big<std::uint64_t>(24);
    if (header.capacity > largest) damaged("image size is too large");
    header.encryption = qcow_encryption(start.big<std::uint32_t>(32));
    header.snapshots = start.big<std::uint32_t>(60);
    if (header.snapshots > 65536) damaged("qcow2 image has too many snapshots");

    std::uint64_t extensions = v2_length;
    bool bitmaps_valid = false;
    bool data_file = false;
    if (header.version == 3) {
        const Piece more = reader.exactly(v2_length, v3_length - v2_length);
        const auto incompatible = more.big<std::uint64_t>(0);
        const auto compatible = more.big<std::uint64_t>(8);
        const auto autoclear = more.big<std::uint64_t>(16);
        const auto length = more.big<std::uint32_t>(28);
        if (more.big<std::uint32_t>(24) > 6) damaged("qcow2 reference count width is not known");
        if (length < v3_length || length > header.cluster_size) damaged("qcow2 header length is wrong");
        if ((incompatible & ~std::uint64_t{0x1f}) != 0) {
            damaged("qcow2 image needs features that are not known: {:#x}",
                    incompatible & ~std::uint64_t{0x1f});
        }
        header.dirty = (incompatible & 1U) != 0;
        header.corrupt = (incompatible & 2U) != 0;
        data_file = (incompatible & 4U) != 0;
        header.extended_l2 = (incompatible & 16U) != 0;
        header.lazy_refcounts = (compatible & 1U) != 0;
        header.raw_data_file = data_file && (autoclear & 2U) != 0;
        if (length > v3_length) {
            const auto compression = reader.exactly(v3_length, 1).big<std::uint8_t>(0);
            if (compression > 1) damaged("qcow2 compression type {} is not known", compression);
            header.zstd = compression == 1;
        }
        if (header.zstd != ((incompatible & 8U) != 0)) damaged("qcow2 compression type and feature disagree");
        bitmaps_valid = (autoclear & 1U) != 0;
        extensions = length;
    }
    const auto offset = start.big<std::uint64_t>(8);
    if (offset > header.cluster_size) damaged("backing file name is not in the first cluster");
    read_extensions(reader, header, extensions, offset != 0 ? offset : header.cluster_size, bitmaps_valid);
    if (!data_file) header.data_file.reset(); // a name without the feature is of no use
    if (offset != 0) {
        const auto length = start.big<std::uint32_t>(16);
        if (length > header.cluster_size - offset)
            damaged("backing file name does not end in the first cluster");
        header.backing = backing_name(reader, offset, length);
    }
    if (!header.backing) header.backing_format.reset();
    return header;
}

ImageHeader read_qed(Reader& reader) {
    const Piece start = reader.exactly(0, 64);
    if (!start.has(0, {"QED\0", 4})) damaged("not a qed image");
    ImageHeader header;
    const auto cluster = start.little<std::uint32_t>(4);
    const auto table = start.little<std::uint32_t>(8);
    const auto length = start.little<std::uint32_t>(12);
    const auto features = start.little<std::uint64_t>(16);
    if ((features & ~std::uint64_t{7}) != 0) {
        damaged("qed image needs features that are not known: {:#x}", features & ~std::uint64_t{7});
    }
    if (cluster < 4096 || cluster > (64U << 20U) || (cluster & (cluster - 1)) != 0) {
        damaged("qed cluster size is not a power of two within 4 KiB and 64 MiB");
    }
    if (table == 0 || table > 16 || (table & (table - 1)) != 0) damaged("qed table size is wrong");
    header.cluster_size = cluster;
    header.capacity = start.little<std::uint64_t>(48);
    const std::uint64_t entries = std::uint64_t{table} * cluster / 8;
    if (header.capacity % sector != 0 || header.capacity > bytes_of(bytes_of(entries, entries), cluster)) {
        damaged("qed image size is wrong");
    }
    header.dirty = (features & 2U) != 0;
    if ((features & 1U) != 0) {
        const auto at = start.little<std::uint32_t>(56);
        const auto size = start.little<std::uint32_t>(60);
        if (std::uint64_t{at} + size > bytes_of(length, cluster))
            damaged("backing file name is not in the header");
        header.backing = backing_name(reader, at, size);
        if ((features & 4U) != 0) header.backing_format = "raw";
    }
    return header;
}

} // namespace yado::host::images
