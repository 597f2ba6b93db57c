// SPDX-License-Identifier: Apache-2.0
#include "model/encryption.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, EncryptionSecret& s) {
    io.attribute("type", s.type,
                 {.required = true,
                  .source = ErrorSource::storage,
                  .code = Code::config_unsupported,
                  .missing = "unknown volume encryption secret type",
                  .invalid = "unknown volume encryption secret type {}"});
    describe_secret(io, s.secret);
}

void describe(Io& io, Cipher& c) {
    io.attribute("name", c.name);
    io.attribute("size", c.size, {.required = true});
    io.attribute("mode", c.mode);
    io.attribute("hash", c.hash);
}

void describe(Io& io, InitialVector& v) {
    io.attribute("name", v.name);
    io.attribute("hash", v.hash);
}

void describe(Io& io, Encryption& e) {
    io.attribute("format", e.format,
                 {.required = true,
                  .source = ErrorSource::storage,
                  .code = Code::config_unsupported,
                  .missing = "unknown volume encryption format",
                  .invalid = "unknown volume encryption format type {}"});
    io.attribute("engine", e.engine);
    io.child("secret", e.secrets);
    io.child("cipher", e.cipher);
    io.child("ivgen", e.initial_vector);
}

} // namespace yado::model
