// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"
#include "daemon/procedures/admin.h"
#include "daemon/procedures/tables.h"
#include "protocol/typed_params.h"
#include "support/daemon/test_server.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

namespace yado::daemon {
namespace {

namespace p = protocol;
namespace a = protocol::admin;
using test_support::RawClient;
using test_support::TestServer;

struct Control final : DaemonControl {
    void set_timeout(unsigned seconds) override { timeout = seconds; }
    void shut_down() override { stopped = true; }
    unsigned timeout = 0;
    bool stopped = false;
};

class AdminTest : public testing::Test {
  protected:
    AdminTest()
        : admin_(test_.loop, "admin", admin_registry(), {}),
          service_(test_.loop, control_, {&test_.server, &admin_}) {
        admin_.services().add(service_);
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
            fail_errno("socketpair");
        admin_.adopt(std::make_unique<SocketTransport>(UniqueFd(ends[0]), true), {.authenticated = true});
        client_ = std::make_unique<RawClient>(test_, ends[1]);
    }
    void open() { ASSERT_FALSE(client_->call(a::ConnectOpenArgs()).failed()); }
    static a::ServerRef libvirtd() {
        a::ServerRef ref;
        ref.name = "libvirtd";
        return ref;
    }
    static std::uint32_t value(const std::vector<p::TypedParam>& params, std::string_view name) {
        return p::get<std::uint32_t>(params, name).value_or(4711);
    }

    TestServer test_;
    Control control_;
    Server admin_;
    AdminService service_;
    std::unique_ptr<RawClient> client_;
};

TEST_F(AdminTest, NoAuthenticationButOpening) {
    EXPECT_EQ(client_->call(a::ConnectGetLibVersionArgs()).error().code(), Code::internal_error);
    open();
    EXPECT_GT(client_->call(a::ConnectGetLibVersionArgs()).as<a::ConnectGetLibVersionResult>().libVer, 0U);
    EXPECT_TRUE(client_->call(a::ConnectOpenArgs()).failed());
    // the other programs are not served here
    EXPECT_EQ(client_->call(p::AuthListArgs()).error().message(), "Cannot find program 536903814 version 1");
}

TEST_F(AdminTest, ServersAndTheirClients) {
    open();
    a::ConnectListServersArgs list;
    list.need_results = 1;
    const auto servers = client_->call(list).as<a::ConnectListServersResult>();
    ASSERT_EQ(servers.servers.size(), 2U);
    EXPECT_EQ(servers.ret, 2U);
    EXPECT_EQ(servers.servers[0].name, "libvirtd");
    EXPECT_EQ(servers.servers[1].name, "admin");

    service::Identity identity;
    identity.user = 0;
    identity.group = 0;
    identity.process = 42;
    const auto other = test_.connect({.read_only = true, .identity = identity});
    a::ServerListClientsArgs clients;
    clients.srv = libvirtd();
    clients.need_results = 1;
    const auto found = client_->call(clients).as<a::ServerListClientsResult>();
    ASSERT_EQ(found.clients.size(), 1U);
    EXPECT_GT(found.clients[0].timestamp, 1'500'000'000);

    a::ClientGetInfoArgs info;
    info.clnt = found.clients[0];
    const auto params = client_->call(info).as<a::ClientGetInfoResult>().params;
    EXPECT_EQ(p::get<bool>(params, "readonly"), true);
    EXPECT_EQ(p::get<std::int32_t>(params, "unix_process_id"), 42);
    EXPECT_EQ(p::get<std::string>(params, "unix_user_name"), "root");

    a::ClientCloseArgs close;
    close.clnt = found.clients[0];
    EXPECT_FALSE(client_->call(close).failed());
    EXPECT_TRUE(other->closed());
    EXPECT_EQ(client_->call(close).error().code(), Code::no_client);
    clients.srv.name = "nope";
    EXPECT_EQ(client_->call(clients).error().message(), "Server not found: No server named 'nope'");
}

TEST_F(AdminTest, LimitsAreToldAndChanged) {
    open();
    a::ServerGetClientLimitsArgs get;
    get.srv = libvirtd();
    const auto before = client_->call(get).as<a::ServerGetClientLimitsResult>().params;
    EXPECT_EQ(value(before, "nclients_max"), 5000U);
    EXPECT_EQ(value(before, "nclients_unauth_max"), 20U);
    a::ServerSetClientLimitsArgs set;
    set.srv = libvirtd();
    set.params = p::ParamsBuilder().u32("nclients_max", 7).u32("nclients_unauth_max", 3).take();
    EXPECT_FALSE(client_->call(set).failed());
    EXPECT_EQ(test_.server.limits().max_clients, 7U);
    set.params = p::ParamsBuilder().u32("nclients_unauth_max", 8).take();
    EXPECT_EQ(client_->call(set).error().code(), Code::invalid_arg);
    set.params = p::ParamsBuilder().u32("nclients", 8).take(); // can only be read
    EXPECT_TRUE(client_->call(set).failed());

    a::ServerGetThreadpoolParametersArgs pool;
    pool.srv = libvirtd();
    const auto params = client_->call(pool).as<a::ServerGetThreadpoolParametersResult>().params;
    ASSERT_EQ(params.size(), 6U);
    EXPECT_EQ(params[0].field, "minWorkers");
    EXPECT_EQ(value(params, "maxWorkers"), 20U);
}

TEST_F(AdminTest, LogCanBeChangedWhileRunning) {
    open();
    const LogSettings before = log_settings();
    a::ConnectSetLoggingFiltersArgs set;
    set.filters = "1:qemu 4:rpc";
    EXPECT_FALSE(client_->call(set).failed());
    const auto got = client_->call(a::ConnectGetLoggingFiltersArgs()).as<a::ConnectGetLoggingFiltersResult>();
    EXPECT_EQ(got.nfilters, 2U);
    ASSERT_TRUE(got.filters.has_value());
    EXPECT_NE(got.filters->find("qemu"), std::string::npos);
    set.filters = "9:qemu";
    EXPECT_TRUE(client_->call(set).failed());
    EXPECT_GE(
        client_->call(a::ConnectGetLoggingOutputsArgs()).as<a::ConnectGetLoggingOutputsResult>().noutputs,
        1U);
    configure_log(before);
}

TEST_F(AdminTest, TheDaemonObeys) {
    open();
    a::ConnectSetDaemonTimeoutArgs timeout;
    timeout.timeout = 77;
    EXPECT_FALSE(client_->call(timeout).failed());
    EXPECT_EQ(control_.timeout, 77U);
    EXPECT_FALSE(client_->call(a::ConnectDaemonShutdownArgs()).failed());
    EXPECT_TRUE(control_.stopped);
    a::ServerUpdateTlsFilesArgs tls;
    tls.srv = libvirtd();
    EXPECT_EQ(client_->call(tls).error().message(), "no tls service found, unable to update tls files");
}

TEST(TablesTest, RegistriesHoldTogether) {
    EXPECT_EQ(admin_registry().answered(), 20U);
    EXPECT_GT(daemon_registry().answered(), 100U);
    static constexpr std::array programs{p::program::remote};
    EXPECT_THROW(Registry(programs, {auth_procedures(), auth_procedures()}), Error);
    EXPECT_THROW(Registry(programs, {admin_procedures()}), Error);
}

} // namespace
} // namespace yado::daemon
