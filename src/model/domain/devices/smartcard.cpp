// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/smartcard.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io&, HostCard&) {}
void describe(Io& io, CardCertificate& c) { io.text(c.name); }
void describe(Io& io, CertificateCard& c) {
    io.child("certificate", c.certificates);
    io.value("database", c.database);
}
void describe(Io& io, PassedCard& c) {
    describe_backend_type(io, c.backend,
                          {.required = true,
                           .code = Code::config_unsupported,
                           .missing = "passthrough mode requires a character device type attribute",
                           .invalid = "unknown type presented to host for character device: {}"});
    describe_backend(io, c.backend);
    io.child("log", c.log);
}

void describe(Io& io, Smartcard& s) {
    io.choice("mode", s.mode, required);
    describe_info(io, s.info);
}

} // namespace yado::model
