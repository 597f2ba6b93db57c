// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "model/network/check_parts.h"

namespace yado::model {
namespace {

constexpr std::uint32_t last_port = 65535;

void check_nat(NetworkProblems& problems, const Nat& nat) {
    const Network& n = problems.network();
    if (n.mode() != ForwardMode::nat) {
        problems.error("/forward/nat",
                       "The <nat> element can only be used when <forward> 'mode' is 'nat' in network {}",
                       n.name);
    }
    if (nat.addresses) {
        const std::string_view path = "/forward/nat/address";
        const auto needs_v4 = [&](const IpAddress& address, std::string_view which) {
            if (address.is_v6()) {
                problems.error(path, "Bad ipv4 {} address '{}' in <nat> in <forward> in network '{}'", which,
                               address.text(), n.name);
            }
            return !address.is_v6();
        };
        if (needs_v4(nat.addresses->start, "start") && needs_v4(nat.addresses->end, "end")) {
            check_range(problems, path, nat.addresses->start, nat.addresses->end);
        }
    }
    if (!nat.ports) { return; }
    const std::uint32_t start = nat.ports->start.value_or(0);
    const std::uint32_t end = nat.ports->end.value_or(0);
    if (start > last_port || end > last_port || start > end) {
        const std::string_view which = start > last_port ? "start" : "end";
        problems.add(Code::xml_detail, "/forward/nat/port",
                     "Missing or invalid '{}' attribute in <port> in <nat> in <forward> in network {}", which,
                     n.name);
    }
}

void check_interfaces(NetworkProblems& problems, const Forward& forward) {
    const Network& n = problems.network();
    if (!forward.device.empty() && forward.interfaces.empty()) {
        problems.error("/forward/@dev",
                       "the <forward> 'dev' attribute cannot be used when <address> or <pf> sub-elements are "
                       "present in network {}",
                       n.name);
        return;
    }
    if (forward.interfaces.empty()) { return; }
    if (forward.device != forward.interfaces.front().device) {
        problems.error("/forward/@dev",
                       "<forward dev='{}'> must match first <interface dev='{}'/> in network {}",
                       forward.device, forward.interfaces.front().device, n.name);
    }
    std::set<std::string_view> seen;
    std::size_t index = 0;
    for (const ForwardInterface& interface : forward.interfaces) {
        const std::string path = nth("forward/interface", index++, "/@dev");
        if (!seen.insert(interface.device).second) {
            problems.error(path, "interface '{}' can only be listed once in network {}", interface.device,
                           n.name);
        }
        if (n.mode() == ForwardMode::hostdev) {
            problems.unsupported(path,
                                 "hostdev network '{}' lists '{}' in the device pool, but hostdev networks "
                                 "require all devices to be listed by PCI address, not network device name",
                                 n.name, interface.device);
        }
    }
}

} // namespace

void check_forward(NetworkProblems& problems) {
    const Network& n = problems.network();
    if (!n.forward) { return; }
    const Forward& f = *n.forward;
    if (f.nat) { check_nat(problems, *f.nat); }
    check_interfaces(problems, f);
    if (!f.addresses.empty() && f.mode != ForwardMode::hostdev) {
        problems.unsupported("/forward/address",
                             "network '{}' has forward mode '{}'  but lists a device by PCI address in the "
                             "device pool. This is only supported for networks with forward mode 'hostdev'",
                             n.name, problems.mode());
    }
    if (!has_own_bridge(f.mode)) { return; }
    if (n.ips.empty()) {
        problems.error("/ip", "{} forwarding requested, but no IP address provided for network '{}'",
                       problems.mode(), n.name);
    }
    if (f.interfaces.size() > 1) {
        problems.error("/forward/interface",
                       "multiple forwarding interfaces specified for network '{}', only one is supported",
                       n.name);
    }
    if (f.mode == ForwardMode::open && !f.interfaces.empty()) {
        problems.error("/forward/@dev", "forward dev not allowed for network '{}' with forward mode='{}'",
                       n.name, problems.mode());
    }
}

} // namespace yado::model
