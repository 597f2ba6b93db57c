// SPDX-License-Identifier: Apache-2.0
#include "protocol/error_wire.h"

#include "base/text.h"

#include <gtest/gtest.h>

namespace yado::protocol {
namespace {

TEST(ErrorWire, FilledAsStockDoes) {
    const WireError wire =
        to_wire(Error(Code::operation_invalid, "domain is not running", ErrorSource::qemu));
    EXPECT_EQ(wire.code, 55);
    EXPECT_EQ(wire.domain, 10);
    EXPECT_EQ(wire.message, "Requested operation is not valid: domain is not running");
    EXPECT_EQ(wire.level, 2);
    EXPECT_EQ(wire.dom, std::nullopt);
    EXPECT_EQ(wire.str1, "Requested operation is not valid: %s");
    EXPECT_EQ(wire.str2, "domain is not running");
    EXPECT_EQ(wire.str3, std::nullopt);
    EXPECT_EQ(wire.int1, -1);
    EXPECT_EQ(wire.int2, -1);
    EXPECT_EQ(wire.net, std::nullopt);
}

TEST(ErrorWire, WithoutDetailTheShortForm) {
    const WireError wire = to_wire(Error(Code::operation_invalid, ""));
    EXPECT_EQ(wire.message, "Requested operation is not valid");
    EXPECT_EQ(wire.str1, "Requested operation is not valid");
    EXPECT_EQ(wire.str2, std::nullopt);
}

TEST(ErrorWire, SystemErrorsCarryErrno) {
    const WireError wire = to_wire(system_error(ENOSPC, "cannot write"));
    EXPECT_EQ(wire.code, 38);
    EXPECT_EQ(wire.int1, ENOSPC);
    EXPECT_EQ(wire.str1, "%s");
    EXPECT_EQ(wire.message, "cannot write: No space left on device");
    EXPECT_EQ(from_wire(wire).system_errno(), ENOSPC);
}

TEST(ErrorWire, ThereAndBack) {
    for (const Code code :
         {Code::internal_error, Code::no_domain, Code::rpc, Code::xml_detail, Code::dom_exist}) {
        for (const std::string detail : {"", "some detail: with colon", "100%s {}"}) {
            const Error error(code, detail, ErrorSource::rpc);
            const Error back = from_wire(to_wire(error));
            EXPECT_EQ(back.code(), code);
            EXPECT_EQ(back.source(), ErrorSource::rpc);
            EXPECT_EQ(back.message(), error.message());
            EXPECT_EQ(back.detail(), error.detail());
            EXPECT_EQ(back.system_errno(), -1);
        }
    }
}

TEST(ErrorWire, ThePeersWordingStays) {
    WireError wire;
    wire.code = 42;
    wire.message = "Domaine non trouvé : vm1";
    wire.str2 = "vm1";
    EXPECT_EQ(from_wire(wire).message(), "Domaine non trouvé : vm1");
    EXPECT_EQ(from_wire(wire).detail(), "vm1");
    wire.code = 9999;
    EXPECT_EQ(from_wire(wire).message(), "Domaine non trouvé : vm1");
    EXPECT_EQ(static_cast<int>(from_wire(wire).code()), 9999);
    EXPECT_FALSE(from_wire(WireError{}).message().empty());
}

TEST(ErrorWire, LongTextsAreCut) {
    const WireError wire = to_wire(Error(Code::internal_error, std::string(5'000'000, 'x')));
    EXPECT_LT(wire.message->size(), 4096U);
    EXPECT_LT(wire.str2->size(), 4096U);
    EXPECT_TRUE(wire.message->starts_with("internal error: xxx"));
    EXPECT_TRUE(wire.message->ends_with("xxx..."));
}

TEST(ErrorWire, LongTextsAreCutBetweenCharacters) {
    for (std::size_t shift = 0; shift < 4; ++shift) {
        std::string text(shift, 'x');
        for (int count = 0; count < 10'000; ++count) text += "宿";
        const WireError wire = to_wire(Error(Code::internal_error, text));
        EXPECT_TRUE(is_utf8(*wire.message)) << shift;
        EXPECT_TRUE(is_utf8(*wire.str2)) << shift;
    }
}

} // namespace
} // namespace yado::protocol
