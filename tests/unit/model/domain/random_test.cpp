// SPDX-License-Identifier: Apache-2.0
// Random domains from the description itself: reading gives back what was written, in XML and in JSON.
#include "model/domain/domain.h"
#include "model/domain/status.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

TEST(RandomDomain, SurvivesXmlAndJson) {
    int failed = 0;
    for (unsigned seed = 0; seed < 100 && failed < 3; ++seed) {
        const testing::AssertionResult result = test::round_trips<Domain>("domain", seed);
        EXPECT_TRUE(result);
        failed += result ? 0 : 1;
    }
}

TEST(RandomDomain, EveryLeafCanBeFilled) {
    std::string not_filled;
    for (unsigned seed = 0; seed < 20; ++seed) {
        test::random_value<Domain>(seed, schema::status_view, &not_filled);
    }
    EXPECT_EQ(not_filled, "");
}

TEST(RandomDomain, StatusSurvivesXmlAndJson) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        ASSERT_TRUE(test::round_trips<DomainStatus>("domstatus", seed));
    }
}

} // namespace
} // namespace yado::model
