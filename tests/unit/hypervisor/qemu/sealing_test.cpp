// SPDX-License-Identifier: Apache-2.0
// QEMU must be able to open what is sealed: checked with the library's own decryption, and by a real QEMU in
// the system tests of encrypted disks.
#include "hypervisor/qemu/sealing.h"

#include "base/base64.h"
#include "base/error.h"
#include "base/files.h"

#include <gnutls/crypto.h>
#include <gtest/gtest.h>

namespace yado::qemu {
namespace {

std::string open_sealed(const MasterKey& key, const SealedSecret& sealed) {
    auto data = from_base64(sealed.data).value();
    auto iv = from_base64(sealed.iv).value();
    MasterKey own = key;
    const gnutls_datum_t key_datum{own.data(), static_cast<unsigned>(own.size())};
    const gnutls_datum_t iv_datum{iv.data(), static_cast<unsigned>(iv.size())};
    gnutls_cipher_hd_t cipher = nullptr;
    EXPECT_EQ(gnutls_cipher_init(&cipher, GNUTLS_CIPHER_AES_256_CBC, &key_datum, &iv_datum), 0);
    EXPECT_EQ(gnutls_cipher_decrypt(cipher, data.data(), data.size()), 0);
    gnutls_cipher_deinit(cipher);
    const std::size_t padding = data.back();
    return {data.begin(), data.end() - static_cast<std::ptrdiff_t>(padding)};
}

TEST(Sealing, OpensAgain) {
    const MasterKey key = new_master_key();
    for (const std::string& value : {std::string(), std::string("a"), std::string("0123456789abcdef"),
                                     std::string("with\0zero", 9), std::string(1000, 'x')}) {
        const SealedSecret sealed = seal(key, value);
        EXPECT_EQ(sealed.key_id, "masterKey0");
        EXPECT_EQ(open_sealed(key, sealed), value);
        EXPECT_NE(seal(key, value).data, sealed.data) << "a new start each time";
    }
}

TEST(Sealing, ReadsTheGuestsKey) {
    const TemporaryDirectory directory;
    const std::string path = directory.path() + "/master-key.aes";
    const MasterKey key = new_master_key();
    write_file_atomically(path, {reinterpret_cast<const char*>(key.data()), key.size()}, 0600);
    EXPECT_EQ(read_master_key(path), key);
    write_file_atomically(path, "short", 0600);
    EXPECT_THROW(read_master_key(path), Error);
}

} // namespace
} // namespace yado::qemu
