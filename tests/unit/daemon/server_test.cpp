// SPDX-License-Identifier: Apache-2.0
// Listening sockets, limits, activation, the pid file, drivers, command line and paths.
#include "base/files.h"
#include "daemon/activation.h"
#include "daemon/options.h"
#include "daemon/paths.h"
#include "daemon/process.h"
#include "daemon/server/listener.h"
#include "support/daemon/test_server.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace yado::daemon {
namespace {

namespace p = protocol;
using test_support::RawClient;
using test_support::TestServer;

UniqueFd connect_to(const std::string& path) {
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        fail_errno("connect");
    return fd;
}

template <class Call> std::string error_of(Call call) {
    try {
        call();
    } catch (const Error& error) { return error.message(); }
    return "no error";
}

TEST(ListenerTest, StaleSocketsAreReplacedAndLiveOnesAreNot) {
    const TemporaryDirectory directory;
    const std::string path = directory.path() + "/sock";
    UniqueFd first = listen_unix(path, {.mode = 0770});
    struct stat status{};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0770U);
    EXPECT_EQ(error_of([&] { listen_unix(path, {}); }),
              fmt::format("internal error: another daemon is already listening on '{}'", path));
    first.reset(); // the daemon died and left its socket
    const UniqueFd second = listen_unix(path, {});
    EXPECT_TRUE(connect_to(path));
    write_file_atomically(directory.path() + "/file", "x", 0600);
    EXPECT_NE(error_of([&] { listen_unix(directory.path() + "/file", {}); }).find("is not a socket"),
              std::string::npos);
    EXPECT_NE(
        error_of([&] { listen_unix(directory.path() + "/" + std::string(200, 'x'), {}); }).find("too long"),
        std::string::npos);
}

TEST(ListenerTest, TcpListensOnEveryAddressOfTheName) {
    const std::vector<UniqueFd> sockets = listen_tcp("127.0.0.1", "0", 10);
    ASSERT_EQ(sockets.size(), 1U);
    EXPECT_TRUE(socket_address_text(sockets[0].get(), false).starts_with("127.0.0.1;"));
    EXPECT_NE(error_of([] { listen_tcp("no such host.invalid", "0", 10); }).find("Unable to resolve"),
              std::string::npos);
}

class LimitsTest : public testing::Test {
  protected:
    void listen(TestServer& test, Auth auth = Auth::none) {
        ListeningSocket socket;
        socket.path = directory_.path() + "/sock";
        socket.fd = listen_unix(socket.path, {});
        socket.auth = auth;
        socket.ours = true;
        test.server.listen(std::move(socket));
    }
    std::unique_ptr<RawClient> connect(TestServer& test) {
        auto client = std::make_unique<RawClient>(test, connect_to(directory_.path() + "/sock").release());
        test.loop.run_until_idle();
        return client;
    }
    TemporaryDirectory directory_;
};

TEST_F(LimitsTest, AnonymousClientsAreFewUntilTheyAuthenticate) {
    TestServer test({.max_anonymous_clients = 2});
    listen(test, Auth::polkit); // which root need not ask, but everybody begins with AUTH_LIST
    const auto one = connect(test);
    const auto two = connect(test);
    const auto three = connect(test);
    EXPECT_EQ(test.server.clients().size(), 2U); // the third waits in the kernel
    if (::geteuid() != 0) GTEST_SKIP() << "polkit lets only root in without asking";
    one->call(p::AuthListArgs());
    EXPECT_EQ(test.server.clients().size(), 3U);
    EXPECT_FALSE(three->call(p::AuthListArgs()).failed());
}

TEST_F(LimitsTest, MoreThanMaxClientsWait) {
    TestServer test({.max_clients = 1});
    listen(test);
    const auto one = connect(test);
    one->open();
    const auto two = connect(test);
    EXPECT_EQ(test.server.clients().size(), 1U);
    one->disconnect();
    test.loop.run_until_idle();
    EXPECT_EQ(test.server.clients().size(), 1U);
    EXPECT_FALSE(two->call(p::AuthListArgs()).failed());
}

TEST_F(LimitsTest, RootNeedsNoPolkit) {
    TestServer test;
    listen(test, Auth::polkit);
    const auto client = connect(test);
    const auto types = client->call(p::AuthListArgs()).as<p::AuthListResult>().types;
    ASSERT_EQ(types.size(), 1U);
    EXPECT_EQ(types[0], ::geteuid() == 0 ? p::AuthType::none : p::AuthType::polkit);
    const auto& identity = test.server.clients().begin()->second->identity();
    EXPECT_EQ(identity.user, ::geteuid());
    EXPECT_EQ(identity.process, ::getpid());
    EXPECT_GT(identity.process_start, 0U);
}

TEST_F(LimitsTest, StrangersAreRefusedInSessionMode) {
    TestServer test;
    test.server.set_only_user(::geteuid() + 1);
    listen(test);
    const auto client = connect(test);
    EXPECT_TRUE(client->closed());
    EXPECT_TRUE(test.server.clients().empty());
}

TEST_F(LimitsTest, SocketsAreRemovedAtTheEnd) {
    TestServer test;
    listen(test);
    test.server.stop_listening();
    EXPECT_NE(::access((directory_.path() + "/sock").c_str(), F_OK), 0);
}

TEST(ActivationTest, NamesAndAddressesTellWhatASocketIsFor) {
    const TemporaryDirectory directory;
    const auto classify = [&](const std::string& file, std::string_view name) {
        ::unlink((directory.path() + "/" + file).c_str());
        return classify_socket(listen_unix(directory.path() + "/" + file, {}), name);
    };
    EXPECT_FALSE(classify("a", "libvirtd.socket").read_only);
    EXPECT_TRUE(classify("a", "libvirtd-ro.socket").read_only);
    EXPECT_TRUE(classify("a", "virtqemud-ro.socket").read_only);
    EXPECT_TRUE(classify("a", "virtproxyd-admin.socket").admin);
    EXPECT_FALSE(classify("virtqemud-sock", "").read_only);
    EXPECT_TRUE(classify("virtqemud-sock-ro", "unknown").read_only);
    EXPECT_TRUE(classify("libvirt-admin-sock", "").admin);
    auto tcp = listen_tcp("127.0.0.1", "0", 5);
    EXPECT_EQ(classify_socket(std::move(tcp[0]), "libvirtd-tcp.socket").kind, TransportKind::tcp);
    auto tls = listen_tcp("127.0.0.1", "0", 5);
    EXPECT_EQ(classify_socket(std::move(tls[0]), "libvirtd-tls.socket").kind, TransportKind::tls);
    UniqueFd deaf(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_THROW(classify_socket(std::move(deaf), "libvirtd.socket"), Error);
}

TEST(PidFileTest, ASecondDaemonIsToldAboutTheFirst) {
    const TemporaryDirectory directory;
    const std::string path = directory.path() + "/d.pid";
    write_file_atomically(path, "1\n", 0644); // left by a daemon that was killed: not locked
    {
        const PidFile own(path);
        EXPECT_EQ(read_file(path, 100), fmt::format("{}\n", ::getpid()));
        const pid_t child = ::fork();
        if (child == 0) {
            const std::string expected =
                fmt::format("internal error: Failed to acquire pid file '{}': another daemon "
                            "is running (process {})",
                            path, ::getppid());
            const std::string refusal = error_of([&] { const PidFile second(path); });
            if (refusal != expected) fmt::print(stderr, "{}\n{}\n", refusal, expected);
            ::_exit(refusal == expected ? 0 : 1);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_EQ(status, 0);
    }
    EXPECT_NE(::access(path.c_str(), F_OK), 0);
}

TEST(DriversTest, UrisAreFoundOrRefusedInStocksWords) {
    Drivers drivers;
    drivers.add("qemu", "/system");
    drivers.add("test", "/default");
    EXPECT_EQ(drivers.find("").uri, "qemu:///system");
    EXPECT_EQ(drivers.find("qemu:///system").driver->path, "/system");
    EXPECT_EQ(drivers.find("qemu:/system").driver->scheme, "qemu");
    EXPECT_EQ(drivers.find("qemu:///system?foo=bar").uri, "qemu:///system?foo=bar");
    EXPECT_EQ(drivers.find("test:///default").driver->scheme, "test");
    const auto refusal = [&](std::string_view uri) { return error_of([&] { drivers.find(uri); }); };
    EXPECT_EQ(refusal("qemu:///bogus"),
              "internal error: unexpected qemu URI path '/bogus', try qemu:///system");
    EXPECT_EQ(refusal("qemu:///"), "internal error: unexpected qemu URI path '/', try qemu:///system");
    EXPECT_EQ(refusal("xen:///system"), "no connection driver available for xen:///system");
    EXPECT_EQ(refusal("bogus"), "no connection driver available for bogus");
    EXPECT_EQ(refusal("qemu://elsewhere/system"),
              "no connection driver available for qemu://elsewhere/system");
    EXPECT_NE(refusal("test:///other").find("test:///default"), std::string::npos);
}

TEST(PathsTest, SystemSessionAndPrivateInstances) {
    EXPECT_EQ(system_paths("").run_dir, "/run/libvirt");
    EXPECT_EQ(system_paths("").pid_file, "/run/libvirtd.pid");
    EXPECT_EQ(system_paths("/tmp/x/").qemu_config, "/tmp/x/etc/libvirt/qemu");
    EXPECT_EQ(system_paths("/tmp/x").qemu_run, "/tmp/x/run/libvirt/qemu");
    const auto environment = [](std::string_view name) -> std::optional<std::string> {
        if (name == "HOME") return "/base";
        if (name == "XDG_RUNTIME_DIR") return "/run/user/7";
        return std::nullopt;
    };
    const Paths session = session_paths(environment);
    EXPECT_FALSE(session.system);
    EXPECT_EQ(session.run_dir, "/run/user/7/libvirt");
    EXPECT_EQ(session.pid_file, "/run/user/7/libvirt/libvirtd.pid");
    EXPECT_EQ(session.qemu_config, "/base/.config/libvirt/qemu");
    EXPECT_EQ(session.qemu_lib, "/base/.config/libvirt/qemu/lib");
    EXPECT_EQ(session.qemu_run, "/run/user/7/libvirt/qemu/run");
    EXPECT_EQ(session.qemu_log, "/base/.cache/libvirt/qemu/log");
    EXPECT_THROW(session_paths([](std::string_view) { return std::nullopt; }), Error);
}

TEST(OptionsTest, LibvirtdsOptionsAreUnderstood) {
    const auto parse = [](std::vector<std::string> words) {
        words.insert(words.begin(), "yadod");
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        return parse_options(arguments);
    };
    const Options options =
        parse({"-d", "-l", "-v", "-f", "/a/b.conf", "--pid-file=/x", "-t", "30", "--root", "/r"});
    EXPECT_TRUE(options.daemonize);
    EXPECT_TRUE(options.listen);
    EXPECT_TRUE(options.verbose);
    EXPECT_EQ(options.config_file, "/a/b.conf");
    EXPECT_EQ(options.pid_file, "/x");
    EXPECT_EQ(options.timeout, 30U);
    EXPECT_EQ(options.root, "/r");
    EXPECT_TRUE(parse({"--version"}).version);
    EXPECT_TRUE(parse({"-h"}).help);
    EXPECT_THROW(parse({"-t", "soon"}), Error);
    EXPECT_THROW(parse({"-t", "0"}), Error);
    EXPECT_THROW(parse({"--nonsense"}), Error);
    EXPECT_THROW(parse({"-f"}), Error);
    EXPECT_THROW(parse({"extra"}), Error);
}

} // namespace
} // namespace yado::daemon
