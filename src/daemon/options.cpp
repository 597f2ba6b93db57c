// SPDX-License-Identifier: Apache-2.0
#include "daemon/options.h"

#include "base/error.h"
#include "base/text.h"
#include "base/version.h"

#include <getopt.h>
#include <vector>

namespace yado::daemon {
namespace {

constexpr int root_option = 256;
const option long_options[] = {
    {"daemon", no_argument, nullptr, 'd'},
    {"listen", no_argument, nullptr, 'l'},
    {"verbose", no_argument, nullptr, 'v'},
    {"config", required_argument, nullptr, 'f'},
    {"pid-file", required_argument, nullptr, 'p'},
    {"timeout", required_argument, nullptr, 't'},
    {"version", no_argument, nullptr, 'V'},
    {"help", no_argument, nullptr, 'h'},
    {"root", required_argument, nullptr, root_option},
    {nullptr, 0, nullptr, 0},
};

std::string absolute(const char* path) {
    if (*path == '\0') fail(Code::invalid_arg, "a path must not be empty");
    if (*path == '/') return path;
    char* here = ::get_current_dir_name(); // --daemon changes the working directory
    std::string result = std::string(here == nullptr ? "" : here) + "/" + path;
    ::free(here);
    return result;
}

} // namespace

Options parse_options(std::span<char* const> arguments) {
    Options options;
    std::vector<char*> copy(arguments.begin(), arguments.end());
    copy.push_back(nullptr);
    const int count = static_cast<int>(arguments.size());
    ::optind = 0; // glibc: start anew, so that tests may parse twice
    ::opterr = 0;
    for (;;) {
        const int found = ::getopt_long(count, copy.data(), ":dlvf:p:t:Vh", long_options, nullptr);
        if (found == -1) break;
        switch (found) {
        case 'd': options.daemonize = true; break;
        case 'l': options.listen = true; break;
        case 'v': options.verbose = true; break;
        case 'f': options.config_file = absolute(::optarg); break;
        case 'p': options.pid_file = absolute(::optarg); break;
        case 'V': options.version = true; break;
        case 'h': options.help = true; break;
        case root_option: options.root = absolute(::optarg); break;
        case 't':
            // stock refuses 0 as well; the upper bound keeps milliseconds in 32 bits, as there
            options.timeout = parse_number<unsigned>(::optarg, 10, 1, 4'294'967);
            if (!options.timeout) fail(Code::invalid_arg, "Invalid value for timeout: {}", ::optarg);
            break;
        case ':':
            fail(Code::invalid_arg, "option '{}' needs a value",
                 copy[static_cast<std::size_t>(::optind - 1)]);
        default: fail(Code::invalid_arg, "unknown option '{}'", copy[static_cast<std::size_t>(::optind - 1)]);
        }
    }
    if (::optind < count) {
        fail(Code::invalid_arg, "unexpected argument '{}'", copy[static_cast<std::size_t>(::optind)]);
    }
    return options;
}

std::string help_text(std::string_view program) {
    return fmt::format(R"(Usage:
  {} [options]

Options:
  -h | --help            Display program help
  -v | --verbose         Verbose messages
  -d | --daemon          Run as a daemon & write PID file
  -l | --listen          Listen for TCP/IP connections
  -t | --timeout <secs>  Exit after timeout period
  -f | --config <file>   Configuration file
  -V | --version         Display version information
  -p | --pid-file <file> Change name of PID file
       --root <dir>      Keep configuration, state, sockets and logs below <dir>

Run as root it serves qemu:///system, as another user qemu:///session.

Files, as root:
  /etc/libvirt/libvirtd.conf   configuration (--config names another)
  /run/libvirt/libvirt-sock    and the other sockets clients look for
  /run/libvirtd.pid            process number (unless --pid-file)
As another user:
  $XDG_CONFIG_HOME/libvirt/libvirtd.conf
  $XDG_RUNTIME_DIR/libvirt/libvirt-sock
  $XDG_RUNTIME_DIR/libvirt/libvirtd.pid

SIGHUP reads the configuration again; SIGTERM ends the daemon, guests keep running.
)",
                       program);
}

std::string version_text() {
    return fmt::format("yadod (libvirt) {} (Yado {})", libvirt_version_text, version);
}

} // namespace yado::daemon
