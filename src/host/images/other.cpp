// SPDX-License-Identifier: Apache-2.0
// The formats whose header is a few numbers: VDI, LUKS, DMG.
#include "host/images/reader.h"

namespace yado::host::images {

ImageHeader read_vdi(Reader& reader) {
    const Piece start = reader.exactly(0, sector);
    if (!start.has(64, "\x7f\x10\xda\xbe")) damaged("not a VDI image");
    const auto version = start.little<std::uint32_t>(68);
    if (version != 0x00010001) damaged("VDI version {}.{} is not known", version >> 16U, version & 0xffffU);
    ImageHeader header;
    switch (start.little<std::uint32_t>(76)) { // QEMU reads whatever kind it is
    case 1: header.variant = "dynamic"; break;
    case 2: header.variant = "static"; break;
    case 4: header.variant = "differencing"; break;
    default: break;
    }
    header.capacity = start.little<std::uint64_t>(368);
    header.cluster_size = start.little<std::uint32_t>(376);
    const auto blocks = start.little<std::uint32_t>(384);
    if (start.little<std::uint32_t>(360) != sector) damaged("VDI sector size is not 512");
    if (header.cluster_size != (1U << 20U)) damaged("VDI block size is not 1 MiB");
    if (blocks > 0x1fffffff) damaged("VDI image has too many blocks");
    if (header.capacity > bytes_of(blocks, header.cluster_size)) damaged("VDI block table is too small");
    header.capacity = bytes_of((header.capacity + sector - 1) / sector, sector);
    return header;
}

ImageHeader read_luks(Reader& reader) {
    const Piece start = reader.exactly(0, 208);
    if (!start.has(0, "LUKS\xba\xbe")) damaged("not a LUKS volume");
    ImageHeader header;
    header.version = start.big<std::uint16_t>(6);
    std::uint64_t data = 0; // where they start
    if (header.version == 1) {
        header.encryption = ImageEncryption::luks1;
        data = bytes_of(start.big<std::uint32_t>(104), sector);
    } else if (header.version == 2) {
        // two copies of the header; the segments are said in JSON, which cryptsetup starts at 16 MiB
        header.encryption = ImageEncryption::luks2;
        data = bytes_of(start.big<std::uint64_t>(8), 2);
    } else {
        damaged("LUKS version {} is not known", header.version);
    }
    header.capacity = reader.size() > data ? reader.size() - data : 0;
    return header;
}

ImageHeader read_dmg(Reader& reader) {
    if (reader.size() < sector) damaged("not a DMG image");
    const Piece trailer = reader.exactly(reader.size() - sector, sector);
    if (!trailer.has(0, "koly") || trailer.big<std::uint32_t>(8) != sector) damaged("not a DMG image");
    ImageHeader header;
    header.version = trailer.big<std::uint32_t>(4);
    header.capacity = bytes_of(trailer.big<std::uint64_t>(492), sector);
    return header;
}

} // namespace yado::host::images
