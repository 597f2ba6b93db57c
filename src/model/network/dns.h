// SPDX-License-Identifier: Apache-2.0
// <dns>: what a network's own name server answers, and whom it asks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/ip_address.h"
#include "schema/io.h"

namespace yado::model {

/// Names of `domain` are asked of the server at `address`; without a domain, all names are; without an
/// address, the host's usual servers are asked.
struct DnsForwarder {
    std::string domain;
    IpAddress address;
};

struct DnsText {
    std::optional<std::string> name, value;
};

void describe(schema::Io& io, DnsText& text);

struct DnsService {
    std::string service, protocol; ///< without the underscores
    std::string domain, target;
    std::optional<std::uint32_t> port, priority, weight; ///< only with a target
};

void describe(schema::Io& io, DnsService& service);

struct DnsName {
    std::string text;
};
struct DnsHost {
    IpAddress address;
    std::vector<DnsName> names;
};

void describe(schema::Io& io, DnsHost& host);

struct Dns {
    schema::YesNo enable{};
    schema::YesNo forward_plain_names{}; ///< ask others for names without a dot
    std::vector<DnsForwarder> forwarders;
    std::vector<DnsText> texts;
    std::vector<DnsService> services;
    std::vector<DnsHost> hosts;

    bool has_records() const { return !texts.empty() || !services.empty() || !hosts.empty(); }
};
void describe(schema::Io& io, Dns& dns);

} // namespace yado::model
