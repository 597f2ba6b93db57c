// SPDX-License-Identifier: Apache-2.0
#include "client/target.h"

#include "base/error.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <unistd.h>

namespace yado::client {
namespace {

constexpr std::uint16_t tcp_port = 16509;
constexpr std::uint16_t tls_port = 16514;

/// Keys that are for the client; all others travel on to the daemon.
const std::vector<std::string_view> client_keys{"name",
                                                "mode",
                                                "socket",
                                                "command",
                                                "netcat",
                                                "proxy",
                                                "keyfile",
                                                "no_verify",
                                                "no_tty",
                                                "sshauth",
                                                "pkipath",
                                                "tls_priority",
                                                "known_hosts_verify",
                                                "authfile",
                                                "known_hosts",
                                                "no_sanity"};

std::optional<TransportKind> transport_named(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, TransportKind>, 7> names{{
        {"tls", TransportKind::tls},
        {"unix", TransportKind::unix_socket},
        {"ssh", TransportKind::ssh},
        {"ext", TransportKind::ext},
        {"tcp", TransportKind::tcp},
        // libraries of their own at other clients; the program ssh reaches the same servers
        {"libssh2", TransportKind::ssh},
        {"libssh", TransportKind::ssh},
    }};
    for (const auto& [word, kind] : names)
        if (equal_ignoring_case(word, name)) return kind;
    return std::nullopt;
}

bool flag_value(const std::string& key, const std::string& value) {
    const auto number = parse_number<int>(value);
    if (!number) fail(ErrorSource::uri, Code::invalid_arg, "Failed to parse value of URI component {}", key);
    return *number != 0;
}

Mode mode_of(const std::string& value) {
    if (value == "auto") return Mode::automatic;
    if (value == "legacy") return Mode::legacy;
    if (value == "direct") return Mode::direct;
    fail(Code::invalid_arg, "Unknown remote mode '{}'", value);
}

SshProxy proxy_of(const std::string& value) {
    if (value == "auto") return SshProxy::automatic;
    if (value == "netcat") return SshProxy::netcat;
    if (value == "native") return SshProxy::native;
    fail(Code::invalid_arg, "Unknown proxy type '{}'", value);
}

void read_key(const std::string& key, const std::string& value, Target& target) {
    if (key == "name") target.name = value;
    else if (key == "mode") target.mode = mode_of(value);
    else if (key == "socket") target.socket = value;
    else if (key == "command") target.command = value;
    else if (key == "netcat") target.netcat = value;
    else if (key == "proxy") target.proxy = proxy_of(value);
    else if (key == "keyfile") target.keyfile = value;
    else if (key == "no_verify") target.no_verify = flag_value(key, value);
    else if (key == "no_tty") target.no_tty = flag_value(key, value);
    else if (key == "pkipath") target.pki_path = value;
    else if (key == "tls_priority") target.tls_priority = value;
    else if (key == "authfile") target.auth_file = value;
}

void check_combination(const Target& target) {
    if (target.transport == TransportKind::ext && target.command.empty())
        fail(ErrorSource::remote, Code::invalid_arg, "remote_open: for 'ext' transport, command is required");
    if (target.transport != TransportKind::ssh) return;
    if (target.proxy == SshProxy::native && !target.netcat.empty())
        fail(ErrorSource::remote, Code::invalid_arg, "netcat path not valid with native proxy mode");
    if (target.mode == Mode::direct && target.proxy != SshProxy::native)
        fail(ErrorSource::remote, Code::operation_unsupported,
             "Cannot use direct socket mode for ssh transport");
}

/// "qemu" → "virtqemud-sock" and so on: the modular daemon that serves a driver.
std::string modular_socket(const std::string& driver, bool read_only) {
    return fmt::format("virt{}d-sock{}", driver.empty() ? "qemu" : driver, read_only ? "-ro" : "");
}

std::string single_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

/// Runs at the far end under a POSIX shell: the helper that knows where its daemon listens, else netcat to
/// the socket.
std::string remote_script(const Target& target, bool read_only) {
    const std::string name = target.name.empty() ? "''" : single_quoted(target.name);
    const std::string helper = fmt::format("virt-ssh-helper {}{}", read_only ? "-r " : "", name);
    const std::string netcat = shell_quote(target.netcat.empty() ? "nc" : target.netcat);
    const std::string socket = target.socket.empty()
                                   ? fmt::format("/var/run/libvirt/libvirt-sock{}", read_only ? "-ro" : "")
                                   : target.socket;
    // some netcats need -q0 to end with their input; those that do not know it say so in their help
    const std::string relay =
        fmt::format("if {0} -q 2>&1 | grep \"requires an argument\" >/dev/null 2>&1; then "
                    "arg=-q0; else arg=; fi; {0} $arg -U {1}",
                    netcat, shell_quote(socket));
    switch (target.proxy) {
    case SshProxy::native: return helper;
    case SshProxy::netcat: return relay;
    case SshProxy::automatic: break;
    }
    if (!target.netcat.empty() || !target.socket.empty()) return relay;
    return fmt::format("which virt-ssh-helper 1>/dev/null 2>&1; if test $? = 0; then {}; else {}; fi", helper,
                       relay);
}

} // namespace

Target target_of(const Uri& uri) {
    Target target;
    target.driver = uri.driver;
    target.user = uri.user;
    target.host = uri.host;
    if (uri.has_transport) {
        const auto kind = transport_named(uri.transport);
        if (!kind)
            fail(ErrorSource::remote, Code::invalid_arg,
                 "remote_open: transport in URL not recognised (should be "
                 "tls|unix|ssh|ext|tcp|libssh2|libssh)");
        target.transport = *kind;
    } else {
        target.transport = uri.host.empty() ? TransportKind::unix_socket : TransportKind::tls;
    }
    if (target.transport == TransportKind::unix_socket && !uri.host.empty())
        fail(ErrorSource::remote, Code::invalid_arg,
             "using unix socket and remote server '{}' is not supported.", uri.host);

    for (const auto& [key, value] : uri.query) read_key(key, value, target);
    check_combination(target);
    if (target.name.empty()) target.name = daemon_name(uri, client_keys);

    target.session = target.transport == TransportKind::unix_socket && uri.path == "/session";
    target.autostart = target.session && target.socket.empty();
    if (target.transport == TransportKind::tcp || target.transport == TransportKind::tls)
        target.port = uri.port.value_or(target.transport == TransportKind::tcp ? tcp_port : tls_port);
    else target.port = uri.port.value_or(0);
    if (target.host.empty() && target.transport != TransportKind::unix_socket) target.host = "localhost";
    return target;
}

Target default_target(uid_t user) {
    Target target;
    target.session = user != 0;
    target.autostart = target.session;
    return target;
}

SocketPlaces socket_places() {
    SocketPlaces places;
    if (const char* runtime = std::getenv("XDG_RUNTIME_DIR"); runtime != nullptr && *runtime != '\0') {
        places.session_directory = std::string(runtime) + "/libvirt";
    } else if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache != '\0') {
        places.session_directory = std::string(cache) + "/libvirt";
    } else {
        const char* home = std::getenv("HOME");
        places.session_directory = std::string(home != nullptr ? home : "/") + "/.cache/libvirt";
    }
    places.exists = [](const std::string& path) { return ::access(path.c_str(), F_OK) == 0; };
    return places;
}

std::string socket_path(const Target& target, bool read_only, const SocketPlaces& places) {
    if (!target.socket.empty()) return target.socket;
    const std::string& directory = target.session ? places.session_directory : places.system_directory;
    const bool ro = read_only && !target.session;
    const std::string whole = fmt::format("{}/libvirt-sock{}", directory, ro ? "-ro" : "");
    const std::string modular = directory + "/" + modular_socket(target.driver, ro);
    switch (target.mode) {
    case Mode::legacy: return whole;
    case Mode::direct: return modular;
    case Mode::automatic: break;
    }
    // with a driver, its own daemon comes first; without one, the daemon that serves all
    const bool modular_first = !target.driver.empty();
    const std::string& first = modular_first ? modular : whole;
    const std::string& second = modular_first ? whole : modular;
    if (places.exists(first)) return first;
    return places.exists(second) ? second : whole;
}

std::vector<std::string> ssh_command(const Target& target, bool read_only) {
    std::vector<std::string> argv{target.command.empty() ? "ssh" : target.command};
    const auto add = [&argv](std::initializer_list<std::string> words) { argv.insert(argv.end(), words); };
    if (!target.keyfile.empty()) add({"-i", target.keyfile});
    if (target.port != 0) add({"-p", std::to_string(target.port)});
    if (!target.user.empty()) add({"-l", target.user});
    add({"-T", "-e", "none"});
    if (target.no_tty) add({"-o", "BatchMode=yes"});
    if (target.no_verify) add({"-o", "StrictHostKeyChecking=no"});
    add({"--", target.host, "sh -c " + single_quoted(remote_script(target, read_only))});
    return argv;
}

} // namespace yado::client
