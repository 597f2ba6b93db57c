// SPDX-License-Identifier: Apache-2.0
#include "support/hypervisor/qemu/fake_agent.h"

#include "base/error.h"

#include <boost/json.hpp>
#include <cstring>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace yado::test_support {

namespace json = boost::json;

FakeAgent::FakeAgent(Loop& loop, const std::string& path) : loop_(loop) {
    listener_ = UniqueFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), std::min(path.size(), sizeof address.sun_path - 1));
    if (::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener_.get(), 1) != 0) {
        fail_errno("cannot listen at '{}'", path);
    }
    listening_ = loop.watch(listener_.get(), {.readable = true}, [this](Loop::Ready) { accept_one(); });
}

void FakeAgent::accept_one() {
    UniqueFd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket) return;
    reading_.reset();
    socket_ = std::move(socket);
    input_.clear();
    ++connections;
    reading_ = loop_.watch(socket_.get(), {.readable = true}, [this](Loop::Ready) { read_some(); });
}

void FakeAgent::read_some() {
    char buffer[65536];
    const ssize_t got = ::recv(socket_.get(), buffer, sizeof buffer, 0);
    if (got < 0) return;
    if (got == 0) return hang_up();
    input_.append(buffer, static_cast<std::size_t>(got));
    for (std::size_t end; socket_ && (end = input_.find('\n')) != std::string::npos;) {
        const std::string line = input_.substr(0, end);
        input_.erase(0, end + 1);
        take(line);
    }
}

void FakeAgent::take(std::string_view line) {
    if (deaf) return;
    if (line.starts_with('\xff')) line.remove_prefix(1);
    const json::object message = json::parse(line).as_object();
    const std::string name(message.at("execute").as_string());
    if (name == "guest-sync-delimited") {
        send(before_sync);
        before_sync.clear();
        const auto& number = message.at("arguments").as_object().at("id");
        return send(fmt::format("\xff{{\"return\": {}}}\n", json::serialize(number)));
    }
    commands.push_back(name);
    lines.emplace_back(line);
    if (raw) return send(raw(line));
    const auto known = answers_.find(name);
    if (known == answers_.end()) {
        return send(
            fmt::format("{{\"error\": {{\"class\": \"CommandNotFound\", \"desc\": \"The command {} has "
                        "not been found\"}}}}\n",
                        name));
    }
    send(fmt::format("{{\"return\": {}}}\n", known->second));
}

void FakeAgent::send(std::string_view bytes) {
    while (socket_ && !bytes.empty()) {
        const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0) return; // full: the rest of a flood is not needed
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void FakeAgent::hang_up() {
    reading_.reset();
    socket_.reset();
}

} // namespace yado::test_support
