// SPDX-License-Identifier: Apache-2.0
#include "support/schema/random.h"

#include "document.h"
#include "support/schema/coverage.h"

namespace yado::test {
namespace {

TEST(Random, ValuesSurviveXmlAndJson) {
    for (unsigned seed = 0; seed < 500; ++seed) { ASSERT_TRUE(round_trips<Document>("document", seed)); }
}

TEST(Random, ValuesAreTheSameForASeed) {
    const auto text = [](unsigned seed) { return write(random_value<Document>(seed)); };
    EXPECT_EQ(text(7), text(7));
    EXPECT_NE(text(7), text(8));
}

TEST(Random, ReachesEveryField) {
    Coverage coverage("document");
    std::string not_filled;
    for (unsigned seed = 0; seed < 50; ++seed) {
        coverage.note(random_value<Document>(seed, schema::status_view, &not_filled));
    }
    EXPECT_EQ(coverage.missing<Document>(), "");
    EXPECT_EQ(not_filled, "");
}

TEST(Coverage, NamesWhatIsMissing) {
    Coverage coverage("document");
    coverage.note(read("<document number='1'><items><item name='a'/></items></document>"));
    const std::string missing = coverage.missing<Document>();
    EXPECT_NE(missing.find("/document/items/item/@level\n"), std::string::npos) << missing;
    EXPECT_EQ(missing.find("/document/items/item/@name\n"), std::string::npos) << missing;
}

} // namespace
} // namespace yado::test
