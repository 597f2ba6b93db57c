// SPDX-License-Identifier: Apache-2.0
// VMDK: a sparse image with its description inside, one without, and the description alone, which names the
// files that hold the data.
#include "base/text.h"
#include "host/images/reader.h"

namespace yado::host::images {
namespace {

constexpr std::size_t description_limit = std::size_t{64} << 10;
constexpr std::size_t most_extents = 4096; ///< 2 GiB each

/// `value` of a line `key = "value"` or `key=value`.
std::optional<std::string> setting(std::string_view line, std::string_view key) {
    if (!line.starts_with(key)) return std::nullopt;
    line = trim(line.substr(key.size()));
    if (!line.starts_with('=')) return std::nullopt;
    line = trim(line.substr(1));
    if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
    return std::string(line);
}

/// `RW 4192256 SPARSE "disk-s001.vmdk"`: access, sectors, kind, file, offset
std::optional<ImageExtent> extent(std::string_view line) {
    if (!line.starts_with("RW ") && !line.starts_with("RDONLY ") && !line.starts_with("NOACCESS ")) {
        return std::nullopt;
    }
    const std::size_t quote = line.find('"');
    const std::vector<std::string_view> words = split_words(line.substr(0, quote));
    if (words.size() < 3) damaged("VMDK extent is malformed: {}", printable(line));
    const auto sectors = parse_number<std::uint64_t>(words[1]);
    if (!sectors || *sectors == 0) damaged("VMDK extent has no size: {}", printable(line));
    ImageExtent out{{}, bytes_of(*sectors, sector)};
    if (words[2] == "ZERO") return out;
    const std::size_t end = quote == std::string_view::npos ? quote : line.find('"', quote + 1);
    if (end == std::string_view::npos) damaged("VMDK extent names no file: {}", printable(line));
    out.file = std::string(line.substr(quote + 1, end - quote - 1));
    return out;
}

void read_description(std::string_view text, ImageHeader& header) {
    for (std::string_view line : split(text, '\n')) {
        line = trim(line);
        if (const auto variant = setting(line, "createType")) {
            header.variant = *variant;
        } else if (const auto parent = setting(line, "parentFileNameHint")) {
            if (parent->size() > name_limit) damaged("backing file name is longer than {} bytes", name_limit);
            header.backing = *parent;
        } else if (auto part = extent(line)) {
            if (header.extents.size() == most_extents) damaged("VMDK has more than {} extents", most_extents);
            header.extents.push_back(std::move(*part));
        }
    }
    // QEMU opens the parent of an image by its format, whatever it is; VMDK's own are VMDK
    if (header.backing && header.backing->empty()) header.backing.reset();
    if (header.backing) header.backing_format = "vmdk";
}

ImageHeader read_sparse(Reader& reader) {
    const Piece start = reader.exactly(0, sector);
    ImageHeader header;
    const auto version = start.little<std::uint32_t>(4);
    if (version == 0 || version > 3) damaged("VMDK version {} is not known", version);
    header.capacity = bytes_of(start.little<std::uint64_t>(12), sector);
    const auto grain = start.little<std::uint64_t>(20);
    if (grain == 0 || grain > (std::uint64_t{1} << 21)) damaged("VMDK grain size is wrong");
    header.cluster_size = grain * sector;
    const auto entries = start.little<std::uint32_t>(44);
    if (entries == 0 || entries > 512) damaged("VMDK grain table size is wrong");
    const auto data = start.little<std::uint64_t>(64); // where they begin, in sectors
    if (data > (reader.size() + sector - 1) / sector) damaged("VMDK image is truncated");
    header.dirty = start.little<std::uint8_t>(72) != 0;
    const auto at = start.little<std::uint64_t>(28);
    const auto sectors = start.little<std::uint64_t>(36);
    if (at != 0 && sectors != 0 && at < reader.size() / sector) { // QEMU reads images without one as well
        const std::size_t length =
            sectors < description_limit / sector ? sectors * sector : description_limit;
        const Piece text = reader.up_to(at * sector, length);
        read_description(text.text(0, text.size()), header);
        header.extents.clear(); // the one extent is this file
    }
    if (header.variant.empty()) header.variant = "sparse"; // one extent of a split image, by itself
    return header;
}

ImageHeader read_cowd(Reader& reader) {
    const Piece start = reader.exactly(0, 2048);
    ImageHeader header;
    header.variant = "vmfsSparse";
    header.capacity = bytes_of(start.little<std::uint32_t>(12), sector);
    header.cluster_size = bytes_of(start.little<std::uint32_t>(16), sector);
    if (header.cluster_size == 0) damaged("VMDK grain size is wrong");
    return header;
}

} // namespace

ImageHeader read_vmdk(Reader& reader) {
    const Piece mark = reader.up_to(0, 21);
    if (mark.has(0, "KDMV")) return read_sparse(reader);
    if (mark.has(0, "COWD")) return read_cowd(reader);
    const Piece text = reader.up_to(0, description_limit);
    ImageHeader header;
    const std::string description = text.text(0, text.size());
    if (description.find("# Disk DescriptorFile") == std::string::npos) damaged("not a VMDK image");
    read_description(description, header);
    if (header.variant.empty()) damaged("VMDK description has no createType");
    if (header.extents.empty()) damaged("VMDK description has no extents");
    for (const ImageExtent& part : header.extents) {
        header.capacity += part.bytes;
        if (header.capacity > INT64_MAX) damaged("image size is too large");
    }
    return header;
}

} // namespace yado::host::images
