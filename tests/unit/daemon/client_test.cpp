// SPDX-License-Identifier: Apache-2.0
// Calls, answers and refusals of one connection, as raw messages.
#include "support/daemon/test_server.h"

#include "base/version.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

namespace yado::daemon {
namespace {

namespace p = protocol;
using test_support::Message;
using test_support::TestServer;
using namespace std::chrono_literals;

p::DomainLookupByNameArgs lookup(std::string name) {
    p::DomainLookupByNameArgs args;
    args.name = std::move(name);
    return args;
}

TEST(ClientTest, NothingIsAnsweredBeforeAuthentication) {
    TestServer test;
    const auto client = test.connect();
    const Error error = client->call(p::ConnectGetLibVersionArgs()).error();
    EXPECT_EQ(error.code(), Code::rpc);
    EXPECT_EQ(error.message(), "authentication required");
    EXPECT_EQ(error.source(), ErrorSource::rpc);
    // also when nobody would answer the call
    EXPECT_EQ(client->call(p::ConnectNumOfNetworksArgs()).error().message(), "authentication required");
    EXPECT_EQ(test.server.anonymous_clients(), 1U);

    const auto types = client->call(p::AuthListArgs()).as<p::AuthListResult>().types;
    ASSERT_EQ(types.size(), 1U);
    EXPECT_EQ(types[0], p::AuthType::none);
    EXPECT_EQ(test.server.anonymous_clients(), 0U);
}

TEST(ClientTest, CallsNeedAnOpenConnection) {
    TestServer test;
    const auto client = test.connect();
    client->call(p::AuthListArgs());
    EXPECT_EQ(client->call(lookup("a")).error().message(), "internal error: hypervisor connection not open");
    p::ConnectSupportsFeatureArgs feature;
    feature.feature = 14;
    EXPECT_EQ(client->call(feature).error().code(), Code::internal_error);
    feature.feature = 10; // keepalive may be asked before
    EXPECT_EQ(client->call(feature).as<p::ConnectSupportsFeatureResult>().supported, 1);

    EXPECT_EQ(client->call(p::ConnectOpenArgs()).error().message(), "internal error: connection not open");
    p::ConnectOpenArgs open;
    open.name = ""; // the server chooses
    EXPECT_FALSE(client->call(open).failed());
    EXPECT_EQ(client->call(p::ConnectGetUriArgs()).as<p::ConnectGetUriResult>().uri, "qemu:///system");
    EXPECT_EQ(client->call(open).error().message(), "internal error: connection already open");
    EXPECT_EQ(client->call(p::ConnectGetLibVersionArgs()).as<p::ConnectGetLibVersionResult>().lib_ver,
              libvirt_version);
    EXPECT_EQ(client->call(lookup("a")).as<p::DomainLookupByNameResult>().dom.name, "a");
}

TEST(ClientTest, UnknownThingsAreRefusedByName) {
    TestServer test;
    const auto client = test.connect_open();
    const auto raw = [&](p::Header header) {
        p::append_frame(client->pending(), header, {});
        client->send();
        return client->receive_one();
    };
    const Message procedure = raw({.program = p::program::remote, .procedure = 9999, .serial = 7});
    EXPECT_EQ(procedure.header.serial, 7U);
    EXPECT_EQ(procedure.error().message(), "unknown procedure: 9999");
    // events are no calls
    EXPECT_EQ(raw({.program = p::program::remote, .procedure = 107}).error().message(),
              "unknown procedure: 107");
    const Message program = raw({.program = 305419896, .procedure = 1});
    EXPECT_EQ(program.header.program, 305419896U);
    EXPECT_EQ(program.error().message(), "Cannot find program 305419896 version 1");
    EXPECT_EQ(raw({.program = p::program::remote, .version = 2, .procedure = 1}).error().message(),
              "Cannot find program 536903814 version 2");
    EXPECT_EQ(
        raw({.program = p::program::remote, .procedure = 23, .status = p::Status::error}).error().message(),
        "Unexpected message status 1");
    // no payload where one belongs
    EXPECT_EQ(raw({.program = p::program::remote, .procedure = 23}).error().message(),
              "Unable to decode message payload");
    EXPECT_FALSE(client->closed());
}

TEST(ClientTest, MessagesThatAreNoCallsAreIgnored) {
    TestServer test;
    const auto client = test.connect_open();
    for (const int type : {1, 2, 3, 17}) {
        p::append_frame(
            client->pending(),
            {.program = p::program::remote, .procedure = 23, .type = static_cast<p::MessageType>(type)}, {});
    }
    client->send();
    EXPECT_TRUE(client->receive().empty());
    EXPECT_FALSE(client->call(lookup("still there")).failed());
}

TEST(ClientTest, CallsWithoutHandlerNameTheFunction) {
    TestServer test;
    const auto client = test.connect_open();
    p::ConnectListAllNetworksArgs args;
    const Error error = client->call(args).error();
    EXPECT_EQ(error.code(), Code::no_support);
    EXPECT_EQ(error.message(),
              "this function is not supported by the connection driver: virConnectListAllNetworks");
    EXPECT_EQ(error.source(), ErrorSource::network);
}

TEST(ClientTest, FailuresOfHandlersAreAnswers) {
    TestServer test;
    const auto client = test.connect_open();
    const Error missing = client->call(lookup("missing")).error();
    EXPECT_EQ(missing.code(), Code::no_domain);
    EXPECT_EQ(missing.source(), ErrorSource::qemu);
    EXPECT_EQ(client->call(lookup("bug")).error().message(), "internal error: a mistake");
    p::DomainCreateArgs create;
    create.dom.name = "broken";
    client->add(create);
    client->send();
    EXPECT_TRUE(client->receive().empty());
    test.service.finish();
    EXPECT_EQ(client->receive_one().error().message(), "operation failed: it did not start");
}

TEST(ClientTest, ReadOnlyConnectionsMayNotWrite) {
    TestServer test;
    const auto client = test.connect();
    client->open(true);
    const Error error = client->call(p::DomainCreateArgs()).error();
    EXPECT_EQ(error.code(), Code::operation_denied);
    EXPECT_EQ(error.source(), ErrorSource::domain);
    EXPECT_EQ(error.message(), "operation forbidden: read only access prevents virDomainCreate");
    // also where nobody would answer
    EXPECT_EQ(client->call(p::DomainSuspendArgs()).error().code(), Code::operation_denied);
    p::DomainGetXmlDescArgs xml;
    EXPECT_FALSE(client->call(xml).failed());
    xml.flags = 1; // VIR_DOMAIN_XML_SECURE
    EXPECT_EQ(client->call(xml).error().code(), Code::operation_denied);
    EXPECT_EQ(test.service.calls.size(), 1U);
}

TEST(ClientTest, ReadOnlySocketsCannotBeOpenedForWriting) {
    TestServer test;
    const auto client = test.connect({.read_only = true});
    client->open(false);
    EXPECT_EQ(client->call(p::DomainCreateArgs()).error().code(), Code::operation_denied);
}

TEST(ClientTest, ManyCallsInOneWriteAreAllAnswered) {
    TestServer test;
    const auto client = test.connect_open();
    constexpr unsigned count = 2000;
    std::uint32_t first = 0;
    for (unsigned i = 0; i < count; ++i) {
        const std::uint32_t serial = client->add(lookup(fmt::format("vm{}", i)));
        if (i == 0) first = serial;
    }
    client->send();
    const auto answers = client->receive();
    ASSERT_EQ(answers.size(), count);
    for (unsigned i = 0; i < count; ++i) {
        EXPECT_EQ(answers[i].header.serial, first + i);
        EXPECT_EQ(answers[i].as<p::DomainLookupByNameResult>().dom.name, fmt::format("vm{}", i));
    }
}

TEST(ClientTest, MessagesMayComeByteByByte) {
    TestServer test;
    const auto client = test.connect_open();
    p::Blob bytes;
    p::append_call(bytes, 77, lookup("slow"));
    for (const std::uint8_t byte : bytes) {
        client->pending().push_back(byte);
        client->send();
    }
    EXPECT_EQ(client->receive_one().as<p::DomainLookupByNameResult>().dom.name, "slow");
}

TEST(ClientTest, WrongLengthsCloseTheConnection) {
    for (const std::uint32_t length : {0U, 27U, 33554437U, 0xffffffffU}) {
        TestServer test;
        const auto client = test.connect_open();
        for (int shift = 24; shift >= 0; shift -= 8) {
            client->pending().push_back(static_cast<std::uint8_t>(length >> shift));
        }
        client->send();
        EXPECT_TRUE(client->closed()) << length;
        EXPECT_TRUE(test.server.clients().empty());
    }
}

TEST(ClientTest, CallsOverTheLimitWaitTheirTurn) {
    TestServer test({.max_client_requests = 2});
    const auto client = test.connect_open();
    for (int i = 0; i < 5; ++i) client->add(p::DomainCreateArgs());
    client->send();
    EXPECT_EQ(test.service.waiting(), 2U);
    // what is answered from memory, and what is urgent, does not wait behind them
    EXPECT_FALSE(client->call(lookup("quick")).failed());
    client->add(p::DomainDestroyArgs());
    client->send();
    EXPECT_EQ(test.service.waiting(), 3U);
    test.service.finish();
    EXPECT_EQ(client->receive().size(), 1U);
    EXPECT_EQ(test.service.waiting(), 2U); // the urgent one counts, so nobody moved up
    test.service.finish();
    test.service.finish();
    test.loop.run_until_idle();
    EXPECT_EQ(test.service.waiting(), 2U);
    test.service.finish();
    test.service.finish();
    test.loop.run_until_idle();
    test.service.finish();
    EXPECT_EQ(client->receive().size(), 5U);
    EXPECT_EQ(test.server.calls_in_progress(), 0U);
}

TEST(ClientTest, AFloodOfSlowCallsIsNotRead) {
    TestServer test({.max_client_requests = 1});
    const auto client = test.connect_open();
    p::Blob call;
    p::append_call(call, 1, p::DomainCreateArgs());
    std::size_t written = 0;
    for (int tries = 0; tries < 100'000; ++tries) {
        const ssize_t put = ::send(client->fd(), call.data(), call.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (put < 0) break;
        written += static_cast<std::size_t>(put);
        if (tries % 64 == 0) test.loop.run_until_idle();
    }
    test.loop.run_until_idle();
    // the kernel's buffers and ours are full; the daemon has taken no more than it parks
    EXPECT_LT(written, std::size_t(4) << 20);
    EXPECT_EQ(test.service.waiting(), 1U);
    EXPECT_FALSE(client->closed());
}

TEST(ClientTest, AClientThatDoesNotReadIsNotServed) {
    TestServer test;
    test.service.xml = std::string(256 * 1024, 'x');
    const auto client = test.connect_open();
    p::Blob calls;
    for (int i = 0; i < 100; ++i) p::append_call(calls, 1, p::DomainGetXmlDescArgs());
    ASSERT_EQ(::send(client->fd(), calls.data(), calls.size(), MSG_DONTWAIT),
              static_cast<ssize_t>(calls.size()));
    test.loop.run_until_idle();
    EXPECT_LT(test.service.calls.size(), 20U);
    const auto& served = *test.server.clients().begin()->second;
    EXPECT_LT(served.bytes_waiting(), Client::output_pause + 2 * test.service.xml.size());
    // once it reads, everything comes
    std::size_t answers = 0;
    for (int tries = 0; tries < 1000 && answers < 100; ++tries) answers += client->receive().size();
    EXPECT_EQ(answers, 100U);
}

TEST(ClientTest, EventsForAClientThatDoesNotReadEndTheConnection) {
    TestServer test;
    const auto client = test.connect_open();
    p::ConnectDomainEventCallbackRegisterAnyArgs args;
    args.eventID = 19;
    client->call(args);
    const guest::DomainEvent event{{"vm", {}, 1}, guest::DeviceAdded{std::string(1 << 20, 'x')}};
    for (int i = 0; i < 40; ++i) {
        test.hub.publish(event);
        test.loop.run_until_idle();
    }
    EXPECT_TRUE(test.server.clients().empty());
}

TEST(ClientTest, CloseIsAnsweredFirst) {
    TestServer test;
    const auto client = test.connect_open();
    client->add(p::ConnectCloseArgs());
    client->add(lookup("too late"));
    client->send();
    EXPECT_FALSE(client->receive_one().failed());
    EXPECT_TRUE(client->closed());
    EXPECT_TRUE(test.service.calls.empty());
}

TEST(ClientTest, CallsInProgressLearnThatTheClientHasGone) {
    TestServer test;
    const auto client = test.connect_open();
    client->add(p::DomainCreateArgs());
    client->send();
    ASSERT_EQ(test.service.stops.size(), 1U);
    EXPECT_FALSE(test.service.stops[0].stop_requested());
    client->disconnect();
    test.loop.run_until_idle();
    EXPECT_TRUE(test.service.stops[0].stop_requested());
    EXPECT_TRUE(test.server.clients().empty());
    test.service.finish(); // its answer goes nowhere, quietly
    test.loop.run_until_idle();
    EXPECT_EQ(test.server.calls_in_progress(), 0U);
}

TEST(ClientTest, DrainingRefusesNewCallsAndWaitsForOldOnes) {
    TestServer test;
    const auto client = test.connect_open();
    client->add(p::DomainCreateArgs());
    client->send();
    bool drained = false;
    spawn([](Server& server, bool& flag) -> Task<void> {
        co_await server.drain(10s);
        flag = true;
    }(test.server, drained));
    test.loop.run_until_idle();
    EXPECT_FALSE(drained);
    EXPECT_EQ(client->call(lookup("late")).error().code(), Code::operation_aborted);
    test.service.finish();
    test.loop.run_until_idle();
    EXPECT_TRUE(drained);
    EXPECT_FALSE(client->receive_one().failed());
}

// --- keepalive ---

TEST(KeepaliveTest, PingIsAnsweredEvenBeforeAuthentication) {
    TestServer test;
    const auto client = test.connect();
    p::append_keepalive(client->pending(), p::Keepalive::ping);
    client->send();
    const Message pong = client->receive_one();
    EXPECT_EQ(pong.header.program, p::program::keepalive);
    EXPECT_EQ(pong.header.procedure, 2);
    EXPECT_EQ(pong.header.type, p::MessageType::message);
    EXPECT_EQ(pong.header.serial, 0U);
}

TEST(KeepaliveTest, OnlyClientsThatAskedArePinged) {
    TestServer test;
    const auto client = test.connect_open();
    test.loop.advance(120s);
    EXPECT_TRUE(client->receive().empty());
    EXPECT_FALSE(client->closed());
}

TEST(KeepaliveTest, SilentClientsAreClosedAfterThirtySeconds) {
    TestServer test;
    const auto client = test.connect_open();
    p::ConnectSupportsFeatureArgs feature;
    feature.feature = 10;
    client->call(feature);
    test.loop.advance(4900ms);
    EXPECT_TRUE(client->receive().empty());
    for (int ping = 1; ping <= 5; ++ping) {
        test.loop.advance(ping == 1 ? 100ms : 5000ms);
        const Message message = client->receive_one();
        EXPECT_EQ(message.header.program, p::program::keepalive);
        EXPECT_EQ(message.header.procedure, 1);
    }
    test.loop.advance(4900ms);
    EXPECT_FALSE(client->closed());
    test.loop.advance(200ms);
    EXPECT_TRUE(client->closed());
}

TEST(KeepaliveTest, AnyTrafficCountsAsAnAnswer) {
    TestServer test;
    const auto client = test.connect_open();
    p::ConnectSupportsFeatureArgs feature;
    feature.feature = 10;
    client->call(feature);
    for (int i = 0; i < 20; ++i) {
        test.loop.advance(4s);
        p::append_keepalive(client->pending(), p::Keepalive::pong);
        client->send();
    }
    EXPECT_TRUE(client->receive().empty()); // never silent for five seconds
    EXPECT_FALSE(client->closed());
}

} // namespace
} // namespace yado::daemon
