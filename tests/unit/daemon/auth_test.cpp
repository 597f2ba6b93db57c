// SPDX-License-Identifier: Apache-2.0
// SASL against a password database of the test's own, polkit against a stand-in on a private message bus, and
// access rules.
#include "base/files.h"
#include "support/daemon/fake_polkit.h"
#include "support/daemon/test_server.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <sasl/sasl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace yado::daemon {
namespace {

namespace p = protocol;
using test_support::FakePolkit;
using test_support::Message;
using test_support::RawClient;
using test_support::TestServer;

/// The library reads its configuration once per process: one directory for all tests here.
class SaslDirectory {
  public:
    static const SaslDirectory& instance() {
        static const SaslDirectory directory;
        return directory;
    }
    bool usable() const { return usable_; }
    const std::string& path() const { return directory_.path(); }

  private:
    SaslDirectory() {
        write_file_atomically(path() + "/libvirt.conf",
                              fmt::format("mech_list: scram-sha-256\nsasldb_path: {}/passwd.db\n", path()),
                              0600);
        const std::string command = fmt::format(
            "printf secret | saslpasswd2 -p -c -f {}/passwd.db -a libvirt fred >/dev/null 2>&1", path());
        const int status = std::system(command.c_str());
        usable_ = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    TemporaryDirectory directory_;
    bool usable_ = false;
};

struct Credentials {
    std::string user;
    std::string password;
};

int get_name(void* context, int, const char** result, unsigned* size) {
    const auto& user = static_cast<Credentials*>(context)->user;
    *result = user.c_str();
    if (size != nullptr) *size = static_cast<unsigned>(user.size());
    return SASL_OK;
}
int get_password(sasl_conn_t*, void* context, int, sasl_secret_t** result) {
    const auto& password = static_cast<Credentials*>(context)->password;
    static char memory[256];
    auto* secret = reinterpret_cast<sasl_secret_t*>(memory);
    secret->len = password.size();
    password.copy(reinterpret_cast<char*>(secret->data), password.size());
    *result = secret;
    return SASL_OK;
}

class SaslTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!SaslDirectory::instance().usable()) GTEST_SKIP() << "saslpasswd2 is not installed";
        test_.auth.set_rules({.sasl_dir = SaslDirectory::instance().path()});
        client_ = test_.connect({.auth = Auth::sasl});
        ASSERT_EQ(client_->call(p::AuthListArgs()).as<p::AuthListResult>().types[0], p::AuthType::sasl);
    }

    /// Goes through the whole exchange; the last answer.
    Message authenticate(Credentials credentials) {
        static const bool ready = sasl_client_init(nullptr) == SASL_OK;
        EXPECT_TRUE(ready);
        const auto any = [](auto* function) {
            return reinterpret_cast<int (*)()>(reinterpret_cast<void (*)()>(function));
        };
        const sasl_callback_t callbacks[] = {{SASL_CB_USER, any(get_name), &credentials},
                                             {SASL_CB_AUTHNAME, any(get_name), &credentials},
                                             {SASL_CB_PASS, any(get_password), &credentials},
                                             {SASL_CB_LIST_END, nullptr, nullptr}};
        sasl_conn_t* raw = nullptr;
        EXPECT_EQ(
            sasl_client_new("libvirt", "localhost", nullptr, nullptr, callbacks, SASL_SUCCESS_DATA, &raw),
            SASL_OK);
        const std::unique_ptr<sasl_conn_t, void (*)(sasl_conn_t*)> owned(
            raw, [](sasl_conn_t* it) { sasl_dispose(&it); });
        const std::string mechanisms =
            client_->call(p::AuthSaslInitArgs()).as<p::AuthSaslInitResult>().mechlist;
        EXPECT_EQ(mechanisms, "SCRAM-SHA-256");
        const char* out = nullptr;
        unsigned size = 0;
        const char* mechanism = nullptr;
        EXPECT_GE(sasl_client_start(raw, mechanisms.c_str(), nullptr, &out, &size, &mechanism), 0);
        p::AuthSaslStartArgs start;
        start.mech = mechanism;
        start.nil = out == nullptr ? 1 : 0;
        if (out != nullptr) start.data.assign(out, out + size);
        Message answer = client_->call(start);
        for (int steps = 0; steps < 10 && !answer.failed(); ++steps) {
            const auto result = answer.as<p::AuthSaslStepResult>(); // start and step answer alike
            int status = SASL_OK;
            if (result.nil == 0) {
                status = sasl_client_step(raw, reinterpret_cast<const char*>(result.data.data()),
                                          static_cast<unsigned>(result.data.size()), nullptr, &out, &size);
                EXPECT_GE(status, 0);
            }
            if (result.complete != 0) break;
            p::AuthSaslStepArgs step;
            step.nil = out == nullptr ? 1 : 0;
            if (out != nullptr) step.data.assign(out, out + size);
            answer = client_->call(step);
        }
        return answer;
    }

    TestServer test_;
    std::unique_ptr<RawClient> client_;
};

TEST_F(SaslTest, ScramWithTheRightPassword) {
    const Message answer = authenticate({"fred", "secret"});
    ASSERT_FALSE(answer.failed());
    EXPECT_EQ(answer.as<p::AuthSaslStepResult>().complete, 1);
    EXPECT_EQ(test_.server.anonymous_clients(), 0U);
    EXPECT_TRUE(test_.server.clients().begin()->second->identity().sasl_user_name.starts_with("fred"));
    EXPECT_EQ(client_->call(p::AuthListArgs()).as<p::AuthListResult>().types[0], p::AuthType::none);
    p::ConnectOpenArgs open;
    open.name = "";
    EXPECT_FALSE(client_->call(open).failed());
}

TEST_F(SaslTest, WrongPasswordSaysNothingMore) {
    const Error error = authenticate({"fred", "guess"}).error();
    EXPECT_EQ(error.code(), Code::auth_failed);
    EXPECT_EQ(error.message(), "authentication failed: authentication failed");
    EXPECT_EQ(test_.server.anonymous_clients(), 1U);
    EXPECT_EQ(client_->call(p::ConnectGetLibVersionArgs()).error().message(), "authentication required");
}

TEST_F(SaslTest, OnlyListedUsersMayComeIn) {
    test_.auth.set_rules(
        {.sasl_allowed_users = {{"*@EXAMPLE", "bar*"}}, .sasl_dir = SaslDirectory::instance().path()});
    EXPECT_EQ(authenticate({"fred", "secret"}).error().code(), Code::auth_failed);
    EXPECT_EQ(test_.server.anonymous_clients(), 1U);
}

TEST_F(SaslTest, StepsOutOfOrderAreRefused) {
    EXPECT_EQ(client_->call(p::AuthSaslStepArgs()).error().code(), Code::auth_failed);
    EXPECT_EQ(client_->call(p::AuthPolkitArgs()).error().code(), Code::auth_failed);
    client_->call(p::AuthSaslInitArgs());
    EXPECT_EQ(client_->call(p::AuthSaslStepArgs()).error().code(), Code::auth_failed);
    p::AuthSaslStartArgs start;
    start.mech = "NO-SUCH-MECHANISM";
    EXPECT_EQ(client_->call(start).error().code(), Code::auth_failed);
}

// --- polkit ---

class PolkitTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!fake_.usable()) GTEST_SKIP() << "dbus-daemon is not installed";
    }
    std::unique_ptr<RawClient> connect(bool read_only = false) {
        service::Identity identity;
        identity.user = 1234;
        identity.process = 4711;
        identity.process_start = 99;
        return test_.connect({.read_only = read_only, .auth = Auth::polkit, .identity = identity});
    }
    Message authenticate(RawClient& client) {
        client.add(p::AuthPolkitArgs());
        client.send();
        std::vector<Message> messages;
        test_.loop.run_until([&] {
            fake_.process();
            for (Message& each : client.receive()) messages.push_back(std::move(each));
            return !messages.empty();
        });
        if (messages.size() != 1) throw std::logic_error("polkit gave no answer");
        return std::move(messages.front());
    }

    FakePolkit fake_; // before the server, which connects to it
    TestServer test_;
};

TEST_F(PolkitTest, AsksForTheRightActionAndProcess) {
    const auto client = connect();
    EXPECT_EQ(client->call(p::AuthListArgs()).as<p::AuthListResult>().types[0], p::AuthType::polkit);
    fake_.answer = {.authorized = true};
    EXPECT_EQ(authenticate(*client).as<p::AuthPolkitResult>().complete, 1);
    ASSERT_EQ(fake_.questions.size(), 1U);
    EXPECT_EQ(fake_.questions[0].action, "org.libvirt.unix.manage");
    EXPECT_EQ(fake_.questions[0].pid, 4711U);
    EXPECT_EQ(fake_.questions[0].start_time, 99U);
    EXPECT_EQ(fake_.questions[0].uid, 1234);
    EXPECT_TRUE(fake_.questions[0].interactive);
    EXPECT_EQ(test_.server.anonymous_clients(), 0U);

    const auto reader = connect(true);
    EXPECT_FALSE(authenticate(*reader).failed());
    EXPECT_EQ(fake_.questions[1].action, "org.libvirt.unix.monitor");
}

TEST_F(PolkitTest, RefusalsHaveStocksNumbers) {
    const auto client = connect();
    fake_.answer = {};
    EXPECT_EQ(authenticate(*client).error().message(), "authentication failed: access denied by policy");
    fake_.answer = {.challenge = true};
    const Error no_agent = authenticate(*client).error();
    EXPECT_EQ(no_agent.code(), Code::auth_unavailable);
    EXPECT_EQ(no_agent.message(),
              "authentication unavailable: no polkit agent available to authenticate action "
              "'org.libvirt.unix.manage'");
    fake_.answer = {.challenge = true, .dismissed = true};
    EXPECT_EQ(authenticate(*client).error().code(), Code::auth_cancelled);
    EXPECT_EQ(test_.server.anonymous_clients(), 1U);
}

TEST_F(PolkitTest, AQuestionIsWithdrawnWhenItsClientLeaves) {
    const auto client = connect();
    fake_.silent = true;
    client->add(p::AuthPolkitArgs());
    client->send();
    EXPECT_TRUE(test_.loop.run_until([&] {
        fake_.process();
        return fake_.questions.size() == 1;
    }));
    client->disconnect();
    EXPECT_TRUE(test_.loop.run_until([&] {
        fake_.process();
        return fake_.cancelled.size() == 1;
    }));
    EXPECT_EQ(fake_.cancelled[0], fake_.questions[0].cancel_id);
    EXPECT_EQ(test_.server.calls_in_progress(), 0U);
}

TEST_F(PolkitTest, AccessRulesAreAskedForEveryCall) {
    PolkitAccess access(test_.polkit);
    service::Identity identity;
    identity.user = 1234;
    identity.process = 1;
    const auto client = test_.connect({.identity = identity});
    client->open();
    test_.server.set_access(&access);
    const auto call = [&](const auto& args) {
        client->add(args);
        client->send();
        std::vector<Message> messages;
        test_.loop.run_until([&] {
            fake_.process();
            for (Message& each : client->receive()) messages.push_back(std::move(each));
            return !messages.empty();
        });
        if (messages.size() != 1) throw std::logic_error("no answer");
        return std::move(messages.front());
    };
    fake_.answer = {.authorized = true};
    p::DomainLookupByNameArgs lookup;
    lookup.name = "vm";
    EXPECT_FALSE(call(lookup).failed());
    EXPECT_EQ(fake_.questions.back().action, "org.libvirt.api.domain.getattr");
    EXPECT_FALSE(fake_.questions.back().interactive);
    fake_.answer = {};
    const Error refused = call(lookup).error();
    EXPECT_EQ(refused.code(), Code::access_denied);
    EXPECT_EQ(refused.message(), "access denied: 'virDomainLookupByName' denied access");
    EXPECT_EQ(test_.service.calls.size(), 1U);
    EXPECT_EQ(test_.server.calls_in_progress(), 0U);
}

TEST(PolkitWithoutBusTest, SaysSo) {
    ::setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
    TestServer test;
    service::Identity identity;
    identity.user = 1234;
    identity.process = 1;
    const auto client = test.connect({.auth = Auth::polkit, .identity = identity});
    const Error error = client->call(p::AuthPolkitArgs()).error();
    EXPECT_EQ(error.code(), Code::internal_error);
    EXPECT_EQ(error.source(), ErrorSource::dbus);
    EXPECT_EQ(
        error.message(),
        "internal error: Unable to get system bus connection: Could not connect: No such file or directory");
}

} // namespace
} // namespace yado::daemon
