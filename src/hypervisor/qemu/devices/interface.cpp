// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/interface.h"

namespace yado::qemu {

namespace json = boost::json;

json::object network_backend(const DeviceContext& context, const model::Interface& interface) {
    const auto* user = std::get_if<model::UserNet>(&interface.kind);
    if (user == nullptr) {
        const auto tag = schema::UnionTags<model::NetKind>::values[interface.kind.index()];
        const auto* other = std::get_if<model::OtherNet>(&interface.kind);
        unsupported(context, fmt::format("interface type '{}'",
                                         other != nullptr ? std::string_view(other->word) : tag));
    }
    refuse_kept(context, interface.rest, "an interface of type 'user'");
    if (interface.driver) refuse_kept(context, interface.driver->rest, "the driver of an interface");
    json::object backend;
    backend["type"] = "user";
    backend["id"] = "host" + interface.info.alias.name;
    return backend;
}

json::object interface_device(const DeviceContext& context, const model::Interface& interface,
                              std::uint32_t boot) {
    std::string driver = interface.model.empty() ? "rtl8139" : interface.model; // libvirt's default on x86
    if (driver == "virtio") driver = "virtio-net-pci";
    if (driver == "virtio-transitional") driver = "virtio-net-pci-transitional";
    if (driver == "virtio-non-transitional") driver = "virtio-net-pci-non-transitional";
    json::object device = device_object(context, driver, {});
    if (interface.driver && interface.is_virtio()) {
        const model::InterfaceDriver& options = *interface.driver;
        if (!options.txmode.empty()) device["tx"] = options.txmode == "iothread" ? "bh" : options.txmode;
        add_switch(device, "ioeventfd", options.ioeventfd);
        add_switch(device, "event_idx", options.event_idx);
        add_switch(device, "rss", options.rss);
        add_switch(device, "hash", options.rss_hash_report);
        if (options.rx_queue_size) device["rx_queue_size"] = *options.rx_queue_size;
        if (options.tx_queue_size) device["tx_queue_size"] = *options.tx_queue_size;
        add_virtio(device, options.virtio);
    }
    if (interface.mtu && interface.is_virtio()) device["host_mtu"] = *interface.mtu;
    device["netdev"] = "host" + interface.info.alias.name;
    device["id"] = interface.info.alias.name;
    device["mac"] = interface.mac.text();
    if (boot != 0) device["bootindex"] = boot;
    add_address(device, context, interface.info);
    return device;
}

} // namespace yado::qemu
