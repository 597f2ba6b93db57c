// SPDX-License-Identifier: Apache-2.0
// Disks of a running machine: how fast and how large they are; and how fast its memory changes.
#include "base/error.h"
#include "hypervisor/qemu/devices/disk.h"
#include "hypervisor/qemu/events.h"
#include "hypervisor/qemu/machine_state.h"

#include <algorithm>

namespace yado::qemu {

namespace json = boost::json;

std::string storage_node(std::string_view format_node) {
    constexpr std::string_view end = "-format";
    if (!format_node.ends_with(end)) return std::string(format_node);
    return fmt::format("{}-storage", format_node.substr(0, format_node.size() - end.size()));
}

Task<void> QemuMachine::limit_disk(model::Disk disk) {
    const std::shared_ptr<State> state = state_;
    co_await state->monitor->execute("block_set_io_throttle", throttle_arguments(disk));
}

Task<std::string> QemuMachine::node_of(model::Disk disk) {
    const std::shared_ptr<State> state = state_;
    const json::value devices = co_await state->monitor->execute("query-block");
    for (const json::value& each : array_of(devices, "block devices")) {
        const json::object& device = object_of(each, "a block device");
        if (alias_of(text_in(device, "qdev")) != disk.info.alias.name) continue;
        if (const json::value* inserted = device.if_contains("inserted"))
            co_return text_in(object_of(*inserted, "a block device"), "node-name");
    }
    fail(ErrorSource::qemu, Code::operation_failed, "disk '{}' has no image in QEMU", disk.target.dev);
}

Task<void> QemuMachine::resize_disk(model::Disk disk, std::uint64_t bytes) {
    const std::shared_ptr<State> state = state_;
    json::object arguments;
    std::string node = co_await node_of(disk);
    arguments["node-name"] = std::move(node);
    arguments["size"] = bytes;
    co_await state->monitor->execute("block_resize", std::move(arguments));
}

Task<void> QemuMachine::set_write_threshold(model::Disk disk, std::uint64_t bytes) {
    const std::shared_ptr<State> state = state_;
    json::object arguments;
    const std::string node = co_await node_of(disk);
    arguments["node-name"] = storage_node(node); // how far the file grows is what counts
    arguments["write-threshold"] = bytes;
    co_await state->monitor->execute("block-set-write-threshold", std::move(arguments));
}

Task<void> QemuMachine::measure_dirty_rate(int seconds, guest::DirtyRateMode mode) {
    const std::shared_ptr<State> state = state_;
    constexpr const char* words[] = {"page-sampling", "dirty-bitmap", "dirty-ring"};
    json::object arguments;
    arguments["calc-time"] = seconds;
    arguments["mode"] = words[static_cast<std::size_t>(mode)];
    co_await state->monitor->execute("calc-dirty-rate", std::move(arguments));
}

Task<std::vector<std::pair<std::string, int>>> QemuMachine::disk_errors() {
    enum { unspecified = 1, no_space = 2 }; // virDomainDiskErrorCode
    const std::shared_ptr<State> state = state_;
    const json::value devices = co_await state->monitor->execute("query-block");
    std::vector<std::pair<std::string, int>> errors;
    for (const json::value& each : array_of(devices, "block devices")) {
        const json::object& device = object_of(each, "a block device");
        const std::string status = text_in(device, "io-status");
        if (status.empty() || status == "ok") continue;
        const std::string alias = alias_of(text_in(device, "qdev"));
        const auto disk = std::ranges::find(state->disks, alias, &std::pair<std::string, std::string>::first);
        if (disk != state->disks.end())
            errors.emplace_back(disk->second, status == "nospace" ? no_space : unspecified);
    }
    co_return errors;
}

} // namespace yado::qemu
