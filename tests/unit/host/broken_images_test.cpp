// SPDX-License-Identifier: Apache-2.0
// Images that are broken by hand, one number at a time. Whatever is in them, reading ends, and a file QEMU
// opens is read the same here; what it refuses, we refuse too or call what it says by itself.
#include "base/error.h"
#include "base/files.h"
#include "host/images/image.h"

#include <boost/json.hpp>
#include <cstdio>
#include <gtest/gtest.h>
#include <map>

namespace yado::host {
namespace {

struct Patch {
    std::size_t at;
    std::uint64_t value;
    int width; ///< bytes; negative: the least significant first
};

struct Broken {
    const char* name;
    const char* base; ///< a key of `bases`
    std::vector<Patch> patches;
    std::string_view says = {};     ///< part of our error; empty: we read it
    bool qemu_refuses_more = false; ///< what it looks at beyond the header
    std::int64_t length = -1;       ///< cut or grown to this
};

const std::map<std::string_view, std::string_view> bases = {
    {"qcow", "create -f qcow %s 5M"},
    {"v2", "create -f qcow2 -o compat=0.10 %s 5M"},
    {"v3", "create -f qcow2 %s 5M"},
    {"top", "create -u -f qcow2 -b base -F raw %s 5M"},
    {"qed", "create -f qed %s 5M"},
    {"qed-top", "create -u -f qed -b base -F raw %s 5M"},
    {"vmdk", "create -f vmdk %s 5M"},
    {"vhd", "create -f vpc %s 5M"},
    {"vhdx", "create -f vhdx %s 5M"},
    {"vdi", "create -f vdi %s 5M"},
    {"luks", "create -f luks --object secret,id=s,data=12345678 -o key-secret=s,iter-time=10 %s 1M"},
};
constexpr std::uint64_t huge = 0xffffffffffffffff;
constexpr std::uint64_t most32 = 0xffffffff;

const Broken cases[] = {
    {"qcow_magic", "qcow", {{0, 0, 4}}, "not a qcow image"},
    {"qcow_version", "qcow", {{4, 9, 4}}, "version 9 is not known"},
    {"qcow_cluster_small", "qcow", {{32, 8, 1}}, "cluster size"},
    {"qcow_cluster_large", "qcow", {{32, 17, 1}}, "cluster size"},
    {"qcow_l2_small", "qcow", {{33, 5, 1}}, "L2 table size"},
    {"qcow_l2_large", "qcow", {{33, 14, 1}}, "L2 table size"},
    {"qcow_size_zero", "qcow", {{24, 0, 8}}, "too small"},
    {"qcow_size_huge", "qcow", {{24, huge, 8}}, "too large"},
    {"qcow_encryption", "qcow", {{36, 3, 4}}, "encryption method 3"},
    {"qcow_backing_length", "qcow", {{8, 48, 8}, {16, 1024, 4}}, "longer than 1023"},
    {"qcow_backing_far", "qcow", {{8, huge - 5, 8}, {16, 10, 4}}, "truncated"},
    {"qcow_cut", "qcow", {}, "", false, 40},
    {"v2_version_four", "v2", {{4, 4, 4}}, "version 4 is not known"},
    {"v2_version_zero", "v2", {{4, 0, 4}}, "version 0 is not known"},
    {"v2_cut", "v2", {}, "", false, 71},
    {"v3_cut", "v3", {}, "header length", false, 100},
    {"v3_empty", "v3", {}, "truncated", false, 0},
    {"v3_cluster_small", "v3", {{20, 8, 4}}, "cluster size"},
    {"v3_cluster_large", "v3", {{20, 22, 4}}, "cluster size"},
    {"v3_cluster_huge", "v3", {{20, most32, 4}}, "cluster size"},
    {"v3_size_huge", "v3", {{24, huge, 8}}, "too large"},
    {"v3_size_beyond_l1", "v3", {{24, std::uint64_t{1} << 40, 8}}, "", true},
    {"v3_encryption", "v3", {{32, 3, 4}}, "encryption method 3"},
    {"v3_snapshots", "v3", {{60, 70000, 4}}, "too many snapshots"},
    {"v3_unknown_feature", "v3", {{72, 1 << 10, 8}}, "features that are not known: 0x400"},
    {"v3_unknown_features", "v3", {{72, huge, 8}}, "features that are not known"},
    {"v3_unknown_compatible", "v3", {{80, huge & ~std::uint64_t{1}, 8}}},
    {"v3_refcount_width", "v3", {{96, 7, 4}}, "reference count width"},
    {"v3_header_short", "v3", {{100, 103, 4}}, "header length"},
    {"v3_header_long", "v3", {{100, 65537, 4}}, "header length"},
    {"v3_compression", "v3", {{104, 2, 1}}, "compression type 2"},
    {"v3_compression_no_feature", "v3", {{104, 1, 1}}, "disagree"},
    {"v3_feature_no_compression", "v3", {{72, 8, 8}}, "disagree"},
    {"v3_extension_long", "v3", {{112, 0x12345678, 4}, {116, most32, 4}}, "extension is too large"},
    {"v3_extension_unknown", "v3", {{112, 0x12345678, 4}, {116, 8, 4}, {128, 0, 8}}},
    {"v3_format_long", "v3", {{112, 0xe2792aca, 4}, {116, 16, 4}}, "backing format is too long"},
    {"v3_bitmaps_length", "v3", {{88, 1, 8}, {112, 0x23852875, 4}, {116, 23, 4}}, "bitmaps extension"},
    {"v3_bitmaps_none",
     "v3",
     {{88, 1, 8}, {112, 0x23852875, 4}, {116, 24, 4}, {120, 0, 24}},
     "has 0 bitmaps"},
    {"v3_bitmaps_far",
     "v3",
     {{88, 1, 8},
      {112, 0x23852875, 4},
      {116, 24, 4},
      {120, 5, 4},
      {124, 0, 4},
      {128, 4096, 8},
      {136, std::uint64_t{1} << 60, 8},
      {144, 0, 8}},
     "truncated"},
    {"v3_bitmaps_unaligned",
     "v3",
     {{88, 1, 8}, {112, 0x23852875, 4}, {116, 24, 4}, {120, 5, 4}, {128, 4096, 8}, {136, 17, 8}, {144, 0, 8}},
     "not aligned"},
    {"top_backing_outside", "top", {{8, 65537, 8}}, "not in the first cluster"},
    {"top_backing_huge", "top", {{8, huge, 8}}, "not in the first cluster"},
    {"top_backing_end", "top", {{8, 65530, 8}, {16, 10, 4}}, "does not end in the first cluster"},
    {"top_backing_long", "top", {{16, 1024, 4}}, "longer than 1023"},
    {"top_backing_most", "top", {{16, most32, 4}}, "does not end in the first cluster"},
    {"qed_magic", "qed", {{0, 0, 4}}, "not a qed image"},
    {"qed_features", "qed", {{16, huge, -8}}, "features that are not known"},
    {"qed_cluster", "qed", {{4, 3000, -4}}, "cluster size"},
    {"qed_cluster_huge", "qed", {{4, most32, -4}}, "cluster size"},
    {"qed_table", "qed", {{8, 3, -4}}, "table size"},
    {"qed_table_none", "qed", {{8, 0, -4}}, "table size"},
    {"qed_header_none", "qed", {{12, 0, -4}}},
    {"qed_size_odd", "qed", {{48, 1000, -8}}, "image size is wrong"},
    {"qed_size_huge", "qed", {{48, huge, -8}}, "image size is wrong"},
    {"qed_backing_far", "qed-top", {{56, most32, -4}}, "not in the header"},
    {"qed_backing_long", "qed-top", {{60, 30000, -4}}, "longer than 1023"},
    {"vmdk_version", "vmdk", {{4, 9, -4}}, "version 9"},
    {"vmdk_size_huge", "vmdk", {{12, huge, -8}}, "too large"},
    {"vmdk_grain_none", "vmdk", {{20, 0, -8}}, "grain size"},
    {"vmdk_grain_huge", "vmdk", {{20, huge, -8}}, "grain size"},
    {"vmdk_tables", "vmdk", {{44, 0, -4}}, "grain table size"},
    {"vmdk_tables_large", "vmdk", {{44, 513, -4}}, "grain table size"},
    {"vmdk_description_far", "vmdk", {{28, huge, -8}}},
    {"vmdk_description_long", "vmdk", {{36, huge, -8}}},
    {"vmdk_cut", "vmdk", {}, "truncated", false, 511},
    {"vhd_checksum", "vhd", {{64, 0, 4}}, "checksum"},
    {"vhd_cookie", "vhd", {{0, 0, 8}}, "has no header"}, // the footer at the end is still there
    {"vhd_type", "vhd", {{60, 9, 4}}, "checksum"},
    {"vhd_dynamic", "vhd", {{512, 0, 8}}, "no dynamic header"},
    {"vhd_block_size", "vhd", {{512 + 32, 1000, 4}}, "block size"},
    {"vhd_block_none", "vhd", {{512 + 32, 0, 4}}, "block size"},
    {"vhd_table", "vhd", {{512 + 28, 1, 4}}, "block table is too small"},
    {"vhd_cut", "vhd", {}, "", true, 511},
    {"vhdx_magic", "vhdx", {{0, 0, 8}}, "not a VHDX"},
    {"vhdx_headers", "vhdx", {{65536, 0, 4}, {131072, 0, 4}}, "no header"},
    {"vhdx_regions", "vhdx", {{196608 + 8, most32, -4}}, "region table has"},
    {"vhdx_no_regions", "vhdx", {{196608, 0, 4}, {262144, 0, 4}}, "no metadata"},
    {"vhdx_cut", "vhdx", {}, "truncated", false, 200000},
    {"vdi_magic", "vdi", {{64, 0, 4}}, "not a VDI"},
    {"vdi_version", "vdi", {{68, 0x00020001, -4}}, "version 2.1"},
    {"vdi_type", "vdi", {{76, 77, -4}}},
    {"vdi_sector", "vdi", {{360, 4096, -4}}, "sector size"},
    {"vdi_block", "vdi", {{376, 4096, -4}}, "block size"},
    {"vdi_blocks", "vdi", {{384, 0, -4}}, "block table is too small"},
    {"vdi_blocks_huge", "vdi", {{384, most32, -4}}, "too many blocks"},
    {"vdi_size_huge", "vdi", {{368, huge, -8}}, "block table is too small"},
    {"luks_magic", "luks", {{0, 0, 4}}, "not a LUKS"},
    {"luks_version", "luks", {{6, 7, 2}}, "version 7"},
    {"luks_payload_far", "luks", {{104, most32, 4}}, "", true},
    {"luks_cut", "luks", {}, "truncated", false, 0},
};

/// An image as qemu-img makes it, once for all cases.
const std::string& fresh_image(std::string_view kind) {
    static std::map<std::string_view, std::string> made;
    std::string& bytes = made[kind];
    if (!bytes.empty()) return bytes;
    const TemporaryDirectory directory("base");
    std::string command(bases.at(kind));
    command.replace(command.find("%s"), 2, directory.path() + "/image");
    // QEMU measures how fast the host derives keys, and gives up when the measurement was disturbed
    for (int i = 0; i < 9 && std::system(("qemu-img " + command + " >/dev/null 2>&1").c_str()) != 0; ++i) {}
    bytes = read_file(directory.path() + "/image", std::size_t{16} << 20);
    return bytes;
}

class BrokenImages : public testing::TestWithParam<Broken> {};

TEST_P(BrokenImages, EndInAnAnswer) {
    const Broken& broken = GetParam();
    const TemporaryDirectory directory("broken");
    const std::string path = directory.path() + "/image";
    std::string bytes = fresh_image(broken.base);
    for (const Patch& patch : broken.patches) {
        const int width = std::abs(patch.width);
        for (int i = 0; i < width; ++i) {
            const int place = patch.width > 0 ? width - 1 - i : i; // of the byte that is worth 256^i
            bytes.at(patch.at + static_cast<std::size_t>(place)) =
                i < 8 ? static_cast<char>(patch.value >> (8 * i)) : '\0';
        }
    }
    if (broken.length >= 0) bytes.resize(static_cast<std::size_t>(broken.length));
    write_file_replacing(path, bytes, 0600);

    std::string_view word = broken.base;
    if (word == "v2" || word == "v3" || word == "top") word = "qcow2";
    if (word == "qed-top") word = "qed";
    if (word == "vhd") word = "vpc";
    std::string problem;
    ImageHeader header;
    try {
        header = image_header(path, image_format(word));
    } catch (const Error& error) { problem = error.message(); }
    if (broken.says.empty() && broken.length < 0) EXPECT_EQ(problem, "");
    else EXPECT_NE(problem.find(broken.says), std::string::npos) << problem;

    FILE* pipe = ::popen(
        fmt::format("qemu-img info -U --output=json -f {} {} 2>{}/why", word, path, directory.path()).c_str(),
        "r");
    std::string text;
    char buffer[4096];
    while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, got);
    const bool qemu_opens = ::pclose(pipe) == 0;
    if (qemu_opens) {
        ASSERT_EQ(problem, "") << "QEMU reads it:\n" << text;
        const auto said = boost::json::parse(text).as_object();
        EXPECT_EQ(static_cast<std::int64_t>(header.capacity), said.at("virtual-size").as_int64());
    } else if (problem.empty()) {
        EXPECT_TRUE(broken.qemu_refuses_more) << read_file(directory.path() + "/why", 10000);
    }
}

INSTANTIATE_TEST_SUITE_P(All, BrokenImages, testing::ValuesIn(cases),
                         [](const auto& about) { return std::string(about.param.name); });

} // namespace
} // namespace yado::host
