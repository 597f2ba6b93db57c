// SPDX-License-Identifier: Apache-2.0
// Load for the benchmark: many calls a second over libvirt's protocol, with nothing but sockets, so that the
// daemon under test is what limits the figures. bench.py compiles and runs it; results are one line of JSON.
//
//   load calls SOCKET CONNECTIONS DEPTH SECONDS
//     as many trivial calls as are answered
//   load latency SOCKET
//     a listing each 2 ms from "ready" until stdin closes; microseconds from when each was due
//   load trips SOCKET SECONDS
//     one trivial call after the other; microseconds from call to answer
//   load bare STARTS AT_ONCE PROGRAM ARGUMENT...
//     the floor of starting guests: QEMU to its monitor's first answer, and from SIGKILL to its end;
//     milliseconds
//   load echo SOCKET
//     prints "ready", then answers the same bytes and does nothing else
#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t program_remote = 0x20008086;
constexpr std::uint32_t connect_open = 1, auth_list = 66, get_lib_version = 157, list_all_domains = 273;
constexpr std::string_view uri = "qemu:///system";
constexpr std::chrono::milliseconds probe_interval(2);
constexpr std::size_t header_size = 28;
constexpr std::size_t buffer_size = 1 << 16;

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "load: %s: %s\n", what, std::strerror(errno));
    std::exit(1);
}

void put(std::string& out, std::uint32_t value) {
    const std::uint32_t wire = htonl(value);
    out.append(reinterpret_cast<const char*>(&wire), sizeof wire);
}

std::uint32_t word(const char* at) {
    std::uint32_t wire = 0;
    std::memcpy(&wire, at, sizeof wire);
    return ntohl(wire);
}

std::string frame(std::uint32_t procedure, std::uint32_t kind, std::uint32_t serial,
                  std::string_view payload) {
    std::string out;
    for (const std::uint32_t value : {static_cast<std::uint32_t>(header_size + payload.size()),
                                      program_remote, 1U, procedure, kind, serial, 0U})
        put(out, value);
    return out.append(payload);
}

sockaddr_un address_of(std::string_view path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) give_up("socket path too long");
    path.copy(address.sun_path, path.size());
    return address;
}

void send_all(int fd, std::string_view data) {
    while (!data.empty()) {
        const ssize_t sent = ::write(fd, data.data(), data.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) give_up("write");
        data.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void receive(int fd, char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t got = ::read(fd, data, size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) give_up("read");
        data += got;
        size -= static_cast<std::size_t>(got);
    }
}

/// Sends a call and waits for its reply, which must not be an error.
void call(int fd, const std::string& request) {
    send_all(fd, request);
    char header[header_size];
    receive(fd, header, sizeof header);
    std::string payload(word(header) - header_size, '\0');
    receive(fd, payload.data(), payload.size());
    if (word(header + 24) != 0) give_up("the daemon answered with an error");
}

int open_connection(const char* path) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = address_of(path);
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        give_up(path);
    call(fd, frame(auth_list, 0, 0, ""));
    std::string arguments;
    put(arguments, 1);
    put(arguments, static_cast<std::uint32_t>(uri.size()));
    arguments.append(uri).append((4 - uri.size() % 4) % 4, '\0');
    put(arguments, 0);
    call(fd, frame(connect_open, 0, 1, arguments));
    return fd;
}

/// Cuts a byte stream into frames.
class Frames {
  public:
    template <typename Each> void feed(std::string_view data, Each each) {
        pending_.append(data);
        std::string_view rest = pending_;
        while (rest.size() >= header_size && rest.size() >= word(rest.data())) {
            const std::uint32_t size = word(rest.data());
            if (size < header_size) give_up("bad frame");
            each(rest.substr(0, size));
            rest.remove_prefix(size);
        }
        pending_.erase(0, pending_.size() - rest.size());
    }

  private:
    std::string pending_;
};

int calls(char** words) {
    const std::size_t connections = std::strtoul(words[1], nullptr, 10);
    const std::size_t depth = std::strtoul(words[2], nullptr, 10);
    const std::chrono::duration<double> wanted(std::strtod(words[3], nullptr));
    const std::string request = frame(get_lib_version, 0, 2, "");
    std::string batch;
    for (std::size_t i = 0; i < depth; ++i) batch += request;

    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<int> fds;
    std::vector<Frames> frames(connections);
    for (std::size_t i = 0; i < connections; ++i) {
        fds.push_back(open_connection(words[0]));
        epoll_event interest{.events = EPOLLIN, .data = {.u64 = i}};
        if (::epoll_ctl(poll, EPOLL_CTL_ADD, fds[i], &interest) != 0) give_up("epoll_ctl");
    }
    for (const int fd : fds) send_all(fd, batch);

    std::size_t answered = 0;
    const Clock::time_point begin = Clock::now();
    std::vector<char> buffer(buffer_size);
    epoll_event ready[64];
    for (;;) {
        const int count = ::epoll_wait(poll, ready, 64, 10'000);
        if (count <= 0) give_up("no answer for 10 s");
        for (int i = 0; i < count; ++i) {
            const std::size_t which = ready[i].data.u64;
            const ssize_t got = ::read(fds[which], buffer.data(), buffer.size());
            if (got <= 0) give_up("connection closed");
            std::size_t whole = 0;
            frames[which].feed({buffer.data(), static_cast<std::size_t>(got)},
                               [&whole](std::string_view reply) {
                                   if (word(reply.data() + 24) != 0)
                                       give_up("the daemon answered with an error");
                                   ++whole;
                               });
            answered += whole;
            // a reply more than asked for would be a daemon that counts wrong
            if (whole > depth) give_up("more replies than calls");
            if (whole > 0) send_all(fds[which], std::string_view(batch).substr(0, whole * request.size()));
        }
        const std::chrono::duration<double> passed = Clock::now() - begin;
        if (passed >= wanted) {
            std::printf("{\"calls\": %zu, \"seconds\": %.6f}\n", answered, passed.count());
            return 0;
        }
    }
}

/// Latency counts from when the call was due, so that a stalled daemon is not spared the calls that queue
/// behind it.
int latency(char** words) {
    std::string arguments;
    put(arguments, 1);
    put(arguments, 0);
    const std::string request = frame(list_all_domains, 0, 2, arguments);
    const int fd = open_connection(words[0]);
    sched_param priority{.sched_priority = 10}; // the prober's own waiting for a CPU is not what is measured
    if (::sched_setscheduler(0, SCHED_FIFO, &priority) != 0)
        std::fprintf(stderr, "load: no real-time priority\n");
    ::mlockall(MCL_CURRENT | MCL_FUTURE);

    std::vector<double> late;
    late.reserve(1 << 20);
    std::puts("ready");
    std::fflush(stdout);
    pollfd end{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    for (Clock::time_point due = Clock::now(); ::poll(&end, 1, 0) == 0; due += probe_interval) {
        std::this_thread::sleep_until(due);
        call(fd, request);
        late.push_back(std::chrono::duration<double, std::micro>(Clock::now() - due).count());
    }
    if (late.empty()) give_up("nothing probed");
    std::sort(late.begin(), late.end());
    const auto at = [&late](double share) {
        return late[static_cast<std::size_t>(share * double(late.size() - 1))];
    };
    std::printf("{\"calls\": %zu, \"p50\": %.4f, \"p99\": %.4f, \"max\": %.4f}\n", late.size(), at(0.5),
                at(0.99), late.back());
    return 0;
}

int trips(char** words) {
    const std::string request = frame(get_lib_version, 0, 2, "");
    const std::chrono::duration<double> wanted(std::strtod(words[1], nullptr));
    const int fd = open_connection(words[0]);
    std::vector<double> took;
    took.reserve(1 << 20);
    const Clock::time_point begin = Clock::now();
    for (Clock::time_point now = begin; now - begin < wanted;) {
        const Clock::time_point sent = now;
        call(fd, request);
        now = Clock::now();
        took.push_back(std::chrono::duration<double, std::micro>(now - sent).count());
    }
    std::sort(took.begin(), took.end());
    const auto at = [&took](double share) {
        return took[static_cast<std::size_t>(share * double(took.size() - 1))];
    };
    std::printf("{\"calls\": %zu, \"p50\": %.4f, \"p99\": %.4f, \"max\": %.4f}\n", took.size(), at(0.5),
                at(0.99), took.back());
    return 0;
}

// ---- bare QEMU, started as cheaply as a program can: vfork in a process without much memory
// -----------------------
struct Bare {
    pid_t pid = -1;
    int monitor = -1;
    double started = 0; ///< milliseconds
};

void read_line(int fd) {
    for (char each = 0; each != '\n';) receive(fd, &each, 1);
}

Bare start_bare(char** words) {
    constexpr int monitor_fd = 3;
    const Clock::time_point begin = Clock::now();
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) give_up("socketpair");
    std::vector<char*> arguments;
    for (; *words != nullptr; ++words) arguments.push_back(*words);
    static char chardev[] = "-chardev", socket_option[] = "socket,id=m,fd=3", mon[] = "-mon",
                mode[] = "chardev=m,mode=control";
    arguments.insert(arguments.end(), {chardev, socket_option, mon, mode, nullptr});
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (const int fd : {0, 1, 2}) ::posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], monitor_fd);
    Bare bare;
    if (const int problem =
            ::posix_spawnp(&bare.pid, arguments[0], &actions, nullptr, arguments.data(), environ);
        problem != 0) {
        errno = problem;
        give_up(arguments[0]);
    }
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    bare.monitor = ends[0];
    read_line(bare.monitor); // the greeting
    send_all(bare.monitor, "{\"execute\":\"qmp_capabilities\"}\n");
    read_line(bare.monitor);
    bare.started = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    return bare;
}

double kill_bare(const Bare& bare) {
    const Clock::time_point begin = Clock::now();
    ::kill(bare.pid, SIGKILL);
    ::waitpid(bare.pid, nullptr, 0);
    ::close(bare.monitor);
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

int bare(char** words) {
    const std::size_t starts = std::strtoul(words[0], nullptr, 10);
    const std::size_t at_once = std::strtoul(words[1], nullptr, 10);
    std::vector<double> started, ended;
    if (at_once == 0) { // each alone
        for (std::size_t i = 0; i < starts; ++i) {
            const Bare guest = start_bare(words + 2);
            started.push_back(guest.started);
            ended.push_back(kill_bare(guest));
        }
        std::printf("{\"start\": %.4f, \"kill\": %.4f}\n", median(started), median(ended));
        return 0;
    }
    // all of them stay until the last runs, as in the measurement
    std::vector<Bare> guests;
    std::mutex mutex;
    std::size_t left = starts;
    const Clock::time_point begin = Clock::now();
    const auto work = [&] {
        for (;;) {
            {
                const std::lock_guard lock(mutex);
                if (left == 0) return;
                --left;
            }
            const Bare guest = start_bare(words + 2);
            const std::lock_guard lock(mutex);
            guests.push_back(guest);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < at_once; ++i) threads.emplace_back(work);
    }
    const std::chrono::duration<double> took = Clock::now() - begin;
    for (const Bare& guest : guests) kill_bare(guest);
    std::printf("{\"seconds\": %.6f}\n", took.count());
    return 0;
}

/// The floor: one thread, no work, the same bytes on the wire.
int echo(char** words) {
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = address_of(words[0]);
    if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) give_up(words[0]);
    if (::listen(listener, 64) != 0) give_up("listen");
    std::puts("ready");
    std::fflush(stdout);
    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event interest{.events = EPOLLIN, .data = {.u64 = 0}};
    if (::epoll_ctl(poll, EPOLL_CTL_ADD, listener, &interest) != 0) give_up("epoll_ctl");
    std::vector<Frames> frames(1024);
    std::vector<char> buffer(buffer_size);
    const std::string version("\0\0\0\0\0\x89\x54\x40", 8), no_auth("\0\0\0\1\0\0\0\0", 8);
    epoll_event ready[64];
    std::string replies;
    for (;;) {
        const int count = ::epoll_wait(poll, ready, 64, -1);
        for (int i = 0; i < count; ++i) {
            if (ready[i].data.u64 == 0) {
                const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
                if (fd < 0 || static_cast<std::size_t>(fd) >= frames.size()) give_up("accept");
                frames[static_cast<std::size_t>(fd)] = Frames();
                epoll_event client{.events = EPOLLIN, .data = {.u64 = static_cast<std::uint64_t>(fd)}};
                ::epoll_ctl(poll, EPOLL_CTL_ADD, fd, &client);
                continue;
            }
            const int fd = static_cast<int>(ready[i].data.u64);
            const ssize_t got = ::read(fd, buffer.data(), buffer.size());
            if (got <= 0) {
                ::close(fd);
                continue;
            }
            replies.clear();
            frames[static_cast<std::size_t>(fd)].feed(
                {buffer.data(), static_cast<std::size_t>(got)}, [&](std::string_view request) {
                    const std::uint32_t procedure = word(request.data() + 12);
                    const std::string_view payload = procedure == auth_list      ? std::string_view(no_auth)
                                                     : procedure == connect_open ? std::string_view()
                                                                                 : std::string_view(version);
                    replies += frame(procedure, 1, word(request.data() + 20), payload);
                });
            // a client that has seen enough leaves with replies under way
            if (!replies.empty() && ::send(fd, replies.data(), replies.size(), MSG_NOSIGNAL) !=
                                        static_cast<ssize_t>(replies.size()))
                ::close(fd);
        }
    }
}

} // namespace

int main(int count, char** words) {
    const std::string_view mode = count > 1 ? words[1] : "";
    if (mode == "calls" && count == 6) return calls(words + 2);
    if (mode == "latency" && count == 3) return latency(words + 2);
    if (mode == "trips" && count == 4) return trips(words + 2);
    if (mode == "bare" && count > 4) return bare(words + 2);
    if (mode == "echo" && count == 3) return echo(words + 2);
    std::fprintf(stderr, "usage: load calls|latency|trips|bare|echo ...\n");
    return 2;
}
