// SPDX-License-Identifier: Apache-2.0
// <smartcard>: a card in the guest's reader: the host's, one made of certificates, or one at the other end of
// a byte stream.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "model/domain/devices/character.h"

namespace yado::model {

struct HostCard {};
struct CardCertificate {
    std::string name;
};
/// Three certificates of an NSS database.
struct CertificateCard {
    std::vector<CardCertificate> certificates;
    std::string database;
};
struct PassedCard {
    CharBackend backend;
    schema::Rare<CharLog> log;
};
using CardMode = std::variant<HostCard, CertificateCard, PassedCard>;

struct Smartcard {
    CardMode mode;
    DeviceInfo info;
};
void describe(schema::Io& io, Smartcard& card);

} // namespace yado::model

namespace yado::schema {
template <> struct UnionTags<model::CardMode> {
    static constexpr std::string_view values[] = {"host", "host-certificates", "passthrough"};
};
} // namespace yado::schema
