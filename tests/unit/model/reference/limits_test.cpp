// SPDX-License-Identifier: Apache-2.0
// What nobody may send: every kind of document refuses it, and soon.
#include <chrono>

#include <gtest/gtest.h>

#include "support/model/documents.h"

namespace yado::test {
namespace {

using Clock = std::chrono::steady_clock;

class Limits : public testing::TestWithParam<DocumentKind> {
  protected:
    ~Limits() override {
        EXPECT_LT(Clock::now() - began_, std::chrono::seconds(10)); // of an idle machine's half second
    }

    static std::string in_root(const std::string& inside) {
        const std::string_view root = GetParam().root;
        return fmt::format("<{0}>{1}</{0}>", root, inside);
    }
    static void refuses_xml(const std::string& text) {
        EXPECT_THROW(GetParam().problem_of_xml(text, GetParam().root), Error) << text.substr(0, 80);
    }
    static void refuses_json(const std::string& text) {
        EXPECT_THROW(GetParam().problem_of_json(text, GetParam().root), Error) << text.substr(0, 80);
    }

  private:
    Clock::time_point began_ = Clock::now();
};

constexpr std::size_t too_much = 17'000'000; // more than ReadOptions::max_bytes
constexpr int too_deep = 100'000;

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) { all += text; }
    return all;
}

TEST_P(Limits, LargeDocumentsAreRefused) {
    refuses_xml(in_root(std::string(too_much, ' ')));
    refuses_xml(in_root(repeated("<name>x</name>", 10'000'000 / 14))); // fewer bytes, too many elements
    refuses_json("{\"name\":\"" + std::string(too_much, 'x') + "\"}");
}

TEST_P(Limits, DeepDocumentsAreRefused) {
    refuses_xml(in_root(repeated("<a>", too_deep) + repeated("</a>", too_deep)));
    refuses_xml(in_root(repeated("<a>", too_deep)));
    refuses_json("{\"x\":" + repeated("[", too_deep));
    refuses_json(repeated("{\"x\":", too_deep) + "1" + repeated("}", too_deep));
}

TEST_P(Limits, EntitiesAreRefused) {
    refuses_xml("<!DOCTYPE a [<!ENTITY b 'cc'><!ENTITY d '&b;&b;&b;'>]>" + in_root("&d;"));
}

INSTANTIATE_TEST_SUITE_P(All, Limits, testing::ValuesIn(document_kinds().begin(), document_kinds().end()),
                         [](const auto& info) {
                             std::string name(info.param.name);
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

} // namespace
} // namespace yado::test
