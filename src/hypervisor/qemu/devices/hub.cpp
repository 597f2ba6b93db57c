// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/hub.h"

#include "base/text.h"

namespace yado::qemu {

namespace {

// "1.4"; as many hops as an address holds.
std::optional<model::UsbPort> port_of(std::string_view text) {
    model::UsbPort port;
    for (std::uint8_t& hop : port.chain) {
        const std::size_t end = text.find('.');
        const auto number = parse_number<std::uint8_t>(text.substr(0, end));
        if (!number || *number == 0) return std::nullopt;
        hop = *number;
        if (end == std::string_view::npos) return port;
        text.remove_prefix(end + 1);
    }
    return std::nullopt;
}

} // namespace

boost::json::object hub_device(const DeviceContext& context, std::string_view element, unsigned number) {
    const std::string type = schema::attribute_of(element, "type");
    if (type != "usb") unsupported(context, fmt::format("hub of type '{}'", type));
    model::DeviceInfo info;
    info.alias.name = schema::attribute_of(schema::child_of(element, "alias"), "name");
    if (!info.alias.by_user()) info.alias.name = fmt::format("hub{}", number);
    if (const std::string_view place = schema::child_of(element, "address"); !place.empty()) {
        const auto bus = parse_number<std::uint32_t>(schema::attribute_of(place, "bus"));
        const auto port = port_of(schema::attribute_of(place, "port"));
        if (schema::attribute_of(place, "type") != "usb" || !bus || !port)
            unsupported(context, "the address of a hub");
        info.address = model::UsbAddress{.bus = *bus, .port = *port};
    }
    boost::json::object device = device_object(context, "usb-hub", info.alias.name);
    add_address(device, context, info);
    return device;
}

} // namespace yado::qemu
