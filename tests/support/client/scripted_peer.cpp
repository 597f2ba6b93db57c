// SPDX-License-Identifier: Apache-2.0
#include "support/client/scripted_peer.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "protocol/fd_passing.h"

#include <algorithm>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace yado::test {
namespace {

using protocol::Blob;
using protocol::Header;
using protocol::MessageType;

Blob from_hex(std::string_view text) {
    Blob bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        bytes.push_back(parse_number<std::uint8_t>(text.substr(i, 2), 16).value());
    return bytes;
}

Header header_of(const Blob& message) {
    protocol::FrameReader reader(protocol::FrameReader::Fds::refused);
    // descriptors travel beside the bytes; as a plain call the header is the same
    Blob plain = message;
    const bool with_fds = plain[19] == 4;
    if (with_fds) plain[19] = 0;
    reader.feed(plain);
    Header header = reader.next().value().header;
    if (with_fds) header.type = MessageType::call_with_fds;
    return header;
}

bool same_kind(const Header& a, const Header& b) {
    return a.program == b.program && a.procedure == b.procedure && a.type == b.type && a.status == b.status;
}

void put_serial(Blob& message, std::uint32_t serial) {
    for (unsigned i = 0; i < 4; ++i) message[20 + i] = static_cast<std::uint8_t>(serial >> (24 - 8 * i));
}

} // namespace

ScriptedPeer::ScriptedPeer(std::string vectors) : vectors_(std::move(vectors)), opening_(load("list_empty")) {
    int pair[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) fail_errno("socketpair");
    ours_.reset(pair[0]);
    theirs_.reset(pair[1]);
    if (::pipe2(pair, O_CLOEXEC) < 0) fail_errno("pipe2");
    stop_read_.reset(pair[0]);
    stop_write_.reset(pair[1]);
    thread_ = std::thread([this] { run(); });
}

ScriptedPeer::~ScriptedPeer() {
    stop_write_.reset();
    thread_.join();
}

std::vector<ScriptedPeer::Exchange> ScriptedPeer::load(std::string_view scenario) const {
    const std::string file = read_file(vectors_, 4 << 20);
    std::vector<Exchange> exchanges;
    std::vector<Blob> early; ///< replies that stand before their calls
    for (const std::string_view line : split(file, '\n')) {
        const auto columns = split(line, '\t');
        if (columns.size() != 3 || columns[0] != scenario) continue;
        Blob message = from_hex(columns[2]);
        const Header header = header_of(message);
        const auto answers = [&header](const Header& request) {
            return request.key() == header.key() && request.type != MessageType::stream;
        };
        if (columns[1] == "client") {
            exchanges.push_back({header, {}});
            std::erase_if(early, [&](Blob& reply) {
                const bool mine = header_of(reply).key() == header.key();
                if (mine) exchanges.back().answers.push_back(std::move(reply));
                return mine;
            });
        } else if (header.type == MessageType::reply) {
            const auto call = std::ranges::find_if(exchanges, answers, &Exchange::request);
            if (call == exchanges.end()) early.push_back(std::move(message));
            else call->answers.insert(call->answers.begin(), std::move(message));
        } else if (!exchanges.empty()) {
            exchanges.back().answers.push_back(std::move(message));
        }
    }
    if (exchanges.empty()) throw std::runtime_error("no scenario " + std::string(scenario));
    return exchanges;
}

void ScriptedPeer::replay(std::string_view scenario) {
    std::ranges::move(load(scenario), std::back_inserter(exchanges_));
}

void ScriptedPeer::on(protocol::ProcedureId id, Handler handler) { handlers_[id] = std::move(handler); }

std::vector<ScriptedPeer::Received> ScriptedPeer::received() {
    const std::lock_guard guard(lock_);
    return received_;
}

std::vector<ScriptedPeer::Received> ScriptedPeer::received(protocol::ProcedureId id) {
    auto all = received();
    std::erase_if(all, [&id](const Received& message) {
        return message.header.program != id.program || message.header.procedure != id.number;
    });
    return all;
}

void ScriptedPeer::run() {
    protocol::FrameReader reader(protocol::FrameReader::Fds::accepted);
    while (!hang_up_) {
        pollfd waiting[2] = {{ours_.get(), POLLIN, 0}, {stop_read_.get(), POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0 || waiting[1].revents != 0) break;
        auto got = protocol::receive(ours_.get(), reader.space(65536));
        reader.commit(got.size, std::move(got.fds));
        while (auto frame = reader.next()) {
            Received message{
                frame->header, {frame->payload.begin(), frame->payload.end()}, frame->fds.size()};
            {
                const std::lock_guard guard(lock_);
                received_.push_back(message);
            }
            answer(message);
        }
        if (got.closed) break;
    }
    ours_.reset();
}

void ScriptedPeer::answer(const Received& message) {
    const auto send = [this](const Blob& bytes) {
        // the client may have closed: its business
        for (std::size_t done = 0; done < bytes.size();) {
            const ssize_t size = ::send(ours_.get(), bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
            if (size <= 0) return;
            done += static_cast<std::size_t>(size);
        }
    };
    if (const auto handler = handlers_.find({message.header.program, message.header.procedure});
        handler != handlers_.end()) {
        send(handler->second(message));
        return;
    }
    const auto fits = [&message](const Exchange& exchange) {
        return !exchange.used && same_kind(exchange.request, message.header);
    };
    auto exchange = std::ranges::find_if(exchanges_, fits);
    if (exchange != exchanges_.end()) {
        exchange->used = true;
    } else {
        exchange = std::ranges::find_if(opening_, fits);
        if (exchange == opening_.end()) return;
    }
    for (Blob bytes : exchange->answers) {
        if (header_of(bytes).type != MessageType::message) put_serial(bytes, message.header.serial);
        send(bytes);
    }
}

} // namespace yado::test
