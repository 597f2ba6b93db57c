// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/overrides.h"

#include "base/text.h"

namespace yado::qemu {

namespace json = boost::json;
using model::OverrideType;

namespace {

json::value value_of(const model::PropertyOverride& property) {
    switch (property.type) {
    case OverrideType::signed_: return parse_number<std::int64_t>(property.value).value_or(0);
    case OverrideType::unsigned_: return parse_number<std::uint64_t>(property.value).value_or(0);
    case OverrideType::boolean: return property.value == "true";
    default: return json::value(property.value);
    }
}

} // namespace

void apply_overrides(json::object& device, const std::vector<model::DeviceOverride>& overrides) {
    const json::value* id = device.if_contains("id");
    if (id == nullptr || !id->is_string()) return;
    const std::string alias(id->get_string());
    for (const model::DeviceOverride& each : overrides) {
        if (each.alias != alias) continue;
        for (const model::PropertyOverride& property : each.properties) {
            if (property.type == OverrideType::remove) {
                device.erase(property.name);
            } else {
                device[property.name] = value_of(property);
            }
        }
    }
}

std::string compatibility_option(std::string_view wish) {
    if (wish.empty() || wish == "none") return {};
    json::object policy;
    policy["deprecated-output"] = "hide";
    if (wish != "omit") policy["deprecated-input"] = wish;
    return json::serialize(policy);
}

} // namespace yado::qemu
