// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/passt.h"

#include "base/text.h"

namespace yado::qemu {
namespace {

/// "2022-2032:22-32": ports of the host, and those of the guest where they differ.
std::string range_text(const model::PortRange& range) {
    std::string out = range.exclude == schema::YesNo::yes ? "~" : "";
    out += std::to_string(range.start.value_or(0));
    if (range.end) out += fmt::format("-{}", *range.end);
    if (range.to) {
        out += fmt::format(":{}", *range.to);
        if (range.end) out += fmt::format("-{}", *range.to + *range.end - range.start.value_or(0));
    }
    return out;
}

std::string forward_text(const model::PortForward& forward) {
    std::string out = forward.address.text();
    if (!forward.device.empty()) out += "%" + forward.device;
    if (!out.empty()) out += "/";
    if (forward.ranges.empty()) return out + "all";
    std::vector<std::string> ranges;
    for (const model::PortRange& each : forward.ranges) ranges.push_back(range_text(each));
    return out + join(ranges, ",");
}

} // namespace

HelperProcess passt_process(const DeviceContext& context, const model::Interface& interface) {
    HelperProcess process;
    process.name = interface.info.alias.name + "-passt";
    process.package = "passt";
    process.socket = fmt::format("{}/{}.socket", context.facts.domain_dir, process.name);
    const auto option = [&process](std::string name, std::string value) {
        process.argv.push_back(std::move(name));
        process.argv.push_back(std::move(value));
    };
    process.argv = {context.facts.network.passt, "--foreground", "--one-off"};
    option("--socket", process.socket);
    const auto* user = std::get_if<model::UserNet>(&interface.kind);
    if (user != nullptr && !user->device.empty()) option("--interface", user->device);
    const model::InterfaceBackend& backend = *interface.backend;
    if (!backend.log_file.empty()) option("--log-file", backend.log_file);
    if (!backend.host_name.empty()) option("--hostname", backend.host_name);
    if (!backend.fqdn.empty()) option("--fqdn", backend.fqdn);
    for (const model::InterfaceAddress& each : interface.guest_ips.addresses) {
        option("--address", each.address.text());
        if (each.address.is_v4() && each.prefix != 0) option("--netmask", std::to_string(each.prefix));
    }
    for (const model::PortForward& each : interface.port_forwards) {
        option(each.protocol == model::PortProtocol::udp ? "--udp-ports" : "--tcp-ports", forward_text(each));
    }
    return process;
}

} // namespace yado::qemu
