// SPDX-License-Identifier: Apache-2.0
// TLS over a socketpair with certificates made for the test.
#include "base/files.h"
#include "daemon/server/tls.h"
#include "support/daemon/test_server.h"

#include <cstdlib>
#include <gnutls/gnutls.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace yado::daemon {
namespace {

namespace p = protocol;
using test_support::TestServer;
using namespace std::chrono_literals;

/// A certificate authority, a server's and a client's certificate; made once for all tests.
class Certificates {
  public:
    static const Certificates& instance() {
        static const Certificates made;
        return made;
    }
    bool usable() const { return usable_; }
    std::string file(std::string_view name) const { return directory_.path() + "/" + std::string(name); }

  private:
    Certificates() {
        write_file_atomically(file("ca.info"), "cn = Test CA\nca\ncert_signing_key\nexpiration_days = 2\n",
                              0600);
        write_file_atomically(
            file("leaf.info"),
            "organization = yado\ncn = localhost\ntls_www_server\ntls_www_client\nsigning_key\n"
            "expiration_days = 2\n",
            0600);
        write_file_atomically(
            file("old.info"),
            "cn = localhost\ntls_www_server\nsigning_key\n"
            "activation_date = \"2001-01-01 00:00:00\"\nexpiration_date = \"2002-01-01 00:00:00\"\n",
            0600);
        const std::string script =
            "set -e; cd " + directory_.path() +
            "; exec >/dev/null 2>&1\n"
            "certtool --generate-privkey --key-type ecdsa --outfile ca.key\n"
            "certtool --generate-self-signed --load-privkey ca.key --template ca.info "
            "--outfile ca.pem\n"
            "certtool --generate-privkey --key-type ecdsa --outfile leaf.key\n"
            "for name in leaf old; do certtool --generate-certificate --load-privkey leaf.key "
            "--load-ca-certificate ca.pem --load-ca-privkey ca.key --template $name.info "
            "--outfile $name.pem; done\n";
        const int status = std::system(script.c_str());
        usable_ = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    TemporaryDirectory directory_;
    bool usable_ = false;
};

TlsFiles files() {
    const Certificates& made = Certificates::instance();
    TlsFiles files;
    files.authorities = made.file("ca.pem");
    files.certificates = {made.file("leaf.pem")};
    files.keys = {made.file("leaf.key")};
    return files;
}

template <class Call> std::string error_of(Call call) {
    try {
        call();
    } catch (const Error& error) { return error.message(); }
    return "no error";
}

class TlsTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!Certificates::instance().usable()) GTEST_SKIP() << "certtool is not installed";
    }
    void TearDown() override {
        if (session_ != nullptr) gnutls_deinit(session_);
        if (credentials_ != nullptr) gnutls_certificate_free_credentials(credentials_);
    }

    void connect(const TlsSettings& settings, bool with_certificate) {
        int ends[2];
        ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), 0);
        client_.reset(ends[1]);
        test_.server.adopt(settings.accept(UniqueFd(ends[0])),
                           {.kind = TransportKind::tls, .address = "127.0.0.1;1"});
        gnutls_certificate_allocate_credentials(&credentials_);
        if (with_certificate) {
            const std::string certificate = Certificates::instance().file("leaf.pem");
            const std::string key = Certificates::instance().file("leaf.key");
            ASSERT_EQ(gnutls_certificate_set_x509_key_file(credentials_, certificate.c_str(), key.c_str(),
                                                           GNUTLS_X509_FMT_PEM),
                      0);
        }
        gnutls_init(&session_, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);
        gnutls_set_default_priority(session_);
        gnutls_credentials_set(session_, GNUTLS_CRD_CERTIFICATE, credentials_);
        gnutls_transport_set_int(session_, client_.get());
    }
    /// False when the server broke the handshake off.
    bool shake_hands() {
        for (int tries = 0; tries < 100; ++tries) {
            const int result = gnutls_handshake(session_);
            if (result == 0) return true;
            if (gnutls_error_is_fatal(result) != 0) return false;
            test_.loop.run_until_idle();
        }
        return false;
    }
    /// What the server has sent; nothing when it has closed the connection.
    std::optional<p::Blob> receive() {
        p::Blob bytes(65536);
        for (int tries = 0; tries < 100; ++tries) {
            test_.loop.run_until_idle();
            const ssize_t got = gnutls_record_recv(session_, bytes.data(), bytes.size());
            if (got > 0) {
                bytes.resize(static_cast<std::size_t>(got));
                return bytes;
            }
            if (got != GNUTLS_E_AGAIN && got != GNUTLS_E_INTERRUPTED) return std::nullopt;
        }
        return p::Blob();
    }

    TestServer test_;
    UniqueFd client_;
    gnutls_session_t session_ = nullptr;
    gnutls_certificate_credentials_t credentials_ = nullptr;
};

TEST_F(TlsTest, AcceptedClientsAreGreetedWithOneByte) {
    TlsFiles wanted = files();
    wanted.allowed_names = {"CN=other", "O=yado,CN=*"};
    const TlsSettings settings(wanted);
    connect(settings, true);
    ASSERT_TRUE(shake_hands());
    EXPECT_EQ(receive(), p::Blob{1});
    EXPECT_EQ(test_.server.clients().begin()->second->identity().x509_dname, "O=yado,CN=localhost");

    p::Blob calls;
    p::append_call(calls, 0, p::AuthListArgs());
    p::append_call(calls, 1, p::AuthListArgs());
    ASSERT_EQ(gnutls_record_send(session_, calls.data(), calls.size()), static_cast<ssize_t>(calls.size()));
    const auto answers = receive();
    ASSERT_TRUE(answers.has_value());
    EXPECT_EQ(answers->size(), 72U); // two answers of 36 bytes
}

TEST_F(TlsTest, LargeAnswersArriveWhole) {
    const TlsSettings settings(files());
    connect(settings, true);
    ASSERT_TRUE(shake_hands());
    EXPECT_EQ(receive(), p::Blob{1});
    test_.service.xml = std::string(3 << 20, 'x');
    p::Blob calls;
    p::append_call(calls, 0, p::AuthListArgs());
    p::ConnectOpenArgs open;
    open.name = "";
    p::append_call(calls, 1, open);
    p::append_call(calls, 2, p::DomainGetXmlDescArgs());
    ASSERT_EQ(gnutls_record_send(session_, calls.data(), calls.size()), static_cast<ssize_t>(calls.size()));
    p::FrameReader reader;
    std::size_t messages = 0;
    std::size_t last = 0;
    for (int tries = 0; tries < 10'000 && messages < 3; ++tries) {
        const auto bytes = receive();
        ASSERT_TRUE(bytes.has_value());
        reader.feed(*bytes);
        while (const auto frame = reader.next()) {
            ++messages;
            last = frame->payload.size();
        }
    }
    EXPECT_EQ(messages, 3U);
    EXPECT_EQ(last, test_.service.xml.size() + 4);
}

TEST_F(TlsTest, NoCertificateNoEntry) {
    const TlsSettings settings(files());
    connect(settings, false);
    shake_hands(); // TLS 1.3 tells the client only afterwards
    EXPECT_FALSE(receive().has_value());
    EXPECT_TRUE(test_.server.clients().empty());
}

TEST_F(TlsTest, NoCertificateIsNeededWhenNobodyChecks) {
    TlsFiles wanted = files();
    wanted.verify_clients = false;
    const TlsSettings settings(wanted);
    connect(settings, false);
    ASSERT_TRUE(shake_hands());
    EXPECT_EQ(receive(), p::Blob{1});
}

TEST_F(TlsTest, NamesNotOnTheListAreRefused) {
    TlsFiles wanted = files();
    wanted.allowed_names = {"CN=other"};
    const TlsSettings settings(wanted);
    connect(settings, true);
    shake_hands();
    EXPECT_FALSE(receive().has_value());
    EXPECT_TRUE(test_.server.clients().empty());
}

TEST_F(TlsTest, SilentConnectionsAreDropped) {
    const TlsSettings settings(files());
    connect(settings, true);
    test_.loop.advance(59s);
    EXPECT_EQ(test_.server.clients().size(), 1U);
    test_.loop.advance(2s);
    EXPECT_TRUE(test_.server.clients().empty());
}

TEST_F(TlsTest, FilesThatCannotWorkAreRefusedAtStart) {
    const auto refusal = [](const TlsFiles& wanted) {
        return error_of([&] { const TlsSettings settings(wanted); });
    };
    TlsFiles wanted = files();
    wanted.authorities = "/nonexistent/ca.pem";
    EXPECT_EQ(refusal(wanted), "Cannot read CA certificate '/nonexistent/ca.pem': No such file or directory");
    wanted = files();
    wanted.keys = {"/nonexistent/key.pem"};
    EXPECT_EQ(refusal(wanted),
              "Cannot read server private key '/nonexistent/key.pem': No such file or directory");
    wanted = files();
    wanted.certificates = {Certificates::instance().file("old.pem")};
    EXPECT_NE(refusal(wanted).find("has expired"), std::string::npos);
    wanted.check_sanity = false;
    EXPECT_EQ(refusal(wanted), "no error");
    wanted = files();
    wanted.keys = {Certificates::instance().file("ca.key")}; // of another certificate
    EXPECT_NE(refusal(wanted).find("Unable to set x509 key and certificate"), std::string::npos);
    wanted = files();
    wanted.priority = "NONSENSE";
    EXPECT_NE(refusal(wanted).find("TLS session priority"), std::string::npos);
}

} // namespace
} // namespace yado::daemon
