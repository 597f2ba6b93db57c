// SPDX-License-Identifier: Apache-2.0
// The formats of Microsoft: VHD ("vpc") and VHDX.
#include "host/images/reader.h"

namespace yado::host::images {
namespace {

constexpr std::size_t footer_size = 512;

/// Of everything but the checksum itself, which both the footer and the dynamic header have.
bool checksum_fits(const Piece& piece, std::size_t size, std::size_t at) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (i < at || i >= at + 4) sum += piece.big<std::uint8_t>(i);
    }
    return ~sum == piece.big<std::uint32_t>(at);
}

/// Programs that count in cylinders mean a capacity that is a product of them; the others say it in bytes
/// (QEMU 7.2's block/vpc.c tells them apart by the creator).
std::uint64_t vhd_capacity(const Piece& footer) {
    constexpr std::uint64_t most = std::uint64_t{65535} * 16 * 255;
    const std::uint64_t sectors = std::uint64_t{footer.big<std::uint16_t>(56)} *
                                  footer.big<std::uint8_t>(58) * footer.big<std::uint8_t>(59);
    constexpr std::string_view in_bytes[] = {"win ", "qem2", "d2v ", {"tap\0", 4}, "CTXS"};
    const bool counted = std::ranges::none_of(in_bytes, [&](auto word) { return footer.has(28, word); });
    if (counted && sectors != most) return sectors * sector;
    return bytes_of(footer.big<std::uint64_t>(48) / sector, sector);
}

using Guid = std::string_view;
constexpr Guid metadata_region{"\x06\xa2\x7c\x8b\x90\x47\x9a\x4b\xb8\xfe\x57\x5f\x05\x0f\x88\x6e", 16};
constexpr Guid file_parameters{"\x37\x67\xa1\xca\x36\xfa\x43\x4d\xb3\xb6\x33\xf0\xaa\x44\xe7\x6b", 16};
constexpr Guid virtual_size{"\x24\x42\xa5\x2f\x1b\xcd\x76\x48\xb2\x11\x5d\xbe\xd8\x3b\xf4\xb8", 16};
constexpr Guid parent_locator{"\x2d\x5f\xd3\xa8\x0b\xb3\x4d\x45\xab\xf7\xd3\xd8\x48\x34\xab\x0c", 16};
constexpr std::uint64_t kib = 1024;

/// Where a table of the image says the thing is, for region and metadata tables alike.
struct Place {
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
};

std::optional<Place> region(Reader& reader, std::uint64_t table, Guid wanted) {
    constexpr std::uint32_t most = 2047;
    const Piece start = reader.exactly(table, 16);
    if (!start.has(0, "regi")) return std::nullopt;
    const auto count = start.little<std::uint32_t>(8);
    if (count > most) damaged("VHDX region table has {} rows", count);
    const Piece rows = reader.exactly(table + 16, std::size_t{count} * 32);
    for (std::size_t at = 0; at < rows.size(); at += 32) {
        if (rows.has(at, wanted))
            return Place{rows.little<std::uint64_t>(at + 16), rows.little<std::uint32_t>(at + 24)};
    }
    return std::nullopt;
}

std::optional<Piece> metadata(Reader& reader, const Place& area, const Piece& rows, Guid wanted,
                              std::size_t least) {
    for (std::size_t at = 0; at < rows.size(); at += 32) {
        if (!rows.has(at, wanted)) continue;
        const auto offset = rows.little<std::uint32_t>(at + 16);
        const auto length = rows.little<std::uint32_t>(at + 20);
        if (length < least || offset > area.length || length > area.length - offset) {
            damaged("VHDX metadata are malformed");
        }
        return reader.exactly(area.offset + offset, length);
    }
    return std::nullopt;
}

/// A differencing image names its parent in several ways; the one relative to itself is the best.
std::optional<std::string> vhdx_parent(const Piece& locator) {
    const auto count = locator.little<std::uint16_t>(18);
    std::optional<std::string> found;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = 20 + i * 12;
        const std::string key =
            locator.text16(locator.little<std::uint32_t>(at), locator.little<std::uint16_t>(at + 8), false);
        if (key != "relative_path" && (found || key != "absolute_win32_path")) continue;
        found = locator.text16(locator.little<std::uint32_t>(at + 4), locator.little<std::uint16_t>(at + 10),
                               false);
        if (found->size() > name_limit) damaged("backing file name is longer than {} bytes", name_limit);
        if (key == "relative_path") break;
    }
    return found;
}

} // namespace

ImageHeader read_vhd(Reader& reader) {
    // dynamic images start with a copy of the footer; old fixed ones have 511 bytes at the end, and none at
    // the start
    bool copied = true;
    Piece footer = reader.up_to(0, footer_size);
    if (!footer.has(0, "conectix") || footer.size() != footer_size) {
        if (reader.size() < footer_size) damaged("not a VHD image");
        copied = false;
        footer = reader.exactly(reader.size() - footer_size, footer_size);
    }
    if (!footer.has(0, "conectix")) damaged("not a VHD image");
    if (!checksum_fits(footer, footer_size, 64)) damaged("VHD footer has a wrong checksum");
    ImageHeader header;
    header.capacity = vhd_capacity(footer);
    const auto kind = footer.big<std::uint32_t>(60);
    if (kind == 2) {
        header.variant = "fixed";
        return header;
    }
    if (kind != 3 && kind != 4) damaged("VHD type {} is not known", kind);
    if (!copied) damaged("VHD image has no header");
    header.variant = kind == 3 ? "dynamic" : "differencing";
    const auto offset = footer.big<std::uint64_t>(16);
    const Piece dynamic = reader.exactly(offset, 1024);
    if (!dynamic.has(0, "cxsparse")) damaged("VHD image has no dynamic header");
    header.cluster_size = dynamic.big<std::uint32_t>(32);
    if (header.cluster_size < sector || (header.cluster_size & (header.cluster_size - 1)) != 0) {
        damaged("VHD block size {} is wrong", header.cluster_size);
    }
    const std::uint64_t entries = dynamic.big<std::uint32_t>(28);
    if (header.capacity > bytes_of(entries, header.cluster_size)) damaged("VHD block table is too small");
    if (kind == 4) {
        header.backing = dynamic.text16(64, 512, true);
        header.backing_format = "vpc";
    }
    return header;
}

ImageHeader read_vhdx(Reader& reader) {
    constexpr std::uint64_t headers[] = {64 * kib, 128 * kib};
    constexpr std::uint64_t tables[] = {192 * kib, 256 * kib};
    if (!reader.up_to(0, 8).has(0, "vhdxfile")) damaged("not a VHDX image");
    ImageHeader header;
    std::uint64_t newest = 0;
    bool found = false;
    for (const std::uint64_t at : headers) {
        const Piece one = reader.up_to(at, 80);
        if (!one.has(0, "head") || one.size() != 80) continue;
        const auto sequence = one.little<std::uint64_t>(8);
        if (found && sequence <= newest) continue;
        newest = sequence;
        found = true;
        // a log that is to be replayed first
        header.dirty = one.little<std::uint64_t>(48) != 0 || one.little<std::uint64_t>(56) != 0;
    }
    if (!found) damaged("VHDX image has no header");
    std::optional<Place> area;
    for (const std::uint64_t at : tables) {
        if (!area) area = region(reader, at, metadata_region);
    }
    if (!area) damaged("VHDX image has no metadata");
    const Piece start = reader.exactly(area->offset, 32);
    if (!start.has(0, "metadata")) damaged("VHDX image has no metadata");
    const auto count = start.little<std::uint16_t>(10);
    if (count > 2047) damaged("VHDX image has {} metadata", count);
    const Piece rows = reader.exactly(area->offset + 32, std::size_t{count} * 32);
    const auto size = metadata(reader, *area, rows, virtual_size, 8);
    const auto parameters = metadata(reader, *area, rows, file_parameters, 8);
    if (!size || !parameters) damaged("VHDX image has no size");
    header.capacity = size->little<std::uint64_t>(0);
    if (header.capacity > (std::uint64_t{64} << 40)) damaged("VHDX image size is more than 64 TiB");
    header.cluster_size = parameters->little<std::uint32_t>(0);
    const auto flags = parameters->little<std::uint32_t>(4);
    header.variant = (flags & 1U) != 0 ? "fixed" : "dynamic";
    if ((flags & 2U) != 0) {
        header.variant = "differencing";
        const auto locator = metadata(reader, *area, rows, parent_locator, 20);
        if (locator) header.backing = vhdx_parent(*locator);
        if (header.backing) header.backing_format = "vhdx";
    }
    return header;
}

} // namespace yado::host::images
