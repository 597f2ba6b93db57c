// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check_devices.h"

#include <bit>
#include <utility>

namespace yado::model {

using schema::Diagnostics;

namespace {

template <class... Kinds> bool is_one_of(const Interface& i) {
    return (std::holds_alternative<Kinds>(i.kind) || ...);
}

class InterfaceCheck {
  public:
    InterfaceCheck(const Interface& nic, std::size_t index, Diagnostics& out)
        : nic_(nic), index_(index), out_(out), type_(word(nic.kind)) {}

    void run() {
        if (nic_.mac.address.is_multicast()) {
            wrong(Code::xml_error, "/mac/@address", "expected unicast mac address, found multicast '{}'",
                  nic_.mac.address.text());
        }
        kind();
        port();
        ips();
        forwards();
        card();
        host_side();
        teaming();
    }

  private:
    std::string path(std::string_view part) const { return at("interface", index_, part); }
    template <class... Args>
    void wrong(Code code, std::string_view part, fmt::format_string<Args...> text, Args&&... args) {
        problem(out_, domain_conf, code, path(part), text, std::forward<Args>(args)...);
    }
    template <class... Args>
    void refuse(ErrorSource by, std::string_view part, fmt::format_string<Args...> text, Args&&... args) {
        problem(out_, by, Code::config_unsupported, path(part), text, std::forward<Args>(args)...);
    }
    void not_zero(std::optional<std::uint32_t> value, std::string_view part, std::string_view attribute,
                  std::string_view element) {
        if (value != 0U) { return; }
        problem(out_, ErrorSource::xml, Code::xml_error, path(part),
                "Invalid value for attribute '{}' in element '{}': Zero is not permitted", attribute,
                element);
    }

    /// Attributes that are missing in a <source> are found while reading; here it is missing altogether.
    bool sourceless() const {
        if (const auto* n = std::get_if<NetworkNet>(&nic_.kind)) { return n->network.empty(); }
        if (const auto* n = std::get_if<BridgeNet>(&nic_.kind)) { return n->bridge.empty(); }
        if (const auto* n = std::get_if<DirectNet>(&nic_.kind)) { return n->device.empty(); }
        if (const auto* n = std::get_if<InternalNet>(&nic_.kind)) { return n->name.empty(); }
        if (const auto* n = std::get_if<VdpaNet>(&nic_.kind)) { return n->device.empty(); }
        if (const auto* n = std::get_if<VhostUserNet>(&nic_.kind)) {
            return n->path.empty() && !nic_.is_passt();
        }
        if (const auto* n = std::get_if<ServerNet>(&nic_.kind)) { return n->address.empty() && n->port == 0; }
        if (const auto* n = std::get_if<ClientNet>(&nic_.kind)) { return n->address.empty(); }
        if (const auto* n = std::get_if<MulticastNet>(&nic_.kind)) { return n->address.empty(); }
        if (const auto* n = std::get_if<UdpNet>(&nic_.kind)) { return n->address.empty(); }
        return false;
    }

    void kind() {
        if (sourceless()) {
            wrong(Code::xml_error, "/source", "interface type='{}' requires a 'source' element", type_);
            return;
        }
        if (const auto* udp = std::get_if<UdpNet>(&nic_.kind); udp != nullptr && !udp->local) {
            wrong(Code::xml_error, "/source/local", "'<local>' element missing for 'udp' socket interface");
        }
        if (const auto* host = std::get_if<HostdevNet>(&nic_.kind);
            host != nullptr && std::holds_alternative<std::monostate>(host->address)) {
            wrong(Code::xml_error, "/source/address", "missing source address type");
        }
        if (const auto* vhost = std::get_if<VhostUserNet>(&nic_.kind)) { vhost_user(*vhost); }
        if (is_one_of<VdpaNet>(nic_) && !nic_.is_virtio()) {
            refuse(driver, "/model/@type", "invalid model for interface of type 'vdpa': '{}'", nic_.model);
        }
    }

    void vhost_user(const VhostUserNet& vhost) {
        if (vhost.type != "unix" && !nic_.is_passt()) {
            refuse(domain_conf, "/source/@type", "Type='{}' unsupported for <interface type='vhostuser'>",
                   vhost.type);
        }
        if (vhost.reconnect && vhost.mode == VhostUserMode::server) {
            refuse(domain_conf, "/source/reconnect",
                   "'reconnect' attribute unsupported 'server' mode for <interface type='vhostuser'>");
        } else if (vhost.reconnect && vhost.reconnect->enabled == schema::YesNo::yes &&
                   !vhost.reconnect->timeout) {
            problem(out_, ErrorSource::xml, Code::xml_error, path("/source/reconnect/@timeout"),
                    "Missing required attribute 'timeout' in element 'reconnect'");
        }
        if (!nic_.is_virtio()) {
            wrong(Code::internal_error, "/model/@type",
                  "Wrong or no <model> 'type' attribute specified with <interface type='vhostuser'/>. "
                  "vhostuser requires the virtio-net* frontend");
        }
    }

    void port() {
        const SwitchPort& port = nic_.port;
        if (port.vlan) { check(*port.vlan, path("/vlan"), out_); }
        if (port.virtual_port) {
            if (is_one_of<NetworkNet>(nic_)) {
                check(*port.virtual_port, path("/virtualport"), VirtualPortNeeds::nothing, out_);
            } else if (is_one_of<BridgeNet, DirectNet, HostdevNet>(nic_)) {
                check(*port.virtual_port, path("/virtualport"), VirtualPortNeeds::type_and_parameters, out_);
            } else {
                refuse(domain_conf, "/virtualport",
                       "<virtualport> element unsupported for <interface type='{}'>", type_);
            }
        }
        if (port.bandwidth) {
            check(*port.bandwidth, path("/bandwidth"), ClassId::refused, out_);
            const auto& inbound = port.bandwidth->inbound;
            if (inbound && inbound->floor != 0 && !is_one_of<NetworkNet>(nic_)) {
                refuse(ErrorSource::none, "/bandwidth/inbound/@floor",
                       "floor attribute is not supported for this config");
            }
        }
        if (port.options.isolated == schema::YesNo::yes && !is_one_of<NetworkNet, BridgeNet>(nic_)) {
            refuse(domain_conf, "/port/@isolated",
                   "interface {} - <port isolated='yes'/> is not supported for network interfaces with "
                   "type='{}'",
                   nic_.mac.address.text(), type_);
        }
    }

    void ips() {
        if (const auto* ethernet = std::get_if<EthernetNet>(&nic_.kind)) {
            check(ethernet->host, path("/source"), "interface host IP", out_);
        }
        check(nic_.guest_ips, path(""), "guest interface", out_);
        if (nic_.guest_ips.empty()) { return; }
        if (!is_one_of<UserNet>(nic_)) {
            refuse(driver, "/ip",
                   "Invalid attempt to set network interface guest-side IP route and/or address info, not "
                   "supported by QEMU");
            return;
        }
        if (!nic_.guest_ips.routes.empty()) {
            refuse(driver, "/route",
                   "Invalid attempt to set network interface guest-side IP route, not supported by QEMU");
        }
        guest_addresses();
    }

    void guest_addresses() {
        constexpr std::uint32_t shortest = 4, longest = 27,
                                longest_v6 = 120; // what QEMU's own network serves
        bool v4 = false, v6 = false;
        for (const InterfaceAddress& each : nic_.guest_ips.addresses) {
            bool& seen = each.address.is_v4() ? v4 : v6;
            if (each.peer.is_given()) {
                refuse(driver, "/ip/@peer", "Invalid attempt to set peer IP for guest");
            }
            if (std::exchange(seen, true)) {
                refuse(driver, "/ip", "Only one {} address per interface is allowed",
                       each.address.is_v4() ? "IPv4" : "IPv6");
            }
            if (each.prefix == 0) { continue; }
            if (each.address.is_v4() && (each.prefix < shortest || each.prefix > longest)) {
                problem(out_, driver, Code::xml_error, path("/ip/@prefix"),
                        "invalid prefix, must be in range of 4-27");
            } else if (each.address.is_v6() && each.prefix > longest_v6) {
                problem(out_, driver, Code::xml_error, path("/ip/@prefix"), "prefix too long");
            }
        }
    }

    void forwards() {
        for (const PortForward& forward : nic_.port_forwards) {
            for (const PortRange& range : forward.ranges) {
                not_zero(range.start, "/portForward/range/@start", "start", "range");
                not_zero(range.end, "/portForward/range/@end", "end", "range");
                not_zero(range.to, "/portForward/range/@to", "to", "range");
            }
        }
        if (nic_.is_passt() && !is_one_of<UserNet, VhostUserNet>(nic_)) {
            refuse(driver, "/backend/@type",
                   "The 'passt' backend can only be used with interface type='user' or type='vhostuser'");
        }
    }

    void card() {
        if (!only(nic_.model, "-_")) {
            wrong(Code::invalid_arg, "/model/@type", "Model name contains invalid characters");
        }
        if (!nic_.driver) { return; }
        const InterfaceDriver& d = *nic_.driver;
        if (!nic_.is_virtio()) {
            const auto needs_virtio = [&](schema::OnOff option, std::string_view name) {
                if (option == schema::OnOff::unset) { return; }
                refuse(domain_conf, "/driver", "{} driver option is only supported for virtio devices", name);
            };
            needs_virtio(d.virtio.iommu, "iommu");
            needs_virtio(d.virtio.ats, "ats");
            needs_virtio(d.virtio.packed, "packed");
            needs_virtio(d.virtio.page_per_vq, "page_per_vq");
        }
        if (d.rx_queue_size != 0 && !std::has_single_bit(d.rx_queue_size)) {
            refuse(driver, "/driver/@rx_queue_size", "rx_queue_size has to be a power of two");
        }
        if (d.tx_queue_size != 0 && !std::has_single_bit(d.tx_queue_size)) {
            refuse(driver, "/driver/@tx_queue_size", "tx_queue_size has to be a power of two");
        }
    }

    void host_side() {
        constexpr std::size_t longest = 15; // IFNAMSIZ without its end
        if (nic_.target.device.size() > longest) {
            wrong(Code::xml_error, "/target/@dev", "interface name '{}' is longer than {} characters",
                  nic_.target.device, longest);
        }
        if (nic_.target.managed == schema::YesNo::no && !is_one_of<EthernetNet>(nic_)) {
            refuse(domain_conf, "/target/@managed",
                   "unmanaged target dev is not supported on interfaces of type '{}'", type_);
        }
        if (nic_.mtu != 0 && !is_one_of<NetworkNet, BridgeNet, EthernetNet, VhostUserNet>(nic_)) {
            refuse(driver, "/mtu", "setting MTU on interface type {} is not supported yet", type_);
        }
        if (nic_.rx_max_frames != 0 && !is_one_of<NetworkNet, BridgeNet>(nic_)) {
            refuse(driver, "/coalesce", "coalesce settings on interface type {} are not supported", type_);
        }
    }

    void teaming() {
        if (!nic_.teaming) { return; }
        const Teaming& team = *nic_.teaming;
        const bool transient = team.type == TeamingType::transient;
        if (transient && team.persistent.empty()) {
            refuse(domain_conf, "/teaming/@persistent",
                   "teaming persistent attribute must be set if teaming type is 'transient'");
        } else if (!transient && !team.persistent.empty()) {
            refuse(domain_conf, "/teaming/@persistent",
                   "teaming persistent attribute not allowed if teaming type is 'persistent'");
        }
        if (transient && !is_one_of<HostdevNet>(nic_)) {
            refuse(driver, "/teaming",
                   "virtio-net teaming transient interface must be type='hostdev', not '{}'", type_);
        } else if (!transient && !nic_.is_virtio()) {
            refuse(driver, "/teaming",
                   "virtio-net teaming persistent interface must be <model type='virtio'/>, not '{}'",
                   shown(nic_.model));
        }
    }

    const Interface& nic_;
    std::size_t index_;
    Diagnostics& out_;
    std::string_view type_;
};

} // namespace

void check_interfaces(const Domain& domain, Diagnostics& out) {
    const std::vector<Interface>& interfaces = domain.devices.interfaces;
    for (std::size_t i = 0; i < interfaces.size(); ++i) { InterfaceCheck(interfaces[i], i, out).run(); }
}

} // namespace yado::model
