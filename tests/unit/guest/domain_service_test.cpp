// SPDX-License-Identifier: Apache-2.0
#include "base/fault.h"
#include "protocol/constants.h"
#include "support/guest/guest_host.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace yado::guest {
namespace {

using namespace std::chrono_literals;
using test_support::FakeConnection;
using test_support::GuestHost;
using test_support::small_domain;
using Events = std::vector<std::string>;

template <class F> std::string error_of(F&& call) {
    try {
        call();
    } catch (const Error& error) {
        return fmt::format("{}: {}", static_cast<int>(error.code()), error.message());
    }
    return "no error";
}

TEST(DomainService, DefinedDomainsSurviveARestart) {
    GuestHost host;
    host.define("vm1");
    EXPECT_EQ(host.take_lifecycle(), Events{"0/0"});
    host.define("vm1");
    EXPECT_EQ(host.take_lifecycle(), Events{"0/1"});
    auto context = host.context();
    const std::string before = host.service().get_xml(context, {.dom = host.ref("vm1")}).xml;
    host.restart();
    EXPECT_EQ(host.service().get_xml(context, {.dom = host.ref("vm1")}).xml, before);
    host.loop.run(host.service().undefine(host.context(), {.dom = host.ref("vm1")}));
    EXPECT_EQ(host.take_lifecycle(), Events{"1/0"});
    host.restart();
    EXPECT_FALSE(host.exists("vm1"));
}

TEST(DomainService, ANameOrUuidInUseIsRefused) {
    GuestHost host;
    host.define("vm1");
    const std::string uuid = host.ref("vm1").uuid.text();
    std::string same_name = small_domain("other");
    same_name.replace(same_name.find("other"), 5, "vm1");
    EXPECT_EQ(error_of([&] { host.loop.run(host.service().define(host.context(), {.xml = same_name})); }),
              "9: operation failed: domain 'vm1' already exists with uuid " + uuid);
    std::string same_uuid = small_domain("vm1");
    same_uuid.replace(same_uuid.find("vm1"), 3, "vm2");
    EXPECT_EQ(error_of([&] { host.loop.run(host.service().define(host.context(), {.xml = same_uuid})); }),
              "9: operation failed: domain 'vm1' is already defined with uuid " + uuid);
}

TEST(DomainService, StartAndDestroyTellTheSameEventsAsLibvirt) {
    GuestHost host;
    host.define("vm1");
    host.take_lifecycle();
    host.start("vm1");
    EXPECT_EQ(host.take_lifecycle(), (Events{"4/0", "2/0"}));
    EXPECT_EQ(host.guest("vm1").condition, running::booted);
    EXPECT_EQ(host.ref("vm1").id, 1);
    EXPECT_TRUE(std::filesystem::exists(host.directory.path() + "/run/vm1.xml"));
    host.loop.run(host.service().destroy(host.context(), {.dom = host.ref("vm1")}));
    EXPECT_EQ(host.take_lifecycle(), (Events{"6/2", "5/1"}));
    EXPECT_EQ(host.guest("vm1").condition, shut_off::destroyed);
    EXPECT_EQ(host.ref("vm1").id, -1);
    EXPECT_FALSE(std::filesystem::exists(host.directory.path() + "/run/vm1.xml"));
}

TEST(DomainService, APausedStartSaysSo) {
    GuestHost host;
    host.define("vm1");
    host.take_lifecycle();
    host.loop.run(host.service().create_with_flags(
        host.context(), {.dom = host.ref("vm1"), .flags = protocol::DomainCreateFlags::paused}));
    EXPECT_EQ(host.take_lifecycle(), (Events{"2/0", "3/0"}));
    EXPECT_EQ(host.guest("vm1").condition, paused::by_user);
}

TEST(DomainService, AFailedStartLeavesNothing) {
    GuestHost host;
    host.define("vm1");
    host.take_lifecycle();
    host.hypervisor.start_error = "qemu unexpectedly closed the monitor";
    EXPECT_EQ(error_of([&] { host.start("vm1"); }),
              "1: internal error: qemu unexpectedly closed the monitor");
    EXPECT_TRUE(host.take_lifecycle().empty());
    EXPECT_FALSE(host.guest("vm1").active());
    EXPECT_EQ(host.guest("vm1").condition, shut_off::failed);
    EXPECT_FALSE(std::filesystem::exists(host.directory.path() + "/run/vm1.xml"));
    host.hypervisor.start_error.clear();
    host.start("vm1");
    EXPECT_EQ(host.guest("vm1").condition, running::booted);
}

TEST(DomainService, DestroyDoesNotWaitForAStart) {
    GuestHost host;
    host.define("vm1");
    host.hypervisor.start_time = 10s;
    std::string outcome;
    spawn([](GuestHost& own, std::string& text) -> Task<void> {
        try {
            protocol::DomainCreateArgs args;
            args.dom = own.ref("vm1");
            co_await own.service().create(own.context(), std::move(args));
            text = "started";
        } catch (const Error& error) { text = error.message(); }
    }(host, outcome));
    host.loop.run_until_idle();
    EXPECT_EQ(host.guest("vm1").condition, paused::starting_up);
    bool destroyed = false;
    spawn([](GuestHost& own, bool& done) -> Task<void> {
        protocol::DomainDestroyArgs args;
        args.dom = own.ref("vm1");
        co_await own.service().destroy(own.context(), std::move(args));
        done = true;
    }(host, destroyed));
    host.loop.advance(11s);
    EXPECT_TRUE(destroyed);
    EXPECT_EQ(outcome, "operation aborted: guest was destroyed while it was being started");
    EXPECT_FALSE(host.guest("vm1").active());
    EXPECT_EQ(host.guest("vm1").condition, shut_off::destroyed);
}

TEST(DomainService, PasswordsAreShownOnRequestOnly) {
    GuestHost host;
    const std::string graphics = "<devices><graphics type='spice' port='5901' passwd='sesame1'/>"
                                 "<graphics type='vnc' port='5902' passwd='sesame2'/></devices>";
    host.loop.run(host.service().define(host.context(), {.xml = small_domain("vm1", graphics)}));
    auto context = host.context();
    for (const bool live : {false, true}) {
        if (live) host.start("vm1");
        const std::string shown = host.service().get_xml(context, {.dom = host.ref("vm1")}).xml;
        EXPECT_EQ(shown.find("sesame"), std::string::npos) << shown;
        const std::string whole =
            host.service()
                .get_xml(context, {.dom = host.ref("vm1"), .flags = protocol::DomainXMLFlags::secure})
                .xml;
        EXPECT_NE(whole.find("passwd='sesame1'"), std::string::npos);
        EXPECT_NE(whole.find("passwd='sesame2'"), std::string::npos);
    }
}

TEST(DomainService, SuspendAndResume) {
    GuestHost host;
    host.define("vm1");
    host.start("vm1");
    host.take_lifecycle();
    host.loop.run(host.service().suspend(host.context(), {.dom = host.ref("vm1")}));
    EXPECT_EQ(host.guest("vm1").condition, paused::by_user);
    host.loop.run(host.service().resume(host.context(), {.dom = host.ref("vm1")}));
    EXPECT_EQ(host.guest("vm1").condition, running::unpaused);
    EXPECT_EQ(host.take_lifecycle(), (Events{"3/0", "4/0"}));
}

TEST(DomainService, CallsOnAnInactiveDomainSayItIsNotRunning) {
    GuestHost host;
    host.define("vm1");
    const auto ref = host.ref("vm1");
    const std::string text = "55: Requested operation is not valid: domain is not running";
    EXPECT_EQ(error_of([&] { host.loop.run(host.service().suspend(host.context(), {.dom = ref})); }), text);
    EXPECT_EQ(error_of([&] { host.loop.run(host.service().destroy(host.context(), {.dom = ref})); }), text);
    EXPECT_EQ(error_of([&] { host.loop.run(host.service().reset(host.context(), {.dom = ref})); }), text);
    EXPECT_EQ(error_of([&] { host.loop.run(host.service().shutdown(host.context(), {.dom = ref})); }), text);
}

TEST(DomainService, PowerOffInsideTheGuestEndsIt) {
    GuestHost host;
    host.define("vm1");
    host.start("vm1");
    host.take_lifecycle();
    host.hypervisor.machine("vm1")->report(ShuttingDown{.by_guest = true});
    host.loop.run_until_idle();
    EXPECT_EQ(host.take_lifecycle(), (Events{"6/1", "5/0"}));
    EXPECT_EQ(host.guest("vm1").condition, shut_off::shutdown);
}

TEST(DomainService, RebootRestartsInTheSameProcess) {
    GuestHost host;
    host.define("vm1");
    host.start("vm1");
    host.take_lifecycle();
    host.loop.run(host.service().reboot(host.context(), {.dom = host.ref("vm1")}));
    auto* machine = host.hypervisor.machine("vm1");
    machine->report(ShuttingDown{.by_guest = true});
    host.loop.run_until_idle();
    EXPECT_EQ(host.guest("vm1").condition.state, State::running);
    EXPECT_EQ(host.hypervisor.machine("vm1"), machine);
    EXPECT_EQ(host.take_lifecycle(), (Events{"6/1", "4/0"}));
}

TEST(DomainService, AMachineThatDiesIsReportedAsCrashed) {
    GuestHost host;
    host.define("vm1");
    host.start("vm1");
    host.take_lifecycle();
    host.hypervisor.machine("vm1")->report(Gone{.crashed = true, .last_words = "killed"});
    host.loop.run_until_idle();
    EXPECT_EQ(host.take_lifecycle(), Events{"5/5"});
    EXPECT_EQ(host.guest("vm1").condition, shut_off::crashed);
}

TEST(DomainService, TransientDomainsVanishWhenTheyEnd) {
    GuestHost host;
    host.loop.run(host.service().create_xml(host.context(), {.xml_desc = small_domain("temp")}));
    EXPECT_FALSE(host.guest("temp").persistent);
    host.loop.run(host.service().destroy(host.context(), {.dom = host.ref("temp")}));
    EXPECT_FALSE(host.exists("temp"));
}

TEST(DomainService, AutodestroyEndsTheGuestWithItsConnection) {
    GuestHost host;
    host.define("vm1");
    host.loop.run(host.service().create_with_flags(
        host.context(), {.dom = host.ref("vm1"), .flags = protocol::DomainCreateFlags::autodestroy}));
    EXPECT_TRUE(host.guest("vm1").active());
    host.connection->close();
    host.loop.run_until_idle();
    EXPECT_FALSE(host.guest("vm1").active());
}

TEST(DomainService, RunningGuestsAreFoundAgainAfterARestart) {
    GuestHost host;
    host.define("vm1");
    host.define("vm2");
    host.start("vm1");
    host.start("vm2");
    host.loop.run(host.service().suspend(host.context(), {.dom = host.ref("vm2")}));
    host.restart();
    EXPECT_EQ(host.guest("vm1").condition, running::booted);
    EXPECT_EQ(host.ref("vm1").id, 1);
    EXPECT_EQ(host.guest("vm2").condition, paused::by_user);
    EXPECT_EQ(host.ref("vm2").id, 2);
    host.define("vm3");
    host.start("vm3");
    EXPECT_EQ(host.ref("vm3").id, 3);
    host.hypervisor.alive_after_restart = false;
    host.restart();
    EXPECT_FALSE(host.guest("vm1").active());
    EXPECT_EQ(host.guest("vm1").condition.state, State::shut_off);
}

TEST(DomainService, OneStuckGuestBlocksNobodyElse) {
    GuestHost host;
    host.define("stuck");
    host.define("free");
    host.start("stuck");
    host.start("free");
    host.hypervisor.machine("stuck")->stuck = true;
    std::string first;
    std::string second;
    auto suspend = [](DomainService& service, service::CallContext call, protocol::DomainRef ref,
                      std::string& outcome) -> Task<void> {
        try {
            protocol::DomainSuspendArgs args;
            args.dom = std::move(ref);
            co_await service.suspend(std::move(call), std::move(args));
            outcome = "done";
        } catch (const Error& error) { outcome = error.message(); }
    };
    spawn(suspend(host.service(), host.context(), host.ref("stuck"), first));
    spawn(suspend(host.service(), host.context(), host.ref("stuck"), second));
    host.loop.run(host.service().suspend(host.context(), {.dom = host.ref("free")}));
    EXPECT_EQ(host.guest("free").condition, paused::by_user);
    host.loop.advance(31s);
    EXPECT_EQ(first, "");
    EXPECT_EQ(second,
              "Timed out during operation: cannot acquire state change lock: busy with 'suspend' for 30 s");
    // bulk statistics give what is known without it
    const auto stats = [&] {
        Completion<std::size_t> done(host.loop);
        spawn([](DomainService& service, service::CallContext call,
                 Completion<std::size_t>::Resolver resolve) -> Task<void> {
            protocol::ConnectGetAllDomainStatsArgs args;
            const auto result = co_await service.get_all_stats(std::move(call), std::move(args));
            resolve.set(result.retStats.size());
        }(host.service(), host.context(), done.resolver()));
        host.loop.advance(3s);
        return host.loop.run(
            [](Completion<std::size_t> what) -> Task<std::size_t> { co_return co_await what; }(done));
    }();
    EXPECT_EQ(stats, 2U);
}

TEST(DomainService, MetadataTitleAndDescription) {
    GuestHost host;
    host.define("vm1");
    auto context = host.context();
    const auto ref = host.ref("vm1");
    using protocol::DomainMetadataType::element;
    EXPECT_EQ(error_of([&] {
                  host.service().get_metadata(context, {.dom = ref, .type = element, .uri = "urn:x"});
              }),
              "80: metadata not found: Requested metadata element is not present");
    host.loop.run(host.service().set_metadata(
        host.context(),
        {.dom = ref, .type = element, .metadata = "<app a='1'><b/></app>", .key = "k", .uri = "urn:x"}));
    EXPECT_EQ(host.service().get_metadata(context, {.dom = ref, .type = element, .uri = "urn:x"}).metadata,
              "<app a=\"1\">\n  <b/>\n</app>");
    host.restart();
    EXPECT_EQ(host.service().get_metadata(context, {.dom = ref, .type = element, .uri = "urn:x"}).metadata,
              "<app a=\"1\">\n  <b/>\n</app>");
    host.loop.run(host.service().set_metadata(host.context(), {.dom = ref, .type = element, .uri = "urn:x"}));
    EXPECT_EQ(error_of([&] {
                  host.service().get_metadata(context, {.dom = ref, .type = element, .uri = "urn:x"});
              }),
              "80: metadata not found: Requested metadata element is not present");
}

TEST(DomainService, RenameMovesTheFiles) {
    GuestHost host;
    host.define("old");
    host.loop.run(host.service().set_autostart(host.context(), {.dom = host.ref("old"), .autostart = 1}));
    host.take_lifecycle();
    host.loop.run(host.service().rename(host.context(), {.dom = host.ref("old"), .new_name = "new"}));
    EXPECT_EQ(host.take_lifecycle(), (Events{"1/1", "0/2"}));
    host.restart();
    EXPECT_FALSE(host.exists("old"));
    EXPECT_TRUE(host.guest("new").autostart);
}

TEST(DomainService, AutostartHappensOncePerBoot) {
    GuestHost host;
    host.define("vm1");
    host.loop.run(host.service().set_autostart(host.context(), {.dom = host.ref("vm1"), .autostart = 1}));
    std::filesystem::remove_all(host.directory.path() + "/run"); // the host booted anew
    host.restart();
    EXPECT_TRUE(host.guest("vm1").active());
    host.loop.run(host.service().destroy(host.context(), {.dom = host.ref("vm1")}));
    host.restart();
    EXPECT_FALSE(host.guest("vm1").active());
}

TEST(DomainService, EveryFailingStepOfADefineLeavesTheOldStateOrTheNew) {
    for (std::uint64_t step = 1;; ++step) {
        GuestHost host;
        host.define("vm1");
        fault::arm(fault::Action::fail, step);
        const std::string outcome = error_of([&] { host.define("vm2"); });
        const bool reached = fault::passed() >= step;
        fault::disarm();
        host.restart();
        EXPECT_TRUE(host.exists("vm1"));
        if (outcome == "no error") { EXPECT_TRUE(host.exists("vm2")); }
        if (!reached) break;
        ASSERT_LT(step, 100U);
    }
}

} // namespace
} // namespace yado::guest
