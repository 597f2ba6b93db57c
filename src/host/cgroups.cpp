// SPDX-License-Identifier: Apache-2.0
#include "host/cgroups.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <dirent.h>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::host {
namespace {

constexpr std::string_view log_category = "host.cgroups";
constexpr std::size_t file_limit = 4 << 20; // cgroup.procs of a machine with very many helpers
constexpr std::size_t longest_name = 64;    // libvirt's, systemd's for machines
constexpr std::string_view emulator = "/emulator";

constexpr std::array<std::string_view, controller_count> controller_names = {
    "cpu", "cpuacct", "cpuset", "memory", "blkio", "devices", "freezer", "pids"};

/// vCPU threads may get groups of their own for these, so the process is one level below the machine.
bool is_split(Controller controller) {
    return controller == Controller::cpu || controller == Controller::cpuset;
}

std::string_view unified_name(Controller controller) {
    return controller == Controller::blkio ? "io" : name_of(controller);
}

/// Mount points in mountinfo have blanks and backslashes as \ooo.
std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto code = text[i] == '\\' && i + 3 < text.size()
                              ? parse_number<unsigned>(text.substr(i + 1, 3), 8)
                              : std::optional<unsigned>();
        if (code && *code < 256) {
            out += static_cast<char>(*code);
            i += 3;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

/// cgroupfs wants one write and the file to exist; nothing is retried.
bool try_write(const std::string& path, std::string_view value) {
    const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_TRUNC));
    if (!fd) return false;
    return ::write(fd.get(), value.data(), value.size()) == static_cast<ssize_t>(value.size());
}

std::string read_or_empty(const std::string& path) {
    try {
        return read_file_if_exists(path, file_limit).value_or("");
    } catch (const Error&) {
        return {}; // EOPNOTSUPP for cgroup.procs of threaded groups, ENODEV when it is removed meanwhile
    }
}

bool make_group(const std::string& path) {
    if (::mkdir(path.c_str(), 0755) == 0 || errno == EEXIST) return true;
    log_debug(log_category, "cannot create {}: {}", path, std::strerror(errno));
    return false;
}

std::vector<std::string> groups_below(const std::string& path) {
    std::vector<std::string> groups;
    if (path.empty()) return groups;
    for (const DirectoryEntry& entry : list_directory(path))
        if (entry.type == DT_DIR) groups.push_back(path + "/" + entry.name);
    return groups;
}

std::optional<std::uint64_t> first_number(std::string_view text) {
    return parse_number<std::uint64_t>(trim(text));
}

class LinuxCgroups : public Cgroups {
  public:
    LinuxCgroups(const std::string& mountinfo, std::string partition) : partition_(std::move(partition)) {
        read_mounts(read_or_empty(mountinfo));
        const bool any_separate =
            std::ranges::any_of(mounts_, [](const std::string& mount) { return !mount.empty(); });
        if (!unified_.empty()) layout_ = any_separate ? CgroupLayout::hybrid : CgroupLayout::v2;
        else if (any_separate) layout_ = CgroupLayout::v1;
    }

    CgroupLayout layout() const override { return layout_; }

    ControllerSet available() const override {
        ControllerSet set;
        const std::string text = unified_.empty() ? "" : read_or_empty(unified_ + "/cgroup.controllers");
        const auto unified = split_words(text);
        for (unsigned i = 0; i < controller_count; ++i) {
            const auto controller = static_cast<Controller>(i);
            if (!mounts_[i].empty() || std::ranges::count(unified, unified_name(controller)) > 0)
                set.add(controller);
        }
        if (!unified_.empty()) { // these two are part of every v2 group
            set.add(Controller::cpuacct);
            set.add(Controller::freezer);
        }
        return set;
    }

    MachineCgroup create(const std::string& name, ControllerSet wanted) override {
        MachineCgroup machine;
        machine.name = name;
        if (!unified_.empty()) create_unified(machine, wanted);
        for (unsigned i = 0; i < controller_count; ++i) {
            const auto controller = static_cast<Controller>(i);
            // Where there is a v2 group it counts CPU time already.
            if (controller == Controller::cpuacct && !machine.unified.empty()) continue;
            if (wanted.has(controller)) create_separate(machine, controller);
        }
        for (const Controller tracker :
             {Controller::freezer, Controller::pids, Controller::cpuacct, Controller::memory})
            if (machine.empty()) create_separate(machine, tracker);
        return machine;
    }

    MachineCgroup find(const std::string& name) const override {
        MachineCgroup machine;
        machine.name = name;
        if (!unified_.empty() && exists(path_in(unified_, name))) machine.unified = path_in(unified_, name);
        for (unsigned i = 0; i < controller_count; ++i)
            if (!mounts_[i].empty() && exists(path_in(mounts_[i], name)))
                machine.separate[i] = path_in(mounts_[i], name);
        return machine;
    }

    CgroupPlacement placement(const MachineCgroup& machine) const override {
        CgroupPlacement place;
        if (!machine.unified.empty()) place.unified_directory = machine.unified + std::string(emulator);
        for (unsigned i = 0; i < controller_count; ++i) {
            if (machine.separate[i].empty()) continue;
            const bool lower = exists(machine.separate[i] + std::string(emulator));
            std::string tasks = fmt::format("{}{}/tasks", machine.separate[i], lower ? emulator : "");
            // cpu and cpuacct are often mounted as one.
            if (std::ranges::count(place.tasks_files, tasks) == 0)
                place.tasks_files.push_back(std::move(tasks));
        }
        return place;
    }

    std::vector<pid_t> processes(const MachineCgroup& machine) const override {
        std::set<pid_t> pids;
        for (const std::string& group : all_groups(machine)) {
            const std::string text = read_or_empty(group + "/cgroup.procs");
            for (const std::string_view word : split_words(text))
                if (const auto pid = parse_number<pid_t>(word); pid && *pid > 0) pids.insert(*pid);
        }
        return {pids.begin(), pids.end()};
    }

    void kill(const MachineCgroup& machine) override {
        if (!machine.unified.empty()) try_write(machine.unified + "/cgroup.kill", "1"); // since Linux 5.14
        // What forks while being killed is caught by the next look; a fork bomb ends with its last parent.
        constexpr int most_looks = 16;
        std::vector<pid_t> before;
        for (int look = 0; look < most_looks; ++look) {
            std::vector<pid_t> now = processes(machine);
            if (now == before) return;
            for (const pid_t pid : now) ::kill(pid, SIGKILL);
            before = std::move(now);
        }
    }

    bool remove(const MachineCgroup& machine) override {
        bool gone = true;
        const auto remove_one = [&gone](const std::string& path) {
            if (::rmdir(path.c_str()) == 0 || errno == ENOENT) return;
            log_debug(log_category, "cannot remove {}: {}", path, std::strerror(errno));
            gone = false;
        };
        for (const std::string& group : all_groups(machine)) remove_one(group);
        return gone;
    }

    void add_thread(const MachineCgroup& machine, const std::string& part, pid_t thread) override {
        const MachineCgroup groups = machine.part(part);
        if (groups.empty())
            fail(ErrorSource::cgroup, Code::operation_invalid, "cgroup {} controller is not mounted", "cpu");
        const std::string number = std::to_string(thread);
        if (!groups.unified.empty()) {
            make_thread_group(groups.unified);
            write_or_fail(groups.unified + "/cgroup.threads", number);
        }
        std::string last; // cpu and cpuset may be mounted as one
        for (unsigned i = 0; i < controller_count; ++i) {
            const std::string& group = groups.separate[i];
            if (group.empty() || group == last) continue;
            last = group;
            if (::mkdir(group.c_str(), 0755) != 0 && errno != EEXIST) fail_errno("cannot create '{}'", group);
            if (static_cast<Controller>(i) == Controller::cpuset) inherit_cpuset(machine.separate[i], group);
            write_or_fail(group + "/tasks", number);
        }
    }

    bool has_part(const MachineCgroup& machine, const std::string& part) const override {
        const MachineCgroup groups = machine.part(part);
        if (!groups.unified.empty()) return exists(groups.unified);
        return std::ranges::any_of(groups.separate,
                                   [](const std::string& path) { return !path.empty() && exists(path); });
    }

    void remove_part(const MachineCgroup& machine, const std::string& part) override {
        const MachineCgroup groups = machine.part(part);
        if (!groups.unified.empty()) ::rmdir(groups.unified.c_str());
        for (const std::string& path : groups.separate)
            if (!path.empty()) ::rmdir(path.c_str());
    }

    CgroupUsage usage(const MachineCgroup& machine) const override {
        CgroupUsage usage;
        if (const auto text = read(machine, Controller::cpuacct, "cpuacct.usage")) {
            usage.cpu_nanoseconds = first_number(*text);
        } else if (const auto stat = read(machine, Controller::cpuacct, "cpu.stat")) {
            for (const std::string_view line : split(*stat, '\n')) {
                const auto words = split_words(line);
                if (words.size() != 2 || words[0] != "usage_usec") continue;
                if (const auto microseconds = parse_number<std::uint64_t>(words[1]))
                    usage.cpu_nanoseconds = *microseconds * 1000;
            }
        }
        for (const char* file : {"memory.usage_in_bytes", "memory.current"})
            if (const auto text = read(machine, Controller::memory, file))
                usage.memory_bytes = first_number(*text);
        return usage;
    }

    std::optional<std::string> read(const MachineCgroup& machine, Controller controller,
                                    const std::string& file) const override {
        const std::string& directory = machine.directory(controller);
        if (directory.empty()) return std::nullopt;
        try {
            return read_file_if_exists(directory + "/" + file, file_limit);
        } catch (const Error&) { return std::nullopt; }
    }

    void write(const MachineCgroup& machine, Controller controller, const std::string& file,
               const std::string& value) override {
        const std::string& directory = machine.directory(controller);
        if (directory.empty())
            fail(ErrorSource::cgroup, Code::operation_invalid, "cgroup {} controller is not mounted",
                 name_of(controller));
        write_or_fail(directory + "/" + file, value);
    }

  private:
    static void write_or_fail(const std::string& path, std::string_view value) {
        if (!try_write(path, value)) fail_errno("Unable to write to '{}'", path);
    }

    /// Threads of one process can be in different groups only below a group that shares them out
    /// (Linux 4.14).
    static void make_thread_group(const std::string& path) {
        if (::mkdir(path.c_str(), 0755) != 0) {
            if (errno == EEXIST) return;
            fail_errno("cannot create '{}'", path);
        }
        if (try_write(path + "/cgroup.type", "threaded")) return;
        const int problem = errno;
        ::rmdir(path.c_str());
        throw system_error(problem, fmt::format("Unable to write to '{}/cgroup.type'", path));
    }

    void read_mounts(std::string_view mountinfo) {
        for (const std::string_view line : split(mountinfo, '\n')) {
            const auto words = split_words(line);
            const auto dash = std::ranges::find(words, "-");
            if (words.size() < 5 || words.end() - dash < 4) continue;
            const std::string_view type = *(dash + 1);
            // A later mount on the same place hides the earlier; a second place for the same is of no use to
            // us.
            if (type == "cgroup2" && unified_.empty()) unified_ = unescape(words[4]);
            if (type != "cgroup") continue;
            for (const std::string_view option : split(*(dash + 3), ',')) {
                const auto found = std::ranges::find(controller_names, option);
                if (found == controller_names.end()) continue;
                std::string& mount = mounts_[static_cast<std::size_t>(found - controller_names.begin())];
                if (mount.empty()) mount = unescape(words[4]);
            }
        }
    }

    std::string path_in(const std::string& mount, const std::string& name) const {
        return fmt::format("{}{}/{}", mount, partition_, name);
    }

    /// The partition's directories from the top, e.g. "<mount>/machine".
    bool make_partition(const std::string& mount, bool cpuset) {
        std::string path = mount;
        for (const std::string_view part : split(partition_, '/')) {
            if (part.empty()) continue;
            const std::string parent = path;
            path = fmt::format("{}/{}", path, part);
            if (!make_group(path)) return false;
            if (cpuset) inherit_cpuset(parent, path);
        }
        return true;
    }

    /// A new v1 cpuset has no CPUs and no memory nodes, and nothing can run in it.
    static void inherit_cpuset(const std::string& parent, const std::string& group) {
        for (const char* file : {"/cpuset.cpus", "/cpuset.mems"}) {
            if (!trim(read_or_empty(group + file)).empty()) continue;
            const std::string value = read_or_empty(parent + file);
            if (!try_write(group + file, trim(value)))
                log_debug(log_category, "cannot set {}{}", group, file);
        }
    }

    void create_separate(MachineCgroup& machine, Controller controller) {
        const auto index = static_cast<unsigned>(controller);
        const std::string& mount = mounts_[index];
        const bool cpuset = controller == Controller::cpuset;
        if (mount.empty() || !make_partition(mount, cpuset)) return;
        const std::string path = path_in(mount, machine.name);
        if (!make_group(path)) return;
        machine.separate[index] = path;
        if (cpuset) inherit_cpuset(mount + partition_, path);
        if (!is_split(controller)) return;
        const std::string lower = path + std::string(emulator);
        if (make_group(lower) && cpuset) inherit_cpuset(path, lower);
    }

    /// Lets the groups below `group` have the controllers; one at a time, as one refusal refuses all.
    static void enable(const std::string& group, ControllerSet wanted) {
        const std::string file = group + "/cgroup.subtree_control";
        const std::string here = read_or_empty(group + "/cgroup.controllers");
        const std::string below = read_or_empty(file);
        const auto has = split_words(here);
        const auto passes_on = split_words(below);
        for (unsigned i = 0; i < controller_count; ++i) {
            const auto controller = static_cast<Controller>(i);
            const std::string_view name = unified_name(controller);
            if (!wanted.has(controller) || std::ranges::count(has, name) == 0 ||
                std::ranges::count(passes_on, name) > 0)
                continue;
            if (!try_write(file, fmt::format("+{}", name)))
                log_debug(log_category, "cannot enable {} in {}", name, group);
        }
    }

    void create_unified(MachineCgroup& machine, ControllerSet wanted) {
        if (!make_partition(unified_, false)) return;
        enable(unified_, wanted);
        enable(unified_ + partition_, wanted);
        const std::string path = path_in(unified_, machine.name);
        if (!make_group(path)) return;
        ControllerSet split_ones;
        for (const Controller controller : {Controller::cpu, Controller::cpuset})
            if (wanted.has(controller)) split_ones.add(controller);
        enable(path, split_ones);
        // v2 lets a group have processes or share out controllers, not both: hence always one level below. It
        // must be one for threads from the beginning, if vCPUs shall ever get groups beside it.
        const std::string lower = path + std::string(emulator);
        if (!make_group(lower)) {
            ::rmdir(path.c_str());
            return;
        }
        if (!try_write(lower + "/cgroup.type", "threaded"))
            log_debug(log_category, "{} cannot be for threads: {}", lower, std::strerror(errno));
        machine.unified = path;
    }

    /// Every group of the machine, lower ones first, each once.
    static std::vector<std::string> all_groups(const MachineCgroup& machine) {
        std::vector<std::string> groups;
        const auto add = [&groups](const std::string& path) {
            if (path.empty() || std::ranges::count(groups, path) > 0) return;
            for (std::string& lower : groups_below(path)) groups.push_back(std::move(lower));
            groups.push_back(path);
        };
        add(machine.unified);
        for (const std::string& path : machine.separate) add(path);
        return groups;
    }

    std::string partition_;
    std::string unified_;
    std::array<std::string, controller_count> mounts_;
    CgroupLayout layout_ = CgroupLayout::none;
};

} // namespace

std::string_view name_of(CgroupLayout layout) {
    switch (layout) {
    case CgroupLayout::none: return "none";
    case CgroupLayout::v1: return "v1";
    case CgroupLayout::hybrid: return "hybrid";
    case CgroupLayout::v2: return "v2";
    }
    return "none";
}

std::string_view name_of(Controller controller) {
    return controller_names[static_cast<unsigned>(controller)];
}

bool MachineCgroup::empty() const {
    return unified.empty() &&
           std::ranges::all_of(separate, [](const std::string& path) { return path.empty(); });
}

MachineCgroup MachineCgroup::part(std::string_view part_name) const {
    MachineCgroup below;
    below.name = fmt::format("{}/{}", name, part_name);
    bool all_separate = true;
    for (const Controller controller : {Controller::cpu, Controller::cpuset}) {
        const std::string& own = separate[static_cast<unsigned>(controller)];
        if (own.empty()) all_separate = false;
        else below.separate[static_cast<unsigned>(controller)] = fmt::format("{}/{}", own, part_name);
    }
    if (!unified.empty() && !all_separate) below.unified = fmt::format("{}/{}", unified, part_name);
    return below;
}

const std::string& MachineCgroup::directory(Controller controller) const {
    const std::string& own = separate[static_cast<unsigned>(controller)];
    return own.empty() ? unified : own;
}

std::string machine_cgroup_name(std::string_view driver, int id, std::string_view domain) {
    std::string name = fmt::format("{}-{}-", driver, id);
    for (const char c : domain) {
        if (name.size() == longest_name) break;
        const bool separator = c == '-' || c == '.';
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool after_separator = name.back() == '-' || name.back() == '.';
        if (plain || (separator && !after_separator)) name += c;
    }
    while (name.back() == '-' || name.back() == '.') name.pop_back();
    return fmt::format("{}.libvirt-{}", name, driver);
}

std::unique_ptr<Cgroups> make_cgroups(const std::string& mountinfo, const std::string& partition) {
    return std::make_unique<LinuxCgroups>(mountinfo, partition);
}

} // namespace yado::host
