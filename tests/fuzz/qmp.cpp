// SPDX-License-Identifier: Apache-2.0
// A QEMU that says anything at all: the monitor answers every waiter, tells events or ends the connection.
// The first byte says in pieces of which size the rest arrives.
#include "base/async/start.h"
#include "base/error.h"
#include "hypervisor/qemu/events.h"
#include "hypervisor/qemu/monitor/monitor.h"
#include "support/base/manual_loop.h"

#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <sys/socket.h>

namespace {

using namespace yado;

void send_all(test_support::ManualLoop& loop, int fd, std::string_view text, std::size_t piece) {
    while (!text.empty()) {
        const ssize_t sent =
            ::send(fd, text.data(), std::min(piece, text.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN) return; // it has hung up
        if (sent > 0) text.remove_prefix(static_cast<std::size_t>(sent));
        loop.run_until_idle();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    test_support::ManualLoop loop;
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) std::abort();
    const UniqueFd peer(pair[1]);
    qemu::Monitor::Callbacks callbacks;
    std::size_t told = 0;
    callbacks.event = [&told](const qemu::Monitor::Event& event) { told += qemu::translate(event).size(); };
    qemu::Monitor monitor(loop, UniqueFd(pair[0]), std::move(callbacks));
    const Completion<void> greeting = start(loop, monitor.negotiate());
    const Completion<boost::json::value> first = start(loop, monitor.execute("query-status"));
    const Completion<std::string> second =
        start(loop, monitor.execute_text(R"({"execute": "query-kvm", "id": [1]})"));
    const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
    send_all(loop, peer.get(), text, data[0] == 0 ? 65536 : data[0]);
    loop.run_until_idle();
    if (monitor.closed() && !(first.done() && second.done() && greeting.done()))
        std::abort(); // a waiter was forgotten
    loop.advance(qemu::Monitor::patience + qemu::Monitor::patience);
    if (!(first.done() && second.done() && greeting.done())) std::abort(); // patience has no end
    return 0;
}
