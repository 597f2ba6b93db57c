// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "base/text.h"
#include "client/transport.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <poll.h>
#include <unistd.h>

namespace yado::client {
namespace {

struct Files {
    std::string authority, certificate, key;
};

bool readable(const std::string& path) { return ::access(path.c_str(), R_OK) == 0; }

/// Those of pkipath, else the user's own ones, else the system's. An own certificate is optional there.
Files certificate_files(const Target& target) {
    if (!target.pki_path.empty()) {
        Files files{target.pki_path + "/cacert.pem", target.pki_path + "/clientcert.pem",
                    target.pki_path + "/clientkey.pem"};
        for (const std::string& path : {files.authority, files.certificate, files.key})
            if (!readable(path)) fail_errno("Cannot read certificate '{}'", path);
        return files;
    }
    Files files{"/etc/pki/CA/cacert.pem", "/etc/pki/libvirt/clientcert.pem",
                "/etc/pki/libvirt/private/clientkey.pem"};
    if (const char* home = std::getenv("HOME"); home != nullptr && ::geteuid() != 0) {
        const std::string own = std::string(home) + "/.pki/libvirt";
        if (readable(own + "/cacert.pem")) files.authority = own + "/cacert.pem";
        if (readable(own + "/clientcert.pem") && readable(own + "/clientkey.pem")) {
            files.certificate = own + "/clientcert.pem";
            files.key = own + "/clientkey.pem";
        }
    }
    if (!readable(files.authority)) fail_errno("Cannot read CA certificate '{}'", files.authority);
    if (!readable(files.certificate) || !readable(files.key)) files.certificate.clear();
    return files;
}

void check(int result, std::string_view what) {
    if (result < 0) fail(ErrorSource::rpc, Code::system_error, "{}: {}", what, gnutls_strerror(result));
}

class TlsTransport final : public Transport {
  public:
    explicit TlsTransport(const Target& target) {
        check(gnutls_certificate_allocate_credentials(&credentials_), "Unable to allocate x509 credentials");
        try {
            load_certificates(target); // before the network: what is wrong here is wrong with every server
            socket_ = connect_tcp(target.host, target.port);
            set_up(target);
            handshake();
            if (!target.no_verify) verify(target.host);
            await_acceptance();
        } catch (...) {
            release();
            throw;
        }
    }
    ~TlsTransport() override {
        if (session_ != nullptr) gnutls_bye(session_, GNUTLS_SHUT_WR);
        release();
    }
    TlsTransport(const TlsTransport&) = delete;
    TlsTransport& operator=(const TlsTransport&) = delete;

    int fd() const override { return socket_.get(); }
    bool holds_input() const override { return gnutls_record_check_pending(session_) > 0; }
    bool holds_output() const override { return retry_ > 0; }

    protocol::Received read(std::span<std::uint8_t> into) override {
        protocol::Received received;
        const ssize_t size = gnutls_record_recv(session_, into.data(), into.size());
        if (size > 0) received.size = static_cast<std::size_t>(size);
        else if (size == 0 || size == GNUTLS_E_PREMATURE_TERMINATION) received.closed = true;
        else if (size == GNUTLS_E_AGAIN || size == GNUTLS_E_INTERRUPTED) received.would_block = true;
        else check(static_cast<int>(size), "Cannot read data");
        return received;
    }

    std::size_t write(std::span<const std::uint8_t> data) override {
        // a record that did not fit must be sent again with the same size
        const std::size_t size = retry_ > 0 ? retry_ : data.size();
        if (size == 0 || data.size() < size) return 0;
        const ssize_t sent = gnutls_record_send(session_, data.data(), size);
        if (sent == GNUTLS_E_AGAIN || sent == GNUTLS_E_INTERRUPTED) {
            retry_ = size;
            return 0;
        }
        retry_ = 0;
        if (sent == GNUTLS_E_PUSH_ERROR)
            throw system_error(EPIPE, "Cannot write data").set_source(ErrorSource::rpc);
        check(static_cast<int>(sent), "Cannot write data");
        return static_cast<std::size_t>(sent);
    }

  private:
    void release() {
        if (session_ != nullptr) gnutls_deinit(session_);
        if (credentials_ != nullptr) gnutls_certificate_free_credentials(credentials_);
        session_ = nullptr;
        credentials_ = nullptr;
    }

    void load_certificates(const Target& target) {
        const Files files = certificate_files(target);
        const int found = gnutls_certificate_set_x509_trust_file(credentials_, files.authority.c_str(),
                                                                 GNUTLS_X509_FMT_PEM);
        check(found, fmt::format("Unable to set x509 CA certificate: {}", files.authority));
        if (!files.certificate.empty())
            check(
                gnutls_certificate_set_x509_key_file(credentials_, files.certificate.c_str(),
                                                     files.key.c_str(), GNUTLS_X509_FMT_PEM),
                fmt::format("Unable to set x509 key and certificate: {}, {}", files.key, files.certificate));
    }

    void set_up(const Target& target) {
        check(gnutls_init(&session_, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL),
              "Failed to initialize TLS session");
        if (target.tls_priority.empty())
            check(gnutls_set_default_priority(session_), "Failed to set TLS session priority");
        else
            check(gnutls_priority_set_direct(session_, target.tls_priority.c_str(), nullptr),
                  fmt::format("Failed to set TLS session priority to {}", target.tls_priority));
        check(gnutls_credentials_set(session_, GNUTLS_CRD_CERTIFICATE, credentials_),
              "Failed set TLS x509 credentials");
        in6_addr address{};
        // names only: servers may refuse an address here
        if (::inet_pton(AF_INET, target.host.c_str(), &address) != 1 &&
            ::inet_pton(AF_INET6, target.host.c_str(), &address) != 1)
            gnutls_server_name_set(session_, GNUTLS_NAME_DNS, target.host.data(), target.host.size());
        gnutls_transport_set_int(session_, socket_.get());
    }

    void wait() {
        const short direction = gnutls_record_get_direction(session_) == 0 ? POLLIN : POLLOUT;
        pollfd waiting{socket_.get(), direction, 0};
        constexpr int limit = 60'000; // ms; a server that stays silent that long during the opening is none
        if (::poll(&waiting, 1, limit) == 0)
            fail(ErrorSource::rpc, Code::operation_timeout,
                 "TLS handshake failed: the server does not answer");
    }

    void handshake() {
        for (;;) {
            const int result = gnutls_handshake(session_);
            if (result == GNUTLS_E_SUCCESS) return;
            if (result < 0 && gnutls_error_is_fatal(result) != 0) check(result, "TLS handshake failed");
            wait();
        }
    }

    void verify(const std::string& host) {
        unsigned status = 0;
        check(gnutls_certificate_verify_peers3(session_, host.c_str(), &status), "Unable to verify TLS peer");
        if (status == 0) return;
        gnutls_datum_t text{};
        std::string reason = "Invalid certificate";
        if (gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0) == 0) {
            reason = reinterpret_cast<const char*>(text.data);
            gnutls_free(text.data);
        }
        fail(ErrorSource::rpc, Code::auth_failed, "Failed to verify peer's certificate: {}", trim(reason));
    }

    /// The server says with one byte that it accepts our certificate; else it closes.
    void await_acceptance() {
        std::uint8_t byte = 0;
        for (;;) {
            const ssize_t size = gnutls_record_recv(session_, &byte, 1);
            if (size == 1 && byte == 1) return;
            if (size == GNUTLS_E_AGAIN || size == GNUTLS_E_INTERRUPTED) {
                wait();
                continue;
            }
            if (size >= 0)
                fail(ErrorSource::rpc, Code::rpc,
                     "server verification (of our certificate or IP address) failed");
            check(static_cast<int>(size), "Unable to read TLS confirmation");
        }
    }

    UniqueFd socket_;
    gnutls_certificate_credentials_t credentials_ = nullptr;
    gnutls_session_t session_ = nullptr;
    std::size_t retry_ = 0; ///< bytes of a record that could not be sent whole
};

} // namespace

std::unique_ptr<Transport> connect_tls(const Target& target) {
    return std::make_unique<TlsTransport>(target);
}

} // namespace yado::client
