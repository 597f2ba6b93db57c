// SPDX-License-Identifier: Apache-2.0
#include "base/base64.h"

#include <gtest/gtest.h>

namespace yado {
namespace {

std::vector<std::uint8_t> bytes(std::string_view text) { return {text.begin(), text.end()}; }

// RFC 4648 §10
TEST(Base64, HasTheVectorsOfItsSpecification) {
    const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(base64(bytes(plain)), encoded);
        EXPECT_EQ(from_base64(encoded), bytes(plain));
    }
}

TEST(Base64, HoldsEveryByte) {
    std::vector<std::uint8_t> all;
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::uint8_t>(i));
    EXPECT_EQ(from_base64(base64(all)), all);
}

TEST(Base64, RefusesWhatIsNone) {
    for (const std::string_view text :
         {"Z", "Zg", "Zg=", "Zg==\n", "Zm9v=", "====", "Zm9!", "Z===", "Zh==", "=Zg="}) {
        EXPECT_FALSE(from_base64(text)) << text;
    }
}

} // namespace
} // namespace yado
