// SPDX-License-Identifier: Apache-2.0
#include "model/network/check_parts.h"

namespace yado::model {
namespace {

constexpr std::uint32_t last_number = 65535; // of 16 bits

void check_service(NetworkProblems& problems, const DnsService& s, const std::string& path) {
    const std::string& network = problems.name();
    if (s.service.empty()) {
        problems.add(Code::xml_detail, path,
                     "missing required service attribute in DNS SRV record of network '{}'", network);
        return;
    }
    if (s.protocol.empty()) {
        problems.add(Code::xml_detail, path,
                     "missing required protocol attribute in DNS SRV record '{}' of network '{}'", s.service,
                     network);
    }
    const auto number = [&](const std::optional<std::uint32_t>& value, std::uint32_t first,
                            std::string_view name, std::string_view invalid) {
        if (!value) { return; }
        if (s.target.empty()) {
            problems.add(Code::xml_detail, path,
                         "DNS SRV {} attribute not permitted without target for service '{}' in network '{}'",
                         name, s.service, network);
        } else if (*value < first || *value > last_number) {
            problems.add(Code::xml_detail, path, "{} DNS SRV {} attribute for service '{}' in network '{}'",
                         invalid, name, s.service, network);
        }
    };
    number(s.port, 1, "port", "invalid");
    number(s.priority, 0, "priority", "Invalid");
    number(s.weight, 0, "weight", "invalid");
}

} // namespace

void check_dns(NetworkProblems& problems) {
    const Dns& dns = problems.network().dns;
    const std::string& network = problems.name();
    if (dns.enable == schema::YesNo::no && (dns.has_records() || !dns.forwarders.empty())) {
        problems.error("/dns", "Extra data in disabled network '{}'", network);
    }
    std::size_t index = 0;
    for (const DnsForwarder& forwarder : dns.forwarders) {
        const std::string path = nth("dns/forwarder", index++);
        if (!forwarder.address.is_given() && forwarder.domain.empty()) {
            problems.error(path, "Invalid forwarder element, must contain at least one of addr or domain");
        }
    }
    index = 0;
    for (const DnsText& text : dns.texts) {
        const std::string path = nth("dns/txt", index++);
        const std::string name = text.name.value_or("");
        if (name.find_first_of(" ,") != std::string::npos) {
            problems.add(Code::xml_detail, path,
                         "prohibited character in DNS TXT record name '{}' of network {}", name, network);
        }
        if (!text.value) {
            problems.add(Code::xml_detail, path,
                         "missing required value attribute in DNS TXT record named '{}' of network {}", name,
                         network);
        }
    }
    index = 0;
    for (const DnsService& service : dns.services) {
        check_service(problems, service, nth("dns/srv", index++));
    }
    index = 0;
    for (const DnsHost& host : dns.hosts) {
        const std::string path = nth("dns/host", index++, "/hostname");
        for (const DnsName& name : host.names) {
            if (name.text.empty()) {
                problems.add(Code::xml_detail, path, "Missing hostname in network '{}' DNS HOST record",
                             network);
            }
        }
    }
}

} // namespace yado::model
