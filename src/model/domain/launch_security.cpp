// SPDX-License-Identifier: Apache-2.0
#include "model/domain/launch_security.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Hex;
using schema::Io;

namespace {

constexpr schema::Rule policy_rule{.required = true,
                                   .guest_abi = true,
                                   .missing = "failed to get launch security policy",
                                   .invalid = "failed to get launch security policy"};

void describe_addressing(Io& io, SevAddressing& a) {
    io.value("cbitpos", a.c_bit,
             {.guest_abi = true, .invalid = "Invalid format for launch security cbitpos"});
    io.value("reducedPhysBits", a.reduced_bits,
             {.guest_abi = true, .invalid = "Invalid format for launch security reduced-phys-bits"});
}

} // namespace

void describe(Io& io, Sev& s) {
    io.attribute("kernelHashes", s.kernel_hashes, {.guest_abi = true, .since = "8.0.0"});
    describe_addressing(io, s.addressing);
    io.value<Hex<4>>("policy", s.policy, policy_rule);
    io.value("dhCert", s.dh_cert, abi);
    io.value("session", s.session, abi);
}

void describe(Io& io, SevSnp& s) {
    io.attribute("kernelHashes", s.kernel_hashes, abi);
    io.attribute("authorKey", s.author_key, abi);
    io.attribute("vcek", s.vcek, abi);
    describe_addressing(io, s.addressing);
    io.value<Hex<8>>("policy", s.policy, policy_rule);
    io.value("guestVisibleWorkarounds", s.guest_visible_workarounds, abi);
    io.value("idBlock", s.id_block, abi);
    io.value("idAuth", s.id_auth, abi);
    io.value("hostData", s.host_data, abi);
}

void describe(Io& io, Tdx& t) {
    io.value<Hex<1>>("policy", t.policy, abi);
    io.value("mrConfigId", t.config_id, abi);
    io.value("mrOwner", t.owner, abi);
    io.value("mrOwnerConfig", t.owner_config, abi);
    io.nested("quoteGenerationService", "path", t.quote_service);
}

void describe(Io&, S390Pv&) {}

void describe(Io& io, LaunchSecurity& l) { io.choice("type", l.kind, {.required = true, .guest_abi = true}); }

void describe(Io& io, KeyWrap& k) {
    io.attribute("name", k.name, {.required = true, .key = true});
    io.attribute("state", k.state, required);
}

} // namespace yado::model
