// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/helpers/helpers.h"

#include "base/async/start.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"
#include "hypervisor/qemu/launch.h"

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::qemu {
namespace {

using namespace std::chrono_literals;

constexpr auto start_limit = 20s; ///< until its socket is there
constexpr auto look_again = 2ms;  ///< nobody says when
constexpr auto end_limit = 3s;    ///< after SIGTERM
constexpr std::size_t note_limit = 128;
constexpr const char* path_variable = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

std::string note_path(const std::string& directory, const std::string& name) {
    return fmt::format("{}/{}{}", directory, name, helper_note_suffix);
}

std::string log_path(const HelperGuest& guest, const HelperProcess& helper) {
    if (!helper.log_file.empty()) return helper.log_file;
    return fmt::format("{}/{}-{}.log", guest.log_dir, guest.name, helper.name);
}

void give(const std::string& path, const std::optional<host::Credentials>& user) {
    if (user && ::chown(path.c_str(), user->user, user->group) != 0)
        fail_errno("unable to set user and group to '{}:{}' on '{}'", user->user, user->group, path);
}

void make_own_directory(const std::string& path, const std::optional<host::Credentials>& user) {
    make_directories(parent_of(path), 0711);
    const bool made = ::mkdir(path.c_str(), 0711) == 0;
    if (!made && errno != EEXIST) fail_errno("cannot make '{}'", path);
    struct stat status{};
    // one from a daemon before, which may have had another user for it
    if (made || (user && ::stat(path.c_str(), &status) == 0 && status.st_uid != user->user)) give(path, user);
}

} // namespace

const std::optional<host::Credentials>& Helpers::user_of(const HelperProcess& helper) const {
    static const std::optional<host::Credentials> daemon;
    switch (helper.identity) {
    case HelperIdentity::daemon: return daemon;
    case HelperIdentity::swtpm: return users_.swtpm;
    case HelperIdentity::qemu: break;
    }
    return users_.qemu;
}

// What must be there before the program runs. Blocks.
void Helpers::prepare(const HelperGuest& guest, const HelperProcess& helper) const {
    fault::point("helper.prepare");
    const std::optional<host::Credentials>& user = user_of(helper);
    const std::string log = log_path(guest, helper);
    make_directories(parent_of(log), 0711);
    const UniqueFd fd = open_file(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (helper.identity == HelperIdentity::swtpm && user) give(log, user); // swtpm_setup writes it, too
    if (!helper.directory.empty()) make_own_directory(helper.directory, user);
    if (parent_of(helper.socket) != guest.directory) make_own_directory(parent_of(helper.socket), user);
    ::unlink(helper.socket.c_str()); // of one that did not end well
}

host::ProcessSpec Helpers::spec_of(const HelperGuest& guest, const HelperProcess& helper, int log) const {
    host::ProcessSpec spec;
    spec.path = helper.argv.front();
    spec.arguments = helper.argv;
    spec.environment = {"LC_ALL=C", path_variable, "HOME=" + guest.directory};
    spec.stdout_fd = spec.stderr_fd = log;
    spec.credentials = user_of(helper);
    spec.umask = 0077;
    spec.cgroup = guest.cgroup;
    if (spec.credentials) spec.keep_capabilities = 0;
    return spec;
}

// A program that makes the helper's state, once.
Task<void> Helpers::set_up(HelperGuest guest, HelperProcess helper) {
    const std::string made = helper.made_by_setup;
    auto look = [&made] { return ::access(made.c_str(), F_OK) == 0; };
    const bool there = co_await blocking(loop_, look);
    if (there) co_return;
    host::ProcessSpec spec = spec_of(guest, helper, -1);
    spec.path = helper.setup.front();
    spec.arguments = helper.setup;
    spec.cgroup = {};
    const host::CommandResult result = co_await processes_.run(std::move(spec));
    if (result.success()) co_return;
    const std::string_view words = trim(result.error_output.empty() ? result.output : result.error_output);
    fail(ErrorSource::qemu, Code::internal_error, "Could not run '{}'. exitstatus: {}; {}",
         helper.setup.front(), result.status.text(),
         words.substr(words.size() > 800 ? words.size() - 800 : 0));
}

Helpers::Pointer Helpers::note(const std::string& directory, const std::string& name,
                               std::shared_ptr<host::Child> child) {
    auto running = std::make_shared<Running>();
    running->child = std::move(child);
    running_[directory][name] = running;
    return running;
}

Task<void> Helpers::watch(Pointer running, std::string guest, std::string name) {
    const std::shared_ptr<host::Child> child = running->child;
    const host::ExitStatus status = co_await child->wait();
    if (running->ending) co_return;
    log_warning("qemu.helpers", "guest '{}': {} has ended ({})", guest, name,
                status.known ? status.text() : "how is not known");
}

Task<void> Helpers::wait_for_socket(Pointer running, HelperProcess helper, std::string log) {
    const Loop::TimePoint limit = loop_.now() + start_limit;
    struct stat status{};
    while (::stat(helper.socket.c_str(), &status) != 0) { // a look at memory, no wait for a disk
        const bool ended = running->child->ended().has_value();
        if (ended || loop_.now() >= limit) {
            running->ending = true;
            fail(ErrorSource::qemu, Code::operation_failed, "{} {}: {}", helper.name,
                 ended ? "ended while it was being started" : "is not ready in time", log_tail(log, 0));
        }
        co_await sleep_for(loop_, look_again);
    }
    const std::optional<host::Credentials> user = users_.qemu;
    auto hand_over = [&helper, &user] { give(helper.socket, user); };
    co_await blocking(loop_, hand_over);
}

Task<void> Helpers::start(HelperGuest guest, HelperProcess helper) {
    if (::access(helper.argv.front().c_str(), X_OK) != 0) {
        fail(ErrorSource::qemu, Code::config_unsupported, "'{}' is not installed{}", helper.argv.front(),
             helper.package.empty() ? "" : fmt::format(": install the package {}", helper.package));
    }
    auto make = [this, &guest, &helper] { prepare(guest, helper); };
    co_await blocking(loop_, make);
    if (!helper.setup.empty()) co_await set_up(guest, helper);
    const std::string log = log_path(guest, helper);
    const UniqueFd out = open_file(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    host::ProcessSpec spec = spec_of(guest, helper, out.get());
    fault::point("helper.spawn");
    std::shared_ptr<host::Child> child = co_await processes_.spawn(std::move(spec));
    Pointer running = note(guest.directory, helper.name, child);
    auto write = [path = note_path(guest.directory, helper.name), &child] {
        write_file_replacing(path, fmt::format("{} {}", child->pid(), child->start_time()), 0600);
    };
    co_await blocking(loop_, write);
    spawn(watch(running, guest.name, helper.name));
    co_await wait_for_socket(running, helper, log);
}

Task<void> Helpers::keep(std::string guest, std::string directory) {
    auto look = [&directory] {
        std::vector<std::pair<std::string, std::string>> notes;
        for (const DirectoryEntry& entry : list_directory(directory)) {
            if (!entry.name.ends_with(helper_note_suffix)) continue;
            std::string name = entry.name.substr(0, entry.name.size() - helper_note_suffix.size());
            notes.emplace_back(std::move(name), read_file(directory + "/" + entry.name, note_limit));
        }
        return notes;
    };
    const std::vector<std::pair<std::string, std::string>> notes = co_await blocking(loop_, look);
    for (const auto& [name, text] : notes) {
        const auto words = split(text, ' ');
        const auto pid = parse_number<pid_t>(words.front());
        const auto start = words.size() == 2 ? parse_number<std::uint64_t>(words[1]) : std::nullopt;
        if (!pid || !start || running_[directory].contains(name)) continue;
        std::shared_ptr<host::Child> child = processes_.adopt(*pid, *start);
        if (child) {
            spawn(watch(note(directory, name, std::move(child)), guest, name));
        } else {
            log_warning("qemu.helpers", "guest '{}': {} has ended meanwhile", guest, name);
        }
    }
    if (const auto own = running_.find(directory); own != running_.end() && own->second.empty())
        running_.erase(own);
}

Task<void> Helpers::end(std::string directory, std::string name) {
    try {
        const std::string nobody;
        co_await keep(nobody, directory); // of a guest that was not taken over
    } catch (const Error& error) { log_debug("qemu.helpers", "{}", error.message()); }
    const auto own = running_.find(directory);
    if (own == running_.end()) co_return;
    std::map<std::string, Pointer> ending;
    if (name.empty()) {
        ending = std::move(own->second);
    } else if (const auto one = own->second.find(name); one != own->second.end()) {
        ending.insert(own->second.extract(one));
    }
    if (name.empty() || own->second.empty()) running_.erase(own);
    for (const auto& [its_name, running] : ending) {
        running->ending = true;
        running->child->signal(SIGTERM);
    }
    for (const auto& [its_name, running] : ending) {
        const std::shared_ptr<host::Child> child = running->child;
        const Loop::Timer killing = loop_.after(end_limit, [child] { child->signal(SIGKILL); });
        co_await child->wait();
        ::unlink(note_path(directory, its_name).c_str());
    }
}

} // namespace yado::qemu
