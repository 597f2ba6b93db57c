// SPDX-License-Identifier: Apache-2.0
// The connection against what a stock daemon said, and against daemons that misbehave.
#include "client/connection.h"
#include "client/transport.h"
#include "protocol/auth_calls.h"
#include "protocol/connect_calls.h"
#include "protocol/domain_calls.h"
#include "protocol/domain_events.h"
#include "protocol/node_calls.h"
#include "protocol/storage_calls.h"
#include "support/client/scripted_peer.h"

#include <fcntl.h>
#include <gtest/gtest.h>

namespace yado::client {
namespace {

using protocol::Blob;
using test::ScriptedPeer;

struct Peer : ScriptedPeer {
    Peer() : ScriptedPeer(YADO_SOURCE_DIR "/tests/golden/protocol/vectors.tsv") {}
};

std::unique_ptr<Connection> open(ScriptedPeer& peer, ConnectOptions options = {}) {
    Target target;
    target.name = "qemu:///system";
    return Connection::open_on(std::make_unique<SocketTransport>(peer.take_socket()), target,
                               std::move(options));
}

template <class Body> std::string problem(Body&& body) {
    try {
        body();
    } catch (const Error& error) { return error.message(); }
    return "none";
}

template <class Result> Blob reply_to(const ScriptedPeer::Received& call, const Result& result) {
    Blob bytes;
    protocol::append_reply(bytes, call.header, result);
    return bytes;
}

TEST(Connection, OpensInTheOrderDaemonsExpect) {
    Peer peer;
    const auto connection = open(peer);
    const auto calls = peer.received();
    ASSERT_GE(calls.size(), 3U);
    EXPECT_EQ(calls[0].header.procedure, protocol::AuthListArgs::procedure.number);
    EXPECT_EQ(calls[0].header.serial, 0U);
    EXPECT_EQ(calls[1].header.procedure, protocol::ConnectSupportsFeatureArgs::procedure.number);
    EXPECT_EQ(calls[2].header.procedure, protocol::ConnectOpenArgs::procedure.number);
    EXPECT_EQ(calls[2].header.serial, 2U);
    const auto open_args = protocol::decode<protocol::ConnectOpenArgs>(calls[2].payload);
    EXPECT_EQ(open_args.name, "qemu:///system");
    EXPECT_EQ(open_args.flags, 0U);
    EXPECT_EQ(connection->uri(), "qemu:///system");
}

TEST(Connection, AsksForReadOnlyAccess) {
    Peer peer;
    ConnectOptions options;
    options.read_only = true;
    const auto connection = open(peer, std::move(options));
    const auto calls = peer.received(protocol::ConnectOpenArgs::procedure);
    ASSERT_EQ(calls.size(), 1U);
    EXPECT_EQ(protocol::decode<protocol::ConnectOpenArgs>(calls[0].payload).flags, 1U);
}

TEST(Connection, ClosesPolitely) {
    Peer peer;
    auto connection = open(peer);
    connection->close();
    EXPECT_FALSE(connection->alive());
    EXPECT_EQ(peer.received().back().header.procedure, protocol::ConnectCloseArgs::procedure.number);
    EXPECT_NE(problem([&] { connection->call(protocol::NodeGetInfoArgs{}); }), "none");
}

TEST(Connection, UnderstandsStockAnswers) {
    Peer peer;
    peer.replay("list");
    peer.replay("nodeinfo");
    const auto connection = open(peer);
    const auto list = connection->call(protocol::ConnectListAllDomainsArgs{1, 3});
    ASSERT_EQ(list.domains.size(), 1U);
    EXPECT_FALSE(list.domains[0].name.empty());
    EXPECT_EQ(connection->call(protocol::DomainGetStateArgs{list.domains[0], 0}).state, 1);
    EXPECT_EQ(connection->call(protocol::NodeGetInfoArgs{}).model, "x86_64");
}

TEST(Connection, GivesTheDaemonsErrorWordForWord) {
    Peer peer;
    peer.replay("lookup_error");
    const auto connection = open(peer);
    try {
        connection->call(protocol::DomainLookupByNameArgs{"nothere"});
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::no_domain);
        EXPECT_EQ(error.source(), ErrorSource::qemu);
        EXPECT_TRUE(error.message().starts_with("Domain not found: no domain with matching name '"))
            << error.message();
    }
    EXPECT_TRUE(connection->alive());
}

TEST(Connection, SortsAnswersThatComeInAnyOrder) {
    Peer peer;
    ScriptedPeer::Received first;
    peer.on(protocol::ConnectGetVersionArgs::procedure, [&first](const ScriptedPeer::Received& call) {
        first = call;
        return Blob();
    });
    peer.on(protocol::ConnectGetLibVersionArgs::procedure, [&first](const ScriptedPeer::Received& call) {
        Blob bytes = reply_to(call, protocol::ConnectGetLibVersionResult{9'000'000});
        const Blob late = reply_to(first, protocol::ConnectGetVersionResult{7'002'022});
        bytes.insert(bytes.end(), late.begin(), late.end());
        return bytes;
    });
    const auto connection = open(peer);
    const auto version = connection->call_async(protocol::ConnectGetVersionArgs{});
    const auto library = connection->call_async(protocol::ConnectGetLibVersionArgs{});
    EXPECT_EQ(connection->finish(version).hv_ver, 7'002'022U);
    EXPECT_EQ(connection->finish(library).lib_ver, 9'000'000U);
}

TEST(Connection, IgnoresAnswersNobodyAskedFor) {
    Peer peer;
    peer.on(protocol::ConnectGetVersionArgs::procedure, [](const ScriptedPeer::Received& call) {
        ScriptedPeer::Received other = call;
        other.header.serial += 77;
        Blob bytes = reply_to(other, protocol::ConnectGetVersionResult{1});
        const Blob right = reply_to(call, protocol::ConnectGetVersionResult{2});
        bytes.insert(bytes.end(), right.begin(), right.end());
        return bytes;
    });
    const auto connection = open(peer);
    EXPECT_EQ(connection->call(protocol::ConnectGetVersionArgs{}).hv_ver, 2U);
}

TEST(Connection, DeliversEventsWhileWaiting) {
    Peer peer;
    peer.replay("events");
    const auto connection = open(peer);
    std::vector<protocol::ProcedureId> seen;
    connection->on_event([&seen](const Event& event) { seen.push_back(event.id); });
    // the scenario's events follow its last registration
    for (int id = 0; id < 27; ++id)
        connection->call(protocol::ConnectDomainEventCallbackRegisterAnyArgs{id, std::nullopt});
    while (seen.size() < 4) ASSERT_TRUE(connection->wait(std::chrono::seconds(20)));
    EXPECT_EQ(seen[0], protocol::DomainCallbackLifecycleEvent::procedure);
    EXPECT_EQ(seen[2], protocol::DomainCallbackTunableEvent::procedure);
    EXPECT_EQ(seen[3], protocol::DomainCallbackMetadataChangeEvent::procedure);
}

TEST(Connection, AnswersPings) {
    Peer peer;
    peer.on(protocol::ConnectGetVersionArgs::procedure, [](const ScriptedPeer::Received& call) {
        Blob bytes;
        protocol::append_keepalive(bytes, protocol::Keepalive::ping);
        const Blob reply = reply_to(call, protocol::ConnectGetVersionResult{3});
        bytes.insert(bytes.end(), reply.begin(), reply.end());
        return bytes;
    });
    const auto connection = open(peer);
    connection->call(protocol::ConnectGetVersionArgs{});
    connection->call(protocol::ConnectGetVersionArgs{});
    EXPECT_GE(
        peer.received({protocol::program::keepalive, static_cast<int>(protocol::Keepalive::pong)}).size(),
        1U);
}

TEST(Connection, GivesUpOnADaemonThatDoesNotAnswerPings) {
    Peer peer;
    peer.on(protocol::ConnectGetVersionArgs::procedure, [](const ScriptedPeer::Received&) { return Blob(); });
    ConnectOptions options;
    options.keepalive_interval = std::chrono::seconds(1);
    options.keepalive_count = 1;
    const auto connection = open(peer, std::move(options));
    EXPECT_EQ(problem([&] { connection->call(protocol::ConnectGetVersionArgs{}); }),
              "internal error: connection closed due to keepalive timeout");
    EXPECT_FALSE(connection->alive());
}

TEST(Connection, SaysWhenTheDaemonHangsUp) {
    Peer peer;
    peer.on(protocol::ConnectGetVersionArgs::procedure, [&peer](const ScriptedPeer::Received& call) {
        peer.hang_up();
        Blob half = reply_to(call, protocol::ConnectGetVersionResult{1});
        half.resize(half.size() / 2);
        return half;
    });
    const auto connection = open(peer);
    EXPECT_EQ(problem([&] { connection->call(protocol::ConnectGetVersionArgs{}); }),
              "End of file while reading data: Input/output error");
    EXPECT_FALSE(connection->alive());
}

TEST(Connection, ClosesOnFramesThatCannotBe) {
    for (const std::uint32_t length : {0U, 27U, 33554437U, 0xffffffffU}) {
        Peer peer;
        peer.on(protocol::ConnectGetVersionArgs::procedure, [length](const ScriptedPeer::Received&) {
            Blob bytes(64, 0x41);
            for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(length >> (24 - 8 * i));
            return bytes;
        });
        const auto connection = open(peer);
        EXPECT_NE(problem([&] { connection->call(protocol::ConnectGetVersionArgs{}); }), "none") << length;
        EXPECT_FALSE(connection->alive()) << length;
    }
}

TEST(Connection, SurvivesAnAnswerThatIsTooShort) {
    Peer peer;
    peer.on(protocol::ConnectGetVersionArgs::procedure,
            [](const ScriptedPeer::Received& call) { return reply_to(call, protocol::ConnectOpenResult{}); });
    peer.replay("nodeinfo");
    const auto connection = open(peer);
    EXPECT_EQ(problem([&] { connection->call(protocol::ConnectGetVersionArgs{}); }),
              "Unable to decode message payload");
    EXPECT_EQ(connection->call(protocol::NodeGetInfoArgs{}).model, "x86_64");
}

TEST(Connection, PassesDescriptors) {
    Peer peer;
    peer.replay("fd_associate");
    const auto connection = open(peer);
    std::vector<UniqueFd> fds;
    fds.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    fds.emplace_back(::open("/dev/zero", O_RDONLY | O_CLOEXEC));
    connection->call(protocol::DomainFdAssociateArgs{{"vm", {}, -1}, "group", 0}, fds);
    const auto calls = peer.received(protocol::DomainFdAssociateArgs::procedure);
    ASSERT_EQ(calls.size(), 1U);
    EXPECT_EQ(calls[0].fds, 2U);
}

TEST(Connection, UploadsAStreamWithHoles) {
    Peer peer;
    peer.replay("vol_upload_sparse");
    const auto connection = open(peer);
    const auto stream = connection->open_stream(protocol::StorageVolUploadArgs{});
    stream->send(Blob(4096, 7));
    stream->send_hole(1 << 20);
    stream->finish();
    const auto sent = peer.received(protocol::StorageVolUploadArgs::procedure);
    ASSERT_EQ(sent.size(), 4U);
    EXPECT_EQ(sent[1].payload.size(), 4096U);
    EXPECT_EQ(sent[2].header.type, protocol::MessageType::stream_hole);
    EXPECT_EQ(sent[3].header.status, protocol::Status::ok);
    EXPECT_EQ(sent[3].header.serial, sent[0].header.serial);
}

TEST(Connection, CutsUploadsIntoPacketsOldDaemonsTake) {
    Peer peer;
    peer.replay("vol_upload_sparse");
    const auto connection = open(peer);
    const auto stream = connection->open_stream(protocol::StorageVolUploadArgs{});
    stream->send(Blob(3 * protocol::stream_chunk_max + 5, 1));
    stream->finish();
    std::size_t bytes = 0;
    for (const auto& packet : peer.received(protocol::StorageVolUploadArgs::procedure)) {
        if (packet.header.type != protocol::MessageType::stream) continue;
        EXPECT_LE(packet.payload.size(), protocol::stream_chunk_max);
        bytes += packet.payload.size();
    }
    EXPECT_EQ(bytes, 3 * protocol::stream_chunk_max + 5);
}

TEST(Connection, DownloadsAStreamWithHoles) {
    Peer peer;
    peer.replay("vol_download_sparse");
    const auto connection = open(peer);
    const auto stream = connection->open_stream(protocol::StorageVolDownloadArgs{});
    const auto data = stream->receive();
    ASSERT_TRUE(data);
    EXPECT_EQ(data->data.size(), 4096U);
    const auto hole = stream->receive();
    ASSERT_TRUE(hole);
    EXPECT_GT(hole->hole, 0);
    EXPECT_FALSE(stream->receive());
    stream->finish();
}

TEST(Connection, GivesAStreamsErrorToItsReader) {
    Peer peer;
    peer.on(protocol::DomainOpenConsoleArgs::procedure, [](const ScriptedPeer::Received& call) {
        if (call.header.type != protocol::MessageType::call) return Blob();
        Blob bytes = reply_to(call, protocol::DomainOpenConsoleResult{});
        protocol::append_stream_data(bytes, call.header.key(), Blob{'h', 'i'});
        protocol::append_stream_error(bytes, call.header.key(),
                                      Error(Code::rpc, "stream had I/O failure", ErrorSource::streams));
        return bytes;
    });
    const auto connection = open(peer);
    const auto stream = connection->open_stream(protocol::DomainOpenConsoleArgs{});
    ASSERT_TRUE(stream->receive()); // what came before the error is not lost
    EXPECT_EQ(problem([&] { stream->receive(); }), "stream had I/O failure");
    EXPECT_TRUE(connection->alive());
}

TEST(Connection, AbortsAStreamThatIsLeft) {
    Peer peer;
    peer.on(protocol::DomainOpenConsoleArgs::procedure, [](const ScriptedPeer::Received& call) {
        return call.header.type == protocol::MessageType::call
                   ? reply_to(call, protocol::DomainOpenConsoleResult{})
                   : Blob();
    });
    peer.replay("nodeinfo");
    const auto connection = open(peer);
    connection->open_stream(protocol::DomainOpenConsoleArgs{}).reset();
    connection->call(protocol::NodeGetInfoArgs{});
    const auto sent = peer.received(protocol::DomainOpenConsoleArgs::procedure);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[1].header.type, protocol::MessageType::stream);
    EXPECT_EQ(sent[1].header.status, protocol::Status::error);
}

TEST(Connection, RefusesToAuthenticateInWaysItDoesNotKnow) {
    Peer peer;
    peer.on(protocol::AuthListArgs::procedure, [](const ScriptedPeer::Received& call) {
        return reply_to(call, protocol::AuthListResult{{static_cast<protocol::AuthType>(9)}});
    });
    EXPECT_NE(problem([&] { open(peer); }), "none");
    EXPECT_TRUE(peer.received(protocol::ConnectOpenArgs::procedure).empty());
}

} // namespace
} // namespace yado::client
