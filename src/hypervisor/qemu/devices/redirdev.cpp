// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/redirdev.h"

#include "base/text.h"
#include "hypervisor/qemu/devices/character.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

/// "CLASS:VENDOR:PRODUCT:VERSION:ALLOW", -1 for any, joined with "|".
std::string filter_text(const model::RedirFilter& filter) {
    std::vector<std::string> rules;
    const auto number = [](std::int64_t value, int digits) {
        return value < 0 ? std::string("-1") : fmt::format("0x{:0{}X}", value, digits);
    };
    for (const model::UsbFilter& rule : filter.rules) {
        rules.push_back(fmt::format("{}:{}:{}:{}:{}", number(rule.usb_class, 2), number(rule.vendor, 4),
                                    number(rule.product, 4), number(rule.version ? rule.version->bcd : -1, 4),
                                    rule.allow == schema::YesNo::yes ? 1 : 0));
    }
    return join(rules, "|");
}

} // namespace

DeviceParts redirdev_parts(const DeviceContext& context, const model::Redirdev& redirdev) {
    DeviceParts parts;
    const std::string& alias = redirdev.info.alias.name;
    add_stream(parts, context, {.backend = redirdev.backend, .id = "char" + alias, .spice = "usbredir"});
    json::object device = device_object(context, "usb-redir", {});
    device["chardev"] = "char" + alias;
    device["id"] = alias;
    const auto& filter = context.domain.devices.redir_filter;
    if (filter && !filter->rules.empty()) device["filter"] = filter_text(*filter);
    if (redirdev.info.boot_order) device["bootindex"] = *redirdev.info.boot_order;
    add_address(device, context, redirdev.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
