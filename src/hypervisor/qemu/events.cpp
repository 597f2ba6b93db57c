// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/events.h"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <map>

namespace yado::qemu {

namespace json = boost::json;

namespace {

std::string text(const json::object& data, std::string_view key) {
    const json::value* value = data.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool flag(const json::object& data, std::string_view key) {
    const json::value* value = data.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::int64_t number(const json::object& data, std::string_view key) {
    const json::value* value = data.if_contains(key);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

void address(const json::object& data, std::string_view key, int& family, std::string& node,
             std::string& service) {
    const json::value* side = data.if_contains(key);
    if (side == nullptr || !side->is_object()) return;
    const std::string word = text(side->get_object(), "family");
    family = word == "ipv6" ? 1 : word == "unix" ? 2 : 0; // virDomainEventGraphicsAddressType
    node = text(side->get_object(), "host");
    service = text(side->get_object(), "service");
}

guest::GraphicsChanged graphics(const json::object& data, int phase) {
    guest::GraphicsChanged changed{.phase = phase};
    address(data, "server", changed.local_family, changed.local_node, changed.local_service);
    address(data, "client", changed.remote_family, changed.remote_node, changed.remote_service);
    if (const json::value* server = data.if_contains("server"); server != nullptr && server->is_object()) {
        changed.auth_scheme = text(server->get_object(), "auth");
    }
    if (const json::value* client = data.if_contains("client"); client != nullptr && client->is_object()) {
        for (const char* key : {"x509_dname", "sasl_username"}) {
            std::string name = text(client->get_object(), key);
            if (!name.empty()) changed.subject.emplace_back(key, std::move(name));
        }
    }
    return changed;
}

using Events = std::vector<guest::MachineEvent>;
using Translate = void (*)(const json::object& data, Events& out);

// QEMU 7.2, qapi/run-state.json, misc.json, block-core.json, machine.json, ui.json, char.json, qdev.json
const std::map<std::string_view, Translate>& table() {
    static const std::map<std::string_view, Translate> rows{
        {"STOP", [](const json::object&, Events& out) { out.emplace_back(guest::Stopped()); }},
        {"RESUME", [](const json::object&, Events& out) { out.emplace_back(guest::Resumed()); }},
        {"SHUTDOWN",
         [](const json::object& data, Events& out) {
             const std::string reason = text(data, "reason");
             const bool reset = reason == "guest-reset" || reason == "host-qmp-system-reset";
             out.emplace_back(guest::ShuttingDown{.by_guest = flag(data, "guest"), .by_reset = reset});
         }},
        {"RESET", [](const json::object& data,
                     Events& out) { out.emplace_back(guest::WasReset{flag(data, "guest")}); }},
        {"GUEST_PANICKED", [](const json::object&, Events& out) { out.emplace_back(guest::Panicked()); }},
        {"SUSPEND", [](const json::object&, Events& out) { out.emplace_back(guest::PmSuspended{false}); }},
        {"SUSPEND_DISK",
         [](const json::object&, Events& out) { out.emplace_back(guest::PmSuspended{true}); }},
        {"WAKEUP", [](const json::object&, Events& out) { out.emplace_back(guest::PmWoken()); }},
        {"RTC_CHANGE", [](const json::object& data,
                          Events& out) { out.emplace_back(guest::RtcChanged{number(data, "offset")}); }},
        {"WATCHDOG", [](const json::object& data,
                        Events& out) { out.emplace_back(guest::WatchdogFired{text(data, "action")}); }},
        {"BLOCK_IO_ERROR",
         [](const json::object& data, Events& out) {
             // QEMU 7.2 names the node only (its "device" is empty with -blockdev), newer ones the device too
             out.emplace_back(guest::IoFailed{.device_alias = alias_of(text(data, "qom-path")),
                                              .path = text(data, "node-name"),
                                              .action = text(data, "action"),
                                              .reason = flag(data, "nospace") ? "enospc" : ""});
         }},
        {"DEVICE_DELETED",
         [](const json::object& data, Events& out) {
             std::string alias = text(data, "device");
             if (!alias.empty()) out.emplace_back(guest::DeviceRemoved{std::move(alias)});
         }},
        {"DEVICE_UNPLUG_GUEST_ERROR",
         [](const json::object& data, Events& out) {
             out.emplace_back(guest::DeviceUnplugRefused{text(data, "device")});
         }},
        {"DEVICE_TRAY_MOVED",
         [](const json::object& data, Events& out) {
             out.emplace_back(guest::TrayMoved{text(data, "id"), flag(data, "tray-open")});
         }},
        {"MEMORY_DEVICE_SIZE_CHANGE",
         [](const json::object& data, Events& out) {
             const std::int64_t bytes = std::max<std::int64_t>(0, number(data, "size"));
             out.emplace_back(
                 guest::MemoryDeviceResized{text(data, "id"), static_cast<std::uint64_t>(bytes) / 1024});
         }},
        {"BALLOON_CHANGE",
         [](const json::object& data, Events& out) {
             const std::int64_t bytes = std::max<std::int64_t>(0, number(data, "actual"));
             out.emplace_back(guest::BalloonChanged{static_cast<std::uint64_t>(bytes) / 1024});
         }},
        {"BLOCK_WRITE_THRESHOLD",
         [](const json::object& data, Events& out) {
             const auto amount = [&data](const char* key) {
                 return static_cast<std::uint64_t>(std::max<std::int64_t>(0, number(data, key)));
             };
             out.emplace_back(guest::WriteThresholdPassed{.target = text(data, "node-name"),
                                                          .path = {},
                                                          .threshold = amount("write-threshold"),
                                                          .excess = amount("amount-exceeded")});
         }},
        {"VNC_CONNECTED", [](const json::object& data, Events& out) { out.emplace_back(graphics(data, 0)); }},
        {"VNC_INITIALIZED",
         [](const json::object& data, Events& out) { out.emplace_back(graphics(data, 1)); }},
        {"VNC_DISCONNECTED",
         [](const json::object& data, Events& out) { out.emplace_back(graphics(data, 2)); }},
    };
    return rows;
}

} // namespace

std::string alias_of(std::string_view qom_path) {
    constexpr std::string_view parent = "/machine/peripheral/";
    if (!qom_path.starts_with(parent)) return std::string(qom_path);
    qom_path.remove_prefix(parent.size());
    return std::string(qom_path.substr(0, qom_path.find('/')));
}

Events translate(const Monitor::Event& event) {
    Events out;
    if (const auto row = table().find(event.name); row != table().end()) row->second(event.data, out);
    out.emplace_back(guest::MonitorEvent{.name = std::string(event.name),
                                         .seconds = event.seconds,
                                         .micros = event.micros,
                                         .details = event.data.empty() ? "" : json::serialize(event.data)});
    return out;
}

} // namespace yado::qemu
