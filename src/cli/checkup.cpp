// SPDX-License-Identifier: Apache-2.0
#include "cli/checkup.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "host/cgroups.h"
#include "host/identity.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace yado::cli {
namespace {

constexpr std::size_t file_max = std::size_t{4} << 20; ///< bytes; cpuinfo of a thousand CPUs is 1.5 MiB

bool exists(const std::string& path) {
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0;
}

std::string content(const std::string& path) {
    try {
        return read_file_if_exists(path, file_max).value_or("");
    } catch (const Error&) { // may not be read: nothing known
        return {};
    }
}

std::string find_program(const CheckupPlaces& places, std::string_view name) {
    for (const std::string_view directory :
         {"/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin"})
        if (std::string path = fmt::format("{}{}/{}", places.root, directory, name);
            ::access(path.c_str(), X_OK) == 0)
            return path;
    return {};
}

Finding program(const CheckupPlaces& places, std::string_view name, std::string_view title, Health without,
                std::string_view use, std::string_view package) {
    Finding finding{std::string(name), std::string(title)};
    finding.detail = find_program(places, name);
    if (finding.detail.empty()) {
        finding.health = without;
        finding.detail = fmt::format("{} is not installed: {}", name, use);
        finding.fix = fmt::format("apt install {}", package);
    }
    return finding;
}

Finding cpu_flags(const CheckupPlaces& places) {
    Finding finding{"cpu", "CPU virtualisation flags"};
    const std::string info = content(places.root + "/proc/cpuinfo");
    std::string flags;
    for (const auto line : split(info, '\n'))
        if (line.starts_with("flags") || line.starts_with("Features")) {
            flags = fmt::format(" {} ", line);
            break;
        }
    for (const std::string_view flag : {"vmx", "svm"})
        if (flags.find(fmt::format(" {} ", flag)) != std::string::npos) {
            finding.detail = flag;
            return finding;
        }
    if (places.architecture != "x86_64" && places.architecture != "i686") {
        finding.detail = fmt::format("not told by CPU flags on {}", places.architecture);
        return finding;
    }
    finding.health = Health::warn;
    finding.detail = "neither vmx nor svm: guests are emulated, which is slow";
    finding.fix = "switch virtualisation (VT-x, AMD-V) on in the firmware; in a virtual machine, nested "
                  "virtualisation on its host";
    return finding;
}

Finding kvm(const CheckupPlaces& places) {
    Finding finding{"kvm", "Hardware virtualisation (KVM)"};
    const host::KvmVerdict verdict = places.judge_kvm();
    finding.detail = verdict.usable ? "works" : verdict.reason;
    finding.fix = verdict.hint;
    finding.health = verdict.usable ? Health::ok : Health::warn;
    return finding;
}

Finding cgroups(const CheckupPlaces& places) {
    Finding finding{"cgroups", "Control groups"};
    std::vector<std::string_view> missing;
    host::CgroupLayout layout = host::CgroupLayout::none;
    try {
        const auto groups = host::make_cgroups(places.root + "/proc/self/mountinfo");
        layout = groups->layout();
        const auto available = groups->available();
        for (const auto controller :
             {host::Controller::cpu, host::Controller::cpuset, host::Controller::memory,
              host::Controller::blkio, host::Controller::devices})
            if (!available.has(controller)) missing.push_back(host::name_of(controller));
    } catch (const Error& error) {
        finding.health = Health::warn;
        finding.detail = error.message();
        return finding;
    }
    finding.detail = fmt::format("layout {}", host::name_of(layout));
    if (layout == host::CgroupLayout::none) {
        finding.health = Health::warn;
        finding.detail = "none mounted: limits and accounting of guests do not work";
        finding.fix = "mount -t cgroup2 none /sys/fs/cgroup";
    } else if (!missing.empty()) {
        finding.health = Health::warn;
        finding.detail += fmt::format(", without {}", join(missing, ", "));
        finding.fix = "start the kernel with these controllers (see cgroup_enable= and CONFIG_CGROUP_*)";
    }
    return finding;
}

Finding tun(const CheckupPlaces& places) {
    Finding finding{"tun", "Network interfaces of guests"};
    const std::string path = places.root + "/dev/net/tun";
    const UniqueFd fd(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    if (fd) {
        finding.detail = "/dev/net/tun opens";
        return finding;
    }
    const int error = errno;
    finding.health = Health::warn;
    finding.detail = fmt::format("/dev/net/tun: {}", std::strerror(error));
    finding.fix = error == EACCES ? "run as root, or chmod 0666 /dev/net/tun" : "modprobe tun";
    return finding;
}

/// Loaded, built in, or there to be loaded.
bool has_module(const CheckupPlaces& places, std::string_view name) {
    if (exists(fmt::format("{}/sys/module/{}", places.root, name))) return true;
    const std::string directory = fmt::format("{}/lib/modules/{}/", places.root, places.kernel);
    const std::string file = fmt::format("/{}.ko", name);
    return content(directory + "modules.builtin").find(file) != std::string::npos ||
           content(directory + "modules.dep").find(file) != std::string::npos;
}

Finding bridge(const CheckupPlaces& places) {
    Finding finding{"bridge", "Network bridges"};
    if (has_module(places, "bridge")) {
        finding.detail = "the kernel has them";
    } else {
        finding.health = Health::warn;
        finding.detail = "the kernel has no module bridge: virtual networks do not work";
        finding.fix = "modprobe bridge, with a kernel that has CONFIG_BRIDGE";
    }
    return finding;
}

Finding vhost(const CheckupPlaces& places) {
    Finding finding{"vhost-net", "Fast networking (vhost-net)"};
    if (exists(places.root + "/dev/vhost-net") || has_module(places, "vhost_net")) {
        finding.detail = "available";
    } else {
        finding.health = Health::warn;
        finding.detail = "not there: network of guests goes through QEMU itself";
        finding.fix = "modprobe vhost_net";
    }
    return finding;
}

Finding qemu(const CheckupPlaces& places) {
    Finding finding{"qemu", "QEMU"};
    std::vector<std::string> names;
    constexpr std::string_view prefix = "qemu-system-";
    try {
        for (const auto& entry : list_directory(places.root + "/usr/bin"))
            if (entry.name.starts_with(prefix)) names.push_back(entry.name.substr(prefix.size()));
    } catch (const Error&) { // as good as empty
    }
    const std::string native = places.architecture == "i686" ? "i386" : places.architecture;
    finding.detail = join(names, ", ");
    if (names.empty()) {
        finding.health = Health::fail;
        finding.detail = "no qemu-system-* in /usr/bin: no guest can run";
    } else if (std::ranges::find(names, native) == names.end()) {
        finding.health = Health::warn;
        finding.detail += fmt::format("; none for this host ({}), so none that can use KVM", native);
    }
    if (finding.health != Health::ok) {
        const bool arm = native == "aarch64" || native.starts_with("arm");
        finding.fix = fmt::format("apt install {}", arm ? "qemu-system-arm" : "qemu-system-x86");
    }
    return finding;
}

Finding qemu_user(const CheckupPlaces& places) {
    Finding finding{"user", "User that guests run as"};
    if (places.user_exists("libvirt-qemu")) {
        finding.detail = "libvirt-qemu";
    } else {
        finding.health = Health::warn;
        finding.detail = "there is no user libvirt-qemu: guests would run as root";
        finding.fix = "adduser --system --group --no-create-home --home /var/lib/libvirt libvirt-qemu, and "
                      "adduser libvirt-qemu kvm";
    }
    return finding;
}

Finding daemon_socket(const CheckupPlaces& places) {
    Finding finding{"daemon", "Daemon"};
    const std::string path = places.root + places.system_socket;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), std::min(path.size(), sizeof(address.sun_path) - 1));
    const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (socket &&
        ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
        finding.detail = fmt::format("answers on {}", places.system_socket);
        return finding;
    }
    const int error = errno;
    finding.health = Health::fail;
    finding.detail = fmt::format("{}: {}", places.system_socket, std::strerror(error));
    finding.fix = error == EACCES
                      ? "join the group that owns the socket: adduser $USER libvirt, then log in again"
                      : "start it: systemctl start yadod, or yadod -d";
    return finding;
}

Finding directories(const CheckupPlaces& places) {
    Finding finding{"directories", "Directories"};
    std::vector<std::string> problems;
    for (const std::string_view path :
         {"/etc/libvirt", "/var/lib/libvirt", "/var/lib/libvirt/images", "/run/libvirt"}) {
        const std::string full = fmt::format("{}{}", places.root, path);
        if (::access(full.c_str(), X_OK) != 0)
            problems.push_back(fmt::format("{}: {}", path, std::strerror(errno)));
    }
    finding.detail = problems.empty() ? "in place" : join(problems, "; ");
    if (!problems.empty()) {
        finding.health = Health::warn;
        finding.fix = "start yadod once as root: it makes what is missing; or run this as root to see more";
    }
    return finding;
}

} // namespace

std::string_view name_of(Health health) {
    static constexpr std::array<std::string_view, 3> names{"ok", "warn", "fail"};
    return names[static_cast<std::size_t>(health)];
}

CheckupPlaces real_places() {
    CheckupPlaces places;
    places.judge_kvm = [] { return host::judge_kvm(); };
    places.user_exists = [](const std::string& user) { return host::find_user(user).has_value(); };
    utsname names{};
    if (::uname(&names) == 0) {
        places.kernel = names.release;
        places.architecture = names.machine;
    }
    return places;
}

std::vector<Finding> check_host(const CheckupPlaces& places) {
    return {
        cpu_flags(places),
        kvm(places),
        cgroups(places),
        tun(places),
        bridge(places),
        vhost(places),
        program(places, "nft", "Firewall", Health::warn, "virtual networks have no address translation",
                "nftables"),
        program(places, "dnsmasq", "DHCP and DNS for guests", Health::warn,
                "virtual networks give no addresses", "dnsmasq-base"),
        qemu(places),
        program(places, "qemu-img", "Disk images", Health::fail, "no image can be made", "qemu-utils"),
        qemu_user(places),
        directories(places),
        daemon_socket(places),
    };
}

} // namespace yado::cli
