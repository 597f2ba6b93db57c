// SPDX-License-Identifier: Apache-2.0
#include "support/hypervisor/qemu/fake_qemu.h"

#include "base/error.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <ranges>
#include <sys/socket.h>

namespace yado::test_support {

namespace json = boost::json;

namespace {

constexpr std::string_view greeting =
    R"({"QMP": {"version": {"qemu": {"micro": 0, "minor": 2, "major": 7}, "package": "fake"}, "capabilities": ["oob"]}})"
    "\r\n";

std::string on_one_line(std::string_view text) { return json::serialize(json::parse(text)); }

} // namespace

FakeQemu::FakeQemu(Loop& loop, const QmpSchema* schema) : loop_(loop), schema_(schema) {
    for (const char* command : {"qmp_capabilities",
                                "cont",
                                "stop",
                                "system_powerdown",
                                "system_reset",
                                "system_wakeup",
                                "inject-nmi",
                                "send-key",
                                "screendump",
                                "balloon",
                                "qom-set",
                                "set_password",
                                "expire_password",
                                "set-action",
                                "migrate-set-capabilities",
                                "set_link",
                                "object-add",
                                "object-del",
                                "chardev-add",
                                "chardev-remove",
                                "getfd",
                                "closefd",
                                "netdev_add",
                                "netdev_del",
                                "blockdev-add",
                                "blockdev-del",
                                "device_add",
                                "device_del",
                                "block_set_io_throttle",
                                "blockdev-open-tray",
                                "blockdev-close-tray",
                                "blockdev-remove-medium",
                                "blockdev-insert-medium",
                                "watchdog-set-action"}) {
        answer(command, "{}");
    }
    answer("query-status", R"({"status": "running", "running": true, "singlestep": false})");
    answer("query-chardev", "[]");
    answer("query-cpus-fast",
           R"([{"cpu-index": 0, "thread-id": 501, "qom-path": "/machine/cpu0", "target": "x86_64"}])");
    answer("query-hotpluggable-cpus", "[]");
    answer("query-balloon", R"({"actual": 1073741824})");
    answer("query-block", "[]");
    answer("qom-list",
           R"([{"name": "type", "type": "string"}, {"name": "net0", "type": "child<virtio-net-pci>"}])");
    answer("query-blockstats", "[]");
    answer("query-named-block-nodes", "[]");
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        fail_errno("cannot make a socket pair");
    peer_.reset(pair[0]);
    serve(UniqueFd(pair[1]));
}

void FakeQemu::serve(UniqueFd socket) {
    ::fcntl(socket.get(), F_SETFL, O_NONBLOCK);
    input_.clear();
    output_.clear();
    held_.clear();
    watch_.reset();
    socket_ = std::move(socket);
    watch_ = loop_.watch(socket_.get(), {.readable = true}, [this](Loop::Ready ready) {
        if (ready.writable) send({});
        if (ready.readable && socket_) read_some();
    });
    send(greeting);
}

void FakeQemu::listen(UniqueFd listener) {
    hang_up();
    listener_ = std::move(listener);
    accepting_ = loop_.watch(listener_.get(), {.readable = true}, [this](Loop::Ready) {
        UniqueFd next(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (next) serve(std::move(next));
    });
}

void FakeQemu::hang_up() {
    watch_.reset();
    socket_.reset();
}

void FakeQemu::send(std::string_view text) {
    output_ += text;
    while (socket_ && !output_.empty()) {
        const ssize_t sent = ::send(socket_.get(), output_.data(), output_.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) break;
        if (sent < 0) return hang_up();
        output_.erase(0, static_cast<std::size_t>(sent));
    }
    if (socket_ && watch_) watch_.want({.readable = true, .writable = !output_.empty()});
}

void FakeQemu::event(std::string_view name, std::string_view data, std::int64_t seconds, unsigned micros) {
    if (schema_ != nullptr) {
        std::string problem = schema_->problem_with_event(name, json::parse(data));
        if (!problem.empty()) problems.push_back(std::move(problem));
    }
    send(fmt::format(R"({{"timestamp": {{"seconds": {}, "microseconds": {}}}, "event": "{}", "data": {}}})"
                     "\r\n",
                     seconds, micros, name, on_one_line(data)));
}

void FakeQemu::read_some() {
    std::array<char, 65536> buffer;
    iovec part{.iov_base = buffer.data(), .iov_len = buffer.size()};
    alignas(cmsghdr) char control[CMSG_SPACE(4 * sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    const ssize_t got = ::recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return hang_up();
    for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_type != SCM_RIGHTS) continue;
        for (std::size_t i = 0; i < (header->cmsg_len - CMSG_LEN(0)) / sizeof(int); ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof(int));
            fds.emplace_back(fd);
        }
    }
    input_.append(buffer.data(), static_cast<std::size_t>(got));
    for (std::size_t end = 0; socket_ && (end = input_.find('\n')) != std::string::npos;) {
        const std::string line = input_.substr(0, end);
        input_.erase(0, end + 1);
        take(line);
    }
}

void FakeQemu::take(std::string_view line) {
    const json::value parsed = json::parse(line);
    const json::object& object = parsed.as_object();
    const json::value* arguments = object.if_contains("arguments");
    const json::value given = arguments != nullptr ? *arguments : json::value(json::object());
    const json::value* id = object.if_contains("id");
    const Command command{std::string(object.at("execute").as_string()), json::serialize(given),
                          id != nullptr ? json::serialize(*id) : "null"};
    commands.push_back(command);
    if (schema_ != nullptr) {
        std::string problem = schema_->problem_with_command(command.name, given);
        if (!problem.empty()) problems.push_back(std::move(problem));
    }
    if (on_command) on_command(command);
    const auto found = answers_.find(command.name);
    const auto refusal = [&](std::string_view kind, const std::string& why) {
        send(fmt::format(R"({{"id": {}, "error": {{"class": "{}", "desc": {}}}}})"
                         "\r\n",
                         command.id, kind, json::serialize(json::string(why))));
    };
    if (found == answers_.end()) {
        return refusal("CommandNotFound", fmt::format("The command {} has not been found", command.name));
    }
    switch (found->second.manner) {
    case Manner::value:
        return send(
            fmt::format("{{\"return\": {}, \"id\": {}}}\r\n", on_one_line(found->second.text), command.id));
    case Manner::refusal: return refusal("GenericError", found->second.text);
    case Manner::held: held_.push_back(command); return;
    case Manner::raw: return send(found->second.text + "\n");
    case Manner::death: return hang_up();
    }
}

bool FakeQemu::answer_held(std::string_view name, std::string_view value) {
    const auto found = std::ranges::find(held_, name, &Command::name);
    if (found == held_.end()) return false;
    const std::string id = found->id;
    held_.erase(found);
    send(fmt::format("{{\"return\": {}, \"id\": {}}}\r\n", on_one_line(value), id));
    return true;
}

std::vector<std::string> FakeQemu::names() const {
    std::vector<std::string> all;
    for (const Command& command : commands) all.push_back(command.name);
    return all;
}

std::string FakeQemu::arguments_of(std::string_view name) const {
    for (const Command& command : commands | std::views::reverse) {
        if (command.name == name) return command.arguments;
    }
    return {};
}

} // namespace yado::test_support
