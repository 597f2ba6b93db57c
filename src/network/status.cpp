// SPDX-License-Identifier: Apache-2.0
#include "network/status.h"

#include "base/error.h"
#include "model/network/document.h"
#include "schema/read.h"
#include "schema/write.h"

namespace yado::network {
namespace {

std::string generated(std::string_view command, std::string_view name) {
    return fmt::format("<!--\n"
                       "WARNING: THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE\n"
                       "OVERWRITTEN AND LOST. Changes to this xml configuration should be made using:\n"
                       "  virsh {} {}\n"
                       "or other application using the libvirt API.\n"
                       "-->\n\n",
                       command, name);
}

/// Which of the traffic classes are taken: libvirt's list, "0-2" and those of ports.
std::string class_list(const std::set<std::uint32_t>& classes) {
    constexpr std::uint32_t last_of_our_own = 2;
    std::string out;
    std::uint32_t start = 0, last = last_of_our_own;
    const auto close = [&] {
        out += start == last ? fmt::format("{}", start) : fmt::format("{}-{}", start, last);
    };
    for (const std::uint32_t each : classes) {
        if (each != last + 1) {
            close();
            out += ",";
            start = each;
        }
        last = each;
    }
    close();
    return out;
}

/// What of a status file is ours to read; the classes and the sum follow from the ports.
struct Status {
    model::Network network;
};
void describe(schema::Io& io, Status& status) { io.child("network", status.network, {.required = true}); }

} // namespace

std::string definition_text(const model::Network& network) {
    return generated("net-edit", network.name) + model::write_network(network, schema::definition_view);
}

std::string status_text(const Network& network) {
    std::uint64_t floor_sum = 0;
    for (const auto& [uuid, port] : network.ports) {
        if (port.bandwidth && port.bandwidth->inbound) floor_sum += port.bandwidth->inbound->floor;
    }
    std::string out = generated("net-edit", network.name);
    out += "<networkstatus>\n";
    out += fmt::format("  <class_id bitmap='{}'/>\n  <floor sum='{}'/>\n", class_list(network.classes),
                       floor_sum);
    schema::write_document(out, "network", &*network.live, schema::detail::body_of<model::Network>,
                           schema::definition_view, 1);
    return out + "</networkstatus>\n";
}

model::Network read_status(std::string_view text) {
    return schema::read_xml<Status>(text, "networkstatus").network;
}

std::string port_text(const model::NetworkPort& port) {
    return generated("net-port-create", port.uuid.text()) + model::write_network_port(port);
}

} // namespace yado::network
