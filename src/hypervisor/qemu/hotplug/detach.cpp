// SPDX-License-Identifier: Apache-2.0
// Taking devices out of a running QEMU. The guest has the word: it is asked, answers by an event, late or
// never.
#include "hypervisor/qemu/machine_state.h"

#include "base/async/start.h"
#include "base/error.h"
#include "base/log.h"
#include "hypervisor/qemu/hotplug/device_parts.h"
#include "hypervisor/qemu/hotplug/disk_nodes.h"
#include "hypervisor/qemu/hotplug/host_files.h"

#include <algorithm>

namespace yado::qemu {

namespace json = boost::json;

namespace {

constexpr Loop::Duration guest_patience = std::chrono::seconds(5); // as libvirt

} // namespace

void QemuMachine::State::answer_unplugging(std::string_view alias, Answer answer) {
    const auto waiting = unplugging.find(alias);
    if (waiting == unplugging.end()) return;
    Completion<Answer>::Resolver resolve = waiting->second;
    unplugging.erase(waiting);
    resolve.set(answer);
}

Task<QemuMachine::State::Answer> QemuMachine::State::unplug(std::string alias, bool wait) {
    const std::shared_ptr<State> self = shared_from_this();
    const Completion<Answer> answered(parts.loop);
    if (wait) unplugging.insert_or_assign(alias, answered.resolver());
    json::object arguments;
    arguments["id"] = alias;
    try {
        co_await monitor->execute("device_del", std::move(arguments));
    } catch (...) {
        unplugging.erase(alias);
        throw;
    }
    if (!wait) co_return Answer::late;
    const std::weak_ptr<State> weak = self;
    const Loop::Timer limit = parts.loop.after(guest_patience, [weak, alias] {
        if (const auto state = weak.lock()) state->answer_unplugging(alias, Answer::late);
    });
    const Answer answer = co_await answered;
    if (answer == Answer::ended)
        fail(ErrorSource::qemu, Code::operation_failed, "the guest's QEMU has ended");
    co_return answer;
}

namespace {

guest::Unplugging unplugging_of(bool gone) {
    return gone ? guest::Unplugging::done : guest::Unplugging::pending;
}

} // namespace

Task<guest::Unplugging> QemuMachine::detach(std::string alias, bool wait) {
    const std::shared_ptr<State> state = state_;
    const State::Answer answer = co_await state->unplug(std::move(alias), wait);
    if (answer == State::Answer::refused)
        fail(ErrorSource::qemu, Code::operation_failed, "unplug of device was rejected by the guest");
    co_return unplugging_of(answer == State::Answer::gone);
}

Task<std::vector<QmpCommand>> QemuMachine::State::disk_removal(model::Disk disk) {
    const std::shared_ptr<State> self = shared_from_this();
    json::object flat;
    flat["flat"] = true;
    json::object where;
    where["path"] = "/objects";
    const Completion<json::value> nodes =
        yado::start(parts.loop, monitor->execute("query-named-block-nodes", std::move(flat)));
    const Completion<json::value> objects =
        yado::start(parts.loop, monitor->execute("qom-list", std::move(where)));
    const json::value node_list = co_await nodes;
    const json::value object_list = co_await objects;
    co_return node_removal(parts.status, disk, array_of(node_list, "block nodes"),
                           array_of(object_list, "objects"));
}

Task<void> QemuMachine::State::take_disk_away(model::Domain domain, model::Disk disk) {
    const std::shared_ptr<State> self = shared_from_this();
    std::vector<QmpCommand> commands = co_await disk_removal(disk);
    const bool last = has_reservations(disk) && !has_reservations_beside(domain, disk.info.alias.name);
    if (last) {
        json::object object;
        object["id"] = reservations_name;
        commands.push_back({"object-del", std::move(object)});
    }
    co_await run_commands(parts.loop, *monitor, std::move(commands));
    if (last) co_await parts.workshop->helpers().end(parts.places.domain_dir, std::string(reservations_name));
    auto give_back = [&] { return_images(disk, parts.workshop->settings()); };
    co_await blocking(parts.loop, give_back);
}

Task<void> QemuMachine::State::take_away(model::Domain domain, std::string alias) {
    const std::shared_ptr<State> self = shared_from_this();
    const auto named = [&alias](const auto& each) { return each.info.alias.name == alias; };
    const auto disk = std::ranges::find_if(domain.devices.disks, named);
    if (disk != domain.devices.disks.end()) {
        co_await take_disk_away(domain, *disk);
        co_return;
    }
    const Workshop::Bench made_with = co_await bench(domain);
    const LaunchFacts facts = naming_facts(domain, made_with.facts);
    const DeviceContext context{domain, *made_with.capabilities, facts};
    DeviceParts made = device_parts(context, alias);
    co_await run_commands(parts.loop, *monitor, release_commands(made));
    co_await end_helpers(std::move(made.helpers));
    auto give_back = [&] { return_files(made.paths, parts.workshop->settings()); };
    co_await blocking(parts.loop, give_back);
}

Task<void> QemuMachine::release(model::Domain domain, std::string alias) {
    const std::shared_ptr<State> state = state_;
    if (state->parts.workshop != nullptr) {
        try {
            co_await state->take_away(domain, alias);
        } catch (const Error& error) {
            log_warning("qemu.hotplug", "guest '{}': while taking the back end of '{}' away: {}", domain.name,
                        alias, error.message());
        }
        const auto card =
            std::ranges::find_if(domain.devices.interfaces, [&alias](const model::Interface& each) {
                return each.info.alias.name == alias;
            });
        if (card != domain.devices.interfaces.end())
            co_await state->parts.workshop->cards().close(domain, *card);
    }
    model::MachineStatus& status = state->parts.status;
    std::erase_if(state->disks, [&alias](const auto& each) { return each.first == alias; });
    state->disk_sources.erase(alias);
    std::erase_if(state->block_nodes, [&alias](const auto& each) { return each.second == alias; });
    std::erase_if(status.private_parts,
                  [&alias](const model::StatusPrivate& part) { return part.device == alias; });
    std::erase_if(status.devices, [&alias](const model::StatusDevice& each) { return each.alias == alias; });
}

} // namespace yado::qemu
