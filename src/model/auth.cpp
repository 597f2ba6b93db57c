// SPDX-License-Identifier: Apache-2.0
#include "model/auth.h"

#include "model/uuid.h"

namespace yado::model {

using schema::Io;

void describe_secret(Io& io, SecretReference& secret) {
    io.attribute("uuid", secret.uuid, {.invalid = "invalid secret uuid '{}'"});
    io.attribute("usage", secret.usage);
}

std::string secret_problem(const SecretReference& secret) {
    if (secret.uuid.is_null() && secret.usage.empty()) { return "missing secret uuid or usage attribute"; }
    if (!secret.uuid.is_null() && !secret.usage.empty()) { return "either secret uuid or usage expected"; }
    return {};
}

void describe(Io& io, AuthSecret& secret) {
    io.attribute("type", secret.type,
                 {.code = Code::config_unsupported, .invalid = "unknown secret type '{}'"});
    describe_secret(io, secret.secret);
}

void describe(Io& io, Auth& auth) {
    io.attribute("type", auth.type,
                 {.source = ErrorSource::storage,
                  .code = Code::config_unsupported,
                  .invalid = "unknown auth type '{}'"});
    io.attribute("username", auth.username);
    io.child("secret", auth.secret);
}

} // namespace yado::model
