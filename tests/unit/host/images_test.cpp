// SPDX-License-Identifier: Apache-2.0
// Headers of images that qemu-img makes, in every format and variant it can write, against what `qemu-img
// info` says of the same files; and names and chains.
#include "host/images/image.h"

#include "base/error.h"
#include "base/files.h"
#include "host/images/backing_name.h"
#include "host/images/chain.h"

#include <boost/json.hpp>
#include <cstdio>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::host {
namespace {

namespace json = boost::json;

/// What a shell command prints; nothing when it fails.
std::optional<std::string> output(const std::string& command) {
    FILE* pipe = ::popen(("( " + command + " ) 2>&1").c_str(), "r");
    std::string text;
    char buffer[4096];
    while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, got);
    if (::pclose(pipe) != 0) return std::nullopt;
    return text;
}

std::string message_of(const std::function<void()>& body) {
    try {
        body();
    } catch (const Error& error) { return error.message(); }
    return "no error";
}

class Images : public testing::Test {
  protected:
    std::string path(const std::string& name) const { return directory_.path() + "/" + name; }
    /// In the folder of the images, so that relative names stay relative.
    void shell(const std::string& command) const {
        ASSERT_TRUE(output("cd " + directory_.path() + " && " + command)) << command;
    }
    /// `qemu-img info` of it; an empty object when it refuses.
    json::object info(const std::string& name, const std::string& options = {}) const {
        const auto text = output("qemu-img info -U --output=json " + options + " '" + path(name) + "'");
        return text ? json::parse(*text).as_object() : json::object();
    }

    TemporaryDirectory directory_{"images"};
};

struct Made {
    const char* name;
    const char* command;
    ImageFormat format;
    const char* variant = "";
};

// QEMU measures how fast the host derives keys, and gives up when the measurement was disturbed
#define MEASURED(command) "for i in 1 2 3 4 5 6 7 8 9; do " command " && break; done"

const Made made[] = {
    {"raw", "truncate -s 3M raw", ImageFormat::raw},
    {"odd", "truncate -s 1234567 odd", ImageFormat::raw},
    {"empty", "touch empty", ImageFormat::raw},
    {"qcow", "qemu-img create -f qcow qcow 5M", ImageFormat::qcow},
    {"qcow-aes",
     "qemu-img create -f qcow --object secret,id=s,data=12345678 -o "
     "encrypt.format=aes,encrypt.key-secret=s qcow-aes 5M",
     ImageFormat::qcow},
    {"v2", "qemu-img create -f qcow2 -o compat=0.10 v2 5M", ImageFormat::qcow2},
    {"v3", "qemu-img create -f qcow2 v3 1G", ImageFormat::qcow2},
    {"v3-512", "qemu-img create -f qcow2 -o cluster_size=512 v3-512 5M", ImageFormat::qcow2},
    {"v3-2m", "qemu-img create -f qcow2 -o cluster_size=2M v3-2m 10T", ImageFormat::qcow2},
    {"v3-lazy", "qemu-img create -f qcow2 -o lazy_refcounts=on v3-lazy 5M", ImageFormat::qcow2},
    {"v3-l2", "qemu-img create -f qcow2 -o extended_l2=on,cluster_size=128k v3-l2 5M", ImageFormat::qcow2},
    {"v3-zstd", "qemu-img create -f qcow2 -o compression_type=zstd v3-zstd 5M", ImageFormat::qcow2},
    {"v3-bits", "qemu-img create -f qcow2 -o refcount_bits=1 v3-bits 5M", ImageFormat::qcow2},
    {"v3-data", "qemu-img create -f qcow2 -o data_file=v3-data.raw v3-data 5M", ImageFormat::qcow2},
    {"v3-data-raw", "qemu-img create -f qcow2 -o data_file=v3-data-raw.raw,data_file_raw=on v3-data-raw 5M",
     ImageFormat::qcow2},
    {"v3-bitmaps",
     "qemu-img create -f qcow2 v3-bitmaps 50M && qemu-img bitmap --add v3-bitmaps first && "
     "qemu-img bitmap --add --disable -g 1M v3-bitmaps second-bitmap",
     ImageFormat::qcow2},
    {"v3-snap",
     "qemu-img create -f qcow2 v3-snap 5M && qemu-img snapshot -c one v3-snap && "
     "qemu-img snapshot -c two v3-snap",
     ImageFormat::qcow2},
    {"v3-luks",
     MEASURED("qemu-img create -f qcow2 --object secret,id=s,data=12345678 -o "
              "encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=10 v3-luks 5M"),
     ImageFormat::qcow2},
    {"v3-aes",
     "qemu-img create -f qcow2 --object secret,id=s,data=12345678 -o "
     "encrypt.format=aes,encrypt.key-secret=s v3-aes 5M",
     ImageFormat::qcow2},
    {"v3-top", "qemu-img create -f qcow2 base 7M && qemu-img create -f qcow2 -b base -F qcow2 v3-top",
     ImageFormat::qcow2},
    {"v2-top",
     "qemu-img create -f raw base.raw 7M && qemu-img create -f qcow2 -o compat=0.10 -b base.raw -F raw "
     "v2-top",
     ImageFormat::qcow2},
    {"qcow-top", "qemu-img create -f raw b2.raw 7M && qemu-img create -f qcow -b b2.raw -F raw qcow-top",
     ImageFormat::qcow},
    {"qed", "qemu-img create -f qed qed 5M", ImageFormat::qed},
    {"qed-128k", "qemu-img create -f qed -o cluster_size=128k,table_size=4 qed-128k 5M", ImageFormat::qed},
    {"qed-top", "qemu-img create -f raw b3.raw 7M && qemu-img create -f qed -b b3.raw -F raw qed-top",
     ImageFormat::qed},
    {"vmdk", "qemu-img create -f vmdk vmdk 5M", ImageFormat::vmdk, "monolithicSparse"},
    {"vmdk-6", "qemu-img create -f vmdk -o compat6=on vmdk-6 5M", ImageFormat::vmdk, "monolithicSparse"},
    {"vmdk-flat", "qemu-img create -f vmdk -o subformat=monolithicFlat vmdk-flat 5M", ImageFormat::vmdk,
     "monolithicFlat"},
    {"vmdk-split", "qemu-img create -f vmdk -o subformat=twoGbMaxExtentSparse vmdk-split 5G",
     ImageFormat::vmdk, "twoGbMaxExtentSparse"},
    {"vmdk-split-flat", "qemu-img create -f vmdk -o subformat=twoGbMaxExtentFlat vmdk-split-flat 3G",
     ImageFormat::vmdk, "twoGbMaxExtentFlat"},
    {"vmdk-stream", "qemu-img create -f vmdk -o subformat=streamOptimized vmdk-stream 5M", ImageFormat::vmdk,
     "streamOptimized"},
    {"vmdk-top", "qemu-img create -f vmdk vbase 7M && qemu-img create -f vmdk -b vbase -F vmdk vmdk-top",
     ImageFormat::vmdk, "monolithicSparse"},
    {"vhd", "qemu-img create -f vpc vhd 5M", ImageFormat::vhd, "dynamic"},
    {"vhd-force", "qemu-img create -f vpc -o force_size=on vhd-force 5M", ImageFormat::vhd, "dynamic"},
    {"vhd-large", "qemu-img create -f vpc vhd-large 500G", ImageFormat::vhd, "dynamic"},
    {"vhd-fixed", "qemu-img create -f vpc -o subformat=fixed vhd-fixed 5M", ImageFormat::vhd, "fixed"},
    {"vhdx", "qemu-img create -f vhdx vhdx 5M", ImageFormat::vhdx, "dynamic"},
    {"vhdx-fixed", "qemu-img create -f vhdx -o subformat=fixed vhdx-fixed 5M", ImageFormat::vhdx, ""},
    {"vdi", "qemu-img create -f vdi vdi 5M", ImageFormat::vdi, "dynamic"},
    {"vdi-static", "qemu-img create -f vdi -o static=on vdi-static 5M", ImageFormat::vdi, "static"},
    {"luks",
     MEASURED(
         "qemu-img create -f luks --object secret,id=s,data=12345678 -o key-secret=s,iter-time=10 luks 5M"),
     ImageFormat::luks},
};

class MadeImages : public Images, public testing::WithParamInterface<Made> {};

TEST_P(MadeImages, AgreesWithQemuImg) {
    const Made& image = GetParam();
    shell(image.command);
    const bool footer = std::string_view(image.name) == "vhd-fixed"; // nothing but the last sector tells
    const json::object said = info(image.name, footer ? "-f vpc" : "");
    ASSERT_FALSE(said.empty());
    const ImageHeader header =
        footer ? image_header(path(image.name), ImageFormat::vhd) : image_header(path(image.name));
    EXPECT_EQ(header.format, image.format);
    EXPECT_EQ(qemu_word(header.format), said.at("format").as_string());
    if (*image.variant != 0) { EXPECT_EQ(header.variant, image.variant); }
    if (header.format == ImageFormat::raw) { // qemu-img rounds to sectors
        EXPECT_LT(said.at("virtual-size").as_int64() - static_cast<std::int64_t>(header.capacity), 512);
    } else {
        EXPECT_EQ(static_cast<std::int64_t>(header.capacity), said.at("virtual-size").as_int64());
    }
    const auto text = [&said](const char* key) {
        const json::value* value = said.if_contains(key);
        return value == nullptr ? std::string() : std::string(value->as_string());
    };
    EXPECT_EQ(header.backing.value_or(""), text("backing-filename"));
    const json::value* encrypted = said.if_contains("encrypted");
    EXPECT_EQ(header.encryption != ImageEncryption::none, encrypted != nullptr && encrypted->as_bool());
    EXPECT_FALSE(header.dirty);
    if (header.format != ImageFormat::qcow2) return;
    EXPECT_EQ(header.backing_format.value_or(""), text("backing-filename-format"));
    EXPECT_EQ(static_cast<std::int64_t>(header.cluster_size), said.at("cluster-size").as_int64());
    const json::object& own = said.at("format-specific").as_object().at("data").as_object();
    EXPECT_EQ(header.compat(), own.at("compat").as_string());
    const auto flag = [&own](const char* key) {
        const json::value* value = own.if_contains(key);
        return value != nullptr && value->as_bool();
    };
    EXPECT_EQ(header.lazy_refcounts, flag("lazy-refcounts"));
    EXPECT_EQ(header.extended_l2, flag("extended-l2"));
    EXPECT_EQ(header.raw_data_file, flag("data-file-raw"));
    EXPECT_EQ(header.zstd, own.at("compression-type").as_string() == "zstd");
    const json::value* data_file = own.if_contains("data-file");
    EXPECT_EQ(header.data_file.value_or(""), data_file == nullptr ? "" : std::string(data_file->as_string()));
    const json::value* snapshots = said.if_contains("snapshots");
    EXPECT_EQ(header.snapshots, snapshots == nullptr ? 0 : snapshots->as_array().size());
    const json::value* bitmaps = own.if_contains("bitmaps");
    ASSERT_EQ(header.bitmaps.size(), bitmaps == nullptr ? 0 : bitmaps->as_array().size());
    for (std::size_t i = 0; i < header.bitmaps.size(); ++i) {
        const json::object& bitmap = bitmaps->as_array().at(i).as_object();
        EXPECT_EQ(header.bitmaps[i].name, bitmap.at("name").as_string());
        EXPECT_EQ(static_cast<std::int64_t>(header.bitmaps[i].granularity),
                  bitmap.at("granularity").as_int64());
        EXPECT_EQ(header.bitmaps[i].automatic, !bitmap.at("flags").as_array().empty());
    }
}

INSTANTIATE_TEST_SUITE_P(All, MadeImages, testing::ValuesIn(made), [](const auto& about) {
    std::string name = about.param.name;
    std::ranges::replace(name, '-', '_');
    std::ranges::replace(name, '.', '_');
    return name;
});

// ---- what qemu-img cannot write
// -----------------------------------------------------------------------------

void put(std::string& bytes, std::size_t at, std::uint64_t value, int width, bool big) {
    if (bytes.size() < at + static_cast<std::size_t>(width))
        bytes.resize(at + static_cast<std::size_t>(width));
    for (int i = 0; i < width; ++i) {
        const int shift = 8 * (big ? width - 1 - i : i);
        bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> shift);
    }
}

TEST_F(Images, ADifferencingVhdNamesItsParent) {
    shell("qemu-img create -f vpc image 5M");
    std::string bytes = read_file(path("image"), 1 << 22);
    const auto checksum = [&bytes](std::size_t from, std::size_t size, std::size_t at) {
        put(bytes, from + at, 0, 4, true);
        std::uint32_t sum = 0;
        for (std::size_t i = 0; i < size; ++i) sum += static_cast<unsigned char>(bytes[from + i]);
        put(bytes, from + at, ~sum, 4, true);
    };
    put(bytes, 60, 4, 4, true);
    checksum(0, 512, 64);
    const std::string parent = "parent.vhd";
    for (std::size_t i = 0; i < parent.size(); ++i) {
        put(bytes, 512 + 64 + 2 * i, static_cast<unsigned char>(parent[i]), 2, true);
    }
    checksum(512, 1024, 36);
    write_file_replacing(path("image"), bytes, 0600);
    const ImageHeader header = image_header(path("image"));
    EXPECT_EQ(header.variant, "differencing");
    EXPECT_EQ(header.backing, "parent.vhd");
    EXPECT_EQ(header.backing_format, "vpc");
}

TEST_F(Images, AnAppleImageIsKnownByItsEnd) {
    std::string bytes(8192, '\0');
    bytes.replace(8192 - 512, 4, "koly");
    put(bytes, 8192 - 512 + 4, 4, 4, true);
    put(bytes, 8192 - 512 + 8, 512, 4, true);
    put(bytes, 8192 - 512 + 492, 20480, 8, true);
    write_file_replacing(path("image.dmg"), bytes, 0600);
    EXPECT_EQ(image_header(path("image.dmg")).format, ImageFormat::raw);
    EXPECT_EQ(image_header(path("image.dmg"), ImageFormat::dmg).capacity, 20480u * 512);
}

TEST_F(Images, AnIsoFileSystemIsRawToQemu) {
    std::string bytes(36864, '\0');
    bytes.replace(0x8001, 5, "CD001");
    write_file_replacing(path("image.iso"), bytes, 0600);
    const ImageHeader header = image_header(path("image.iso"));
    EXPECT_EQ(header.format, ImageFormat::iso);
    EXPECT_EQ(libvirt_word(header.format), "iso");
    EXPECT_EQ(header.capacity, 36864u);
    EXPECT_EQ(info("image.iso").at("format").as_string(), qemu_word(header.format));
}

TEST_F(Images, LuksOfTheSecondVersionIsKnown) {
    std::string bytes(std::size_t{40} << 20, '\0');
    bytes.replace(0, 8, std::string("LUKS\xba\xbe\0\2", 8));
    put(bytes, 8, std::uint64_t{8} << 20, 8, true);
    write_file_replacing(path("image"), bytes, 0600);
    const ImageHeader header = image_header(path("image"));
    EXPECT_EQ(header.encryption, ImageEncryption::luks2);
    EXPECT_EQ(header.capacity, std::uint64_t{24} << 20);
}

TEST_F(Images, AnImageInUseIsDirty) {
    shell("qemu-img create -f qcow2 -o lazy_refcounts=on image 5M");
    std::string bytes = read_file(path("image"), 1 << 22);
    put(bytes, 72, 3, 8, true);
    write_file_replacing(path("image"), bytes, 0600);
    const ImageHeader header = image_header(path("image"));
    EXPECT_TRUE(header.dirty);
    EXPECT_TRUE(header.corrupt);
    EXPECT_TRUE(info("image").at("dirty-flag").as_bool());
}

TEST_F(Images, SizesOfADamagedImageAreThoseOfItsFile) {
    write_file_replacing(path("image"), "QFI\xfb" + std::string(500, 'x'), 0600);
    EXPECT_EQ(image_sizes(path("image"), "qcow2").capacity, 504u);
    EXPECT_EQ(image_sizes(path("image"), "no format").physical, 504u);
}

TEST_F(Images, NothingButFilesAndDevicesIsRead) {
    ASSERT_EQ(::mkfifo(path("fifo").c_str(), 0600), 0);
    EXPECT_NE(message_of([&] { image_header(path("fifo")); }).find("neither a file nor a block device"),
              std::string::npos);
    EXPECT_NE(message_of([&] { image_header(directory_.path()); }).find("neither a file nor"),
              std::string::npos);
    EXPECT_NE(message_of([&] { image_header(path("absent")); }).find("No such file"), std::string::npos);
}

// ---- names
// --------------------------------------------------------------------------------------------------

struct NameCase {
    const char* name;
    BackingName expected;
};

BackingName local(std::string path, std::string format = {}) {
    BackingName out;
    out.path = std::move(path);
    out.format = std::move(format);
    return out;
}

BackingName remote(std::string protocol, std::string path, std::vector<BackingHost> hosts = {}) {
    BackingName out;
    out.protocol = std::move(protocol);
    out.path = std::move(path);
    out.hosts = std::move(hosts);
    return out;
}

TEST(BackingNameTest, NamesAreTakenApart) {
    BackingName rbd = remote("rbd", "pool/image", {{"a", "6321", {}}, {"b", "6322", {}}});
    rbd.snapshot = "snap";
    rbd.config = "/etc/ceph/x.conf";
    BackingName part = local("/x", "raw");
    part.offset = 10240;
    part.size = 1048576;
    BackingName https = remote("https", "path/disk.iso", {{"example.org", "8443", {}}});
    https.query = "a=b";
    BackingName unix_nbd = remote("nbd", "export", {{{}, {}, "/run/nbd.sock"}});
    BackingName unix_uri = unix_nbd;
    unix_uri.query = "socket=/run/nbd.sock";
    const NameCase cases[] = {
        {"/var/lib/a.qcow2", local("/var/lib/a.qcow2")},
        {"a:b/c", remote("a", "")}, // refused below
        {"./a:b", local("./a:b")},
        {"file:///x/y", local("/x/y")},
        {"file:/x/y", local("/x/y")},
        {"nbd:host:10809:exportname=e", remote("nbd", "e", {{"host", "10809", {}}})},
        {"nbd:unix:/run/nbd.sock:exportname=export", unix_nbd},
        {"nbd+unix:///export?socket=/run/nbd.sock", unix_uri},
        {"nbd://[::1]:10809/export", remote("nbd", "export", {{"::1", "10809", {}}})},
        {"https://user@example.org:8443/path/disk.iso?a=b", https},
        {"rbd:pool/image@snap:conf=/etc/ceph/x.conf:mon_host=a\\:6321\\;b\\:6322", rbd},
        {R"(json:{"driver":"qcow2","file":{"driver":"file","filename":"/x"}})", local("/x", "qcow2")},
        {R"(json:{"file":{"filename":"/x"}})", local("/x")},
        {R"(json:{"file.filename":"x"})", local("x")},
        {R"(json:{"driver":"file","filename":"/x"})", local("/x")},
        {R"(json:{"driver":"raw","offset":10240,"size":1048576,"file":{"driver":"file","filename":"/x"}})",
         part},
        {R"(json:{"driver":"qcow2","file":{"driver":"nbd","server":{"type":"inet","host":"h","port":"9"},"export":"e"}})",
         [] {
             BackingName out = remote("nbd", "e", {{"h", "9", {}}});
             out.format = "qcow2";
             return out;
         }()},
        {R"(json:{"file.driver":"nbd","file.server.type":"unix","file.server.path":"/s","file.export":"e"})",
         remote("nbd", "e", {{{}, {}, "/s"}})},
        {R"(json:{"driver":"nbd","host":"h","port":"9"})", remote("nbd", "", {{"h", "9", {}}})},
        {R"(json:{"driver":"gluster","volume":"v","path":"p/q","server":[{"type":"tcp","host":"a","port":"1"},{"type":"unix","path":"/s"}]})",
         remote("gluster", "v/p/q", {{"a", "1", {}}, {{}, {}, "/s"}})},
        {R"(json:{"driver":"iscsi","portal":"h:3260","target":"iqn.x","lun":"3"})",
         remote("iscsi", "iqn.x/3", {{"h", "3260", {}}})},
        {R"(json:{"driver":"https","url":"https://h/p"})", remote("https", "p", {{"h", {}, {}}})},
        {R"(json:{"file":"/plain"})", local("/plain")},
    };
    for (const NameCase& one : cases) {
        if (one.expected.protocol == "a") {
            EXPECT_THROW(parse_backing_name(one.name), Error);
            continue;
        }
        EXPECT_EQ(parse_backing_name(one.name), one.expected) << one.name;
    }
}

TEST(BackingNameTest, WhatCannotBeUnderstoodIsRefused) {
    const std::string deep = "json:" + [] {
        std::string text;
        for (int i = 0; i < 12; ++i) text += R"({"driver":"raw","file":)";
        return text + R"({"filename":"/x"})" + std::string(12, '}');
    }();
    for (const std::string& name :
         {std::string("json:"), std::string("json:{"), std::string("json:[]"), std::string("json:1"),
          std::string(R"(json:{"file":7})"), deep, std::string(R"(json:{"driver":"file"})"),
          std::string(R"(json:{"driver":"file","filename":"nbd:h:1"})"),
          std::string(R"(json:{"file":"json:{}"})"), std::string(R"(json:{"driver":"made-up","a":"b"})"),
          std::string(R"(json:{"driver":"https","url":"x"})"), std::string("fat:/x"),
          std::string(5000, 'x')}) {
        EXPECT_NE(message_of([&] { parse_backing_name(name); }).find("failed to parse backing file name"),
                  std::string::npos)
            << name;
    }
}

TEST(BackingNameTest, RelativeNamesStartBesideTheImage) {
    EXPECT_EQ(backing_path("/a/b/top", "base"), "/a/b/base");
    EXPECT_EQ(backing_path("/a/b/top", "../base"), "/a/b/../base");
    EXPECT_EQ(backing_path("/a/b/top", "/base"), "/base");
    EXPECT_EQ(backing_path("top", "base"), "base");
}

// ---- chains
// -------------------------------------------------------------------------------------------------

TEST_F(Images, AChainIsReadToItsEnd) {
    shell("mkdir sub && truncate -s 4M base.raw && qemu-img create -f qcow2 -b ../base.raw -F raw sub/middle "
          "&& "
          "qemu-img create -f qcow2 -b sub/middle -F qcow2 top 8M");
    const std::vector<ChainImage> chain = read_backing_chain(path("top"));
    ASSERT_EQ(chain.size(), 3u);
    EXPECT_EQ(chain[1].path, path("sub/middle"));
    EXPECT_EQ(chain[2].path, path("sub/../base.raw"));
    EXPECT_EQ(chain[2].header.format, ImageFormat::raw);
    EXPECT_EQ(chain[0].sizes.capacity, std::uint64_t{8} << 20);
    EXPECT_EQ(chain[1].sizes.capacity, std::uint64_t{4} << 20);
    EXPECT_FALSE(chain[2].backing);
}

TEST_F(Images, AChainEndsWhereItLeavesTheHost) {
    shell("qemu-img create -u -f qcow2 -b nbd://localhost/x -F raw top 8M");
    const std::vector<ChainImage> chain = read_backing_chain(path("top"));
    ASSERT_EQ(chain.size(), 1u);
    EXPECT_EQ(chain[0].backing->protocol, "nbd");
}

TEST_F(Images, LoopsAndLongChainsAreRefused) {
    shell(
        "qemu-img create -u -f qcow2 -b b -F qcow2 a 8M && qemu-img create -u -f qcow2 -b a -F qcow2 b 8M && "
        "ln -s self2 self && qemu-img create -u -f qcow2 -b self -F qcow2 self2 8M");
    EXPECT_NE(message_of([&] { read_backing_chain(path("a")); }).find("is self-referential"),
              std::string::npos);
    EXPECT_NE(message_of([&] { read_backing_chain(path("self2")); }).find("is self-referential"),
              std::string::npos);
    ChainOptions options;
    options.depth = 1;
    EXPECT_NE(message_of([&] { read_backing_chain(path("a"), options); }).find("more than 1 images"),
              std::string::npos);
}

TEST_F(Images, ABackingFileMustBeAllowed) {
    shell("truncate -s 4M base.raw && qemu-img create -f qcow2 -b base.raw -F raw top");
    std::vector<std::string> asked;
    ChainOptions options;
    options.allow = [&asked](const std::string& name) {
        asked.push_back(name);
        return false;
    };
    EXPECT_NE(message_of([&] { read_backing_chain(path("top"), options); }).find("may not be opened"),
              std::string::npos);
    EXPECT_EQ(asked, std::vector<std::string>{path("base.raw")});
}

TEST_F(Images, AFormatIsNotGuessedFromAGuestsBytes) {
    shell("qemu-img create -f qcow2 base 4M && qemu-img create -u -f qcow2 -b base -F raw top 4M && "
          "truncate -s 4M plain && qemu-img create -u -f qcow2 -b plain -F raw top2 4M");
    for (const char* name : {"top", "top2"}) { // the extension that says "raw" becomes one nobody knows
        std::string bytes = read_file(path(name), 1 << 22);
        put(bytes, 112, 0x11111111, 4, true);
        write_file_replacing(path(name), bytes, 0600);
    }
    EXPECT_NE(
        message_of([&] { read_backing_chain(path("top")); }).find("was not specified in the image metadata"),
        std::string::npos);
    ChainOptions options;
    options.guess_formats = true;
    EXPECT_EQ(read_backing_chain(path("top"), options).size(), 2u);
    EXPECT_EQ(read_backing_chain(path("top2")).size(), 2u);
    shell("qemu-img create -u -f qcow2 -b base -F raw top3 4M"); // said to be raw: what it holds does not
                                                                 // matter
    EXPECT_EQ(read_backing_chain(path("top3"))[1].header.format, ImageFormat::raw);
}

TEST_F(Images, AMissingBackingFileIsNamed) {
    shell("qemu-img create -u -f qcow2 -b gone -F raw top 4M");
    EXPECT_EQ(message_of([&] { read_backing_chain(path("top")); }),
              "Cannot access backing file '" + path("gone") + "' of storage file '" + path("top") +
                  "': No such file or directory");
}

} // namespace
} // namespace yado::host
