// SPDX-License-Identifier: Apache-2.0
#include "guest/domain_service.h"
#include "hypervisor/test/hypervisor.h"
#include "model/domain/document.h"
#include "support/base/manual_loop.h"
#include "support/guest/guest_host.h"

#include <gtest/gtest.h>

namespace yado::test {
namespace {

using test_support::FakeConnection;
using test_support::ManualLoop;

struct TestHost {
    ManualLoop loop;
    guest::Registry registry;
    guest::EventHub events;
    guest::NoStore store;
    Gate gate{loop};
    TestHypervisor hypervisor{loop};
    guest::Parts parts{loop, registry, store, events, hypervisor, gate};
    guest::Power power{parts};
    guest::DomainService service{parts, power};
    service::CallContext call{.connection = std::make_shared<FakeConnection>()};

    TestHost() { loop.run(service.preset(model::read_domain(default_domain_xml()), true)); }
};

TEST(TestHypervisor, TheDefaultDomainRunsWithIdOne) {
    TestHost host;
    const auto found = host.service.lookup_by_id(host.call, {.id = 1}).dom;
    EXPECT_EQ(found.name, "test");
    EXPECT_EQ(found.uuid.text(), "6695eb01-f6a4-8304-79aa-97f2502e193f");
    EXPECT_EQ(host.service.get_info(host.call, {.dom = found}).memory, 2097152U);
    EXPECT_EQ(host.service.get_state(host.call, {.dom = found}).state, 1);
}

TEST(TestHypervisor, LivesThroughAWholeLife) {
    TestHost host;
    const auto defined = host.loop.run(host.service.define(
        host.call,
        {.xml =
             "<domain type='test'><name>a</name><memory>1024</memory><os><type>hvm</type></os></domain>"}));
    const auto dom = defined.dom;
    host.loop.run(host.service.create(host.call, {.dom = dom}));
    host.loop.run(host.service.suspend(host.call, {.dom = dom}));
    EXPECT_EQ(host.service.get_state(host.call, {.dom = dom}).state, 3);
    host.loop.run(host.service.resume(host.call, {.dom = dom}));
    host.loop.run(host.service.reboot(host.call, {.dom = dom}));
    host.loop.run_until_idle();
    EXPECT_EQ(host.service.get_state(host.call, {.dom = dom}).state, 1);
    host.loop.run(host.service.shutdown(host.call, {.dom = dom}));
    host.loop.run_until_idle();
    EXPECT_EQ(host.service.get_state(host.call, {.dom = dom}).state, 5);
    EXPECT_EQ(host.service.get_state(host.call, {.dom = dom}).reason, 1);
    host.loop.run(host.service.undefine(host.call, {.dom = dom}));
    EXPECT_EQ(host.registry.size(), 1U);
}

TEST(TestHypervisor, OtherDomainTypesAreRefused) {
    TestHost host;
    EXPECT_THROW(host.loop.run(host.service.define(
                     host.call, {.xml = "<domain type='qemu'><name>a</name><memory>1024</memory>"
                                        "<os><type>hvm</type></os></domain>"})),
                 Error);
    EXPECT_EQ(host.registry.size(), 1U);
}

} // namespace
} // namespace yado::test
