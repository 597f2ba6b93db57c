// SPDX-License-Identifier: Apache-2.0
// Media of CD-ROM and floppy drives. The new one is opened before the old one is taken out, so that a bad one
// leaves the drive as it was.
#include "hypervisor/qemu/machine_state.h"

#include "base/error.h"
#include "base/log.h"
#include "hypervisor/qemu/devices/disk.h"
#include "hypervisor/qemu/devices/disk_chain.h"
#include "hypervisor/qemu/hotplug/disk_nodes.h"
#include "hypervisor/qemu/hotplug/host_files.h"

#include <algorithm>

namespace yado::qemu {

namespace json = boost::json;

namespace {

model::Disk& drive_of(model::Domain& domain, const std::string& alias) {
    const auto found = std::ranges::find_if(
        domain.devices.disks, [&alias](const model::Disk& each) { return each.info.alias.name == alias; });
    if (found == domain.devices.disks.end())
        fail(ErrorSource::qemu, Code::internal_error, "no device found with alias {}", alias);
    return *found;
}

/// What makes the medium, without a device.
DeviceParts medium_parts(DiskBackend backend) {
    DeviceParts parts;
    parts.credentials = std::move(backend.objects);
    parts.nodes = std::move(backend.nodes);
    parts.paths = std::move(backend.paths);
    parts.helpers = std::move(backend.helpers);
    return parts;
}

QmpCommand tray(const char* command, const std::string& alias) {
    json::object arguments;
    arguments["id"] = alias;
    return {command, std::move(arguments)};
}

/// Takes out what is in the drive and puts the node in, each where there is one.
std::vector<QmpStep> exchange_steps(const std::string& alias, const std::string& out, const std::string& in) {
    const auto insert = [&alias](const std::string& node) {
        QmpCommand command = tray("blockdev-insert-medium", alias);
        command.arguments["node-name"] = node;
        return command;
    };
    std::vector<QmpStep> steps;
    if (!out.empty()) steps.push_back({.act = tray("blockdev-remove-medium", alias), .undo = insert(out)});
    if (!in.empty()) steps.push_back({.act = insert(in), .undo = tray("blockdev-remove-medium", alias)});
    return steps;
}

} // namespace

Task<void> QemuMachine::change_medium(model::Domain& domain, model::Domain before, std::string alias,
                                      bool force) {
    const std::shared_ptr<State> state = state_;
    Loop& loop = state->parts.loop;
    if (state->parts.workshop == nullptr)
        fail(ErrorSource::qemu, Code::operation_unsupported, "media of this guest cannot be changed");
    Workshop& workshop = *state->parts.workshop;
    model::MachineStatus& status = state->parts.status;
    model::Disk& disk = drive_of(domain, alias);
    const model::Disk old = drive_of(before, alias);
    auto look_below = [&disk] { detect_chain(disk); };
    co_await blocking(loop, look_below);
    number_new_images(status, disk);
    const Workshop::Bench bench = co_await state->bench(domain);
    const DeviceContext context{domain, *bench.capabilities, bench.facts};
    const bool empty = disk.is_empty();
    DiskBackend backend = disk_backend(context, disk, 0); // its images have their numbers
    const std::string top = backend.top;
    const DeviceParts parts = medium_parts(std::move(backend));
    if (!parts.helpers.empty())
        unsupported(context, fmt::format("a medium that needs the process '{}'", parts.helpers.front().name));
    const auto inserted =
        std::ranges::find_if(state->block_nodes, [&alias](const auto& each) { return each.second == alias; });
    const std::string old_top = inserted == state->block_nodes.end() ? "" : inserted->first;

    auto lend = [&] { lend_files(parts, workshop.settings()); };
    auto give_back = [&] { return_files(parts.paths, workshop.settings()); };
    co_await blocking(loop, lend);
    std::exception_ptr failure;
    bool opened = false;
    const bool has_tray = disk.device == model::DiskDevice::cdrom;
    try {
        co_await run_steps(loop, *state->monitor, plug_steps(parts));
        opened = true;
        if (has_tray) {
            QmpCommand open = tray("blockdev-open-tray", alias);
            if (force) open.arguments["force"] = true;
            co_await state->monitor->execute(open.name, std::move(open.arguments));
        }
        co_await run_steps(loop, *state->monitor, exchange_steps(alias, old_top, top));
        if (disk.limits && !empty)
            co_await state->monitor->execute("block_set_io_throttle", throttle_arguments(disk));
    } catch (...) { failure = std::current_exception(); }
    if (failure) {
        if (opened) co_await run_commands(loop, *state->monitor, release_commands(parts));
        co_await blocking(loop, give_back);
        std::rethrow_exception(failure);
    }
    if (has_tray) {
        QmpCommand close = tray("blockdev-close-tray", alias);
        std::vector<QmpCommand> closing;
        closing.push_back(std::move(close));
        co_await run_commands(loop, *state->monitor, std::move(closing));
    }
    if (!old_top.empty()) {
        std::vector<QmpCommand> removal;
        try {
            removal = co_await state->disk_removal(old);
        } catch (const Error& error) {
            log_warning("qemu.hotplug", "guest '{}': the old medium of '{}' stays open: {}", domain.name,
                        alias, error.message());
        }
        co_await run_commands(loop, *state->monitor, std::move(removal));
    }
    auto return_old = [&] { return_images(old, workshop.settings()); };
    co_await blocking(loop, return_old);
    state->block_nodes.erase(old_top);
    state->disk_sources[alias] = disk.path();
    forget_nodes(status, alias);
    disk.target.tray = model::TrayState::unset;
    if (empty) co_return;
    state->block_nodes[top] = alias;
}

} // namespace yado::qemu
