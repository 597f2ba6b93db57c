// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/tpm.h"

#include "model/domain/rules.h"
#include "model/uuid.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, TpmPassthrough& t) { io.nested("device", "path", t.device); }

void describe(Io& io, TpmBanks& b) {
    io.flag("sha1", b.sha1, abi);
    io.flag("sha256", b.sha256, abi);
    io.flag("sha384", b.sha384, abi);
    io.flag("sha512", b.sha512, abi);
}
void describe(Io& io, TpmSource& s) {
    io.attribute("type", s.type, required);
    io.attribute("path", s.path);
}
void describe(Io& io, TpmProfile& p) {
    io.attribute("source", p.source);
    io.attribute("removeDisabled", p.remove_disabled);
    io.attribute("name", p.name);
}
void describe(Io& io, TpmEmulator& t) {
    io.attribute(
        "version", t.version,
        {.guest_abi = true, .code = Code::config_unsupported, .invalid = "Unsupported TPM version '{}'"});
    io.attribute("persistent_state", t.persistent_state,
                 internal("Invalid persistent_state value, either 'yes' or 'no'"));
    io.attribute("debug", t.debug, {.since = "10.10.0"});
    io.nested("encryption", "secret", t.encryption_secret,
              {.code = Code::internal_error, .invalid = "Unable to parse secret uuid '{}'"});
    io.child("active_pcr_banks", t.active_banks);
    io.child("source", t.source, {.since = "10.10.0"});
    io.child("profile", t.profile, {.drop_empty = true, .since = "10.10.0"});
}
void describe(Io& io, TpmExternal& t) {
    io.group("source", [&] {
        io.attribute("type", t.source_type);
        io.attribute("mode", t.mode);
        io.attribute("path", t.path);
    });
}

void describe(Io& io, Tpm& t) {
    io.attribute("model", t.model, abi);
    io.group("backend", [&] { io.choice("type", t.backend, required); },
             {.required = true, .missing = "missing TPM device backend"});
    describe_info(io, t.info);
}

} // namespace yado::model
