// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/watchdog.h"

namespace yado::qemu {

DeviceParts watchdog_parts(const DeviceContext& context, const model::Watchdog& watchdog) {
    DeviceParts parts;
    if (watchdog.model == model::WatchdogModel::itco) return parts;
    boost::json::object device =
        device_object(context, schema::word(watchdog.model), watchdog.info.alias.name);
    add_address(device, context, watchdog.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

std::string_view watchdog_action(const model::Watchdog& watchdog) {
    using model::WatchdogAction;
    switch (watchdog.action) {
    case WatchdogAction::unset: return "reset";
    case WatchdogAction::dump: return "pause"; // the daemon dumps the paused guest, then lets it go on
    default: return schema::word(watchdog.action);
    }
}

} // namespace yado::qemu
