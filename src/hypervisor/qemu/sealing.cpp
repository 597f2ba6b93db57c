// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/sealing.h"

#include "base/base64.h"
#include "base/error.h"
#include "base/files.h"

#include <algorithm>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <memory>
#include <sys/random.h>
#include <vector>

namespace yado::qemu {
namespace {

constexpr std::size_t block = 16; // bytes, of AES

template <class Bytes> void fill(Bytes& bytes) {
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        fail_errno("cannot get random bytes");
}

struct CloseCipher {
    using pointer = gnutls_cipher_hd_t;
    void operator()(gnutls_cipher_hd_t cipher) const { gnutls_cipher_deinit(cipher); }
};

void require(int result) {
    if (result < 0) fail(Code::internal_error, "failed to encrypt the data: '{}'", gnutls_strerror(result));
}

} // namespace

MasterKey new_master_key() {
    MasterKey key;
    fill(key);
    return key;
}

MasterKey read_master_key(const std::string& path) {
    constexpr std::size_t longest = 1024;
    const std::string text = read_file(path, longest);
    MasterKey key;
    if (text.size() != key.size())
        fail(Code::operation_failed, "master key file '{}' has {} bytes, not {}", path, text.size(),
             key.size());
    std::ranges::copy(text, key.begin());
    return key;
}

SealedSecret seal(const MasterKey& key, std::string_view value) {
    std::array<std::uint8_t, block> iv{};
    fill(iv);
    std::vector<std::uint8_t> data(value.begin(), value.end());
    const std::size_t padding = block - data.size() % block; // PKCS #7: each byte says how many there are
    data.insert(data.end(), padding, static_cast<std::uint8_t>(padding));

    MasterKey own_key = key; // the library wants what it does not change writable
    auto own_iv = iv;
    const gnutls_datum_t key_datum{own_key.data(), static_cast<unsigned>(own_key.size())};
    const gnutls_datum_t iv_datum{own_iv.data(), static_cast<unsigned>(own_iv.size())};
    gnutls_cipher_hd_t opened = nullptr;
    require(gnutls_cipher_init(&opened, GNUTLS_CIPHER_AES_256_CBC, &key_datum, &iv_datum));
    const std::unique_ptr<void, CloseCipher> cipher(opened);
    require(gnutls_cipher_encrypt(cipher.get(), data.data(), data.size()));
    return {.data = base64(data), .key_id = std::string(master_key_name), .iv = base64(iv)};
}

std::function<SealedSecret(std::string_view)> sealer(const MasterKey& key) {
    return [key](std::string_view value) { return seal(key, value); };
}

} // namespace yado::qemu
