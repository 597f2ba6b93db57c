// SPDX-License-Identifier: Apache-2.0
#include "daemon/server/tls.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"

#include <algorithm>
#include <ctime>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace yado::daemon {
namespace {

constexpr std::size_t certificate_file_max = 1 << 20;
/// gnutls cuts records itself; this bounds how much a connection encrypts in one go.
constexpr std::size_t record_max = 16384;

void check(int result, std::string_view what) {
    if (result < 0) fail(Code::system_error, "{}: {}", what, gnutls_strerror(result));
}

void require_readable(const std::string& path, std::string_view what) {
    if (::access(path.c_str(), R_OK) != 0) fail_errno("Cannot read {} '{}'", what, path);
}

class Certificates {
  public:
    explicit Certificates(const std::string& path) : path_(path) {
        std::string content = read_file(path, certificate_file_max);
        const gnutls_datum_t datum{reinterpret_cast<unsigned char*>(content.data()),
                                   static_cast<unsigned>(content.size())};
        check(gnutls_x509_crt_list_import2(&list_, &count_, &datum, GNUTLS_X509_FMT_PEM, 0),
              fmt::format("Unable to import certificate '{}'", path));
    }
    Certificates(const Certificates&) = delete;
    Certificates& operator=(const Certificates&) = delete;
    ~Certificates() {
        for (unsigned i = 0; i < count_; ++i) gnutls_x509_crt_deinit(list_[i]);
        gnutls_free(list_);
    }
    gnutls_x509_crt_t* data() const { return list_; }
    unsigned size() const { return count_; }

    /// Throws when a certificate is not valid today.
    void check_dates(std::string_view what) const {
        const std::time_t now = std::time(nullptr);
        for (unsigned i = 0; i < count_; ++i) {
            if (gnutls_x509_crt_get_expiration_time(list_[i]) < now) {
                fail(Code::system_error, "The {} certificate {} has expired", what, path_);
            }
            if (gnutls_x509_crt_get_activation_time(list_[i]) > now) {
                fail(Code::system_error, "The {} certificate {} is not yet active", what, path_);
            }
        }
    }

  private:
    std::string path_;
    gnutls_x509_crt_t* list_ = nullptr;
    unsigned count_ = 0;
};

void check_sanity(const TlsFiles& files) {
    const Certificates authorities(files.authorities);
    authorities.check_dates("CA");
    for (const std::string& path : files.certificates) {
        const Certificates own(path);
        own.check_dates("server");
        unsigned status = 0;
        check(gnutls_x509_crt_list_verify(own.data(), own.size(), authorities.data(), authorities.size(),
                                          nullptr, 0, 0, &status),
              fmt::format("Unable to verify server certificate {} against CA certificate {}", path,
                          files.authorities));
        if (status != 0) {
            fail(Code::system_error,
                 "Our own certificate {} failed validation against {}: The certificate is not trusted.", path,
                 files.authorities);
        }
    }
}

} // namespace

struct TlsSettings::Credentials {
    gnutls_certificate_credentials_t handle = nullptr;
    gnutls_priority_t priority = nullptr;
    bool verify = true;
    std::optional<std::vector<std::string>> allowed_names;

    Credentials() = default;
    Credentials(const Credentials&) = delete;
    Credentials& operator=(const Credentials&) = delete;
    ~Credentials() {
        if (handle != nullptr) gnutls_certificate_free_credentials(handle);
        if (priority != nullptr) gnutls_priority_deinit(priority);
    }
};

namespace {

std::shared_ptr<const TlsSettings::Credentials> load(const TlsFiles& files) {
    auto loaded = std::make_shared<TlsSettings::Credentials>();
    require_readable(files.authorities, "CA certificate");
    for (const std::string& path : files.certificates) require_readable(path, "server certificate");
    for (const std::string& path : files.keys) require_readable(path, "server private key");
    if (files.certificates.empty() || files.certificates.size() != files.keys.size()) {
        fail(Code::internal_error, "as many TLS keys as certificates are needed, and at least one");
    }
    if (files.check_sanity) check_sanity(files);

    check(gnutls_certificate_allocate_credentials(&loaded->handle), "Unable to allocate x509 credentials");
    check(gnutls_certificate_set_x509_trust_file(loaded->handle, files.authorities.c_str(),
                                                 GNUTLS_X509_FMT_PEM),
          fmt::format("Unable to set x509 CA certificate: {}", files.authorities));
    if (!files.revocations.empty() && ::access(files.revocations.c_str(), R_OK) == 0) {
        check(gnutls_certificate_set_x509_crl_file(loaded->handle, files.revocations.c_str(),
                                                   GNUTLS_X509_FMT_PEM),
              fmt::format("Unable to set x509 certificate revocation list: {}", files.revocations));
    }
    for (std::size_t i = 0; i < files.keys.size(); ++i) {
        check(gnutls_certificate_set_x509_key_file(loaded->handle, files.certificates[i].c_str(),
                                                   files.keys[i].c_str(), GNUTLS_X509_FMT_PEM),
              fmt::format("Unable to set x509 key and certificate: {}, {}", files.keys[i],
                          files.certificates[i]));
    }
    check(gnutls_certificate_set_known_dh_params(loaded->handle, GNUTLS_SEC_PARAM_MEDIUM),
          "Unable to initialize diffie-hellman parameters");
    const char* where = nullptr;
    check(gnutls_priority_init(&loaded->priority, files.priority.c_str(), &where),
          fmt::format("Failed to set TLS session priority to {}", files.priority));
    loaded->verify = files.verify_clients;
    loaded->allowed_names = files.allowed_names;
    return loaded;
}

class TlsTransport final : public Transport {
  public:
    TlsTransport(UniqueFd socket, std::shared_ptr<const TlsSettings::Credentials> credentials)
        : socket_(std::move(socket)), credentials_(std::move(credentials)) {
        check(gnutls_init(&session_, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL),
              "Failed to initialize TLS session");
        check(gnutls_priority_set(session_, credentials_->priority), "Failed to set TLS session priority");
        check(gnutls_credentials_set(session_, GNUTLS_CRD_CERTIFICATE, credentials_->handle),
              "Failed set TLS x509 credentials");
        // a client without a certificate is refused by us, after the handshake, as libvirtd does
        gnutls_certificate_server_set_request(session_, GNUTLS_CERT_REQUEST);
        gnutls_transport_set_int(session_, socket_.get());
    }
    ~TlsTransport() override { gnutls_deinit(session_); }

    int socket() const override { return socket_.get(); }

    std::optional<Loop::Ready> handshake() override {
        const int result = gnutls_handshake(session_);
        if (result == GNUTLS_E_SUCCESS) {
            verify();
            return std::nullopt;
        }
        if (gnutls_error_is_fatal(result) != 0) {
            fail(ErrorSource::rpc, Code::auth_failed, "TLS handshake failed: {}", gnutls_strerror(result));
        }
        const bool writes = gnutls_record_get_direction(session_) == 1;
        return Loop::Ready{.readable = !writes, .writable = writes};
    }

    std::string certificate_name() const override { return name_; }
    unsigned strength() const override {
        return static_cast<unsigned>(gnutls_cipher_get_key_size(gnutls_cipher_get(session_)) * 8);
    }

    protocol::Received read(std::span<std::uint8_t> into) override {
        protocol::Received received;
        const ssize_t got = gnutls_record_recv(session_, into.data(), into.size());
        if (got > 0) {
            received.size = static_cast<std::size_t>(got);
        } else if (got == 0 || got == GNUTLS_E_PREMATURE_TERMINATION) {
            received.closed = true;
        } else if (gnutls_error_is_fatal(static_cast<int>(got)) == 0) {
            received.would_block = true; // also a rehandshake request, which is not honoured
        } else {
            fail(Code::system_error, "Cannot recv data: {}", gnutls_strerror(static_cast<int>(got)));
        }
        return received;
    }
    bool has_buffered() const override { return gnutls_record_check_pending(session_) > 0; }

    std::size_t write(std::span<const std::uint8_t> data) override {
        const std::size_t size = std::min(data.size(), record_max);
        if (size == 0 && !unfinished_) return 0;
        // after "again" the library holds the record itself and wants no data
        const ssize_t sent = unfinished_ ? gnutls_record_send(session_, nullptr, 0)
                                         : gnutls_record_send(session_, data.data(), size);
        if (sent == GNUTLS_E_AGAIN || sent == GNUTLS_E_INTERRUPTED) {
            unfinished_ = true;
            return 0;
        }
        unfinished_ = false;
        if (sent < 0)
            fail(Code::system_error, "Cannot write data: {}", gnutls_strerror(static_cast<int>(sent)));
        return static_cast<std::size_t>(sent);
    }
    // The bytes of an unfinished record still count as not written, so nothing waits in here unseen.

    void close() override { static_cast<void>(gnutls_bye(session_, GNUTLS_SHUT_WR)); }

  private:
    void verify() {
        if (!credentials_->verify) return;
        unsigned status = 0;
        check(gnutls_certificate_verify_peers2(session_, &status), "Unable to verify TLS peer");
        if (status != 0) {
            gnutls_datum_t text{};
            gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0);
            const std::string why = text.data == nullptr ? "" : reinterpret_cast<const char*>(text.data);
            gnutls_free(text.data);
            fail(ErrorSource::rpc, Code::auth_failed, "Certificate failed validation: {}", trim(why));
        }
        unsigned count = 0;
        const gnutls_datum_t* raw = gnutls_certificate_get_peers(session_, &count);
        if (raw == nullptr || count == 0)
            fail(ErrorSource::rpc, Code::auth_failed, "No certificate was received");
        gnutls_x509_crt_t certificate = nullptr;
        check(gnutls_x509_crt_init(&certificate), "Unable to initialize certificate");
        char name[1024];
        std::size_t size = sizeof name;
        int result = gnutls_x509_crt_import(certificate, raw, GNUTLS_X509_FMT_DER);
        if (result == 0) result = gnutls_x509_crt_get_dn(certificate, name, &size);
        gnutls_x509_crt_deinit(certificate);
        check(result, "Failed to get certificate distinguished name");
        name_.assign(name, size);
        while (!name_.empty() && name_.back() == '\0') name_.pop_back();
        const auto& allowed = credentials_->allowed_names;
        if (allowed && std::ranges::none_of(*allowed, [&](const std::string& pattern) {
                return matches_glob(pattern, name_);
            })) {
            fail(ErrorSource::rpc, Code::auth_failed,
                 "Client's Distinguished Name '{}' is not on the list of allowed clients "
                 "(tls_allowed_dn_list)",
                 printable(name_));
        }
    }

    UniqueFd socket_;
    std::shared_ptr<const TlsSettings::Credentials> credentials_;
    gnutls_session_t session_ = nullptr;
    bool unfinished_ = false;
    std::string name_;
};

} // namespace

TlsSettings::TlsSettings(TlsFiles files) : files_(std::move(files)), credentials_(load(files_)) {}
TlsSettings::~TlsSettings() = default;

void TlsSettings::reload() {
    credentials_ = load(files_);
    log_info("rpc", "TLS certificates and keys have been read again");
}

std::unique_ptr<Transport> TlsSettings::accept(UniqueFd socket) const {
    return std::make_unique<TlsTransport>(std::move(socket), credentials_);
}

} // namespace yado::daemon
