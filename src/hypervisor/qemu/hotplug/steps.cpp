// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/hotplug/steps.h"

#include "base/async/start.h"
#include "base/error.h"
#include "base/log.h"

#include <ranges>

namespace yado::qemu {

namespace json = boost::json;

namespace {

// Memory is filled before QEMU answers where the document wants that.
constexpr Loop::Duration memory_patience = std::chrono::minutes(10);

Loop::Duration patience_for(const QmpCommand& command) {
    return command.name == "object-add" ? memory_patience : Loop::Duration(Monitor::patience);
}

QmpStep step(std::string_view act, json::object arguments, std::string_view undo, std::string_view key,
             const json::value& name) {
    json::object undone;
    undone[key] = name;
    return {.act = {std::string(act), std::move(arguments)},
            .undo = QmpCommand{std::string(undo), std::move(undone)}};
}

QmpStep object_step(const json::object& object) {
    return step("object-add", object, "object-del", "id", object.at("id"));
}

} // namespace

QmpStep pass_step(const std::string& name, int fd) {
    json::object arguments;
    arguments["fdname"] = name;
    // one that a network back end has taken over is not there any more
    return {.act = {"getfd", arguments}, .undo = QmpCommand{"closefd", arguments, true}, .fd = fd};
}

std::vector<QmpStep> plug_steps(const DeviceParts& parts) {
    std::vector<QmpStep> steps;
    for (const json::object& each : parts.credentials) steps.push_back(object_step(each));
    for (const Chardev& each : parts.chardevs)
        steps.push_back(step("chardev-add", each.arguments, "chardev-remove", "id", each.arguments.at("id")));
    for (const json::object& each : parts.objects) steps.push_back(object_step(each));
    for (const json::object& each : parts.netdevs)
        steps.push_back(step("netdev_add", each, "netdev_del", "id", each.at("id")));
    for (const json::object& each : parts.nodes)
        steps.push_back(step("blockdev-add", each, "blockdev-del", "node-name", each.at("node-name")));
    for (const json::object& each : parts.devices)
        steps.push_back(step("device_add", each, "device_del", "id", each.at("id")));
    return steps;
}

std::vector<QmpCommand> release_commands(const DeviceParts& parts) {
    std::vector<QmpCommand> commands;
    for (QmpStep& each : plug_steps(parts) | std::views::reverse) {
        if (each.act.name != "device_add") commands.push_back(std::move(*each.undo));
    }
    return commands;
}

Task<std::vector<json::value>> run_steps(Loop& loop, Monitor& monitor, std::vector<QmpStep> steps) {
    std::vector<Completion<json::value>> sent;
    for (const QmpStep& each : steps)
        sent.push_back(yado::start(
            loop, monitor.execute(each.act.name, each.act.arguments, patience_for(each.act), each.fd)));
    std::vector<json::value> answers;
    std::vector<QmpCommand> undo;
    std::exception_ptr failure;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        try {
            json::value answer = co_await sent[i];
            answers.push_back(std::move(answer));
            if (steps[i].undo) undo.push_back(*steps[i].undo);
        } catch (...) {
            if (!failure) failure = std::current_exception();
        }
    }
    if (!failure) co_return answers;
    std::ranges::reverse(undo);
    co_await run_commands(loop, monitor, std::move(undo));
    std::rethrow_exception(failure);
}

Task<void> run_commands(Loop& loop, Monitor& monitor, std::vector<QmpCommand> commands) {
    if (monitor.closed()) co_return;
    std::vector<Completion<json::value>> sent;
    for (QmpCommand& each : commands)
        sent.push_back(yado::start(loop, monitor.execute(each.name, std::move(each.arguments))));
    for (std::size_t i = 0; i < sent.size(); ++i) {
        try {
            co_await sent[i];
        } catch (const Error& error) {
            if (!commands[i].may_fail)
                log_warning("qemu.hotplug", "while taking a device's back end away: {}", error.message());
        }
    }
}

} // namespace yado::qemu
