// SPDX-License-Identifier: Apache-2.0
#include "golden.h"
#include "protocol/admin_calls.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/domain_events.h"
#include "protocol/dump.h"
#include "protocol/procedures.h"
#include "protocol/qemu_calls.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

namespace yado::protocol {
namespace {

static_assert(DomainCreateArgs::procedure == ProcedureId{0x20008086, 9});
static_assert(std::is_same_v<DomainCreateWithFlagsArgs::Result, DomainCreateWithFlagsResult>);
static_assert(DomainCallbackLifecycleEvent::procedure.number == 318);
static_assert(qemu::DomainMonitorCommandArgs::procedure == ProcedureId{0x20008087, 1});
static_assert(admin::ConnectOpenArgs::procedure.program == program::admin);
static_assert(DomainCreateFlags::paused == 1 && DomainCreateFlags::reset_nvram == 32);
static_assert(DomainState::shutoff == 5 && DomainEventType::stopped == 5);
static_assert(TypedParameterFlags::string_okay == 4);
static_assert(ConnectGetAllDomainStatsFlags::enforce_stats == 0x80000000U);

constexpr std::uint32_t programs[] = {program::remote, program::qemu, program::lxc, program::admin};

TEST(Procedures, EveryRowIsThere) {
    EXPECT_EQ(all(program::remote).size(), 456U);
    EXPECT_EQ(all(program::qemu).size(), 7U);
    EXPECT_EQ(all(program::lxc).size(), 1U);
    EXPECT_EQ(all(program::admin).size(), 20U);
    EXPECT_TRUE(all(program::keepalive).empty());
}

TEST(Procedures, FoundByNumberAndByName) {
    std::set<std::string_view> names;
    for (const std::uint32_t program : programs)
        for (const ProcedureInfo& row : all(program)) {
            EXPECT_EQ(find(program, row.id.number), &row);
            EXPECT_EQ(find(row.name), &row);
            EXPECT_TRUE(names.insert(row.name).second) << row.name;
            ASSERT_NE(row.args, nullptr);
            EXPECT_EQ(row.result == nullptr, row.kind == Kind::event) << row.name;
        }
    EXPECT_EQ(find(program::remote, 0), nullptr);
    EXPECT_EQ(find(program::remote, -1), nullptr);
    EXPECT_EQ(find(program::remote, 457), nullptr);
    EXPECT_EQ(find(0x12345678, 1), nullptr);
    EXPECT_EQ(find("NoSuchCall"), nullptr);
    EXPECT_EQ(find("zzz"), nullptr);
    EXPECT_EQ(find("admin.ConnectOpen")->id.program, program::admin);
    EXPECT_EQ(find("ConnectOpen")->id.program, program::remote);
}

TEST(Procedures, RowsSayWhatStockDoes) {
    const ProcedureInfo& create = *find(DomainCreateArgs::procedure);
    EXPECT_EQ(create.api, "virDomainCreate");
    EXPECT_EQ(create.since, "0.1.1");
    EXPECT_FALSE(create.high_priority);
    EXPECT_FALSE(create.readonly);
    ASSERT_EQ(create.acl.size(), 1U);
    EXPECT_EQ(create.acl[0].object, "domain");
    EXPECT_EQ(create.acl[0].permission, "start");

    EXPECT_TRUE(find("DomainDestroy")->high_priority);
    EXPECT_EQ(find("DomainOpenConsole")->stream, StreamDirection::both);
    EXPECT_EQ(find("StorageVolUpload")->stream, StreamDirection::to_server);
    EXPECT_EQ(find("DomainScreenshot")->stream, StreamDirection::to_client);
    EXPECT_TRUE(find("DomainFdAssociate")->call_fds);
    EXPECT_TRUE(find("DomainOpenGraphicsFd")->reply_fds);
    EXPECT_TRUE(find("qemu.DomainMonitorCommandWithFiles")->call_fds);
    EXPECT_TRUE(find("qemu.DomainMonitorCommandWithFiles")->reply_fds);
    EXPECT_EQ(find("ConnectListAllDomains")->filter_object, "domain");
    EXPECT_EQ(find("ConnectListAllDomains")->filter_permission, "getattr");
    EXPECT_EQ(find("DomainLifecycleEvent")->kind, Kind::event);
}

TEST(Procedures, ReadOnlyDependsOnArguments) {
    const ProcedureInfo& xml = *find("DomainGetXmlDesc");
    EXPECT_TRUE(allowed_readonly(xml, DomainGetXmlDescArgs{}));
    EXPECT_TRUE(allowed_readonly(xml, DomainGetXmlDescArgs{.dom = {}, .flags = DomainXMLFlags::inactive}));
    EXPECT_FALSE(allowed_readonly(xml, DomainGetXmlDescArgs{.dom = {}, .flags = DomainXMLFlags::secure}));
    EXPECT_FALSE(allowed_readonly(xml, DomainGetXmlDescArgs{.dom = {}, .flags = DomainXMLFlags::migratable}));

    const ProcedureInfo& addresses = *find("DomainInterfaceAddresses");
    DomainInterfaceAddressesArgs args;
    for (const auto& [source, allowed] : {std::pair{0U, true}, std::pair{1U, false}, std::pair{2U, true}}) {
        args.source = source;
        EXPECT_EQ(allowed_readonly(addresses, args), allowed) << source;
    }
    EXPECT_FALSE(allowed_readonly(*find("DomainDestroy"), DomainDestroyArgs{}));
}

TEST(Procedures, AclRulesDependOnFlags) {
    const ProcedureInfo& row = *find("DomainSetMemoryParameters");
    ASSERT_EQ(row.acl.size(), 3U);
    DomainSetMemoryParametersArgs args;
    const auto permissions = [&](std::uint32_t flags) {
        args.flags = flags;
        std::size_t count = 0;
        for (const AclRule& rule : row.acl) count += holds(rule.condition, args) ? 1 : 0;
        return count;
    };
    EXPECT_EQ(permissions(DomainModificationImpact::current), 2U); // write, and save as neither bit is set
    EXPECT_EQ(permissions(DomainModificationImpact::live), 1U);    // write only
    EXPECT_EQ(permissions(DomainModificationImpact::config), 2U);
    EXPECT_EQ(permissions(DomainModificationImpact::config | DomainModificationImpact::live), 2U);
}

TEST(Procedures, NestedFieldsAreNoArguments) {
    // DomainRef holds an id of its own; the condition is about the call's field
    const Condition condition{Condition::When::equals, "id", 7};
    DomainCreateArgs args;
    args.dom.id = 7;
    EXPECT_FALSE(holds(condition, args));
}

TEST(Procedures, StructuresAreAsRecorded) {
    const auto shape = [](const BodyType& type) {
        const std::string fields = outline(type);
        return fields.empty() ? "-" : fields;
    };
    std::string text;
    for (const std::uint32_t program : programs)
        for (const ProcedureInfo& row : all(program)) {
            text += fmt::format("{:08x} {} {}\n    {}\n", program, row.id.number, row.name, shape(*row.args));
            if (row.result != nullptr) text += fmt::format("    → {}\n", shape(*row.result));
        }
    test::expect_golden("structs.txt", text);
}

TEST(Dump, ShowsValuesForPeople) {
    DomainCreateWithFlagsArgs args;
    args.dom.name = "vm1\n";
    args.dom.uuid = *Uuid::parse("11111111-2222-3333-4444-555555555555");
    args.dom.id = 3;
    args.flags = 1;
    EXPECT_EQ(dump(args), "dom={name='vm1\\x0a' uuid=11111111-2222-3333-4444-555555555555 id=3} flags=1");

    DomainSetUserPasswordArgs secret;
    secret.user = "root";
    secret.password = "hunter2";
    EXPECT_EQ(dump(secret).find("hunter2"), std::string::npos);
    EXPECT_NE(dump(secret).find("password=<7 bytes>"), std::string::npos) << dump(secret);

    DomainGetMemoryParametersResult result;
    result.params.push_back({"hard_limit", std::uint64_t(5)});
    result.params.push_back({"on", Boolean{true}});
    EXPECT_EQ(dump(result), "params=2[{field='hard_limit' value=ullong:5} {field='on' value=yes}] nparams=0");
}

TEST(Dump, LinesEnd) {
    DomainGetMemoryParametersResult result;
    result.params.resize(5000, {std::string(200, 'x'), std::string(500, 'y')});
    EXPECT_LT(dump(result).size(), 5000U);
}

} // namespace
} // namespace yado::protocol
