// SPDX-License-Identifier: Apache-2.0
// Starting machines, finding them again, and clearing up after them.
#include "base/async/start.h"
#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "hypervisor/qemu/devices/character.h"
#include "hypervisor/qemu/devices/disk_chain.h"
#include "hypervisor/qemu/hypervisor.h"
#include "hypervisor/qemu/launch.h"
#include "hypervisor/qemu/limits.h"
#include "hypervisor/qemu/machine.h"
#include "hypervisor/qemu/plan/host_facts.h"
#include "hypervisor/qemu/status.h"
#include "model/domain/status.h"

#include <algorithm>
#include <boost/json.hpp>
#include <csignal>
#include <sys/resource.h>

namespace yado::qemu {
namespace {

constexpr Loop::Duration reconnect_patience = std::chrono::seconds(5); // then it is taken over as it was

constexpr int monitor_fd = 3; // in the child: the first after the standard ones

/// Both pools of screens' ports.
struct ScreenPorts {
    PortPool& display;
    PortPool& websocket;
};

// Whether qemu.conf's vnc_auto_unix_socket is about this screen: one that says nothing of where it is.
bool is_anywhere(const model::Vnc& vnc) {
    const bool address =
        !vnc.listen.empty() || (!vnc.listens.empty() && !vnc.listens.front().address.empty());
    return !address && vnc.port.value_or(-1) < 0;
}

void fix_screen(model::Vnc& vnc, ScreenPorts ports, const Settings& settings, const std::string& domain_dir) {
    if (vnc.password.text.empty()) vnc.password.text = settings.vnc_password;
    const bool by_socket = !vnc.socket.empty() ||
                           (!vnc.listens.empty() && vnc.listens.front().type != model::ListenType::address &&
                            vnc.listens.front().type != model::ListenType::network);
    if (by_socket) return;
    if (vnc.listens.empty()) vnc.listens.emplace_back();
    model::GraphicsListen& first = vnc.listens.front();
    if (settings.vnc.auto_unix_socket && is_anywhere(vnc)) {
        first.type = model::ListenType::socket;
        first.socket = domain_dir + "/vnc.sock";
        return;
    }
    const std::string listen = vnc.listen.empty() ? settings.vnc_listen : vnc.listen;
    if (vnc.port.value_or(-1) < 0 || vnc.autoport == schema::YesNo::yes) {
        vnc.port = static_cast<std::int32_t>(ports.display.take(listen));
    } else {
        ports.display.note(static_cast<unsigned>(*vnc.port));
    }
    if (vnc.websocket && *vnc.websocket < 0) {
        vnc.websocket = static_cast<std::int32_t>(ports.websocket.take(listen));
    } else if (vnc.websocket && *vnc.websocket > 0) {
        ports.websocket.note(static_cast<unsigned>(*vnc.websocket));
    }
    if (vnc.listen.empty()) vnc.listen = listen;
    if (first.address.empty()) first.address = listen;
}

void fix_screen(model::Spice& spice, ScreenPorts ports, const Settings& settings) {
    if (spice.listens.empty()) spice.listens.emplace_back();
    model::GraphicsListen& first = spice.listens.front();
    if (first.type != model::ListenType::address && first.type != model::ListenType::network) return;
    const std::string listen = spice.listen.empty() ? settings.spice.listen : spice.listen;
    if (spice.autoport == schema::YesNo::yes) { // one that clients may use with the modes of its channels
        const bool tls_only = spice.default_mode == model::SpiceMode::secure;
        const bool tls = tls_only || (settings.spice.tls && spice.default_mode == model::SpiceMode::any);
        spice.port = tls_only ? std::nullopt : std::optional(-1);
        spice.tls_port = tls ? std::optional(-1) : std::nullopt;
    }
    for (std::optional<std::int32_t>* port : {&spice.port, &spice.tls_port}) {
        if (port->value_or(0) < 0) {
            *port = static_cast<std::int32_t>(ports.display.take(listen));
        } else if (port->value_or(0) > 0) {
            ports.display.note(static_cast<unsigned>(**port));
        }
    }
    if (spice.listen.empty()) spice.listen = listen;
    if (first.address.empty()) first.address = listen;
}

/// Calls `each` with the pool and the number of every port that a screen has.
template <class Each> void for_each_port(const model::Domain& domain, ScreenPorts ports, Each each) {
    for (const model::Graphics& graphics : domain.devices.graphics) {
        if (const auto* spice = std::get_if<model::Spice>(&graphics.kind)) {
            for (const auto& port : {spice->port, spice->tls_port}) {
                if (port.value_or(0) > 0) each(ports.display, static_cast<unsigned>(*port));
            }
        }
        const model::Vnc* vnc = graphics.vnc();
        if (vnc == nullptr) continue;
        if (vnc->port && *vnc->port > 0) each(ports.display, static_cast<unsigned>(*vnc->port));
        if (vnc->websocket && *vnc->websocket > 0)
            each(ports.websocket, static_cast<unsigned>(*vnc->websocket));
    }
}

// libvirtd gives secrets to a QEMU it has taken over only in this key's keeping. It is not in the plan: what
// domxml-to-native shows has no guest's directory.
void add_master_key(LaunchPlan& launch, const std::string& path) {
    boost::json::object secret;
    secret["qom-type"] = "secret";
    secret["id"] = master_key_name;
    secret["format"] = "raw";
    secret["file"] = path;
    const auto stopped = std::ranges::find(launch.argv, "-S");
    const auto place = stopped == launch.argv.end() ? stopped : stopped + 1;
    launch.argv.insert(place, {"-object", boost::json::serialize(secret)});
}

} // namespace

Task<CapabilityCache::Pointer> QemuHypervisor::capabilities_for(std::string emulator, std::string arch) {
    if (emulator.empty()) {
        const FoundBinary* binary = binary_for(arch);
        if (binary == nullptr) {
            fail(ErrorSource::qemu, Code::config_unsupported, "no QEMU for architecture {} on this host",
                 arch);
        }
        emulator = binary->path;
    }
    CapabilityCache::Pointer capabilities = co_await cache_.get(std::move(emulator));
    co_return capabilities;
}

LaunchFacts QemuHypervisor::facts_for(const model::Domain& domain, int id) const {
    const GuestPlaces places(settings_.paths, domain.name, id);
    LaunchFacts facts;
    facts.id = id;
    facts.domain_dir = places.domain_dir;
    facts.channel_dir = places.channel_dir;
    facts.monitor_fd = monitor_fd;
    facts.sandbox = settings_.sandbox;
    facts.vnc_listen = settings_.vnc_listen;
    facts.vnc = settings_.vnc;
    facts.spice = settings_.spice;
    facts.characters = settings_.characters;
    facts.dump_guest_core = settings_.dump_guest_core;
    facts.process_name = settings_.process_name;
    facts.log_timestamp = settings_.log_timestamp;
    facts.deprecated = settings_.deprecated;
    facts.memory_dir = settings_.paths.lib + "/ram";
    facts.disks.secret = ports_.secret;
    facts.disks.pr_helper = settings_.pr_helper;
    facts.tpm.state_dir = settings_.paths.swtpm_state;
    facts.tpm.run_dir = settings_.paths.run + "/swtpm";
    facts.tpm.log_dir = settings_.paths.swtpm_log;
    facts.firmware.templates = settings_.nvram_templates;
    facts.firmware.nvram_dir = settings_.paths.nvram;
    return facts;
}

Task<Workshop::Bench> QemuHypervisor::bench_for(model::Domain domain) {
    Bench bench;
    bench.capabilities = co_await capabilities_for(domain.devices.emulator, domain.os.type.arch);
    bench.facts = facts_for(domain, domain.id.value_or(-1));
    auto look = [&domain] { return look_at_host(domain); };
    if (!domain.devices.memories.empty()) { // huge pages
        HostFindings findings = co_await blocking(loop_, look);
        std::move(findings).add_to(bench.facts);
    }
    co_return bench;
}

std::optional<host::Credentials> QemuHypervisor::borrower() const {
    return settings_.dynamic_ownership ? settings_.credentials : std::nullopt;
}

host::ProcessSpec QemuHypervisor::process_spec(const LaunchPlan& plan, const Prepared& prepared,
                                               const GuestPlaces& places) const {
    host::ProcessSpec spec;
    spec.path = plan.argv.front();
    spec.arguments = plan.argv;
    for (const auto& [name, value] : plan.environment) spec.environment.push_back(name + "=" + value);
    for (const char* pair :
         {"LC_ALL=C", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}) {
        spec.environment.emplace_back(pair);
    }
    spec.environment.push_back("HOME=" + places.domain_dir);
    constexpr std::pair<const char*, const char*> homes[] = {
        {"DATA", ".local/share"}, {"CACHE", ".cache"}, {"CONFIG", ".config"}};
    for (const auto& [kind, directory] : homes) {
        spec.environment.push_back(fmt::format("XDG_{}_HOME={}/{}", kind, places.domain_dir, directory));
    }
    spec.stdout_fd = spec.stderr_fd = prepared.log.get();
    spec.fds.push_back({.target = monitor_fd, .source = prepared.monitor_listener.get()});
    spec.credentials = settings_.credentials;
    if (settings_.credentials) spec.keep_capabilities = 0;
    spec.no_new_privileges = true;
    spec.umask = 0002; // as libvirt: images stay readable for the group
    const auto limit = [&spec](int resource, std::uint64_t value) {
        spec.limits.push_back({.resource = resource, .soft = value, .hard = value, .best_effort = true});
    };
    if (settings_.max_processes != 0) limit(RLIMIT_NPROC, settings_.max_processes);
    if (settings_.max_files != 0) limit(RLIMIT_NOFILE, settings_.max_files);
    if (settings_.max_core) limit(RLIMIT_CORE, *settings_.max_core);
    spec.cgroup = cgroups_.placement(prepared.cgroup);
    return spec;
}

// Descriptors get numbers behind the monitor's, in the order of the devices.
Task<QemuHypervisor::Attached>
QemuHypervisor::attach_host(model::Domain& domain, std::function<Task<void>()> note, LaunchFacts& facts) {
    Attached attached;
    int next = monitor_fd + 1;
    const auto pass = [&attached, &next](std::vector<UniqueFd>& from, std::vector<std::string>& names) {
        for (UniqueFd& fd : from) {
            names.push_back(std::to_string(next));
            attached.fds.push_back({.target = next++, .source = fd.get()});
            attached.owned.push_back(std::move(fd));
        }
    };
    bool claimed = false;
    for (model::Interface& card : domain.devices.interfaces) {
        const std::string before = card.target.device;
        co_await cards_.claim(domain, card);
        claimed = claimed || card.target.device != before || card.actual;
    }
    if (claimed && note) co_await note();
    for (const model::Interface& card : domain.devices.interfaces) {
        std::optional<OpenedCard> opened = co_await cards_.open(domain, card);
        if (!opened) continue;
        AttachedFds& names = facts.network.cards[opened->alias];
        pass(opened->queues, names.queues);
        pass(opened->vhost, names.vhost);
    }
    co_return attached;
}

HelperGuest QemuHypervisor::helper_guest(const model::Domain& domain, const GuestPlaces& places,
                                         const host::MachineCgroup& cgroup) const {
    return {.name = domain.name,
            .directory = places.domain_dir,
            .log_dir = settings_.paths.log,
            .cgroup = cgroups_.placement(cgroup)};
}

Task<std::unique_ptr<guest::Machine>>
QemuHypervisor::start(model::Domain& domain, guest::StartOptions options, guest::EventSink sink) {
    co_await prepare();
    check(domain);
    const CapabilityCache::Pointer capabilities =
        co_await capabilities_for(domain.devices.emulator, domain.os.type.arch);
    model::assign_aliases(domain);
    const GuestPlaces places(settings_.paths, domain.name, options.id);
    for (model::Graphics& graphics : domain.devices.graphics) {
        if (model::Vnc* vnc = graphics.vnc())
            fix_screen(*vnc, {vnc_ports_, websocket_ports_}, settings_, places.domain_dir);
        if (auto* spice = std::get_if<model::Spice>(&graphics.kind))
            fix_screen(*spice, {vnc_ports_, websocket_ports_}, settings_);
    }
    for (model::Channel& channel : domain.devices.channels) place_channel(channel, places.channel_dir);
    std::exception_ptr failure;
    std::unique_ptr<QemuMachine> machine;
    std::shared_ptr<host::Child> child;
    try {
        LaunchFacts facts = facts_for(domain, options.id);
        const MasterKey master_key = new_master_key();
        facts.disks.seal = sealer(master_key);
        Attached attached = co_await attach_host(domain, options.note, facts);
        auto look = [&domain] {
            detect_chains(domain);
            return look_at_host(domain);
        };
        HostFindings findings = co_await blocking(loop_, look);
        std::move(findings).add_to(facts);
        const std::uint64_t last_image = number_images(domain);
        choose_firmware(domain, facts.firmware);
        LaunchPlan launch = plan(domain, *capabilities, facts);
        add_master_key(launch, places.master_key);
        if (options.state) launch.argv.insert(launch.argv.end(), {"-incoming", "defer"});
        const bool kvm = domain.type == model::DomainType::kvm;
        const bool lends = settings_.credentials && settings_.dynamic_ownership && settings_.remember_owner;
        model::MachineStatus status = first_status(*capabilities, domain, last_image, kvm, lends);
        const LaunchExtras extras{.qemu_version = capabilities->version,
                                  .package = capabilities->package,
                                  .master_key = master_key,
                                  .reset_nvram = options.reset_nvram};
        auto prepare_all = [&] {
            Prepared made = prepare_places(places, launch, settings_, cgroups_, extras);
            limit_before_start(cgroups_, *threads_, made.cgroup, domain);
            return made;
        };
        Prepared prepared = co_await blocking(loop_, prepare_all);
        for (const HelperProcess& helper : launch.helpers)
            co_await helpers_.start(helper_guest(domain, places, prepared.cgroup), helper);
        if (options.before_run) co_await options.before_run();
        host::ProcessSpec spec = process_spec(launch, prepared, places);
        spec.fds.insert(spec.fds.end(), attached.fds.begin(), attached.fds.end());
        child = co_await processes_.spawn(std::move(spec));
        prepared.monitor_listener.reset(); // QEMU alone listens now
        attached = {};                     // and it alone has the taps
        auto note_pid = [&places, pid = child->pid()] {
            write_file_replacing(places.pid_file, std::to_string(pid), 0644);
        };
        const Completion<void> noted = yado::start(loop_, blocking(loop_, note_pid));
        machine = std::make_unique<QemuMachine>(
            QemuMachine::Parts{loop_, child, places, prepared.log_start, std::move(sink), std::move(status),
                               this, &cgroups_, threads_.get(), capabilities, std::move(facts), borrower(),
                               settings_.remember_owner},
            std::move(prepared.monitor));
        co_await machine->meet(domain);
        co_await machine->settle(domain);
        co_await noted;
        const bool goes_on = static_cast<bool>(options.state);
        if (goes_on) co_await machine->read_state(std::move(options.state));
        if (options.load) co_await options.load(*machine, domain);
        const KiB wanted = domain.current();
        if (!goes_on && !options.load && wanted < domain.memory.size && domain.devices.balloon &&
            domain.devices.balloon->model != model::BalloonModel::none) {
            co_await machine->set_balloon(wanted.value);
            domain.current_memory = domain.memory.size; // until the guest's driver has given the rest back
        }
        if (!options.paused) co_await machine->resume();
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return machine;
    machine.reset(); // nothing is reported any more
    if (child && !child->ended()) {
        child->signal(SIGKILL);
        co_await child->wait();
    }
    std::rethrow_exception(failure); // the caller cleans up, as after every end
}

/// Devices that the guest let go of, or that were not plugged in any more, while no daemon was there.
void QemuHypervisor::report_lost_devices(const std::vector<model::StatusDevice>& former,
                                         const QemuMachine& machine, guest::EventSink sink) {
    model::DomainStatus now;
    machine.describe_status(now);
    for (const model::StatusDevice& each : former) {
        if (std::ranges::find(now.devices, each.alias, &model::StatusDevice::alias) != now.devices.end())
            continue;
        loop_.post([sink, alias = each.alias] { sink(guest::DeviceRemoved{alias}); });
    }
}

Task<std::unique_ptr<guest::Machine>> QemuHypervisor::reconnect(model::DomainStatus& status,
                                                                guest::EventSink sink) {
    const int id = status.domain.id.value_or(-1);
    const GuestPlaces places(settings_.paths, status.domain.name, id);
    const auto start_time =
        status.process_start ? status.process_start : host::process_start_time(status.pid);
    std::shared_ptr<host::Child> child;
    // libvirtd notes no start time: by now the number may be somebody else's
    const bool known = status.process_start || runs_domain(status.pid, status.domain);
    if (status.pid > 1 && start_time && known) child = processes_.adopt(status.pid, *start_time);
    if (!child) {
        fail(ErrorSource::qemu, Code::operation_failed, "its process {} has ended meanwhile", status.pid);
    }
    for_each_port(status.domain, {vnc_ports_, websocket_ports_},
                  [](PortPool& pool, unsigned port) { pool.note(port); });
    CapabilityCache::Pointer capabilities = std::make_shared<const QemuCapabilities>();
    try {
        capabilities = co_await capabilities_for(status.domain.devices.emulator, status.domain.os.type.arch);
    } catch (const Error& error) { // its binary may have been taken away while it ran
        log_warning("qemu.machine", "guest '{}': {}", status.domain.name, error.message());
    }
    GuestPlaces own = places;
    if (!status.monitor.path.empty()) own.monitor = status.monitor.path;
    if (!status.lib_dir.empty()) own.domain_dir = status.lib_dir;
    if (!status.channel_target_dir.empty()) own.channel_dir = status.channel_target_dir;
    for (const model::Interface& card : status.domain.devices.interfaces)
        co_await cards_.keep(status.domain, card);
    co_await helpers_.keep(status.domain.name, own.domain_dir);
    LaunchFacts facts = facts_for(status.domain, id);
    try {
        auto read_key = [&own] { return read_master_key(own.master_key); };
        const MasterKey key = co_await blocking(loop_, read_key);
        facts.disks.seal = sealer(key);
    } catch (const Error& error) { // secrets of disks plugged in later go in the clear
        log_warning("qemu.machine", "guest '{}': {}", status.domain.name, error.message());
    }
    UniqueFd socket = connect_monitor(own.monitor);
    guest::EventSink later = sink;
    const std::vector<model::StatusDevice> former = status.devices;
    auto machine = std::make_unique<QemuMachine>(
        QemuMachine::Parts{loop_, child, own, 0, std::move(sink), static_cast<model::MachineStatus&>(status),
                           this, &cgroups_, threads_.get(), capabilities, std::move(facts), borrower(),
                           settings_.remember_owner},
        std::move(socket));
    bool answers = true;
    try {
        co_await machine->meet(status.domain, QemuMachine::Meeting::again, reconnect_patience);
    } catch (const Error& error) {
        if (error.code() != Code::operation_timeout) throw;
        answers = false;
    }
    if (!answers) { // stopped, swapping, on a dead disk: it runs on, and others must not wait for it
        log_warning("qemu.machine", "guest '{}' (process {}) does not answer", status.domain.name,
                    status.pid);
        machine->meet_later(status);
        co_return machine;
    }
    report_lost_devices(former, *machine, later);
    const std::string state = co_await machine->run_state();
    const bool runs = state == "running";
    if (runs && status.state == "paused") {
        status.state = "running";
        status.reason = "unknown";
    } else if (!runs && status.state == "running") {
        status.state = "paused";
        status.reason = state == "io-error" ? "ioerror" : "unknown";
    }
    if (state == "shutdown") { // it powered off while nobody listened
        status.state = "running";
        loop_.post([later] { later(guest::ShuttingDown{.by_guest = true}); });
    }
    if (state == "guest-panicked") {
        status.state = "running";
        loop_.post([later] { later(guest::Panicked()); });
    }
    co_return machine;
}

namespace {

// Nothing is opened for a command line that is only shown: the numbers are those a start would give.
void number_cards(const model::Domain& domain, LaunchFacts& facts) {
    int next = monitor_fd + 1;
    for (const NetworkAttachment& each : network_attachments(domain)) {
        for (unsigned i = 0; i < each.queues; ++i)
            facts.network.cards[each.alias].queues.push_back(std::to_string(next++));
    }
}

} // namespace

Task<std::string> QemuHypervisor::native_config(model::Domain domain) {
    co_await prepare();
    const CapabilityCache::Pointer capabilities =
        co_await capabilities_for(domain.devices.emulator, domain.os.type.arch);
    model::assign_aliases(domain);
    LaunchFacts facts = facts_for(domain, -1);
    auto look = [&domain] { return look_at_host(domain); };
    HostFindings findings = co_await blocking(loop_, look);
    std::move(findings).add_to(facts);
    number_cards(domain, facts);
    const LaunchPlan launch = plan(domain, *capabilities, facts);
    std::string text;
    for (const auto& [name, value] : launch.environment) text += fmt::format("{}={} \\\n", name, value);
    for (std::size_t i = 0; i < launch.argv.size(); ++i) {
        const std::string& argument = launch.argv[i];
        const bool plain =
            argument.find_first_of(" \t\n\"'\\$`{}[]()<>|&;*?#~!") == std::string::npos && !argument.empty();
        std::string quoted = argument;
        if (!plain) {
            for (std::size_t at = 0; (at = quoted.find('\'', at)) != std::string::npos; at += 4)
                quoted.replace(at, 1, "'\\''");
            quoted = "'" + quoted + "'";
        }
        // a value stays on the line of its option, as libvirt prints it
        const bool value_follows = i + 1 < launch.argv.size() && !launch.argv[i + 1].starts_with('-');
        text += quoted + (i + 1 == launch.argv.size() ? "\n" : value_follows ? " " : " \\\n");
    }
    co_return text;
}

Task<void> QemuHypervisor::clean_up(model::DomainStatus status, std::string reason) {
    for_each_port(status.domain, {vnc_ports_, websocket_ports_},
                  [](PortPool& pool, unsigned port) { pool.give_back(port); });
    const GuestPlaces places(settings_.paths, status.domain.name, status.domain.id.value_or(-1));
    // One that lives but cannot be talked to must not run on unseen: it could be started a second time.
    if (const auto child =
            status.process_start ? processes_.adopt(status.pid, *status.process_start) : nullptr) {
        child->signal(SIGKILL);
        co_await child->wait();
    }
    co_await helpers_.end(places.domain_dir);
    auto work = [&] {
        try {
            if (status.pid == 0) kill_stray(places, status.domain, cgroups_);
            clear_places(places, status.domain, settings_, cgroups_, reason);
        } catch (const std::exception& error) {
            log_warning("qemu.launch", "guest '{}': while clearing up: {}", status.domain.name, error.what());
        }
    };
    co_await blocking(loop_, work);
    for (const model::Interface& card : status.domain.devices.interfaces)
        co_await cards_.close(status.domain, card);
}

} // namespace yado::qemu
