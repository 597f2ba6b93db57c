// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "client/target.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace yado::client {
namespace {

Target target(std::string_view uri) { return target_of(parse_uri(uri)); }

std::string problem_with(std::string_view uri) {
    try {
        target(uri);
    } catch (const Error& error) { return error.message(); }
    return "none";
}

SocketPlaces places_with(std::set<std::string> sockets) {
    SocketPlaces places;
    places.system_directory = "/sys";
    places.session_directory = "/user";
    places.exists = [sockets = std::move(sockets)](const std::string& path) {
        return sockets.contains(path);
    };
    return places;
}

TEST(Target, ChoosesTheTransport) {
    EXPECT_EQ(target("qemu:///system").transport, TransportKind::unix_socket);
    EXPECT_EQ(target("qemu+UNIX:///system").transport, TransportKind::unix_socket);
    EXPECT_EQ(target("qemu://host/system").transport, TransportKind::tls);
    EXPECT_EQ(target("qemu+tcp:///system").transport, TransportKind::tcp);
    EXPECT_EQ(target("qemu+libssh2://host/system").transport, TransportKind::ssh);
}

TEST(Target, KnowsTheDefaultsOfTransports) {
    EXPECT_EQ(target("qemu+tcp:///system").host, "localhost");
    EXPECT_EQ(target("qemu+tcp:///system").port, 16509);
    EXPECT_EQ(target("qemu://h/system").port, 16514);
    EXPECT_EQ(target("qemu+tls://h:1/system").port, 1);
    EXPECT_EQ(target("qemu+ssh://h/system").port, 0);
}

TEST(Target, SendsTheNameTheDaemonKnows) {
    EXPECT_EQ(target("qemu+unix:///system?socket=/s").name, "qemu:///system");
    EXPECT_EQ(target("qemu+tcp://u@h:9/system?foo=bar").name, "qemu:///system?foo=bar");
    EXPECT_EQ(target("qemu+unix:///system?name=test:///default").name, "test:///default");
    EXPECT_EQ(default_target(0).name, "");
}

TEST(Target, RefusesAsStockClientsDo) {
    EXPECT_EQ(problem_with("qemu+foo:///system"),
              "invalid argument: remote_open: transport in URL not recognised (should be "
              "tls|unix|ssh|ext|tcp|libssh2|libssh)");
    EXPECT_EQ(problem_with("qemu+:///system"), problem_with("qemu+foo:///system"));
    EXPECT_EQ(problem_with("qemu+unix://host/system"),
              "invalid argument: using unix socket and remote server 'host' is not supported.");
    EXPECT_EQ(problem_with("qemu+ext:///system"),
              "invalid argument: remote_open: for 'ext' transport, command is required");
    EXPECT_EQ(problem_with("qemu:///system?mode=bad"), "invalid argument: Unknown remote mode 'bad'");
    EXPECT_EQ(problem_with("qemu+ssh://h/system?mode=direct"),
              "Operation not supported: Cannot use direct socket mode for ssh transport");
    EXPECT_EQ(problem_with("qemu+unix:///system?no_verify=x"),
              "invalid argument: Failed to parse value of URI component no_verify");
}

TEST(Target, FindsTheSocket) {
    const Target system = target("qemu:///system");
    EXPECT_EQ(socket_path(system, false, places_with({})), "/sys/libvirt-sock");
    EXPECT_EQ(socket_path(system, true, places_with({})), "/sys/libvirt-sock-ro");
    EXPECT_EQ(socket_path(system, false, places_with({"/sys/libvirt-sock"})), "/sys/libvirt-sock");
    EXPECT_EQ(socket_path(system, false, places_with({"/sys/libvirt-sock", "/sys/virtqemud-sock"})),
              "/sys/virtqemud-sock");
    EXPECT_EQ(socket_path(target("qemu:///system?mode=direct"), true, places_with({})),
              "/sys/virtqemud-sock-ro");
    EXPECT_EQ(socket_path(target("qemu:///system?mode=legacy"), false, places_with({"/sys/virtqemud-sock"})),
              "/sys/libvirt-sock");
    EXPECT_EQ(socket_path(target("qemu:///session?socket=/s"), true, places_with({})), "/s");
}

TEST(Target, GivesASessionItsOwnDaemon) {
    const Target session = target("qemu:///session");
    EXPECT_TRUE(session.autostart);
    EXPECT_EQ(socket_path(session, true, places_with({})), "/user/libvirt-sock"); // there is no read-only one
    EXPECT_FALSE(target("qemu:///session?socket=/s").autostart);
    EXPECT_FALSE(target("qemu+tcp://h/session").session);
    EXPECT_TRUE(default_target(1000).autostart);
    EXPECT_FALSE(default_target(0).autostart);
}

TEST(Target, WritesTheSshCommand) {
    const auto argv =
        ssh_command(target("qemu+ssh://joe@far:2222/system?keyfile=/k&no_tty=1&no_verify=1"), true);
    const std::vector<std::string> start(argv.begin(), argv.end() - 1);
    EXPECT_EQ(start, (std::vector<std::string>{"ssh", "-i", "/k", "-p", "2222", "-l", "joe", "-T", "-e",
                                               "none", "-o", "BatchMode=yes", "-o",
                                               "StrictHostKeyChecking=no", "--", "far"}));
    EXPECT_NE(argv.back().find("virt-ssh-helper -r"), std::string::npos);
    EXPECT_NE(argv.back().find("/var/run/libvirt/libvirt-sock-ro"), std::string::npos);
    EXPECT_EQ(ssh_command(target("qemu+ssh://far/system?command=/opt/ssh"), false).front(), "/opt/ssh");
}

TEST(Target, LetsNothingOfAUriIntoTheRemoteShell) {
    const auto script =
        ssh_command(target("qemu+ssh://far/system?proxy=netcat&socket=/a';touch%20/x;'"), false).back();
    // the script is one quoted word for the far shell, and the socket one quoted word inside it
    EXPECT_EQ(script.find("'/a';touch"), std::string::npos);
    EXPECT_TRUE(script.starts_with("sh -c '"));
}

TEST(Target, NeverTakesAHostForAnOption) {
    const auto argv = ssh_command(target("qemu+ssh://-oProxyCommand=x/system"), false);
    EXPECT_EQ(argv[argv.size() - 3], "--");
}

} // namespace
} // namespace yado::client
