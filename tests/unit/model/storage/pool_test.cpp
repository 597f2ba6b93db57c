// SPDX-License-Identifier: Apache-2.0
// Every document under tests/golden/storagepool, the coverage of them, and random pools.
#include "model/storage/check.h"
#include "model/storage/document.h"

#include "support/model/golden_document.h"
#include "support/model/golden_file.h"
#include "support/schema/coverage.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

const std::filesystem::path folder = test::golden_folder("storagepool");

PoolContext fixed_context() {
    return {.new_uuid = [] { return *Uuid::parse("00000000-0000-4000-8000-000000000001"); }};
}

std::string define(const std::string& text) {
    return write_pool(parse_pool(text, {}, fixed_context()), schema::definition_view);
}

class GoldenPool : public testing::TestWithParam<std::string> {};
TEST_P(GoldenPool, IsDefinedAsRecorded) {
    EXPECT_TRUE(test::defined_as_recorded(folder, GetParam(), define));
}
INSTANTIATE_TEST_SUITE_P(All, GoldenPool, testing::ValuesIn(test::golden_cases(folder)), test::case_name);

TEST(Pool, DefiningAgainChangesNothing) {
    for (const std::string& text : test::golden_outputs(folder)) { EXPECT_EQ(define(text), text); }
}

TEST(Pool, OutputsHoldNothingUnknown) {
    for (const std::string& text : test::golden_outputs(folder)) {
        EXPECT_NO_THROW(read_pool(text, {.unknown = schema::Unknown::reject})) << text;
    }
}

TEST(Pool, GoldenDocumentsHaveEveryField) {
    test::Coverage coverage("pool");
    for (const std::string& name : test::golden_cases(folder)) {
        if (name.starts_with("error-")) { continue; }
        coverage.note(read_pool(test::read_text(folder / (name + ".xml")), {.view = schema::status_view}));
    }
    for (const std::string& text : test::golden_outputs(folder)) { coverage.note(read_pool(text)); }
    EXPECT_EQ(coverage.missing<StoragePool>(), "");
}

TEST(Pool, RandomOnesSurviveXmlAndJson) {
    for (unsigned seed = 0; seed < 100; ++seed) { ASSERT_TRUE(test::round_trips<StoragePool>("pool", seed)); }
}

TEST(Pool, ShowsFreeExtentsOnlyWhileItRuns) {
    StoragePool pool = parse_pool("<pool type='disk'><name>a</name><source><device path='/dev/sda'/></source>"
                                  "<target><path>/dev</path></target></pool>");
    pool.source.devices[0].free_extents = {{512, 1024}};
    EXPECT_NE(write_pool(pool, {.live = true}).find("<freeExtent start='512' end='1024'/>"),
              std::string::npos);
    EXPECT_EQ(write_pool(pool, {}).find("freeExtent"), std::string::npos);
}

TEST(Pool, TellsAllThatIsWrong) {
    try {
        parse_pool("<pool type='netfs'><source><format type='zip'/></source></pool>");
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.message(), "XML error: missing pool source name element");
        EXPECT_EQ(error.more().size(), 5U); // name, host, format, dir, target
    }
}

TEST(PoolSources, AreReadAndWritten) {
    EXPECT_EQ(write_pool_sources({}), "<sources>\n</sources>\n");
    PoolSource source = read_pool_source("<source><host name='a' port='3260'/><device path='b'/></source>");
    source.format = "nfs";
    source.dir = "/x";
    const std::string text = write_pool_sources({source, {.name = "vg0"}});
    EXPECT_EQ(text, "<sources>\n"
                    "  <source>\n"
                    "    <host name='a' port='3260'/>\n"
                    "    <device path='b'/>\n"
                    "    <dir path='/x'/>\n"
                    "    <format type='nfs'/>\n"
                    "  </source>\n"
                    "  <source>\n"
                    "    <name>vg0</name>\n"
                    "  </source>\n"
                    "</sources>\n");
    EXPECT_EQ(write_pool_sources(read_pool_sources(text)), text);
}

TEST(CleanPath, IsLibvirts) {
    EXPECT_EQ(clean_path("/"), "/");
    EXPECT_EQ(clean_path("//"), "//");
    EXPECT_EQ(clean_path("///"), "/");
    EXPECT_EQ(clean_path("//a///b//"), "//a/b");
    EXPECT_EQ(clean_path("///a/b/"), "/a/b");
    EXPECT_EQ(clean_path("a//b/"), "a/b");
    EXPECT_EQ(clean_path(""), "");
}

} // namespace
} // namespace yado::model
