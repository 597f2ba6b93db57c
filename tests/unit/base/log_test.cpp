// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include "base/error.h"
#include "base/files.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace yado {
namespace {

class LogTest : public testing::Test {
  protected:
    void TearDown() override { configure_log({}); }
    std::string written() const { return read_file_if_exists(path_, 1 << 20).value_or(""); }
    std::string to_file(int level) const { return fmt::format("{}:file:{}", level, path_); }

    TemporaryDirectory directory_;
    std::string path_ = directory_.path() + "/log";
};

std::string refusal(const LogSettings& settings) {
    try {
        configure_log(settings);
    } catch (const Error& error) { return error.message(); }
    return "accepted";
}

TEST_F(LogTest, LevelsAndFiltersDecide) {
    configure_log(
        {.level = LogLevel::warning, .filters = "1:qemu.monitor +4:rpc 1:rpc", .outputs = to_file(1)});
    log_info("daemon", "not this {}", 1);
    log_warning("daemon", "warning {}", 2);
    log_debug("qemu.monitor.x", "debug {}", 3);
    log_warning("rpc", "the first filter wins");
    log_error("rpc", "error {}", 4);
    const std::string text = written();
    EXPECT_EQ(std::ranges::count(text, '\n'), 3);
    EXPECT_NE(text.find(": warning : daemon : warning 2\n"), std::string::npos);
    EXPECT_NE(text.find(": debug : qemu.monitor.x : debug 3\n"), std::string::npos);
    EXPECT_NE(text.find(": error : rpc : error 4\n"), std::string::npos);
    struct stat facts{};
    ASSERT_EQ(::stat(path_.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u);
}

TEST_F(LogTest, AnOutputHasItsOwnLevel) {
    configure_log({.level = LogLevel::debug, .outputs = to_file(4)});
    EXPECT_FALSE(log_wanted(LogLevel::warning)); // nothing could come out
    log_warning("a", "no");
    log_error("a", "yes");
    EXPECT_EQ(std::ranges::count(written(), '\n'), 1);
}

TEST_F(LogTest, MessagesCannotForgeLines) {
    configure_log({.outputs = to_file(1)});
    log_error("a", "{}", "x\n2026-01-01: forged");
    EXPECT_EQ(std::ranges::count(written(), '\n'), 1);
}

TEST_F(LogTest, GivesTheSettingsBack) {
    configure_log(
        {.level = LogLevel::info, .filters = "3:qemu 4:rpc +1:a*", .outputs = "4:stderr " + to_file(2)});
    LogSettings now = log_settings();
    EXPECT_EQ(now.level, LogLevel::info);
    EXPECT_EQ(now.filters, "3:*qemu* 4:*rpc* 1:*a*");
    EXPECT_EQ(now.outputs, "4:stderr " + to_file(2));
    configure_log(now);
    EXPECT_EQ(log_settings().filters, now.filters);
    now.outputs = "";
    configure_log(now);
    EXPECT_TRUE(log_settings().outputs == "2:stderr" || log_settings().outputs == "2:journald");
}

TEST_F(LogTest, RefusesInLibvirtsWordsAndKeepsWhatWas) {
    configure_log({.filters = "3:kept", .outputs = to_file(3)});
    const std::pair<const char*, const char*> filters[] = {
        {"9:qemu", "invalid argument: Invalid priority '9' for filter '9:qemu'"},
        {"3:", "invalid argument: Invalid match string ''"},
        {":x", "invalid argument: Invalid priority '' for filter ':x'"},
        {"x:qemu", "invalid argument: Invalid priority 'x' for filter 'x:qemu'"}};
    for (const auto& [text, message] : filters) EXPECT_EQ(refusal({.filters = text}), message);
    const std::pair<const char*, const char*> outputs[] = {
        {"9:stderr", "invalid argument: Invalid log priority '9' for log output '9:stderr'"},
        {"3:file", "invalid argument: Log output '3:file' does not meet the format requirements for "
                   "destination type 'file'"},
        {"3:syslog", "invalid argument: Log output '3:syslog' does not meet the format requirements for "
                     "destination type 'syslog'"},
        {"3:bogus", "invalid argument: Invalid log destination 'bogus' for log output '3:bogus'"},
        {"1:file:/nonexistent/x.log", "failed to open /nonexistent/x.log: No such file or directory"}};
    for (const auto& [text, message] : outputs) EXPECT_EQ(refusal({.outputs = text}), message);
    EXPECT_EQ(log_settings().filters, "3:*kept*");
    EXPECT_EQ(log_settings().outputs, to_file(3));
}

} // namespace
} // namespace yado
