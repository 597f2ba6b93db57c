// SPDX-License-Identifier: Apache-2.0
// Events as the `event` command shows them.
#include "cli/event_text.h"
#include "protocol/constants.h"
#include "protocol/domain_events.h"
#include "protocol/xdr.h"

#include <gtest/gtest.h>

namespace yado::cli {
namespace {

using namespace protocol;

const DomainRef guest{"vm", Uuid{}, 3};

template <class T> std::optional<DescribedEvent> describe_one(const T& event) {
    Blob payload;
    encode(payload, event);
    return describe_event({T::procedure, payload});
}

template <class T> std::string line(const T& event) {
    const auto described = describe_one(event);
    return described ? described->line() : "nothing";
}

TEST(EventText, NamesStandAtTheirNumbers) {
    EXPECT_EQ(event_number("lifecycle"), DomainEventID::lifecycle);
    EXPECT_EQ(event_number("block-job-2"), DomainEventID::block_job_2);
    EXPECT_EQ(event_number("memory-device-size-change"), DomainEventID::memory_device_size_change);
    EXPECT_EQ(event_number("nosuch"), std::nullopt);
    EXPECT_EQ(event_names().size(), 27U);
}

TEST(EventText, TellsOfTheLifecycle) {
    const auto tell = [](std::int32_t event, std::int32_t detail) {
        return line(DomainCallbackLifecycleEvent{1, {guest, event, detail}});
    };
    EXPECT_EQ(tell(3, 0), "event 'lifecycle' for domain 'vm': Suspended Paused");
    EXPECT_EQ(tell(6, 2), "event 'lifecycle' for domain 'vm': Shutdown Finished after host request");
    EXPECT_EQ(tell(8, 0), "event 'lifecycle' for domain 'vm': Crashed Panicked");
    EXPECT_EQ(tell(5, 99), "event 'lifecycle' for domain 'vm': Stopped unknown");
    EXPECT_EQ(tell(-1, 0), "event 'lifecycle' for domain 'vm': unknown unknown");
    EXPECT_EQ(tell(99, 0), "event 'lifecycle' for domain 'vm': unknown unknown");
}

TEST(EventText, TellsOfTheRest) {
    EXPECT_EQ(line(DomainCallbackRebootEvent{1, {guest}}), "event 'reboot' for domain 'vm'");
    EXPECT_EQ(line(DomainCallbackRtcChangeEvent{1, {guest, -5}}), "event 'rtc-change' for domain 'vm': -5");
    EXPECT_EQ(line(DomainCallbackWatchdogEvent{1, {guest, 6}}),
              "event 'watchdog' for domain 'vm': inject-nmi");
    EXPECT_EQ(line(DomainCallbackIoErrorReasonEvent{1, {guest, "/d", "virtio-disk0", 1, "enospc"}}),
              "event 'io-error-reason' for domain 'vm': /d (virtio-disk0) pause due to enospc");
    EXPECT_EQ(line(DomainCallbackBlockJobEvent{1, {guest, "/d", 2, 3}}),
              "event 'block-job' for domain 'vm': Block Copy for /d ready");
    EXPECT_EQ(line(DomainBlockJob2Event{1, guest, "vda", 4, 0}),
              "event 'block-job-2' for domain 'vm': Active Block Commit for vda completed");
    EXPECT_EQ(line(DomainCallbackDiskChangeEvent{1, {guest, "/a", std::nullopt, "ide0", 0}}),
              "event 'disk-change' for domain 'vm' disk ide0: /a -> <null>: changed");
    EXPECT_EQ(line(DomainCallbackTrayChangeEvent{1, {guest, "ide0", 1}}),
              "event 'tray-change' for domain 'vm' disk ide0: closed");
    EXPECT_EQ(line(DomainCallbackBalloonChangeEvent{1, {guest, 1024}}),
              "event 'balloon-change' for domain 'vm': 1024KiB");
    EXPECT_EQ(line(DomainCallbackAgentLifecycleEvent{1, guest, 1, 2}),
              "event 'agent-lifecycle' for domain 'vm': state: 'connected' reason: 'channel event'");
    EXPECT_EQ(line(DomainCallbackMetadataChangeEvent{1, guest, 2, "urn:x"}),
              "event 'metadata-change' for domain 'vm': type element, uri urn:x");
    EXPECT_EQ(line(DomainMemoryFailureEvent{1, guest, 1, 2, DomainMemoryFailureFlags::recursive}),
              "event 'memory-failure' for domain 'vm':\nrecipient: guest\naction: fatal\nflags:\n"
              "\taction required: 0\n\trecursive: 1");
    EXPECT_EQ(
        line(DomainCallbackGraphicsEvent{
            1, {guest, 0, {0, "127.0.0.1", "5900"}, {2, "", "/s"}, "none", {{"x509dname", "CN=a\nb"}}}}),
        "event 'graphics' for domain 'vm': connect local[IPv4 127.0.0.1 5900] remote[unix  /s] none\n"
        "\tx509dname=CN=a\\x0ab");
}

TEST(EventText, GivesJsonTheParts) {
    const DomainCallbackLifecycleEvent event{1, {guest, 2, 0}};
    const auto described = describe_one(event);
    ASSERT_TRUE(described);
    EXPECT_EQ(described->details.json(),
              Value::object().set("event", "Started").set("detail", "Booted").json());
}

TEST(EventText, KnowsNothingOfOtherEvents) {
    EXPECT_EQ(line(DomainNicMacChangeEvent{1, guest, "net0", "a", "b"}), "nothing");
}

} // namespace
} // namespace yado::cli
