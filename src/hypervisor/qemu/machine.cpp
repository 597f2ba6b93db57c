// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/machine.h"

#include "base/error.h"
#include "base/log.h"
#include "hypervisor/qemu/blockjobs/block_graph.h"
#include "hypervisor/qemu/events.h"
#include "hypervisor/qemu/keys.h"
#include "hypervisor/qemu/machine_state.h"
#include "hypervisor/qemu/status.h"
#include "model/domain/status.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace yado::qemu {

namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

constexpr Loop::Duration term_patience = 10s;  // SIGTERM lets QEMU flush its images; then SIGKILL
constexpr Loop::Duration silent_patience = 5s; // a QEMU that closed its monitor but lives on

} // namespace

const json::object& object_of(const json::value& value, std::string_view what) {
    if (const json::object* object = value.if_object()) return *object;
    fail(ErrorSource::qemu, Code::internal_error, "QEMU's answer about {} is not an object", what);
}

const json::array& array_of(const json::value& value, std::string_view what) {
    if (const json::array* array = value.if_array()) return *array;
    fail(ErrorSource::qemu, Code::internal_error, "QEMU's answer about {} is not a list", what);
}

std::uint64_t number_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr) return 0;
    if (const std::uint64_t* number = value->if_uint64()) return *number;
    const std::int64_t* number = value->if_int64();
    return number != nullptr && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

std::string text_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

QemuMachine::State::State(Parts its_parts) : parts(std::move(its_parts)) {}
QemuMachine::State::~State() = default;

void QemuMachine::State::report(const guest::MachineEvent& event) {
    const guest::EventSink sink = parts.sink; // what follows may destroy the machine
    if (sink) sink(event);
}

void QemuMachine::State::on_monitor_event(const Monitor::Event& event) {
    if (event.name == "VSERPORT_CHANGE") {
        const json::value* open = event.data.if_contains("open");
        const bool connected = open != nullptr && open->is_bool() && open->get_bool();
        const std::string alias = text_in(event.data, "id");
        if (agent && alias == agent_alias) agent->set_connected(connected);
        report(guest::ChannelChanged{alias, connected});
    }
    const bool goes = event.name == "SHUTDOWN" || event.name == "RESET" || event.name == "SUSPEND" ||
                      event.name == "SUSPEND_DISK";
    if (agent && goes) agent->guest_goes();
    on_transfer_event(event);
    const std::string device = text_in(event.data, "device");
    if (event.name == "DEVICE_UNPLUG_GUEST_ERROR") answer_unplugging(device, Answer::refused);
    if (event.name == "DEVICE_DELETED" && !device.empty()) {
        answer_unplugging(device, Answer::gone);
        if (auto left = abandoned.extract(device)) {
            spawn(run_commands(parts.loop, *monitor, std::move(left.mapped())));
            return; // it was never the guest's
        }
    }
    if (event.name == "JOB_STATUS_CHANGE") {
        std::string name = text_in(event.data, "id");
        std::string status = text_in(event.data, "status");
        if (!blocks->on_job(name, status)) report(guest::BlockJobChanged{std::move(name), std::move(status)});
    }
    for (guest::MachineEvent& each : translate(event)) {
        if (auto* failed = std::get_if<guest::IoFailed>(&each)) name_disk(*failed);
        if (auto* passed = std::get_if<guest::WriteThresholdPassed>(&each)) name_disk(*passed);
        report(each);
    }
}

void QemuMachine::State::name_disk(guest::IoFailed& failed) const {
    if (failed.device_alias.empty()) {
        const auto disk = block_nodes.find(failed.path);
        if (disk != block_nodes.end()) failed.device_alias = disk->second;
    }
    const auto source = disk_sources.find(failed.device_alias);
    if (source != disk_sources.end()) failed.path = source->second;
}

void QemuMachine::State::name_disk(guest::WriteThresholdPassed& passed) const {
    for (const auto& [node, alias] : block_nodes) {
        if (node != passed.target && storage_node(node) != passed.target) continue;
        const auto disk = std::ranges::find(disks, alias, &std::pair<std::string, std::string>::first);
        if (disk == disks.end()) continue;
        passed.target = disk->second;
        if (const auto source = disk_sources.find(alias); source != disk_sources.end())
            passed.path = source->second;
        return;
    }
}

void QemuMachine::State::on_monitor_closed(std::string_view why) {
    log_debug("qemu.machine", "monitor of process {}: {}", parts.child->pid(), why);
    if (auto waiting = std::exchange(transfer, std::nullopt)) waiting->set("gone");
    while (!unplugging.empty()) answer_unplugging(unplugging.begin()->first, Answer::ended);
    blocks->on_closed();
    if (parts.child->ended()) return;
    // It usually ends right after; one that does not is out of control.
    spawn([](Loop& loop, std::shared_ptr<host::Child> child) -> Task<void> {
        co_await sleep_for(loop, silent_patience);
        if (!child->ended()) child->signal(SIGKILL);
    }(parts.loop, parts.child));
}

Task<void> QemuMachine::State::watch_exit(std::weak_ptr<State> weak, std::shared_ptr<host::Child> child) {
    const host::ExitStatus status = co_await child->wait();
    const std::shared_ptr<State> state = weak.lock();
    if (!state) co_return;
    state->gone = true;
    auto read = [path = state->parts.places.log, start = state->parts.log_start] {
        return log_tail(path, start);
    };
    guest::Gone gone{.crashed = !status.known || !status.success(), .last_words = {}};
    gone.last_words = co_await blocking(state->parts.loop, std::move(read));
    if (gone.last_words.empty()) gone.last_words = status.text();
    state->report(gone);
}

void QemuMachine::State::note_domain(const model::Domain& domain) {
    const model::Devices& devices = domain.devices;
    for (const model::Disk& disk : devices.disks) note_disk(disk);
    if (devices.balloon && devices.balloon->model != model::BalloonModel::none) {
        balloon_path = "/machine/peripheral/" + devices.balloon->info.alias.name;
    }
    for (const model::Channel& channel : devices.channels) note_agent(channel);
}

void QemuMachine::State::note_disk(const model::Disk& disk) {
    disks.emplace_back(disk.info.alias.name, disk.target.dev);
    disk_sources[disk.info.alias.name] = disk.path();
}

void QemuMachine::State::note_agent(const model::Channel& channel) {
    const auto* socket = std::get_if<model::UnixChar>(&channel.backend);
    if (!guest::is_agent_channel(channel) || socket == nullptr || agent) return;
    agent_alias = channel.info.alias.name;
    agent = std::make_unique<QemuAgent>(parts.loop, socket->path);
}

QemuMachine::QemuMachine(Parts parts, UniqueFd monitor_socket)
    : state_(std::make_shared<State>(std::move(parts))) {
    state_->blocks = std::make_unique<BlockGraph>(state_);
    const std::weak_ptr<State> weak = state_;
    Monitor::Callbacks callbacks;
    callbacks.event = [weak](const Monitor::Event& event) {
        if (const auto state = weak.lock()) state->on_monitor_event(event);
    };
    callbacks.closed = [weak](std::string_view why) {
        if (const auto state = weak.lock()) state->on_monitor_closed(why);
    };
    state_->monitor.emplace(state_->parts.loop, std::move(monitor_socket), std::move(callbacks));
    spawn(State::watch_exit(state_, state_->parts.child));
}

QemuMachine::~QemuMachine() { state_->parts.sink = nullptr; }

guest::GuestAgent* QemuMachine::agent() { return state_->agent.get(); }
guest::BlockPort* QemuMachine::blocks() { return state_->blocks.get(); }

Task<void> QemuMachine::forget_lost_ticks() { return simple("rtc-reset-reinjection"); }

pid_t QemuMachine::pid() const { return state_->parts.child->pid(); }

void QemuMachine::describe_status(model::DomainStatus& status) const {
    static_cast<model::MachineStatus&>(status) = state_->parts.status;
    status.private_parts = with_block_nodes(std::move(status.private_parts), status.domain);
    status.pid = pid();
    status.process_start = state_->parts.child->start_time();
    status.lib_dir = state_->parts.places.domain_dir;
    status.channel_target_dir = state_->parts.places.channel_dir;
    status.monitor = {.path = state_->parts.places.monitor, .type = "unix"};
    status.vcpus.clear();
    for (std::size_t i = 0; i < state_->vcpu_threads.size(); ++i) {
        if (state_->vcpu_threads[i] != 0)
            status.vcpus.push_back({.id = static_cast<std::uint32_t>(i), .pid = state_->vcpu_threads[i]});
    }
}

Task<void> QemuMachine::simple(std::string command) {
    const std::shared_ptr<State> state = state_;
    co_await state->monitor->execute(std::move(command));
}

Task<void> QemuMachine::suspend() { return simple("stop"); }
Task<void> QemuMachine::resume() { return simple("cont"); }
Task<void> QemuMachine::power_button() { return simple("system_powerdown"); }
Task<void> QemuMachine::reset() { return simple("system_reset"); }
Task<void> QemuMachine::wake_up() { return simple("system_wakeup"); }
Task<void> QemuMachine::inject_nmi() { return simple("inject-nmi"); }

Task<void> QemuMachine::kill(guest::KillKind kind) {
    const std::shared_ptr<State> state = state_;
    const std::shared_ptr<host::Child> child = state->parts.child;
    child->signal(SIGTERM);
    Completion<bool> decided(state->parts.loop);
    spawn([](std::shared_ptr<host::Child> process, Completion<bool>::Resolver resolve) -> Task<void> {
        co_await process->wait();
        resolve.set(true);
    }(child, decided.resolver()));
    const Loop::Timer limit = state->parts.loop.after(
        term_patience, [resolve = decided.resolver()]() mutable { resolve.set(false); });
    const bool in_time = co_await decided;
    if (in_time) co_return;
    if (kind == guest::KillKind::graceful) {
        fail(ErrorSource::qemu, Code::operation_failed, "failed to terminate process {} with SIGTERM",
             child->pid());
    }
    child->signal(SIGKILL);
    co_await child->wait();
}

Task<void> QemuMachine::send_key(std::uint32_t codeset, std::uint32_t hold_ms,
                                 std::vector<std::uint32_t> keys) {
    const std::shared_ptr<State> state = state_;
    json::array list;
    for (const std::uint32_t key : keys) {
        list.push_back(json::object{{"type", "number"}, {"data", qnum_of(codeset, key)}});
    }
    json::object arguments;
    arguments["keys"] = std::move(list);
    if (hold_ms != 0) arguments["hold-time"] = hold_ms;
    co_await state->monitor->execute("send-key", std::move(arguments));
}

Task<guest::Screenshot> QemuMachine::screenshot(std::uint32_t screen) {
    if (screen != 0) {
        fail(ErrorSource::qemu, Code::invalid_arg,
             "currently is supported only taking screenshots of screen ID 0");
    }
    const std::shared_ptr<State> state = state_;
    const std::string path =
        fmt::format("{}/screenshot-{}", state->parts.places.domain_dir, state->screenshots++);
    json::object arguments;
    arguments["filename"] = path;
    json::object as_png = arguments;
    as_png["format"] = "png";
    guest::Screenshot taken;
    taken.mime = "image/png";
    bool refused = false;
    try {
        co_await state->monitor->execute("screendump", std::move(as_png));
    } catch (const Error& error) { // before QEMU 7.1, or built without PNG
        refused = error.code() == Code::internal_error;
        if (!refused) throw;
    }
    if (refused) {
        taken.mime = "image/x-portable-pixmap";
        co_await state->monitor->execute("screendump", std::move(arguments));
    }
    // QEMU's user owns the directory: what lies there under the name is opened as a plain file or not at all
    taken.file = UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    const int number = errno;
    ::unlink(path.c_str());
    if (!taken.file) throw system_error(number, fmt::format("cannot open the screenshot '{}'", path));
    co_return taken;
}

Task<void> QemuMachine::set_balloon(std::uint64_t kib) {
    const std::shared_ptr<State> state = state_;
    json::object arguments;
    arguments["value"] = kib * 1024;
    co_await state->monitor->execute("balloon", std::move(arguments));
}

Task<void> QemuMachine::set_balloon_period(int seconds) {
    const std::shared_ptr<State> state = state_;
    json::object arguments;
    arguments["path"] = state->balloon_path;
    arguments["property"] = "guest-stats-polling-interval";
    arguments["value"] = seconds;
    co_await state->monitor->execute("qom-set", std::move(arguments));
}

Task<std::string> QemuMachine::monitor_command(std::string command, bool hmp) {
    const std::shared_ptr<State> state = state_;
    if (!hmp) {
        std::string reply = co_await state->monitor->execute_text(std::move(command));
        co_return reply;
    }
    json::object arguments;
    arguments["command-line"] = command;
    const json::value reply = co_await state->monitor->execute("human-monitor-command", std::move(arguments));
    co_return reply.is_string() ? std::string(reply.get_string()) : json::serialize(reply);
}

} // namespace yado::qemu
