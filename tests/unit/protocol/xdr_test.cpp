// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "filler.h"
#include "golden.h"
#include "protocol/auth_calls.h"
#include "protocol/connect_calls.h"
#include "protocol/domain_calls.h"
#include "protocol/dump.h"
#include "protocol/node_calls.h"
#include "protocol/procedures.h"
#include "protocol/xdr.h"

#include <gtest/gtest.h>

namespace yado::protocol {
namespace {

using test::Filler;
using test::from_hex;
using test::to_hex;

template <class T> std::string hex_of(const T& value) {
    Blob out;
    encode(out, value);
    return to_hex(out);
}
template <class T> T from(std::string_view hex) { return decode<T>(from_hex(hex)); }
template <class T> void expect_refused(std::span<const std::uint8_t> bytes) {
    try {
        decode<T>(bytes);
        ADD_FAILURE() << "decoded " << bytes.size() << " bytes";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::rpc);
        EXPECT_EQ(error.source(), ErrorSource::rpc);
        EXPECT_EQ(error.message(), "Unable to decode message payload");
    }
}
template <class T> void expect_refused(std::string_view hex) { expect_refused<T>(from_hex(hex)); }
Blob words(std::initializer_list<std::uint32_t> values) {
    Blob bytes;
    for (std::uint32_t value : values) XdrWriter(bytes).u32("", value);
    return bytes;
}

/// Every structure there is, once for arguments and once for results.
std::vector<const BodyType*> all_bodies() {
    std::vector<const BodyType*> types;
    for (const std::uint32_t program : {program::remote, program::qemu, program::lxc, program::admin})
        for (const ProcedureInfo& row : all(program)) {
            types.push_back(row.args);
            if (row.result != nullptr) types.push_back(row.result);
        }
    return types;
}

Blob encoded(Body& body) {
    Blob out;
    XdrWriter writer(out);
    body.walk(writer);
    return out;
}

TEST(Xdr, Scalars) {
    EXPECT_EQ(hex_of(ConnectListDomainsArgs{.maxids = -1}), "ffffffff");
    EXPECT_EQ(hex_of(ConnectGetVersionResult{.hv_ver = 0x0102030405060708}), "0102030405060708");
    EXPECT_EQ(from<ConnectGetVersionResult>("fffffffffffffffe").hv_ver, 0xfffffffffffffffeU);
    EXPECT_EQ(hex_of(TypedParam{"d", 1.5}), "00000001"
                                            "64000000"
                                            "00000005"
                                            "3ff8000000000000");
    EXPECT_EQ(hex_of(TypedParam{"b", Boolean{true}}), "00000001"
                                                      "62000000"
                                                      "00000006"
                                                      "00000001");
    EXPECT_EQ(hex_of(TypedParam{"l", std::int64_t(-2)}), "00000001"
                                                         "6c000000"
                                                         "00000003"
                                                         "fffffffffffffffe");
    EXPECT_EQ(from<TypedParam>("00000001 62000000 00000006 00000005").value, TypedValue(Boolean{true}));
}

TEST(Xdr, TextIsPaddedAndEndsAtNul) {
    EXPECT_EQ(hex_of(DomainLookupByNameArgs{.name = "vm12"}), "00000004766d3132");
    EXPECT_EQ(hex_of(DomainLookupByNameArgs{.name = "vm1"}), "00000003766d3100");
    EXPECT_EQ(hex_of(DomainLookupByNameArgs{.name = ""}), "00000000");
    EXPECT_EQ(from<DomainLookupByNameArgs>("00000003 766d31ff").name, "vm1") << "padding is not looked at";
    EXPECT_EQ(from<DomainLookupByNameArgs>("00000004 76006d31").name, "v") << "as for a C client";
    EXPECT_EQ(from<DomainLookupByNameArgs>("00000000").name, "");
    expect_refused<DomainLookupByNameArgs>("00000003 766d31"); // no padding
    expect_refused<DomainLookupByNameArgs>("00000004 766d31");
    expect_refused<DomainLookupByNameArgs>("ffffffff 766d3100");
    expect_refused<DomainLookupByNameArgs>("000000");
    expect_refused<DomainLookupByNameArgs>("");
}

TEST(Xdr, Optional) {
    EXPECT_EQ(from<ConnectOpenArgs>("00000000 00000001").name, std::nullopt);
    EXPECT_EQ(from<ConnectOpenArgs>("00000001 00000000 00000001").name, "");
    EXPECT_EQ(from<ConnectOpenArgs>("0000002a 00000000 00000001").name, "") << "any other word means present";
    EXPECT_EQ(hex_of(ConnectOpenArgs{.name = std::nullopt, .flags = 1}), "0000000000000001");
    // a value that was there before goes
    ConnectOpenArgs args{.name = "old", .flags = 0};
    const Blob absent = from_hex("00000000 00000002");
    XdrReader reader(absent);
    describe(reader, args);
    EXPECT_EQ(args.name, std::nullopt);
}

TEST(Xdr, BytesAfterTheLastFieldAreLeft) {
    EXPECT_EQ(from<ConnectSupportsFeatureArgs>("0000000a ffffffff ff").feature, 10);
}

TEST(Xdr, CharactersAreWords) {
    NodeGetInfoResult info;
    info.model = "x86_64";
    info.cpus = 2;
    const std::string hex = hex_of(info);
    EXPECT_EQ(hex.size(), 2 * (188 - 28U)) << "the reply seen on the wire has 188 bytes";
    EXPECT_TRUE(hex.starts_with("0000007800000038000000360000005f000000360000003400000000"));
    EXPECT_EQ(decode<NodeGetInfoResult>(from_hex(hex)).model, "x86_64");
    info.model.assign(40, 'm');
    EXPECT_EQ(decode<NodeGetInfoResult>(from_hex(hex_of(info))).model, std::string(31, 'm'));

    NodeGetSecurityModelResult security{.model = "none", .doi = "0"};
    EXPECT_EQ(hex_of(security), "00000005"
                                "0000006e0000006f0000006e00000065"
                                "00000000"
                                "00000002"
                                "00000030"
                                "00000000");
    EXPECT_EQ(decode<NodeGetSecurityModelResult>(from_hex(hex_of(security))).model, "none");

    AuthSaslStepArgs step;
    step.data = {1, 0, 255};
    EXPECT_EQ(hex_of(step), "00000000"
                            "00000003"
                            "00000001"
                            "00000000"
                            "000000ff");
    EXPECT_EQ(decode<AuthSaslStepArgs>(from_hex(hex_of(step))).data, step.data);
}

TEST(Xdr, EveryStructureGoesThereAndBack) {
    std::size_t bytes = 0;
    for (const BodyType* type : all_bodies())
        for (std::uint32_t seed = 1; seed <= 8; seed++) {
            SCOPED_TRACE(fmt::format("{} seed {}", type->name, seed));
            Body before(*type);
            Filler filler(seed);
            before.walk(filler);
            const Blob wire = encoded(before);
            bytes += wire.size();
            Body after(*type);
            XdrReader reader(wire);
            after.walk(reader);
            EXPECT_EQ(reader.remaining(), 0U);
            EXPECT_EQ(to_hex(encoded(after)), to_hex(wire));
            EXPECT_EQ(wire.size() % 4, 0U);
        }
    EXPECT_GT(bytes, 100'000U);
}

TEST(Xdr, EveryCutIsAnError) {
    for (const BodyType* type : all_bodies()) {
        Body body(*type);
        Filler filler(42);
        body.walk(filler);
        const Blob wire = encoded(body);
        for (std::size_t size = 0; size < wire.size(); size++) {
            // exactly as long as said, so that a sanitizer sees any read beyond
            const Blob cut(wire.begin(), wire.begin() + static_cast<std::ptrdiff_t>(size));
            Body scratch(*type);
            XdrReader reader(cut);
            EXPECT_THROW(scratch.walk(reader), Error) << type->name << " cut to " << size;
        }
    }
}

TEST(Xdr, RandomBytesGiveAStructureOrAnError) {
    std::mt19937 random(7);
    for (const BodyType* type : all_bodies())
        for (int round = 0; round < 20; round++) {
            Body body(*type);
            Filler filler(static_cast<std::uint32_t>(random()));
            body.walk(filler);
            Blob wire = encoded(body);
            for (int i = 0; i < 3 && !wire.empty(); i++)
                wire[random() % wire.size()] = static_cast<std::uint8_t>(random());
            Body scratch(*type);
            XdrReader reader(wire);
            try {
                scratch.walk(reader);
                encoded(scratch);
            } catch (const Error& error) { EXPECT_EQ(error.code(), Code::rpc); }
        }
}

TEST(Xdr, CountsAreHeldAgainstTheirLimit) {
    // 16 memory parameters are allowed; a parameter needs at least 12 bytes
    const auto message = [](std::uint32_t count) {
        Blob bytes = words({count});
        for (std::uint32_t i = 0; i < count; i++) encode(bytes, TypedParam{"", 1});
        XdrWriter(bytes).u32("", count);
        return bytes;
    };
    EXPECT_EQ(decode<DomainGetMemoryParametersResult>(message(16)).params.size(), 16U);
    expect_refused<DomainGetMemoryParametersResult>(message(17));

    DomainGetMemoryParametersResult many;
    many.params.resize(17);
    Blob out;
    EXPECT_THROW(encode(out, many), Error);
    many.params.resize(16);
    EXPECT_NO_THROW(encode(out, many));

    DomainGetSecurityLabelResult label;
    label.label.assign(4096, 'l');
    out.clear();
    encode(out, label);
    EXPECT_EQ(decode<DomainGetSecurityLabelResult>(out).label.size(), 4096U);
    label.label += 'l';
    EXPECT_THROW(encode(out, label), Error);
    Blob long_label = words({4098});
    long_label.resize(4 + 4098 * 4 + 4);
    expect_refused<DomainGetSecurityLabelResult>(long_label);

    DomainPinVcpuArgs pin;
    pin.cpumap.resize(2049);
    EXPECT_THROW(encode(out, pin), Error);
    pin.cpumap.resize(2048);
    EXPECT_NO_THROW(encode(out, pin));
}

TEST(Xdr, LongestText) {
    Blob bytes = words({string_max});
    bytes.resize(4 + string_max, 'x');
    EXPECT_EQ(decode<DomainLookupByNameArgs>(bytes).name.size(), string_max);
    bytes = words({string_max + 1});
    bytes.resize(4 + string_max + 4, 'x');
    expect_refused<DomainLookupByNameArgs>(bytes);

    Blob out;
    EXPECT_NO_THROW(encode(out, DomainLookupByNameArgs{.name = std::string(string_max, 'x')}));
    try {
        encode(out, DomainLookupByNameArgs{.name = std::string(string_max + 1, 'x')});
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.message(),
                  "Unable to encode message payload: 'name' has 4194305 bytes, the protocol allows 4194304");
    }
}

/// Counts what lists are told to hold, without holding it.
class ListSizes final : public Wire {
  public:
    explicit ListSizes(XdrReader& reader) : reader_(reader) {}
    std::size_t largest = 0;

    void i32(std::string_view n, std::int32_t& v) override { reader_.i32(n, v); }
    void u32(std::string_view n, std::uint32_t& v) override { reader_.u32(n, v); }
    void i64(std::string_view n, std::int64_t& v) override { reader_.i64(n, v); }
    void u64(std::string_view n, std::uint64_t& v) override { reader_.u64(n, v); }
    void f64(std::string_view n, double& v) override { reader_.f64(n, v); }
    void uuid(std::string_view n, Uuid& v) override { reader_.uuid(n, v); }
    void text(std::string_view n, std::string& v) override { reader_.text(n, v); }
    void blob(std::string_view n, Blob& v, std::uint32_t l) override { reader_.blob(n, v, l); }
    void char_text(std::string_view n, std::string& v, std::uint32_t l) override {
        reader_.char_text(n, v, l);
    }
    void char_text_fixed(std::string_view n, std::string& v, std::uint32_t l) override {
        reader_.char_text_fixed(n, v, l);
    }
    void char_blob(std::string_view n, Blob& v, std::uint32_t l) override { reader_.char_blob(n, v, l); }
    void typed_value(std::string_view n, TypedValue& v) override { reader_.typed_value(n, v); }
    bool begin_optional(std::string_view n, bool p) override { return reader_.begin_optional(n, p); }
    std::size_t begin_list(std::string_view n, std::size_t s, ListRule r) override {
        const std::size_t size = reader_.begin_list(n, s, r);
        largest = std::max(largest, size * r.element_min_bytes);
        return size;
    }

  private:
    XdrReader& reader_;
};

TEST(Xdr, NothingIsAllocatedThatTheInputCannotFill) {
    // 262144 statistics are allowed, but 40 bytes cannot hold them
    Blob lie = words({1, 2, 0x766d0000, 0, 0, 0, 0, 3, 262144, 0});
    expect_refused<ConnectGetAllDomainStatsResult>(lie);
    for (const BodyType* type : all_bodies())
        for (const std::uint32_t word : {1U, 2U, 3U, 7U, 15U, 64U, 1024U, 16384U, 0x7fffffffU, 0xffffffffU}) {
            const Blob wire = words({word, word, word, word, word, word, word, word, word, word, word, word});
            Body body(*type);
            XdrReader reader(wire);
            ListSizes sizes(reader);
            try {
                body.walk(sizes);
            } catch (const Error&) {}
            EXPECT_LE(sizes.largest, wire.size()) << type->name;
        }
}

TEST(Xdr, UnknownParameterTypeIsRefused) {
    expect_refused<TypedParam>("00000001 61000000 00000000 00000001");
    expect_refused<TypedParam>("00000001 61000000 00000008 00000001 00000000");
}

} // namespace
} // namespace yado::protocol
