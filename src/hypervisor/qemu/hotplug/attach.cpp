// SPDX-License-Identifier: Apache-2.0
// Plugging a device into a running QEMU: files first, then what serves it, then the device; each undone when
// a later one fails.
#include "hypervisor/qemu/machine_state.h"

#include "base/error.h"
#include "base/log.h"
#include "hypervisor/qemu/devices/character.h"
#include "hypervisor/qemu/devices/disk.h"
#include "hypervisor/qemu/devices/disk_chain.h"
#include "hypervisor/qemu/devices/watchdog.h"
#include "hypervisor/qemu/hotplug/device_parts.h"
#include "hypervisor/qemu/hotplug/disk_nodes.h"
#include "hypervisor/qemu/hotplug/host_files.h"
#include "model/domain/each_device.h"

#include <algorithm>
#include <iterator>

namespace yado::qemu {

namespace json = boost::json;

namespace {

template <class Device> Device* find(std::vector<Device>& devices, const std::string& alias) {
    const auto found =
        std::ranges::find_if(devices, [&alias](const Device& each) { return each.info.alias.name == alias; });
    return found == devices.end() ? nullptr : &*found;
}

/// What must be said before the device is there, and what can only be said then.
void add_settings(std::vector<QmpStep>& before, std::vector<QmpCommand>& after, model::Devices& devices,
                  const std::string& alias) {
    if (const model::Disk* disk = find(devices.disks, alias);
        disk != nullptr && disk->limits && !disk->is_empty())
        after.push_back({"block_set_io_throttle", throttle_arguments(*disk)});
    const model::Interface* interface = find(devices.interfaces, alias);
    if (interface != nullptr && interface->link == model::LinkState::down)
        after.push_back({"set_link", {{"name", alias}, {"up", false}}});
    if (const model::Watchdog* watchdog = find(devices.watchdogs, alias)) {
        json::object action;
        action["action"] = watchdog_action(*watchdog);
        before.insert(before.begin(),
                      QmpStep{.act = {"watchdog-set-action", std::move(action)}, .undo = std::nullopt});
    }
}

/// QEMU gets a card's descriptors by name; `facts` is told the names. Queues stay `card`'s.
void pass_card(const OpenedCard& card, LaunchFacts& facts, std::vector<QmpStep>& steps) {
    AttachedFds& names = facts.network.cards[card.alias];
    const auto pass = [&](const std::vector<UniqueFd>& fds, std::string_view kind,
                          std::vector<std::string>& to) {
        for (const UniqueFd& fd : fds) {
            to.push_back(fmt::format("{}-{}-{}", kind, card.alias, to.size()));
            steps.push_back(pass_step(to.back(), fd.get()));
        }
    };
    pass(card.queues, "tap", names.queues);
    pass(card.vhost, "vhost", names.vhost);
}

/// The path of a terminal that QEMU has made.
void note_terminal(model::Devices& devices, const std::string& alias, const std::string& path) {
    model::each_device(devices, [&](std::string_view, auto& device) {
        if constexpr (requires { device.backend = model::CharBackend(); }) {
            if (device.info.alias.name != alias) return;
            if (auto* pty = std::get_if<model::PtyChar>(&device.backend)) pty->path = path;
            if constexpr (requires { device.tty = path; }) device.tty = path;
        }
    });
}

/// Says in the document what only QEMU or this start of the device knows.
void note_answers(model::Devices& devices, const std::string& alias,
                  const std::vector<json::value>& answers) {
    for (const json::value& each : answers) {
        const json::object* answer = each.if_object();
        if (answer != nullptr && answer->contains("pty"))
            note_terminal(devices, alias, text_in(*answer, "pty"));
    }
    model::MemoryDevice* memory = find(devices.memories, alias);
    if (memory != nullptr && memory->model == model::MemoryModel::virtio_mem)
        memory->target.current_kib = 0; // until the guest tells
}

} // namespace

Task<Workshop::Bench> QemuMachine::State::bench(model::Domain domain) {
    const std::shared_ptr<State> self = shared_from_this();
    Workshop::Bench made = co_await parts.workshop->bench_for(std::move(domain));
    made.facts.domain_dir = parts.places.domain_dir; // a former daemon may have had others
    made.facts.channel_dir = parts.places.channel_dir;
    made.facts.disks.seal = parts.facts.disks.seal;
    co_return made;
}

Task<void> QemuMachine::State::start_helpers(std::string guest, std::vector<HelperProcess> helpers) {
    const std::shared_ptr<State> self = shared_from_this();
    if (helpers.empty()) co_return;
    HelperGuest side{.name = std::move(guest),
                     .directory = parts.places.domain_dir,
                     .log_dir = parts.workshop->settings().paths.log,
                     .cgroup = {}};
    auto look = [this] { return parts.cgroups->placement(parts.cgroups->find(parts.places.cgroup)); };
    if (parts.cgroups != nullptr) side.cgroup = co_await blocking(parts.loop, look);
    for (const HelperProcess& each : helpers) co_await parts.workshop->helpers().start(side, each);
}

Task<void> QemuMachine::State::end_helpers(std::vector<HelperProcess> helpers) {
    const std::shared_ptr<State> self = shared_from_this();
    for (const HelperProcess& each : helpers)
        co_await parts.workshop->helpers().end(parts.places.domain_dir, each.name);
}

Task<DeviceParts> QemuMachine::State::plug(model::Domain& domain, std::string alias) {
    const std::shared_ptr<State> self = shared_from_this();
    Workshop& workshop = *parts.workshop;
    Workshop::Bench bench = co_await this->bench(domain);
    std::vector<QmpStep> steps;
    std::optional<OpenedCard> opened;
    if (const model::Interface* card = find(domain.devices.interfaces, alias))
        opened = co_await workshop.cards().open(domain, *card);
    if (opened) pass_card(*opened, bench.facts, steps);
    const DeviceContext context{domain, *bench.capabilities, bench.facts};
    DeviceParts made = device_parts(context, alias);
    if (has_reservations_beside(domain, alias)) drop_reservations(made);
    std::ranges::move(plug_steps(made), std::back_inserter(steps));
    std::vector<QmpCommand> after;
    add_settings(steps, after, domain.devices, alias);
    auto lend = [&] { lend_files(made, workshop.settings()); };
    co_await blocking(parts.loop, lend);
    std::exception_ptr failure;
    std::vector<json::value> answers;
    bool there = false; // the guest may have seen it
    try {
        co_await start_helpers(domain.name, made.helpers);
        answers = co_await run_steps(parts.loop, *monitor, std::move(steps));
        there = true;
        for (QmpCommand& each : after) co_await monitor->execute(each.name, std::move(each.arguments));
    } catch (...) { failure = std::current_exception(); }
    if (!failure) {
        note_answers(domain.devices, alias, answers);
        co_return made;
    }
    if (there) { // what serves it stays until the guest has let go
        abandoned[alias] = release_commands(made);
        try {
            co_await unplug(alias, false);
        } catch (const Error& error) {
            log_warning("qemu.hotplug", "guest '{}': '{}' stays plugged in: {}", domain.name, alias,
                        error.message());
        }
    }
    co_await end_helpers(made.helpers);
    auto give_back = [&] { return_files(made.paths, workshop.settings()); };
    co_await blocking(parts.loop, give_back);
    std::rethrow_exception(failure);
}

Task<void> QemuMachine::attach(model::Domain& domain, std::string alias) {
    const std::shared_ptr<State> state = state_;
    Loop& loop = state->parts.loop;
    if (state->parts.workshop == nullptr)
        fail(ErrorSource::qemu, Code::operation_unsupported, "nothing can be plugged into this guest");
    Cards& cards = state->parts.workshop->cards();
    model::Devices& devices = domain.devices;
    model::Channel* channel = find(devices.channels, alias);
    if (channel != nullptr) place_channel(*channel, state->parts.places.channel_dir);
    model::Disk* disk = find(devices.disks, alias);
    auto look_below = [disk] { detect_chain(*disk); };
    if (disk != nullptr) {
        co_await blocking(loop, look_below);
        number_new_images(state->parts.status, *disk);
    }
    model::Interface* card = find(devices.interfaces, alias);
    if (card != nullptr) co_await cards.claim(domain, *card);
    std::vector<model::StatusDevice>& known = state->parts.status.devices;
    known.push_back({alias});
    std::exception_ptr failure;
    DeviceParts made;
    try {
        made = co_await state->plug(domain, alias);
    } catch (...) { failure = std::current_exception(); }
    if (failure || made.devices.empty())
        std::erase_if(known, [&alias](const model::StatusDevice& each) { return each.alias == alias; });
    if (failure) {
        if (card != nullptr) co_await cards.close(domain, *card);
        std::rethrow_exception(failure);
    }
    if (disk != nullptr) {
        const std::string top = made.devices.empty() ? "" : text_in(made.devices.back(), "drive");
        state->note_disk(*disk);
        if (!top.empty()) state->block_nodes[top] = alias;
    }
    if (channel != nullptr) {
        if (channel->target == model::ChannelTarget::virtio)
            channel->state = model::ChannelState::disconnected;
        state->note_agent(*channel);
    }
}

} // namespace yado::qemu
