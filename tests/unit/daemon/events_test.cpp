// SPDX-License-Identifier: Apache-2.0
#include "support/daemon/test_server.h"

#include "protocol/domain_events.h"
#include "protocol/qemu_calls.h"

#include <gtest/gtest.h>

namespace yado::daemon {
namespace {

namespace p = protocol;
using test_support::Message;
using test_support::RawClient;
using test_support::TestServer;

class EventsTest : public testing::Test {
  protected:
    void SetUp() override { client_ = test_.connect_open(); }

    Message register_callback(int id, std::optional<p::DomainRef> dom = std::nullopt) {
        p::ConnectDomainEventCallbackRegisterAnyArgs args;
        args.eventID = id;
        args.dom = std::move(dom);
        return client_->call(args);
    }
    int callback_of(const Message& message) {
        return message.as<p::ConnectDomainEventCallbackRegisterAnyResult>().callbackID;
    }
    std::vector<Message> after(guest::EventBody body) {
        test_.hub.publish({{"vm", Uuid{{1}}, 3}, std::move(body)});
        return client_->receive();
    }

    TestServer test_;
    std::unique_ptr<RawClient> client_;
};

TEST_F(EventsTest, CallbacksGetTheirIdAndTheDomain) {
    const int callback = callback_of(register_callback(0));
    const auto messages = after(guest::lifecycle::started_booted);
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].header.procedure, p::DomainCallbackLifecycleEvent::procedure.number);
    EXPECT_EQ(messages[0].header.type, p::MessageType::message);
    EXPECT_EQ(messages[0].header.serial, 1U);
    const auto event = messages[0].as<p::DomainCallbackLifecycleEvent>();
    EXPECT_EQ(event.callbackID, callback);
    EXPECT_EQ(event.msg.dom.name, "vm");
    EXPECT_EQ(event.msg.dom.id, 3);
    EXPECT_EQ(event.msg.event, 2);
    EXPECT_TRUE(after(guest::Rebooted{}).empty()); // not registered
}

TEST_F(EventsTest, OneDomainOnly) {
    p::DomainRef other;
    other.uuid = Uuid{{9}};
    register_callback(0, other);
    EXPECT_TRUE(after(guest::lifecycle::started_booted).empty());
    p::DomainRef own;
    own.uuid = Uuid{{1}};
    register_callback(0, own);
    EXPECT_EQ(after(guest::lifecycle::started_booted).size(), 1U);
}

TEST_F(EventsTest, OldFormHasNoCallbackId) {
    EXPECT_FALSE(client_->call(p::ConnectDomainEventRegisterArgs()).failed());
    p::ConnectDomainEventRegisterAnyArgs any;
    any.eventID = 4;
    EXPECT_FALSE(client_->call(any).failed());
    const auto lifecycle = after(guest::lifecycle::stopped_destroyed);
    ASSERT_EQ(lifecycle.size(), 1U);
    EXPECT_EQ(lifecycle[0].header.procedure, 107);
    EXPECT_EQ(lifecycle[0].as<p::DomainLifecycleEvent>().detail, 1);
    const auto error = after(guest::IoError{"/p", "disk0", "enospc", 1});
    ASSERT_EQ(error.size(), 1U);
    EXPECT_EQ(error[0].header.procedure, 172);
    client_->call(p::ConnectDomainEventDeregisterArgs());
    EXPECT_TRUE(after(guest::lifecycle::stopped_destroyed).empty());
}

TEST_F(EventsTest, OneHappeningCanBeTwoEvents) {
    register_callback(4);
    register_callback(6);
    const auto messages = after(guest::IoError{"/p", "disk0", "enospc", 1});
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].header.procedure, 322);
    EXPECT_EQ(messages[1].as<p::DomainCallbackIoErrorReasonEvent>().msg.reason, "enospc");
}

TEST_F(EventsTest, RegisteringTwiceAndUnknownIdsAreRefused) {
    register_callback(0);
    const Error twice = register_callback(0).error();
    EXPECT_EQ(twice.code(), Code::invalid_arg);
    EXPECT_EQ(twice.message(), "invalid argument: event callback already tracked");
    EXPECT_EQ(client_->call(p::ConnectDomainEventRegisterArgs()).error().code(), Code::invalid_arg);
    EXPECT_EQ(register_callback(99).error().message(), "internal error: unsupported event ID 99");
    EXPECT_EQ(register_callback(-1).error().message(), "internal error: unsupported event ID -1");
    p::ConnectDomainEventRegisterAnyArgs any;
    any.eventID = 16; // exists in the new form only
    EXPECT_EQ(client_->call(any).error().message(), "internal error: unsupported event ID 16");
    p::ConnectDomainEventCallbackDeregisterAnyArgs none;
    none.callbackID = 4242;
    EXPECT_EQ(client_->call(none).error().message(),
              "internal error: domain event callback 4242 not registered");
    p::ConnectDomainEventDeregisterAnyArgs legacy;
    legacy.eventID = 0; // registered, but in the other form
    EXPECT_TRUE(client_->call(legacy).failed());
}

TEST_F(EventsTest, DeregisteringEndsDelivery) {
    p::ConnectDomainEventCallbackDeregisterAnyArgs args;
    args.callbackID = callback_of(register_callback(1));
    EXPECT_EQ(after(guest::Rebooted{}).size(), 1U);
    EXPECT_FALSE(client_->call(args).failed());
    EXPECT_TRUE(after(guest::Rebooted{}).empty());
    client_->disconnect();
    test_.loop.run_until_idle();
    test_.hub.publish({{"vm", {}, 1}, guest::Rebooted{}}); // nobody is left to be told
}

TEST_F(EventsTest, EveryIdTheClientsKnowCanBeRegistered) {
    for (int id = 0; id <= 26; ++id) EXPECT_FALSE(register_callback(id).failed()) << id;
}

TEST_F(EventsTest, MonitorEventsByNamePatternAndDomain) {
    p::qemu::ConnectDomainMonitorEventRegisterArgs args;
    args.event = "^job_";
    args.flags = 3; // regular expression, any case
    const auto result = client_->call(args).as<p::qemu::ConnectDomainMonitorEventRegisterResult>();
    EXPECT_TRUE(after(guest::MonitorEvent{"STOP", 1, 2, ""}).empty());
    const auto messages = after(guest::MonitorEvent{"JOB_STATUS_CHANGE", 10, 20, "{\"id\":\"x\"}"});
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].header.program, p::program::qemu);
    const auto event = messages[0].as<p::qemu::DomainMonitorEvent>();
    EXPECT_EQ(event.callbackID, result.callbackID);
    EXPECT_EQ(event.event, "JOB_STATUS_CHANGE");
    EXPECT_EQ(event.details, "{\"id\":\"x\"}");
    args.event = "(";
    EXPECT_EQ(client_->call(args).error().code(), Code::invalid_arg);
    args.flags = 8;
    EXPECT_EQ(client_->call(args).error().code(), Code::invalid_arg);
    p::qemu::ConnectDomainMonitorEventDeregisterArgs gone;
    gone.callbackID = result.callbackID;
    EXPECT_FALSE(client_->call(gone).failed());
    EXPECT_TRUE(client_->call(gone).failed());
}

} // namespace
} // namespace yado::daemon
