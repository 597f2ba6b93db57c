// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/launch.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "host/access.h"
#include "hypervisor/qemu/devices/tpm.h"
#include "hypervisor/qemu/ownership.h"
#include "model/domain/disk_chain.h"

#include <array>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <functional>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace yado::qemu {
namespace {

// Undoes steps in reverse unless kept.
class Undo {
  public:
    void add(std::function<void()> step) { steps_.push_back(std::move(step)); }
    void keep() { steps_.clear(); }
    ~Undo() {
        for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
            try {
                (*step)();
            } catch (const std::exception& error) {
                log_warning("qemu.launch", "while undoing: {}", error.what());
            }
        }
    }

  private:
    std::vector<std::function<void()>> steps_;
};

constexpr std::size_t short_name_length = 20; // of the domain's name in directory names, as libvirt

void own(const std::string& path, const Settings& settings) {
    if (!settings.credentials) return;
    if (::chown(path.c_str(), settings.credentials->user, settings.credentials->group) != 0) {
        fail_errno("unable to set user and group to '{}:{}' on '{}'", settings.credentials->user,
                   settings.credentials->group, path);
    }
}

// The address of a socket in a directory of any depth: sockaddr_un holds 108 bytes only, so the directory is
// named by a descriptor.
struct SocketAddress {
    explicit SocketAddress(const std::string& path) {
        const auto slash = path.rfind('/');
        directory = open_file(path.substr(0, slash), O_PATH | O_DIRECTORY);
        const std::string text = fmt::format("/proc/self/fd/{}/{}", directory.get(), path.substr(slash + 1));
        address.sun_family = AF_UNIX;
        if (text.size() >= sizeof(address.sun_path))
            fail(Code::internal_error, "socket name of '{}' is too long", path);
        text.copy(address.sun_path, text.size());
    }
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
    UniqueFd directory;
    sockaddr_un address{};
};

UniqueFd listen_on(const std::string& path) {
    const SocketAddress address(path);
    ::unlink(path.c_str());
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd) fail_errno("cannot make the monitor's socket");
    if (::bind(fd.get(), address.get(), sizeof(address.address)) != 0) fail_errno("cannot bind '{}'", path);
    if (::listen(fd.get(), 1) != 0) fail_errno("cannot listen on '{}'", path);
    return fd;
}

void write_master_key(const std::string& path, const MasterKey& key, const Settings& settings) {
    const UniqueFd fd = open_file(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    write_all(fd.get(), {reinterpret_cast<const char*>(key.data()), key.size()}, path);
    own(path, settings);
}

// QEMU would only say that permission is denied, and not by what.
void require_readable(const std::string& path, const host::Credentials& user) {
    const auto problem = host::find_access_problem(path, user, host::AccessKind::read);
    if (!problem) return;
    Error error = system_error(EACCES, fmt::format("Cannot access storage file '{}' (as uid:{}, gid:{})",
                                                   path, user.user, user.group));
    error.set_message(fmt::format("{}: {}", error.message(), problem->text()));
    throw error;
}

std::string time_stamp() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    tm parts{};
    ::gmtime_r(&now.tv_sec, &parts);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &parts);
    return fmt::format("{}.{:03}+0000", std::string_view(text, length), now.tv_nsec / 1'000'000);
}

std::string header_text(const LaunchPlan& plan, const LaunchExtras& extras) {
    utsname host{};
    ::uname(&host);
    std::string text = fmt::format("{}: starting up libvirt version: {}, package: yado {}, qemu version: "
                                   "{}.{}.{}{}, kernel: {}, hostname: {}\n",
                                   time_stamp(), libvirt_version_text, version,
                                   extras.qemu_version / 1'000'000, extras.qemu_version / 1000 % 1000,
                                   extras.qemu_version % 1000, extras.package, host.release, host.nodename);
    for (const auto& [name, value] : plan.environment) text += fmt::format("{}={} \\\n", name, value);
    for (std::size_t i = 0; i < plan.argv.size(); ++i) {
        text += plan.argv[i];
        text += i + 1 < plan.argv.size() ? " \\\n" : "\n";
    }
    return text;
}

} // namespace

GuestPlaces::GuestPlaces(const Paths& paths, std::string_view name, int id)
    : swtpm_socket(qemu::swtpm_socket(paths.run + "/swtpm", id, name)),
      pid_file(fmt::format("{}/{}.pid", paths.run, name)),
      cgroup(host::machine_cgroup_name("qemu", id, name)) {
    const std::string own_name = fmt::format("domain-{}-{}", id, name.substr(0, short_name_length));
    domain_dir = paths.lib + "/" + own_name;
    channel_dir = paths.channels + "/" + own_name;
    memory_dir = fmt::format("{}/ram/{}-{}", paths.lib, id, name);
    monitor = domain_dir + "/monitor.sock";
    master_key = domain_dir + "/master-key.aes";
    log = fmt::format("{}/{}.log", paths.log, name);
}

std::vector<std::string> lent_files(const model::Domain& domain) {
    std::vector<std::string> files;
    for (const model::Disk& disk : domain.devices.disks) {
        if (!disk.path().empty()) files.push_back(disk.path());
    }
    if (domain.os.nvram && !domain.os.nvram->file().empty()) files.push_back(domain.os.nvram->file());
    for (const model::AcpiTable& table : domain.os.acpi_tables) files.push_back(table.path);
    for (const std::string* path : {&domain.os.kernel, &domain.os.initrd, &domain.os.dtb}) {
        if (!path->empty()) files.push_back(*path);
    }
    return files;
}

std::vector<std::string> shared_files(const model::Domain& domain) {
    std::vector<std::string> files;
    const auto add = [&files](const model::DiskChain& chain, std::size_t first) {
        for (std::size_t i = first; i < chain.images.size(); ++i) {
            if (const std::string& path = model::path_of(chain.images[i].source); !path.empty())
                files.push_back(path);
        }
    };
    for (const model::Disk& disk : domain.devices.disks) {
        add(model::chain_of(disk), 1);
        // what an active commit writes to lies below the disk already
        if (disk.mirror && disk.mirror->job != model::MirrorJob::active_commit)
            add(model::chain_of(*disk.mirror), 0);
    }
    return files;
}

Prepared prepare_places(const GuestPlaces& places, const LaunchPlan& plan, const Settings& settings,
                        host::Cgroups& cgroups, const LaunchExtras& extras) {
    Undo undo;
    Prepared prepared;
    make_directories(settings.paths.log, 0755);
    make_directories(settings.paths.run, 0755);
    for (const std::string& parent : {settings.paths.lib, settings.paths.channels}) {
        make_directories(parent, 0755);
        struct stat status{};
        // a daemon before may have run guests as somebody else
        if (::stat(parent.c_str(), &status) == 0 && settings.credentials &&
            status.st_uid != settings.credentials->user) {
            own(parent, settings);
        }
    }
    for (const std::string& directory : {places.domain_dir, places.channel_dir}) {
        fault::point("launch.directory");
        remove_tree(directory); // of a guest of this name and id before a reboot
        make_directories(directory, 0755);
        undo.add([directory] { remove_tree(directory); });
        if (::chmod(directory.c_str(), 0750) != 0) fail_errno("cannot set the mode of '{}'", directory);
        own(directory, settings);
    }
    write_master_key(places.master_key, extras.master_key, settings);
    for (const std::string& file : plan.log_files) {
        const UniqueFd fd = open_file(file, O_WRONLY | O_CREAT | O_APPEND, 0600);
        own(file, settings);
    }
    for (const MadeFile& file : plan.files) {
        write_file_replacing(file.path, file.content, 0600);
        own(file.path, settings);
    }
    for (const std::string& directory : plan.memory_dirs) {
        make_directories(directory, 0711);
        undo.add([directory] { remove_tree(directory); });
        own(directory, settings);
    }
    const bool has_nvram = !plan.nvram.path.empty() && ::access(plan.nvram.path.c_str(), F_OK) == 0;
    if (!plan.nvram.path.empty() && (!has_nvram || extras.reset_nvram)) {
        if (plan.nvram.from.empty()) {
            fail(ErrorSource::qemu, Code::operation_failed,
                 "no NVRAM file '{}', and no <nvram template> to make it from", plan.nvram.path);
        }
        constexpr std::size_t firmware_limit = 64U << 20U;
        make_directories(plan.nvram.path.substr(0, plan.nvram.path.rfind('/')), 0711);
        write_file_atomically(plan.nvram.path, read_file(plan.nvram.from, firmware_limit), 0600);
    }
    for (const auto* list : {&plan.disk_paths, &plan.read_only_paths}) {
        for (const std::string& path : *list) {
            if (::access(path.c_str(), F_OK) != 0) fail_errno("Cannot access storage file '{}'", path);
        }
    }
    fault::point("launch.log");
    prepared.log = open_file(places.log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    write_all(prepared.log.get(), header_text(plan, extras), places.log);
    struct stat log_status{};
    if (::fstat(prepared.log.get(), &log_status) == 0) {
        prepared.log_start = static_cast<std::uint64_t>(log_status.st_size);
    }
    fault::point("launch.monitor");
    prepared.monitor_listener = listen_on(places.monitor);
    prepared.monitor = connect_monitor(places.monitor);
    if (settings.credentials && settings.dynamic_ownership) {
        for (const auto* list : {&plan.disk_paths, &plan.read_only_paths}) {
            for (const std::string& path : *list) {
                fault::point("launch.lend");
                lend_file(path, *settings.credentials, settings.remember_owner);
                undo.add([path, &settings] { return_file(path, *settings.credentials); });
            }
        }
    }
    if (settings.credentials) {
        for (const auto* list : {&plan.disk_paths, &plan.read_only_paths}) {
            for (const std::string& path : *list) require_readable(path, *settings.credentials);
        }
    }
    fault::point("launch.cgroup");
    prepared.cgroup = cgroups.create(places.cgroup, settings.cgroup_controllers);
    undo.keep();
    return prepared;
}

void clear_places(const GuestPlaces& places, const model::Domain& domain, const Settings& settings,
                  host::Cgroups& cgroups, std::string_view reason) {
    const host::MachineCgroup cgroup = cgroups.find(places.cgroup);
    constexpr int attempts = 50; // processes of the group may take a moment to leave
    for (int i = 0; !cgroup.empty() && !cgroups.remove(cgroup) && i < attempts; ++i) ::usleep(1000);
    // Without its directory the guest never had its files, which others may be using.
    const bool had_files = ::access(places.domain_dir.c_str(), F_OK) == 0;
    if (settings.credentials && settings.dynamic_ownership && had_files) {
        for (const std::string& path : lent_files(domain)) return_file(path, *settings.credentials);
        for (const std::string& path : shared_files(domain))
            return_file(path, *settings.credentials, GiveBack::if_remembered);
    }
    remove_tree(places.domain_dir);
    remove_tree(places.channel_dir);
    remove_tree(places.memory_dir);
    ::unlink(places.swtpm_socket.c_str());
    ::unlink(places.pid_file.c_str());
    const UniqueFd log(::open(places.log.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
    if (log)
        write_all(log.get(), fmt::format("{}: shutting down, reason={}\n", time_stamp(), reason), places.log);
}

std::string log_tail(const std::string& path, std::uint64_t start) {
    constexpr std::uint64_t wanted = 1024;
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return {};
    const off_t end = ::lseek(fd.get(), 0, SEEK_END);
    if (end <= 0 || static_cast<std::uint64_t>(end) <= start) return {};
    const std::uint64_t from = std::max(
        start, static_cast<std::uint64_t>(end) > wanted ? static_cast<std::uint64_t>(end) - wanted : 0);
    std::string text(static_cast<std::size_t>(static_cast<std::uint64_t>(end) - from), '\0');
    const ssize_t got = ::pread(fd.get(), text.data(), text.size(), static_cast<off_t>(from));
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

UniqueFd connect_monitor(const std::string& path) {
    const SocketAddress address(path);
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd) fail_errno("cannot make a socket");
    if (::connect(fd.get(), address.get(), sizeof(address.address)) != 0) {
        fail_errno("cannot connect to the monitor at '{}'", path);
    }
    return fd;
}

bool runs_domain(pid_t pid, const model::Domain& domain) {
    std::string line;
    try {
        line = read_file_if_exists(fmt::format("/proc/{}/cmdline", pid), 1 << 20).value_or("");
    } catch (const Error&) {
        return false; // ended meanwhile
    }
    const std::string_view program = std::string_view(line).substr(0, line.find('\0'));
    if (program != domain.devices.emulator && !program.contains("qemu")) return false;
    // a comma in a name is doubled on the command line; the UUID alone is as good there
    return line.contains(domain.uuid.text()) &&
           (domain.name.contains(',') || line.contains(fmt::format("guest={},", domain.name)));
}

namespace {

// Helpers are told their socket, which is in the guest's directory or called like the guest.
bool serves(pid_t pid, const GuestPlaces& places) {
    try {
        const std::string line =
            read_file_if_exists(fmt::format("/proc/{}/cmdline", pid), 1 << 20).value_or("");
        return line.contains(places.domain_dir + "/") || line.contains(places.swtpm_socket);
    } catch (const Error&) {
        return false; // ended meanwhile
    }
}

} // namespace

void kill_stray(const GuestPlaces& places, const model::Domain& domain, host::Cgroups& cgroups) {
    if (const host::MachineCgroup cgroup = cgroups.find(places.cgroup); !cgroup.empty()) cgroups.kill(cgroup);
    for (const DirectoryEntry& entry : list_directory("/proc")) {
        const auto pid = parse_number<pid_t>(entry.name);
        if (!pid || *pid <= 1 || *pid == ::getpid()) continue;
        if (!runs_domain(*pid, domain) && !serves(*pid, places)) continue;
        log_warning("qemu.launch", "ending process {}, left over from an interrupted start of '{}'", *pid,
                    domain.name);
        ::kill(*pid, SIGKILL);
    }
}

} // namespace yado::qemu
