// SPDX-License-Identifier: Apache-2.0
#include "network/name_server.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"
#include "network/leases.h"

#include <algorithm>
#include <csignal>
#include <ctime>
#include <unistd.h>

namespace yado::network {
namespace {

constexpr std::chrono::seconds start_limit{20};
constexpr std::chrono::milliseconds end_limit{2000}; ///< then it is killed
std::string find_program(const std::string& wanted) {
    if (!wanted.empty()) return wanted;
    for (const char* path :
         {"/usr/sbin/dnsmasq", "/usr/bin/dnsmasq", "/usr/local/sbin/dnsmasq", "/sbin/dnsmasq"}) {
        if (::access(path, X_OK) == 0) return path;
    }
    fail(ErrorSource::network, Code::operation_failed,
         "no dnsmasq on this host, which gives names and addresses to guests: install the package "
         "dnsmasq-base");
}

void write_files(const DnsmasqFiles& files, const DnsmasqPaths& paths) {
    write_file_replacing(paths.config, files.config, 0600);
    write_file_replacing(paths.hosts, files.hosts, 0644); // it reads these again as its own user
    write_file_replacing(paths.names, files.names, 0644);
    if (!read_file_if_exists(paths.leases, lease_table_limit)) write_file_replacing(paths.leases, "", 0644);
}

/// Nobody misses them after a power cut, so there is no waiting for the disk.
void remove_files(const DnsmasqPaths& paths) {
    for (const std::string& path : {paths.config, paths.hosts, paths.names, paths.pid_file}) {
        if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail_errno("cannot remove '{}'", path);
    }
}

/// What a process that was killed while it wrote has left (".yado-PID-N.new"). The lease program writes here
/// at any time: files of living processes stay.
void remove_half_written(const std::string& directory) {
    constexpr std::string_view start = ".yado-";
    for (const DirectoryEntry& entry : list_directory(directory)) {
        const std::string_view name = entry.name;
        if (!name.starts_with(start) || !name.ends_with(".new")) continue;
        const std::string_view number =
            name.substr(start.size(), name.find('-', start.size()) - start.size());
        const auto pid = parse_number<pid_t>(number, 10, 1);
        if (pid && *pid != ::getpid() && ::kill(*pid, 0) == 0) continue;
        ::unlink((directory + "/" + entry.name).c_str()); // one that cannot be removed does no harm
    }
}

/// The pid in the file when that process is the server with this configuration; another may have its number
/// by now.
std::optional<pid_t> running_pid(const DnsmasqPaths& paths) {
    constexpr std::size_t pid_limit = 64;
    constexpr std::size_t line_limit = 1U << 20U;
    const auto text = read_file_if_exists(paths.pid_file, pid_limit);
    if (!text) return std::nullopt;
    const auto pid = parse_number<pid_t>(trim(*text), 10, 2);
    if (!pid) return std::nullopt;
    std::optional<std::string> line;
    try {
        line = read_file_if_exists(fmt::format("/proc/{}/cmdline", *pid), line_limit);
    } catch (const Error&) { // it has just ended
        return std::nullopt;
    }
    if (!line || line->find("--conf-file=" + paths.config + '\0') == std::string::npos) return std::nullopt;
    return pid;
}

} // namespace

NameServers::NameServers(Loop& loop, host::Processes& processes, Places places)
    : loop_(loop), processes_(processes), places_(std::move(places)) {
    remove_half_written(places_.directory);
}

std::string NameServers::lease_program_path() const {
    return places_.runtime + "/" + std::string(lease_program_name);
}

Task<void> NameServers::run(model::Network network) {
    const DnsmasqPaths paths = paths_of(network);
    host::ProcessSpec spec;
    spec.path = find_program(places_.program);
    spec.arguments = {spec.path, "--conf-file=" + paths.config, "--leasefile-ro",
                      "--dhcp-script=" + lease_program_path()};
    spec.environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "VIR_BRIDGE_NAME=" + network.bridge.name,
                        "YADO_LEASES=" + paths.leases};
    fault::point("network.dnsmasq");
    const std::string command = join(spec.arguments, " ");
    const host::CommandLimits limits{.timeout = start_limit};
    const host::CommandResult result = co_await processes_.run(std::move(spec), limits);
    if (result.success()) co_return;
    const std::string words = printable(trim(result.error_output));
    if (result.timed_out) {
        fail(ErrorSource::network, Code::operation_failed, "'{}' did not start within {} s: {}", command,
             start_limit.count(), words);
    }
    fail(ErrorSource::network, Code::internal_error,
         "Child process (VIR_BRIDGE_NAME={} {}) unexpected {}: {}", network.bridge.name, command,
         result.status.text(), words);
}

Task<void> NameServers::start(model::Network network) {
    if (!needs_dnsmasq(network)) co_return;
    const DnsmasqPaths paths = paths_of(network);
    const DnsmasqFiles files = dnsmasq_files(network, paths);
    auto write = [this, &files, &paths] {
        make_directories(places_.directory, 0755);
        make_directories(places_.runtime, 0755);
        const std::string link = lease_program_path();
        char target[4096];
        const ssize_t size = ::readlink(link.c_str(), target, sizeof target);
        if (size < 0 || places_.daemon != std::string_view(target, static_cast<std::size_t>(size)))
            replace_symlink(places_.daemon, link);
        write_files(files, paths);
    };
    std::exception_ptr failure;
    try {
        co_await end(network); // one that a former run left
        co_await blocking(loop_, std::move(write));
        co_await run(network);
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return;
    auto clean = [&paths] { remove_files(paths); };
    co_await blocking(loop_, std::move(clean));
    std::rethrow_exception(failure);
}

Task<std::unique_ptr<host::Child>> NameServers::find(model::Network network) {
    const DnsmasqPaths paths = paths_of(network);
    auto look = [&paths]() -> std::pair<pid_t, std::uint64_t> {
        const auto pid = running_pid(paths);
        if (!pid) return {0, 0};
        return {*pid, host::process_start_time(*pid).value_or(0)};
    };
    const auto [pid, start_time] = co_await blocking(loop_, std::move(look));
    std::unique_ptr<host::Child> child;
    if (pid != 0 && start_time != 0) child = processes_.adopt(pid, start_time);
    co_return child;
}

Task<void> NameServers::end(model::Network network) {
    std::shared_ptr<host::Child> child = co_await find(std::move(network));
    if (child == nullptr) co_return;
    child->signal(SIGTERM);
    const Loop::Timer limit = loop_.after(end_limit, [child] {
        if (!child->ended()) child->signal(SIGKILL);
    });
    co_await child->wait();
}

Task<void> NameServers::stop(model::Network network) {
    if (!needs_dnsmasq(network)) co_return;
    co_await end(network);
    auto clean = [paths = paths_of(network)] { remove_files(paths); };
    co_await blocking(loop_, std::move(clean));
}

Task<void> NameServers::forget(model::Network network) {
    auto clean = [paths = paths_of(network)] {
        remove_file_durably(paths.leases);
        remove_file_durably(paths.macs);
    };
    co_await blocking(loop_, std::move(clean));
}

Task<void> NameServers::recover(model::Network network) {
    if (!needs_dnsmasq(network)) co_return;
    const std::unique_ptr<host::Child> child = co_await find(network);
    if (child != nullptr) co_return;
    log_info("network", "the name server of '{}' had ended and is started again", network.name);
    co_await start(std::move(network));
}

Task<void> NameServers::update(model::Network before, model::Network now) {
    if (!needs_dnsmasq(now)) {
        co_await stop(std::move(before));
        co_return;
    }
    const DnsmasqPaths paths = paths_of(now);
    const DnsmasqFiles files = dnsmasq_files(now, paths);
    std::shared_ptr<host::Child> child = co_await find(now);
    const bool same = needs_dnsmasq(before) && dnsmasq_files(before, paths).config == files.config;
    if (child == nullptr || !same) {
        co_await start(std::move(now));
        co_return;
    }
    auto write = [&files, &paths] { write_files(files, paths); };
    co_await blocking(loop_, std::move(write));
    child->signal(SIGHUP); // names and fixed addresses are read again
}

Task<void> NameServers::set_plugged(model::Network network, std::vector<PluggedCard> cards) {
    auto write = [this, path = paths_of(network).macs, &cards] {
        make_directories(places_.directory, 0755);
        write_file_replacing(path, write_plugged(cards), 0644);
    };
    co_await blocking(loop_, std::move(write));
}

Task<std::vector<Lease>> NameServers::leases(model::Network network) {
    auto read = [path = paths_of(network).leases, &network] {
        const std::vector<LeaseRow> rows =
            read_leases(read_file_if_exists(path, lease_table_limit).value_or(""));
        return shown_leases(rows, network, std::time(nullptr));
    };
    co_return co_await blocking(loop_, std::move(read));
}

} // namespace yado::network
