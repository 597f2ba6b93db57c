// SPDX-License-Identifier: Apache-2.0
// docs/reference is generated from the descriptions: a page, a JSON Schema and TypeScript types for each kind
// of document. UPDATE_GOLDEN=1 in the environment writes what is out of date.
#include "schema/reference.h"

#include <algorithm>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "schema/json.h"
#include "schema/types.h"
#include "support/model/documents.h"
#include "support/model/golden_file.h"

namespace yado::test {
namespace {

const std::filesystem::path folder = std::filesystem::path(YADO_SOURCE_DIR) / "docs/reference";

constexpr std::string_view how = "out of date: UPDATE_GOLDEN=1 build/debug/bin/unit_model_reference";

schema::Meanings meanings_of(const DocumentKind& kind) {
    std::string text;
    for (const std::string& file : {std::string("common"), std::string(kind.name)}) {
        const std::filesystem::path path = folder / "meanings" / (file + ".tsv");
        if (std::filesystem::exists(path)) { text += read_text(path); }
    }
    return schema::Meanings(text);
}

std::vector<DocumentKind> documented() {
    std::vector<DocumentKind> kinds;
    for (const DocumentKind& kind : document_kinds()) {
        if (kind.audience == Audience::users) { kinds.push_back(kind); }
    }
    return kinds;
}

class Reference : public testing::TestWithParam<DocumentKind> {};

TEST_P(Reference, PageIsUpToDate) {
    const DocumentKind& kind = GetParam();
    const std::string page = schema::reference_page(kind.title, kind.outline(kind.root), meanings_of(kind));
    EXPECT_TRUE(matches_golden(folder / fmt::format("{}.md", kind.name), page)) << how;
}

TEST_P(Reference, TypesAreUpToDate) {
    const DocumentKind& kind = GetParam();
    const schema::Shapes shapes = kind.shapes(kind.root);
    const schema::Meanings meanings = meanings_of(kind);
    EXPECT_TRUE(
        matches_golden(folder / fmt::format("types/{}.ts", kind.name), schema::typescript(shapes, meanings)))
        << how;
    EXPECT_TRUE(matches_golden(folder / fmt::format("types/{}.schema.json", kind.name),
                               schema::laid_out(schema::json_schema(shapes, meanings)) + "\n"))
        << how;
}

/// A sentence about a field that is gone, or was never there, says nothing to anybody.
TEST_P(Reference, MeaningsAreOfFieldsThatExist) {
    const DocumentKind& kind = GetParam();
    const std::filesystem::path file = folder / "meanings" / fmt::format("{}.tsv", kind.name);
    if (!std::filesystem::exists(file)) { return; }
    const schema::Meanings meanings(read_text(file));
    const std::vector<schema::OutlineEntry> outline = kind.outline(kind.root);
    for (const auto& [path, sentence] : meanings.all()) {
        const bool is_ending = path.starts_with('*');
        const std::string_view own = std::string_view(path).substr(is_ending ? 1 : 0);
        const bool known = std::ranges::any_of(outline, [&](const schema::OutlineEntry& entry) {
            return is_ending ? entry.path.ends_with(own) : entry.path == own;
        });
        EXPECT_TRUE(known) << path << " is no field of " << kind.name;
    }
}

INSTANTIATE_TEST_SUITE_P(All, Reference, testing::ValuesIn(documented()), [](const auto& info) {
    std::string name(info.param.name);
    std::ranges::replace(name, '-', '_');
    return name;
});

} // namespace
} // namespace yado::test
