// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/rng.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, RandomSource& s) { io.text(s.path); }
void describe(Io& io, EgdSource& s) {
    describe_backend_type(io, s.backend,
                          {.required = true,
                           .code = Code::config_unsupported,
                           .missing = "missing EGD backend type",
                           .invalid = "unknown backend type '{}' for egd"});
    describe_backend(io, s.backend);
    io.child("log", s.log);
}
void describe(Io&, BuiltinSource&) {}

void describe(Io& io, RngRate& r) {
    io.attribute("bytes", r.bytes, {.invalid = "invalid RNG rate bytes value"});
    io.attribute("period", r.period, {.invalid = "invalid RNG rate period value"});
}

void describe(Io& io, Rng& r) {
    io.attribute("model", r.model,
                 {.required = true,
                  .guest_abi = true,
                  .code = Code::config_unsupported,
                  .missing = "missing RNG device model",
                  .invalid = "unknown RNG model '{}'"});
    io.child("rate", r.rate);
    io.group("backend",
             [&] {
                 io.choice("model", r.backend,
                           {.required = true,
                            .code = Code::config_unsupported,
                            .missing = "missing RNG device backend model",
                            .invalid = "unknown RNG backend model '{}'"});
             },
             {.required = true, .missing = "only one RNG backend is supported"});
    io.child("driver", r.driver, {.drop_empty = true});
    describe_info(io, r.info);
}

} // namespace yado::model
