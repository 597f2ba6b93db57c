// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/interface.h"

#include "base/text.h"
#include "hypervisor/qemu/devices/character.h"
#include "hypervisor/qemu/devices/hostdev.h"
#include "hypervisor/qemu/devices/passt.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

std::string endpoint(const model::SocketNet& net) { return fmt::format("{}:{}", net.address, net.port); }

/// Everything but "type" and "id", by kind; null: there is no -netdev.
class Backend {
  public:
    Backend(DeviceParts& parts, const DeviceContext& context, const model::Interface& interface)
        : parts_(parts), context_(context), interface_(interface) {}

    json::object operator()(const model::UserNet&) {
        if (interface_.is_passt()) return passt();
        json::object net{{"type", "user"}};
        for (const model::InterfaceAddress& each : interface_.guest_ips.addresses) {
            const std::string address = each.address.text();
            if (each.address.is_v4()) {
                net["net"] = each.prefix == 0 ? address : fmt::format("{}/{}", address, each.prefix);
            } else {
                net["ipv6-prefix"] = address;
                if (each.prefix != 0) net["ipv6-prefixlen"] = each.prefix;
            }
        }
        return net;
    }
    json::object operator()(const model::VhostUserNet& net) {
        model::UnixChar socket;
        socket.path = net.path;
        socket.mode =
            net.mode == model::VhostUserMode::server ? model::SocketMode::bind : model::SocketMode::connect;
        socket.reconnect = net.reconnect;
        if (interface_.is_passt()) {
            HelperProcess helper = passt_process(context_, interface_);
            helper.argv.emplace_back("--vhost-user");
            socket.path = helper.socket;
            socket.mode = model::SocketMode::connect;
            parts_.helpers.push_back(std::move(helper));
        }
        const std::string id = "char" + interface_.info.alias.name;
        const model::CharBackend backend = std::move(socket);
        add_stream(parts_, context_, {.backend = backend, .id = id});
        json::object netdev{{"type", "vhost-user"}, {"chardev", id}};
        if (queues() > 1) netdev["queues"] = queues();
        return netdev;
    }
    json::object operator()(const model::ServerNet& net) {
        return {{"type", "socket"}, {"listen", endpoint(net)}};
    }
    json::object operator()(const model::ClientNet& net) {
        return {{"type", "socket"}, {"connect", endpoint(net)}};
    }
    json::object operator()(const model::MulticastNet& net) {
        return {{"type", "socket"}, {"mcast", endpoint(net)}};
    }
    json::object operator()(const model::UdpNet& net) {
        return {{"type", "socket"}, {"udp", endpoint(net)}, {"localaddr", endpoint(*net.local)}};
    }
    json::object operator()(const model::VdpaNet& net) {
        parts_.paths.push_back(net.device);
        json::object netdev{{"type", "vhost-vdpa"}, {"vhostdev", net.device}};
        if (queues() > 1) netdev["queues"] = queues();
        return netdev;
    }
    json::object operator()(const model::NetworkNet&) { return tap(); }
    json::object operator()(const model::BridgeNet&) { return tap(); }
    json::object operator()(const model::DirectNet&) { return tap(); }
    json::object operator()(const model::EthernetNet&) { return tap(); }
    json::object operator()(const model::NullNet&) { return {}; }
    template <class Other> json::object operator()(const Other&) { refuse(); }

  private:
    [[noreturn]] void refuse() const {
        unsupported(context_, fmt::format("interface type '{}'", interface_.actual_word()));
    }
    unsigned queues() const { return interface_.driver ? interface_.driver->queues : 0; }

    static void add_fds(json::object& netdev, const std::vector<std::string>& fds, std::string_view one,
                        std::string_view many) {
        if (fds.size() == 1) {
            netdev[one] = fds.front();
        } else {
            netdev[many] = join(fds, ":");
        }
    }

    /// Taps and macvtaps alike: QEMU gets them open.
    json::object tap() {
        const auto found = context_.facts.network.cards.find(interface_.info.alias.name);
        if (found == context_.facts.network.cards.end() || found->second.queues.empty()) refuse();
        json::object netdev{{"type", "tap"}};
        add_fds(netdev, found->second.queues, "fd", "fds");
        if (!found->second.vhost.empty()) {
            netdev["vhost"] = true;
            add_fds(netdev, found->second.vhost, "vhostfd", "vhostfds");
        }
        if (interface_.send_buffer) netdev["sndbuf"] = *interface_.send_buffer;
        return netdev;
    }

    json::object passt() {
        constexpr std::uint64_t with_streams = 7'002'000;
        if (context_.capabilities.version < with_streams) {
            unsupported(context_, "an interface with back end 'passt'");
        }
        HelperProcess helper = passt_process(context_, interface_);
        json::object netdev{{"type", "stream"}};
        netdev["addr"] = json::object{{"type", "unix"}, {"path", helper.socket}};
        netdev["server"] = false;
        parts_.helpers.push_back(std::move(helper));
        return netdev;
    }

    DeviceParts& parts_;
    const DeviceContext& context_;
    const model::Interface& interface_;
};

void add_offloads(json::object& device, const model::InterfaceDriver& driver) {
    add_switch(device, "csum", driver.host.csum);
    add_switch(device, "gso", driver.host.gso);
    add_switch(device, "host_tso4", driver.host.tso4);
    add_switch(device, "host_tso6", driver.host.tso6);
    add_switch(device, "host_ecn", driver.host.ecn);
    add_switch(device, "host_ufo", driver.host.ufo);
    add_switch(device, "mrg_rxbuf", driver.host.mrg_rxbuf);
    add_switch(device, "guest_csum", driver.guest.csum);
    add_switch(device, "guest_tso4", driver.guest.tso4);
    add_switch(device, "guest_tso6", driver.guest.tso6);
    add_switch(device, "guest_ecn", driver.guest.ecn);
    add_switch(device, "guest_ufo", driver.guest.ufo);
}

void add_virtio_options(json::object& device, const model::InterfaceDriver& driver) {
    if (driver.txmode != model::TxMode::unset)
        device["tx"] = driver.txmode == model::TxMode::iothread ? "bh" : "timer";
    add_switch(device, "ioeventfd", driver.ioeventfd);
    add_switch(device, "event_idx", driver.event_idx);
    add_offloads(device, driver);
    if (driver.queues > 1) {
        device["mq"] = true;
        device["vectors"] = 2 * driver.queues + 2; // both directions of each, configuration, control
    }
    if (driver.rx_queue_size != 0) device["rx_queue_size"] = driver.rx_queue_size;
    if (driver.tx_queue_size != 0) device["tx_queue_size"] = driver.tx_queue_size;
    add_switch(device, "rss", driver.rss);
    add_switch(device, "hash", driver.rss_hash_report);
    add_virtio(device, driver.virtio);
}

json::object card(const DeviceContext& context, const model::Interface& interface, bool connected,
                  std::uint32_t boot) {
    const std::string model = interface.model.empty() ? "rtl8139" : interface.model; // libvirt's on x86
    const std::string& alias = interface.info.alias.name;
    json::object device =
        device_object(context, interface.is_virtio() ? virtio_driver("virtio-net", model) : model, {});
    if (interface.is_virtio()) {
        if (interface.driver) add_virtio_options(device, *interface.driver);
        if (interface.mtu != 0) device["host_mtu"] = interface.mtu;
        if (interface.teaming) device["failover"] = true;
    }
    if (connected) device["netdev"] = "host" + alias;
    device["id"] = alias;
    device["mac"] = interface.mac.address.text();
    if (boot != 0) device["bootindex"] = boot;
    add_address(device, context, interface.info);
    return device;
}

} // namespace

DeviceParts interface_parts(const DeviceContext& context, const model::Interface& interface,
                            std::uint32_t boot) {
    if (interface.is_hostdev()) return assigned_card_parts(context, interface, boot);
    DeviceParts parts;
    network_attachment(context.domain, interface); // refuses queues the kind cannot have
    json::object netdev = std::visit(Backend(parts, context, interface), interface.kind);
    const bool connected = !netdev.empty();
    if (connected) {
        netdev["id"] = "host" + interface.info.alias.name;
        parts.netdevs.push_back(std::move(netdev));
    }
    parts.devices.push_back(card(context, interface, connected, boot));
    return parts;
}

} // namespace yado::qemu
