// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "daemon/config/daemon_config.h"
#include "daemon/config/qemu_config.h"

#include <gtest/gtest.h>
#include <set>

namespace yado::daemon {
namespace {

std::string error_of(std::string_view text) {
    try {
        parse_daemon_config(text, "libvirtd.conf");
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::conf_syntax);
        return error.detail();
    }
    return "no error";
}

TEST(ConfigParserTest, ReadsEveryKindOfValue) {
    const auto entries = parse_config("# comment\n"
                                      "number = 12 # behind\n"
                                      "negative=-1\n"
                                      "text = \"with 'quotes' # and hash\"\n"
                                      "other = 'single \"double\"'\n"
                                      "empty = []\n"
                                      "list = [ \"a\",\n  'b' , # inside\n  \"c\",\n]\n"
                                      "long = \"\"\"two\nlines\"\"\"; last = 1",
                                      "f");
    ASSERT_EQ(entries.size(), 8U);
    EXPECT_EQ(std::get<std::int64_t>(entries[0].value), 12);
    EXPECT_EQ(entries[0].line, 2);
    EXPECT_EQ(std::get<std::int64_t>(entries[1].value), -1);
    EXPECT_EQ(std::get<std::string>(entries[2].value), "with 'quotes' # and hash");
    EXPECT_EQ(std::get<std::string>(entries[3].value), "single \"double\"");
    EXPECT_TRUE(std::get<std::vector<std::string>>(entries[4].value).empty());
    EXPECT_EQ(std::get<std::vector<std::string>>(entries[5].value),
              (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(std::get<std::string>(entries[6].value), "two\nlines");
    EXPECT_EQ(entries[7].line, 12);
}

TEST(ConfigParserTest, ErrorsNameFileAndLine) {
    EXPECT_EQ(error_of("\n\nlisten_tls 1"), "libvirtd.conf:3: expecting an assignment");
    EXPECT_EQ(error_of("listen_tls ="), "libvirtd.conf:1: expecting a value");
    EXPECT_EQ(error_of("= 1"), "libvirtd.conf:1: expecting a name");
    EXPECT_EQ(error_of("tls_port = \"16514"), "libvirtd.conf:1: unterminated string");
    EXPECT_EQ(error_of("tls_port = \"16514\nx"), "libvirtd.conf:1: unterminated string");
    EXPECT_EQ(error_of("access_drivers = [ \"polkit\""), "libvirtd.conf:1: expecting a separator in list");
    EXPECT_EQ(error_of("access_drivers = [ 1 ]"), "libvirtd.conf:1: expecting a string in the list");
    EXPECT_EQ(error_of("listen_tls = 1 2"), "libvirtd.conf:1: expecting a separator");
    EXPECT_EQ(error_of("max_clients = 99999999999999999999"), "libvirtd.conf:1: expecting a number");
}

TEST(DaemonConfigTest, DefaultsAreLibvirts) {
    const DaemonConfig config = parse_daemon_config("", "f");
    EXPECT_TRUE(config.listen_tls);
    EXPECT_FALSE(config.listen_tcp);
    EXPECT_EQ(config.max_clients, 5000U);
    EXPECT_EQ(config.max_anonymous_clients, 20U);
    EXPECT_EQ(config.keepalive_interval, 5);
    EXPECT_EQ(config.auth_tcp, "sasl");
    EXPECT_FALSE(config.tls_allowed_dn_list.has_value());
}

TEST(DaemonConfigTest, ValuesReachTheirMembers) {
    const DaemonConfig config = parse_daemon_config("listen_tcp = 1\n"
                                                    "tcp_port = \"1234\"\n"
                                                    "unix_sock_group = \"libvirt\"\n"
                                                    "unix_sock_rw_perms = \"0770\"\n"
                                                    "auth_unix_rw = \"sasl\"\n"
                                                    "tls_allowed_dn_list = [\"CN=*\", \"O=me\"]\n"
                                                    "keepalive_interval = -1\n"
                                                    "sasl_allowed_username_list = [ ]\n",
                                                    "f");
    EXPECT_TRUE(config.listen_tcp);
    EXPECT_EQ(config.tcp_port, "1234");
    EXPECT_EQ(config.unix_sock_group, "libvirt");
    EXPECT_EQ(config.auth_unix_rw, "sasl");
    EXPECT_EQ(config.tls_allowed_dn_list, (std::vector<std::string>{"CN=*", "O=me"}));
    EXPECT_EQ(config.keepalive_interval, -1);
    ASSERT_TRUE(config.sasl_allowed_username_list.has_value()); // an empty list lets nobody in
    EXPECT_TRUE(config.sasl_allowed_username_list->empty());
}

TEST(DaemonConfigTest, MistakesNameTheKey) {
    EXPECT_EQ(error_of("log_level = 1\nlisten_tsl = 1"), "libvirtd.conf:2: unknown key 'listen_tsl'");
    EXPECT_EQ(error_of("tls_port = 16514"), "libvirtd.conf:1: expected a string for 'tls_port' parameter");
    EXPECT_EQ(error_of("max_clients = \"1\""),
              "libvirtd.conf:1: expected an integer for 'max_clients' parameter");
    EXPECT_EQ(error_of("access_drivers = 1"),
              "libvirtd.conf:1: expected a string list for 'access_drivers' parameter");
    EXPECT_EQ(error_of("listen_tls = 2"),
              "libvirtd.conf:1: value 2 of 'listen_tls' is out of range, it must be between 0 and 1");
    EXPECT_EQ(
        error_of("max_clients = -1"),
        "libvirtd.conf:1: value -1 of 'max_clients' is out of range, it must be between 0 and 4294967295");
    EXPECT_EQ(error_of("auth_unix_rw = \"password\""), "libvirtd.conf:1: unsupported value 'password' for "
                                                       "'auth_unix_rw', choose one of: none, sasl, polkit");
    EXPECT_EQ(error_of("unix_sock_rw_perms = \"0999\""), "unix_sock_*_perms: failed to parse mode '0999'");
    EXPECT_EQ(error_of("access_drivers = [\"magic\"]"), "libvirtd.conf: unknown access driver 'magic'");
    EXPECT_EQ(error_of("host_uuid = \"123\""), "libvirtd.conf: host_uuid is not a UUID");
    EXPECT_EQ(error_of("tcp_min_ssf = 111"),
              "libvirtd.conf: minimum SSF levels lower than 112 are not supported");
}

template <class Config> void expect_unique_keys(std::span<const Setting<Config>> table) {
    std::set<std::string_view> seen;
    for (const Setting<Config>& row : table) EXPECT_TRUE(seen.insert(row.key).second) << row.key;
}

TEST(ConfigTablesTest, EveryKeyStandsOnce) {
    expect_unique_keys(daemon_settings());
    expect_unique_keys(qemu_settings());
}

TEST(QemuConfigTest, ReadsWhatTheTemplateShows) {
    const QemuConfig config = parse_qemu_config("user = \"root\"\ngroup = \"+0\"\nmax_core = \"unlimited\"\n"
                                                "nvram = [ \"a:b\" ]\nremote_display_port_min = 6000\n"
                                                "migrate_tls_force = 0\nseccomp_sandbox = -1\n",
                                                "qemu.conf");
    EXPECT_EQ(config.user, "root");
    EXPECT_EQ(config.remote_display_port_min, 6000U);
    EXPECT_EQ(config.seccomp_sandbox, -1);
    EXPECT_EQ(parse_qemu_config("max_core = 0", "f").max_core, "0");
    EXPECT_THROW(parse_qemu_config("remote_display_port_min = 7000\nremote_display_port_max = 6000", "f"),
                 Error);
    EXPECT_THROW(parse_qemu_config("stdio_handler = \"syslog\"", "f"), Error);
    EXPECT_THROW(parse_qemu_config("migrate_tls_force = \"yes\"", "f"), Error); // unused keys have types, too
}

} // namespace
} // namespace yado::daemon
