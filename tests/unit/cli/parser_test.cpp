// SPDX-License-Identifier: Apache-2.0
#include "cli/failure.h"
#include "cli/parser.h"
#include "cli/suggest.h"

#include <gtest/gtest.h>

namespace yado::cli {
namespace {

std::vector<std::string> words(std::string_view line) {
    std::vector<std::string> out;
    for (const Word& word : split_line(line)) out.push_back(word.separator ? "<;>" : word.text);
    return out;
}
using Words = std::vector<std::string>;

std::vector<Arguments> parse(std::string_view line) { return Parser::parse(split_line(line)); }

std::string problem(std::string_view line) {
    try {
        parse(line);
    } catch (const Failure& failure) { return failure.what(); }
    return "none";
}

TEST(SplitLine, QuotesAsAShellDoes) {
    EXPECT_EQ(words("echo 'a b' c\\ d \"e f\""), (Words{"echo", "a b", "c d", "e f"}));
    EXPECT_EQ(words("a'b'\"c\"d ''"), (Words{"abcd", ""}));
    EXPECT_EQ(words("'a\\b' \"a\\\"b\""), (Words{"a\\b", "a\"b"}));
    EXPECT_EQ(words("  \t "), Words{});
}

TEST(SplitLine, SeparatesCommands) {
    EXPECT_EQ(words("list;list --all\npwd"), (Words{"list", "<;>", "list", "--all", "<;>", "pwd"}));
    EXPECT_EQ(words("echo ';' a\\;b"), (Words{"echo", ";", "a;b"}));
}

TEST(SplitLine, LeavesCommentsOut) {
    EXPECT_EQ(words("#list"), Words{});
    EXPECT_EQ(words("list # all\npwd"), (Words{"list", "<;>", "pwd"}));
    EXPECT_EQ(words("echo a#b"), (Words{"echo", "a#b"}));
}

TEST(SplitLine, RefusesOpenEnds) {
    EXPECT_EQ(problem("echo \"a"), "missing \"");
    EXPECT_EQ(problem("echo a\\"), "dangling \\");
}

TEST(Parser, TakesSeveralCommands) {
    const auto commands = parse("list --all;; domid one");
    ASSERT_EQ(commands.size(), 2U);
    EXPECT_EQ(commands[0].command().name, "list");
    EXPECT_TRUE(commands[0].has("all"));
    EXPECT_EQ(commands[1].required("domain"), "one");
}

TEST(Parser, TakesValuesByNameAndByPlace) {
    for (const std::string line : {"domblkinfo one vda", "domblkinfo --domain one --device vda",
                                   "domblkinfo --device=vda one", "domblkinfo --device vda -- one"}) {
        const auto commands = parse(line);
        ASSERT_EQ(commands.size(), 1U) << line;
        EXPECT_EQ(commands[0].text("domain"), "one") << line;
        EXPECT_EQ(commands[0].text("device"), "vda") << line;
    }
}

TEST(Parser, GivesWhatIsLeftToTheLastOption) {
    const auto commands = parse("domstats --state one two three");
    ASSERT_EQ(commands.size(), 1U);
    EXPECT_TRUE(commands[0].has("state"));
    EXPECT_EQ(commands[0].rest("domain"), (Words{"one", "two", "three"}));
}

TEST(Parser, RefusesInVirshsWords) {
    EXPECT_EQ(problem("bogus"), "unknown command: 'bogus'");
    EXPECT_EQ(problem("list; bogus"), "unknown command: 'bogus'"); // nothing runs before all is understood
    EXPECT_EQ(problem("list extra"), "unexpected data 'extra'");
    EXPECT_EQ(problem("list --bogus"), "command 'list' doesn't support option --bogus");
    EXPECT_EQ(problem("list --all=3"), "invalid '=' after option --all");
    EXPECT_EQ(problem("list --all --all"), "option --all already seen");
    EXPECT_EQ(problem("domid --domain"), "expected syntax: --domain <string>");
    EXPECT_EQ(problem("dominfo"), "command 'dominfo' requires <domain> option");
    EXPECT_EQ(problem("dommemstat one 5"), "unexpected data '5'");
}

TEST(Parser, TurnsHelpIntoTheHelpCommand) {
    const auto commands = parse("dominfo --help");
    ASSERT_EQ(commands.size(), 1U);
    EXPECT_EQ(commands[0].command().name, "help");
    EXPECT_EQ(commands[0].text("command"), "dominfo");
}

TEST(Arguments, ReadsNumbersAsVirshDoes) {
    const auto number = [](std::string_view value) {
        return parse(fmt::format("dommemstat one --period={}", value))[0];
    };
    EXPECT_EQ(number("10").number<int>("period"), 10);
    EXPECT_EQ(number("0x10").number<int>("period"), 16);
    EXPECT_EQ(number("-5").number<int>("period"), -5);
    for (const std::string_view wrong : {"x", "1x", "99999999999", "--5", "1 2"}) try {
            parse(fmt::format("dommemstat one --period='{}'", wrong))[0].number<int>("period");
            ADD_FAILURE() << wrong;
        } catch (const Failure& failure) {
            EXPECT_EQ(
                std::string(failure.what()),
                fmt::format("Numeric value '{}' for <period> option is malformed or out of range", wrong));
        }
}

TEST(Arguments, KnowsWhatExcludesWhat) {
    const auto both = parse("dommemstat one --live --current")[0];
    EXPECT_THROW(both.affect(), Failure);
    EXPECT_EQ(parse("dommemstat one --live --config")[0].affect(), 3U);
    EXPECT_EQ(parse("dommemstat one")[0].affect(), 0U);
}

TEST(Suggest, FindsNearNamesOnly) {
    EXPECT_EQ(closest_command("dominof"), "dominfo");
    EXPECT_EQ(closest_command("lst"), "list");
    EXPECT_EQ(closest_command("zzzzzz"), "");
    EXPECT_EQ(closest_command(std::string(100'000, 'x')), "");
}

TEST(Commands, AreWellFormed) {
    std::vector<std::string_view> names;
    for (const Command& command : commands()) {
        EXPECT_EQ(std::ranges::find(names, command.name), names.end()) << command.name << " stands twice";
        names.push_back(command.name);
        EXPECT_NE(command.run, nullptr) << command.name;
        EXPECT_TRUE(command.alias_of.empty() || find_command(command.alias_of) != nullptr) << command.name;
        EXPECT_FALSE(command.help.ends_with('\n')) << command.name;
        std::vector<std::string_view> options;
        for (const Option& option : command.options) {
            EXPECT_EQ(std::ranges::find(options, option.name), options.end())
                << command.name << " " << option.name;
            options.push_back(option.name);
            EXPECT_TRUE(!option.help.empty() || option.kind == Option::Kind::alias || command.help.empty())
                << command.name << " --" << option.name << " has no help";
            const bool last = &option == &command.options.back();
            EXPECT_TRUE(option.kind != Option::Kind::rest || last) << command.name << " --" << option.name;
        }
        for (const Option& option : command.options)
            if (option.kind == Option::Kind::alias) {
                const auto target = option.stands_for.substr(0, option.stands_for.find('='));
                EXPECT_NE(std::ranges::find(options, target), options.end())
                    << command.name << " --" << option.name;
            }
    }
}

} // namespace
} // namespace yado::cli
