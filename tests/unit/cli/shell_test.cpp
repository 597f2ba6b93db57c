// SPDX-License-Identifier: Apache-2.0
// Lines of commands from their text to what is printed, for commands that need no daemon; help and
// completion.
#include "cli/completion.h"
#include "cli/help.h"
#include "cli/listed_devices.h"
#include "cli/run.h"
#include "cli/suggest.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace yado::cli {
namespace {

class Shell : public testing::Test {
  protected:
    explicit Shell(Settings settings = nowhere())
        : session_(
              settings, [this](std::string_view text) { out_ += text; },
              [this](std::string_view text) { errors_ += text; }) {}
    static Settings nowhere() {
        Settings settings;
        settings.uri = "test+unix:///default?socket=/nonexistent/socket";
        return settings;
    }
    bool run(std::string_view line) {
        out_.clear();
        errors_.clear();
        return run_line(session_, line);
    }

    std::string out_, errors_;
    Session session_;
};

TEST_F(Shell, PrintsABlankLineAfterEachCommand) {
    EXPECT_TRUE(run("echo one; echo 'two  words' three"));
    EXPECT_EQ(out_, "one\ntwo  words three\n");
    session_.settings().quiet = true;
    EXPECT_TRUE(run("echo one"));
    EXPECT_EQ(out_, "one");
}

TEST_F(Shell, EscapesWhatItEchoes) {
    run("echo --shell \"a b\" c");
    EXPECT_EQ(out_, "'a b' c\n");
    run("echo --xml '<a>'");
    EXPECT_EQ(out_, "&lt;a&gt;\n");
    run("echo --split a,b,,c");
    EXPECT_EQ(out_, "a\nb,c\n\n");
    run("echo --err x");
    EXPECT_EQ(errors_, "error: x\n");
}

TEST_F(Shell, RunsNothingOfALineWithAMistake) {
    EXPECT_FALSE(run("echo one; nonsense; echo two"));
    EXPECT_EQ(out_, "");
    EXPECT_EQ(errors_, "error: unknown command: 'nonsense'\n");
}

TEST_F(Shell, SuggestsWhatWasMeant) {
    run("lsit");
    EXPECT_EQ(errors_, "error: unknown command: 'lsit'\nerror: did you mean 'list'?\n");
    EXPECT_EQ(closest_command("dominf"), "dominfo");
    EXPECT_EQ(closest_command("xyzzyplugh"), "");
    EXPECT_EQ(closest_command("x"), "");
}

TEST_F(Shell, TheLastCommandDecides) {
    EXPECT_TRUE(run("cd /; echo fine"));
    EXPECT_EQ(errors_, "error: cd: command valid only in interactive mode\n");
    EXPECT_FALSE(run("echo fine; cd /"));
}

TEST_F(Shell, QuitEndsTheLineWithoutABlankOne) {
    EXPECT_TRUE(run("quit; echo never"));
    EXPECT_EQ(out_, "");
    EXPECT_TRUE(session_.leaving());
}

TEST_F(Shell, SaysWhyThereIsNoConnection) {
    EXPECT_FALSE(run("list"));
    EXPECT_EQ(out_, "");
    EXPECT_EQ(errors_,
              "error: failed to connect to the hypervisor\n"
              "error: Failed to connect socket to '/nonexistent/socket': No such file or directory\n");
}

TEST_F(Shell, AnswersInJsonForOneCommandOnly) {
    run("echo --output json a\"b\"");
    EXPECT_EQ(out_, "{\n  \"text\": \"ab\"\n}\n");
    run("echo plain");
    EXPECT_EQ(out_, "plain\n");
    EXPECT_FALSE(run("echo --output=xml a"));
    EXPECT_EQ(errors_, "error: Unknown output format 'xml', expected text or json\n");
}

TEST_F(Shell, TimesCommands) {
    session_.settings().timing = true;
    run("echo x");
    EXPECT_EQ(out_.substr(0, 9), "x\n(Time: ");
    EXPECT_EQ(out_.substr(out_.size() - 6), " ms)\n\n");
}

TEST_F(Shell, HelpsWithACommandAGroupAndAll) {
    run("help domblkinfo");
    EXPECT_EQ(out_, "  NAME\n    domblkinfo - domain block device size information\n\n"
                    "  SYNOPSIS\n    domblkinfo <domain> [--device <string>] [--human] [--all]\n\n"
                    "  DESCRIPTION\n    Get block device size info for a domain.\n\n"
                    "  OPTIONS\n"
                    "    [--domain] <string>  domain name, id or uuid\n"
                    "    --device <string>  block device\n"
                    "    --human          Human readable output\n"
                    "    --all            display all block devices info\n\n\n");
    const std::string by_command = out_;
    run("domblkinfo --help");
    EXPECT_EQ(out_, by_command);
    run("help monitor");
    EXPECT_TRUE(out_.starts_with(" Domain Monitoring (help keyword 'monitor'):\n")) << out_;
    run("help");
    EXPECT_TRUE(out_.starts_with("Grouped commands:\n\n")) << out_.substr(0, 40);
    EXPECT_FALSE(run("help nonsense"));
    EXPECT_EQ(errors_, "error: command or command group 'nonsense' doesn't exist\n");
}

TEST_F(Shell, HelpsInJson) {
    EXPECT_TRUE(run("help --output json echo"));
    EXPECT_TRUE(out_.starts_with("{\n  \"name\": \"echo\",\n  \"help\": \"echo arguments.")) << out_;
    EXPECT_NE(out_.find(R"("name": "shell",
      "type": "flag",
      "required": false,
      "repeated": false,
      "help": "escape for shell use")"),
              std::string::npos)
        << out_;
    EXPECT_TRUE(run("help --output json yado"));
    EXPECT_TRUE(out_.starts_with("{\n  \"keyword\": \"yado\",")) << out_;
    EXPECT_TRUE(run("help --output json"));
    EXPECT_TRUE(out_.starts_with("{\n  \"groups\": [\n    {\n      \"keyword\": \"domain\",")) << out_;
    EXPECT_FALSE(run("help --output json nonsense"));
}

TEST_F(Shell, CompletesCommandsAndOptions) {
    EXPECT_EQ(completions(session_, {}, "domst"), (std::vector<std::string>{"domstate", "domstats"}));
    EXPECT_EQ(completions(session_, {"help"}, "domst"), (std::vector<std::string>{"domstate", "domstats"}));
    EXPECT_EQ(completions(session_, {"domstate", "x"}, "--r"), (std::vector<std::string>{"--reason"}));
    EXPECT_EQ(completions(session_, {"domstate", "x", "--reason"}, "--r"), (std::vector<std::string>{}));
    EXPECT_EQ(completions(session_, {"nonsense"}, ""), (std::vector<std::string>{}));
    const auto hidden = completions(session_, {}, "complete");
    EXPECT_EQ(std::ranges::find(hidden, "complete"), hidden.end());
}

TEST(Commands, AreWellFormed) {
    std::set<std::string_view> names;
    for (const Command& command : commands()) {
        EXPECT_TRUE(names.insert(command.name).second) << command.name << " is there twice";
        if (!command.alias_of.empty()) {
            EXPECT_NE(find_command(command.alias_of), nullptr) << command.name;
            continue;
        }
        EXPECT_NE(command.run, nullptr) << command.name;
        std::set<std::string_view> options;
        for (const Option& option : command.options) {
            EXPECT_TRUE(options.insert(option.name).second) << command.name << " --" << option.name;
            if (option.kind == Option::Kind::alias) {
                const auto target = option.stands_for.substr(0, option.stands_for.find('='));
                EXPECT_NE(std::ranges::find(command.options, target, &Option::name), command.options.end())
                    << command.name << " --" << option.name;
            } else {
                EXPECT_TRUE(!option.help.empty() || command.help.empty())
                    << command.name << " --" << option.name;
            }
        }
    }
}

TEST(ListedDevices, AreReadFromAnyKindOfDomain) {
    const auto devices = listed_devices(
        "<domain type='somenew'><devices>"
        "<disk type='file' device='disk'><source file='/a'/><target dev='vda' bus='quantum'/></disk>"
        "<disk type='file' device='cdrom'><target dev='hda'/></disk>"
        "<disk type='network'><source protocol='nbd' name='exp'/><target dev='vdb'/></disk>"
        "<interface type='bridge'><mac address='52:54:00:00:00:01'/><source bridge='br0'/><target "
        "dev='vnet0'/>"
        "<model type='virtio'/></interface>"
        "<graphics type='vnc' port='5900'><listen type='address' address='127.0.0.1'/></graphics>"
        "<console type='pty' tty='/dev/pts/3'><source path='/dev/pts/3'/></console>"
        "</devices></domain>");
    ASSERT_EQ(devices.disks.size(), 3U);
    EXPECT_EQ(devices.disks[0].source, "/a");
    EXPECT_EQ(devices.disks[0].target, "vda");
    EXPECT_EQ(devices.disks[1].source, "");
    EXPECT_EQ(devices.disks[2].source, "exp");
    EXPECT_EQ(devices.disks[2].device, "disk");
    EXPECT_TRUE(devices.disks[2].network);
    ASSERT_EQ(devices.nics.size(), 1U);
    EXPECT_EQ(devices.nics[0].source, "br0");
    EXPECT_EQ(devices.nics[0].target, "vnet0");
    ASSERT_EQ(devices.graphics.size(), 1U);
    EXPECT_EQ(devices.graphics[0].listen, "127.0.0.1");
    ASSERT_EQ(devices.consoles.size(), 1U);
    EXPECT_EQ(devices.consoles[0].tty, "/dev/pts/3");
}

} // namespace
} // namespace yado::cli
