// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/watchdog.h"

namespace yado::qemu {

std::optional<boost::json::object> watchdog_device(const DeviceContext& context,
                                                   const model::Watchdog& watchdog) {
    using model::WatchdogModel;
    switch (watchdog.model) {
    case WatchdogModel::itco: return std::nullopt;
    case WatchdogModel::i6300esb:
    case WatchdogModel::ib700: break;
    default: unsupported(context, fmt::format("watchdog model '{}'", schema::word(watchdog.model)));
    }
    boost::json::object device =
        device_object(context, schema::word(watchdog.model), watchdog.info.alias.name);
    add_address(device, context, watchdog.info);
    return device;
}

std::string_view watchdog_action(const DeviceContext& context, const model::Watchdog& watchdog) {
    using model::WatchdogAction;
    switch (watchdog.action) {
    case WatchdogAction::unset: return "reset";
    case WatchdogAction::dump: unsupported(context, "watchdog action 'dump'");
    default: return schema::word(watchdog.action);
    }
}

} // namespace yado::qemu
