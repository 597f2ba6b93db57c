// SPDX-License-Identifier: Apache-2.0
#include "model/network/document.h"

#include "model/network/check.h"
#include "model/network/messages.h"
#include "schema/compact.h"
#include "schema/write.h"

namespace yado::model {
namespace {

schema::ReadOptions of_network(schema::ReadOptions options, std::string_view document) {
    if (options.source == ErrorSource::none) { options.source = ErrorSource::network; }
    if (options.document == schema::ReadOptions().document) { options.document = document; }
    return options;
}

std::string with_name(const std::string& message, std::string_view name) {
    std::string out;
    for (const char c : message) {
        if (c == network_mark) {
            out += name;
        } else {
            out += c;
        }
    }
    return out;
}

/// Options of the name server that say nothing: gone once the document is completed.
void check_options(const Network& network, schema::Diagnostics& findings) {
    for (const std::string& part : network.dnsmasq.parts()) {
        schema::CompactScanner scanner(part);
        for (auto token = scanner.next(); token != schema::CompactScanner::Token::end;
             token = scanner.next()) {
            const bool option =
                token == schema::CompactScanner::Token::open && scanner.name() == "dnsmasq:option";
            if (option && scanner.attribute_text().find(" value=") == std::string_view::npos) {
                findings.add({Code::internal_error, "No dnsmasq options value specified",
                              "/network/dnsmasq:options/dnsmasq:option/@value", 0, ErrorSource::network});
            }
        }
    }
}

} // namespace

void add_with_name(const schema::Diagnostics& found, std::string_view name, schema::Diagnostics& out) {
    for (schema::Finding finding : found.problems()) {
        finding.message = with_name(finding.message, name);
        out.add(std::move(finding));
    }
    for (const schema::Finding& note : found.notes()) { out.add_note(note); }
}

Network read_network(std::string_view text, const schema::ReadOptions& options,
                     schema::Diagnostics* diagnostics) {
    const schema::ReadOptions ours = of_network(options, "(network_definition)");
    schema::Diagnostics found;
    auto network = schema::read_xml<Network>(text, "network", ours, &found);
    check_options(network, found);
    schema::Diagnostics own;
    schema::Diagnostics& findings = diagnostics != nullptr ? *diagnostics : own;
    add_with_name(found, network.name, findings);
    if (diagnostics == nullptr) { findings.throw_if_any(); }
    return network;
}

std::string write_network(const Network& network, schema::View view) {
    return schema::write_xml(network, "network", view);
}

Network parse_network(std::string_view text, const NetworkContext& context,
                      const schema::ReadOptions& options) {
    Network network = read_network(text, options);
    complete(network, context);
    schema::Diagnostics problems;
    check(network, problems);
    problems.throw_if_any();
    return network;
}

NetworkPort read_network_port(std::string_view text, const schema::ReadOptions& options,
                              schema::Diagnostics* diagnostics) {
    return schema::read_xml<NetworkPort>(text, "networkport", of_network(options, "(networkport_definition)"),
                                         diagnostics);
}

std::string write_network_port(const NetworkPort& port, schema::View view) {
    return schema::write_xml(port, "networkport", view);
}

NetworkPort parse_network_port(std::string_view text, const schema::ReadOptions& options) {
    NetworkPort port = read_network_port(text, options);
    complete(port);
    schema::Diagnostics problems;
    check(port, problems);
    problems.throw_if_any();
    return port;
}

} // namespace yado::model
