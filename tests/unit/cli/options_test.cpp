// SPDX-License-Identifier: Apache-2.0
#include "cli/failure.h"
#include "cli/options.h"

#include <cstdlib>
#include <gtest/gtest.h>

namespace yado::cli {
namespace {

Invocation read(std::vector<std::string> words) {
    words.insert(words.begin(), "yado");
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    return read_options(static_cast<int>(words.size()), argv.data());
}

std::string problem(std::vector<std::string> words) {
    try {
        read(std::move(words));
    } catch (const Failure& failure) { return failure.what(); }
    return "none";
}

TEST(Options, EndWhereTheCommandBegins) {
    const auto result = read({"-c", "test:///default", "-qr", "list", "--all", "-t"});
    EXPECT_EQ(result.settings.uri, "test:///default");
    EXPECT_TRUE(result.settings.quiet);
    EXPECT_TRUE(result.settings.read_only);
    EXPECT_FALSE(result.settings.timing);
    EXPECT_EQ(result.words, (std::vector<std::string>{"list", "--all", "-t"}));
}

TEST(Options, HaveLongForms) {
    const auto result = read({"--connect=qemu:///session", "--keepalive-interval=7", "--keepalive-count", "2",
                              "--output", "json", "--escape=^x", "--timing"});
    EXPECT_EQ(result.settings.uri, "qemu:///session");
    EXPECT_EQ(result.settings.keepalive_interval, 7);
    EXPECT_EQ(result.settings.keepalive_count, 2);
    EXPECT_EQ(result.settings.output, Output::json);
    EXPECT_EQ(result.settings.escape, 'x' & 0x1f);
    EXPECT_TRUE(result.settings.timing);
    EXPECT_TRUE(result.words.empty());
}

TEST(Options, AskForVersions) {
    EXPECT_EQ(read({"-v"}).action, Invocation::Action::version);
    EXPECT_EQ(read({"-V"}).action, Invocation::Action::long_version);
    EXPECT_EQ(read({"--version"}).action, Invocation::Action::version);
    EXPECT_EQ(read({"--version=long"}).action, Invocation::Action::long_version);
    EXPECT_EQ(read({"-h", "--nonsense"}).action, Invocation::Action::help);
}

TEST(Options, RefuseAsVirshDoes) {
    EXPECT_EQ(problem({"--nonsense"}), "unsupported option '--nonsense'. See --help.");
    EXPECT_EQ(problem({"-Z"}), "unsupported option '-Z'. See --help.");
    EXPECT_EQ(problem({"-c"}), "option '-c'/'--connect' requires an argument");
    EXPECT_EQ(problem({"-k", "x", "list"}), "Invalid value for option -k");
    EXPECT_EQ(problem({"-e", "aa", "list"}), "Invalid string 'aa' for escape sequence");
    EXPECT_EQ(problem({"--output", "xml"}), "Unknown output format 'xml', expected text or json");
}

TEST(Options, GoOnAfterABadDebugLevel) {
    const auto result = read({"-d", "9", "list"});
    ASSERT_EQ(result.warnings.size(), 1U);
    EXPECT_EQ(result.warnings.front(), "ignoring debug level 9 out of range [0-4]");
}

TEST(EscapeKey, IsAControlKeyOrACharacter) {
    EXPECT_EQ(escape_key("^]"), 0x1d);
    EXPECT_EQ(escape_key("^a"), 1);
    EXPECT_EQ(escape_key("^["), 0x1b);
    EXPECT_EQ(escape_key("q"), 'q');
    EXPECT_THROW(escape_key("^1"), Failure);
    EXPECT_THROW(escape_key(""), Failure);
}

} // namespace
} // namespace yado::cli
