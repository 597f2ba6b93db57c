// SPDX-License-Identifier: Apache-2.0
// The first minutes of a machine: what only QEMU knows is asked in one go and noted in the live domain.
#include "base/async/start.h"
#include "base/error.h"
#include "hypervisor/qemu/devices/disk.h"
#include "hypervisor/qemu/events.h"
#include "hypervisor/qemu/machine_state.h"
#include "model/domain/status.h"
#include "schema/write.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace yado::qemu {

namespace json = boost::json;

namespace {

// "pty:/dev/pts/3" of the chardev "char" + alias; QEMU 7.2 adds ",server=on" and the like to sockets only.
void note_terminal(model::CharDevice& device, const json::array& chardevs) {
    auto* pty = std::get_if<model::PtyChar>(&device.backend);
    if (pty == nullptr) return;
    const std::string label = "char" + device.info.alias.name;
    for (const json::value& each : chardevs) {
        const json::object& chardev = object_of(each, "character devices");
        const std::string name = text_in(chardev, "filename");
        if (text_in(chardev, "label") == label && name.starts_with("pty:")) pty->path = name.substr(4);
    }
}

void note_terminals(model::Devices& devices, const json::array& chardevs) {
    for (model::Serial& each : devices.serials) note_terminal(each, chardevs);
    for (model::Parallel& each : devices.parallels) note_terminal(each, chardevs);
    for (model::Channel& each : devices.channels) {
        note_terminal(each, chardevs);
        if (each.target == model::ChannelTarget::virtio) each.state = model::ChannelState::disconnected;
    }
    for (std::size_t i = 0; i < devices.consoles.size(); ++i) {
        model::Console& console = devices.consoles[i];
        const bool is_serial =
            console.target == model::ConsoleTarget::serial || console.target == model::ConsoleTarget::unset;
        if (i == 0 && is_serial && !devices.serials.empty()) { // the same stream as the first serial port
            console.backend = devices.serials.front().backend;
            console.info.alias = devices.serials.front().info.alias;
        } else {
            note_terminal(console, chardevs);
        }
        if (const auto* pty = std::get_if<model::PtyChar>(&console.backend)) console.tty = pty->path;
    }
}

/// Which disk is on top of which node.
std::map<std::string, std::string> nodes_of(const json::array& devices) {
    std::map<std::string, std::string> nodes;
    for (const json::value& each : devices) {
        const json::object& device = object_of(each, "a block device");
        const json::value* inserted = device.if_contains("inserted");
        if (inserted == nullptr) continue; // an empty drive
        nodes[text_in(object_of(*inserted, "a block device"), "node-name")] =
            alias_of(text_in(device, "qdev"));
    }
    return nodes;
}

/// What has an id, whether it came with the command line or later.
std::vector<model::StatusDevice> peripherals(const json::array& properties) {
    std::vector<model::StatusDevice> found;
    for (const json::value& each : properties) {
        const json::object& property = object_of(each, "devices");
        if (text_in(property, "type").starts_with("child<")) found.push_back({text_in(property, "name")});
    }
    return found;
}

} // namespace

std::vector<pid_t> threads_of(const json::array& cpus) {
    std::vector<pid_t> threads;
    for (const json::value& each : cpus) {
        const json::object& cpu = object_of(each, "vCPUs");
        const std::uint64_t index = number_in(cpu, "cpu-index");
        if (index >= model::most_vcpus)
            fail(ErrorSource::qemu, Code::internal_error, "QEMU tells of a vCPU with number {}", index);
        if (index >= threads.size()) threads.resize(index + 1);
        threads[index] = static_cast<pid_t>(number_in(cpu, "thread-id"));
    }
    return threads;
}

namespace {

/// "2030-01-02T03:04:05", in UTC as libvirt reads it, as seconds since 1970.
std::string expiry(const std::string& when) {
    std::tm parts{};
    const char* end = ::strptime(when.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
    if (end == nullptr || *end != '\0') {
        fail(ErrorSource::domain, Code::internal_error,
             "cannot parse password validity time '{}', expect YYYY-MM-DDTHH:MM:SS", when);
    }
    return std::to_string(::timegm(&parts));
}

} // namespace

std::vector<QmpCommand> password_commands(const model::Graphics& graphics) {
    std::vector<QmpCommand> commands;
    const auto protect = [&commands](const char* protocol, const model::GraphicsPassword& password) {
        if (password.text.empty()) return;
        json::object arguments{{"protocol", protocol}, {"password", password.text}};
        if (password.connected != model::PasswordChange::unset)
            arguments["connected"] = schema::word(password.connected);
        commands.push_back({"set_password", std::move(arguments)});
        if (password.valid_until.empty()) return;
        commands.push_back(
            {"expire_password", {{"protocol", protocol}, {"time", expiry(password.valid_until)}}});
    };
    if (const model::Vnc* vnc = graphics.vnc()) protect("vnc", vnc->password);
    if (const auto* spice = std::get_if<model::Spice>(&graphics.kind)) protect("spice", spice->password);
    return commands;
}

std::vector<Task<json::value>> QemuMachine::State::first_words(const model::Domain& domain,
                                                               Loop::Duration limit) {
    std::vector<Task<json::value>> words;
    const auto say = [this, &words, limit](const char* command, json::object arguments) {
        words.push_back(monitor->execute(command, std::move(arguments), limit));
    };
    // libvirtd relies on these events, should it take the guest over
    const json::object events{{"capability", "events"}, {"state", true}};
    say("migrate-set-capabilities", {{"capabilities", json::array{events}}});
    for (const model::Graphics& graphics : domain.devices.graphics) {
        for (QmpCommand& each : password_commands(graphics))
            say(each.name.c_str(), std::move(each.arguments));
    }
    if (!balloon_path.empty() && domain.devices.balloon->stats_period) {
        say("qom-set", {{"path", balloon_path},
                        {"property", "guest-stats-polling-interval"},
                        {"value", *domain.devices.balloon->stats_period}});
    }
    for (const model::Disk& disk : domain.devices.disks) {
        if (disk.limits && !disk.is_empty()) say("block_set_io_throttle", throttle_arguments(disk));
    }
    for (const model::Interface& interface : domain.devices.interfaces) {
        if (interface.link != model::LinkState::down) continue;
        say("set_link", {{"name", interface.info.alias.name}, {"up", false}});
    }
    const auto has = [this](std::string_view flag) {
        return std::ranges::find(parts.status.capabilities, flag, &model::StatusFlag::name) !=
               parts.status.capabilities.end();
    };
    // An older QEMU has -no-reboot on its command line.
    if (domain.on_reboot == model::LifecycleAction::destroy && has("set-action")) {
        say("set-action", {{"reboot", "shutdown"}});
    }
    return words;
}

void QemuMachine::State::note_channels(model::Devices& devices, const json::array& chardevs) {
    for (const json::value& each : chardevs) {
        const json::object& chardev = object_of(each, "a character device");
        const std::string label = text_in(chardev, "label");
        const json::value* open = chardev.if_contains("frontend-open");
        const bool connected = open != nullptr && open->is_bool() && open->get_bool();
        for (model::Channel& channel : devices.channels) {
            if (channel.target != model::ChannelTarget::virtio || label != "char" + channel.info.alias.name)
                continue;
            channel.state = connected ? model::ChannelState::connected : model::ChannelState::disconnected;
            if (agent && channel.info.alias.name == agent_alias) agent->set_connected(connected);
        }
    }
}

void QemuMachine::State::note_drives(const json::array& devices) {
    for (const json::value& each : devices) {
        const std::string path = text_in(object_of(each, "a block device"), "qdev");
        const std::string alias = alias_of(path);
        if (alias.empty() || !disk_sources.contains(alias)) continue;
        std::string qom = "<qom name='";
        schema::escape(qom, path);
        qom += "'/>";
        const auto part = std::ranges::find_if(parts.status.private_parts, [&alias](const auto& known) {
            return known.device == alias && known.inside.empty();
        });
        constexpr std::string_view open = "<privateData>";
        if (part == parts.status.private_parts.end()) {
            parts.status.private_parts.push_back({alias, "", fmt::format("{}{}</privateData>", open, qom)});
        } else if (!part->xml.contains("<qom ") && part->xml.starts_with(open)) {
            part->xml.insert(open.size(), qom);
        }
    }
}

Task<void> QemuMachine::meet(model::Domain& domain, Meeting meeting, Loop::Duration limit) {
    const std::shared_ptr<State> state = state_;
    Loop& loop = state->parts.loop;
    Monitor& monitor = *state->monitor;
    state->note_domain(domain);
    std::exception_ptr failure;
    try {
        co_await monitor.negotiate(limit);
        const Completion<json::value> chardevs =
            yado::start(loop, monitor.execute("query-chardev", {}, limit));
        const Completion<json::value> cpus = yado::start(loop, monitor.execute("query-cpus-fast", {}, limit));
        const Completion<json::value> blocks = yado::start(loop, monitor.execute("query-block", {}, limit));
        json::object where;
        where["path"] = "/machine/peripheral";
        const Completion<json::value> devices =
            yado::start(loop, monitor.execute("qom-list", std::move(where), limit));
        std::vector<Completion<json::value>> said;
        if (meeting == Meeting::first) {
            for (Task<json::value>& each : state->first_words(domain, limit))
                said.push_back(yado::start(loop, std::move(each)));
        }
        const json::value chardev_list = co_await chardevs;
        const json::value cpu_list = co_await cpus;
        const json::value block_list = co_await blocks;
        const json::value device_list = co_await devices;
        for (const Completion<json::value>& each : said) co_await each;
        note_terminals(domain.devices, array_of(chardev_list, "character devices"));
        state->note_channels(domain.devices, array_of(chardev_list, "character devices"));
        state->vcpu_threads = threads_of(array_of(cpu_list, "vCPUs"));
        state->block_nodes = nodes_of(array_of(block_list, "block devices"));
        state->note_drives(array_of(block_list, "block devices"));
        state->parts.status.devices = peripherals(array_of(device_list, "devices"));
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return;
    if (!monitor.closed()) std::rethrow_exception(failure);
    const host::ExitStatus status = co_await state->parts.child->wait(); // on_monitor_closed() sees to it
    auto read = [path = state->parts.places.log, start = state->parts.log_start] {
        return log_tail(path, start);
    };
    const std::string words = co_await blocking(loop, std::move(read));
    fail(ErrorSource::qemu, Code::internal_error, "process exited while connecting to monitor: {}",
         words.empty() ? status.text() : words);
}

void QemuMachine::meet_later(const model::DomainStatus& status) {
    for (const model::StatusVcpu& vcpu : status.vcpus) {
        if (vcpu.id >= model::most_vcpus) continue;
        if (vcpu.id >= state_->vcpu_threads.size()) state_->vcpu_threads.resize(vcpu.id + 1);
        state_->vcpu_threads[vcpu.id] = vcpu.pid;
    }
    spawn(State::catch_up(state_));
}

Task<void> QemuMachine::State::catch_up(std::shared_ptr<State> given) {
    const std::weak_ptr<State> weak = given;
    Task<json::value> asking = given->monitor->execute("query-status", {}, std::chrono::years(1));
    given.reset(); // waiting keeps nothing alive
    std::string word;
    try {
        const json::value reply = co_await std::move(asking);
        word = text_in(object_of(reply, "its state"), "status");
    } catch (const Error&) {
        co_return; // it ended, or we let go of it
    }
    const std::shared_ptr<State> state = weak.lock();
    if (!state) co_return;
    if (word == "running") {
        state->report(guest::Resumed());
    } else if (word == "shutdown") {
        state->report(guest::ShuttingDown{.by_guest = true});
    } else if (word == "guest-panicked") {
        state->report(guest::Panicked());
    } else {
        state->report(guest::Stopped());
    }
}

Task<std::string> QemuMachine::run_state() {
    const std::shared_ptr<State> state = state_;
    const json::value reply = co_await state->monitor->execute("query-status");
    co_return text_in(object_of(reply, "its state"), "status");
}

} // namespace yado::qemu
