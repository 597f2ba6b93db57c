// SPDX-License-Identifier: Apache-2.0
// docs/reference is generated from the descriptions: a page, a JSON Schema and TypeScript types for each kind
// of document. UPDATE_GOLDEN=1 in the environment writes what is out of date.
#include "schema/reference.h"

#include <algorithm>
#include <sstream>

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

std::string sentences(std::string_view file) {
    const std::filesystem::path path = folder / "meanings" / fmt::format("{}.tsv", file);
    return std::filesystem::exists(path) ? read_text(path) : std::string();
}

/// The sentences about domains for the domain inside another document.
std::string of_domain_inside(std::string_view element) {
    std::istringstream lines(sentences("domain"));
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        constexpr std::string_view root = "/domain/";
        if (line.starts_with(root)) {
            text += fmt::format("*/{}/{}\n", element, line.substr(root.size()));
        } else if (line.starts_with('*')) {
            text += line + "\n";
        }
    }
    return text;
}

schema::Meanings meanings_of(const DocumentKind& kind) {
    std::string text = sentences(kind.name);
    if (kind.root == "domainsnapshot" || kind.root == "domaincheckpoint") {
        text += of_domain_inside("domain") + of_domain_inside("inactiveDomain");
    }
    return schema::Meanings(text + sentences("common"));
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

/// A field without a sentence is one that nobody can use.
TEST_P(Reference, EveryFieldHasAMeaning) {
    const DocumentKind& kind = GetParam();
    const schema::Meanings meanings = meanings_of(kind);
    std::string without;
    for (const schema::OutlineEntry& entry : kind.outline(kind.root)) {
        if (entry.type == "element" || entry.rule.read_only_alias) { continue; }
        if (meanings.find(entry.path).empty()) { without += entry.path + "\n"; }
    }
    EXPECT_EQ(without, "") << "add a sentence to docs/reference/meanings/" << kind.name << ".tsv";
}

/// The endings that kinds share.
TEST(CommonReference, CommonMeaningsAreOfFieldsThatExist) {
    std::vector<std::string> paths;
    for (const DocumentKind& kind : documented()) {
        for (schema::OutlineEntry& entry : kind.outline(kind.root)) {
            paths.push_back(std::move(entry.path));
        }
    }
    for (const auto& [path, sentence] : schema::Meanings(sentences("common")).all()) {
        ASSERT_TRUE(path.starts_with('*')) << path;
        const std::string_view ending = std::string_view(path).substr(1);
        EXPECT_TRUE(
            std::ranges::any_of(paths, [&](const std::string& each) { return each.ends_with(ending); }))
            << path << " is no field of anything";
    }
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
