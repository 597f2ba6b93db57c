// SPDX-License-Identifier: Apache-2.0
// Devices that are plugged into a running QEMU. tests/golden/qemu/hotplug/CASE.xml is one device, CASE.qmp
// the commands that make it ("+") and those that take it back once the guest has let go of it ("-"), each
// held against QEMU's schema. What happens when QEMU refuses one of them is played with a fake.
#include "support/hypervisor/qemu/hotplug_host.h"

#include <boost/json.hpp>

namespace yado::qemu {
namespace {

namespace json = boost::json;
using namespace test_support;
using namespace std::chrono_literals;

class HotplugCommands : public testing::TestWithParam<std::string> {};

TEST_P(HotplugCommands, AreAsRecorded) {
    const Plugged plugged = with_device(test::read_text(hotplug_folder / (GetParam() + ".xml")));
    LaunchFacts given = facts();
    given.network.cards["net0"] = {.queues = {"tap-net0-0"}, .vhost = {}};
    const DeviceContext context{plugged.domain, *capabilities(), given};
    const DeviceParts parts = device_parts(context, plugged.alias, 7);
    std::string text;
    const auto add = [&text](char sign, const QmpCommand& command) {
        EXPECT_EQ(recorded_schema().problem_with_command(command.name, command.arguments), "")
            << command.name;
        text += fmt::format("{} {} {}\n", sign, command.name, json::serialize(command.arguments));
    };
    for (const QmpStep& step : plug_steps(parts)) add('+', step.act);
    for (const QmpCommand& command : release_commands(parts)) add('-', command);
    EXPECT_TRUE(test::matches_golden(hotplug_folder / (GetParam() + ".qmp"), text)) << text;
}

INSTANTIATE_TEST_SUITE_P(All, HotplugCommands, testing::ValuesIn(test::golden_cases(hotplug_folder)),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

TEST_F(Hotplug, ADiskIsNodesAndADevice) {
    Plugged plugged = with_device(disk());
    loop.run(machine->attach(plugged.domain, plugged.alias));
    EXPECT_EQ(sent(), (std::vector<std::string>{"blockdev-add", "blockdev-add", "device_add"}));
    EXPECT_EQ(plugged.alias, "virtio-disk1");
    const auto now = status();
    EXPECT_EQ(now.node_name->index, 2U) << "numbers go on behind those of the start";
    EXPECT_TRUE(model::write_domain(plugged.domain, {.live = true}).contains("index='2'"));
}

TEST_F(Hotplug, WhateverIsRefusedNothingStays) {
    for (int refused = 1; refused <= 3; ++refused) {
        const auto before = status();
        met = qemu.commands.size();
        int number = 0;
        qemu.on_command = [&](const FakeQemu::Command& command) {
            ++number;
            if (number == refused) qemu.refuse(command.name, "no room");
            if (number == refused + 1) { // one refusal a round
                qemu.answer("blockdev-add", "{}");
                qemu.answer("device_add", "{}");
            }
        };
        Plugged plugged = with_device(disk());
        std::string error;
        try {
            loop.run(machine->attach(plugged.domain, plugged.alias));
        } catch (const Error& thrown) { error = thrown.message(); }
        qemu.on_command = nullptr;
        qemu.answer("blockdev-add", "{}");
        qemu.answer("device_add", "{}");
        EXPECT_TRUE(error.contains("no room")) << refused << ": " << error;
        const std::vector<std::string> names = sent();
        const auto count = [&names](std::string_view name) { return std::ranges::count(names, name); };
        EXPECT_EQ(count("blockdev-del"), refused == 3 ? 2 : 1) << refused;
        EXPECT_EQ(count("device_del"), refused == 3 ? 0 : 1) << refused;
        EXPECT_EQ(status().devices.size(), before.devices.size());
        EXPECT_EQ(status().private_parts, before.private_parts);
    }
}

TEST_F(Hotplug, AFileThatIsNotThereReachesNoQemu) {
    Plugged plugged = with_device("<disk type='file'><driver name='qemu' type='raw'/><source "
                                  "file='/nonexistent/x'/><target dev='vdb'/></disk>");
    try {
        loop.run(machine->attach(plugged.domain, plugged.alias));
        FAIL() << "it must not succeed";
    } catch (const Error& error) {
        EXPECT_EQ(error.message(), "Cannot access storage file '/nonexistent/x': No such file or directory");
        EXPECT_EQ(error.source(), ErrorSource::storage);
    }
    EXPECT_TRUE(sent().empty());
}

TEST_F(Hotplug, ATerminalsPathIsQemus) {
    qemu.answer("chardev-add", R"({"pty": "/dev/pts/9"})");
    Plugged plugged =
        with_device("<channel type='pty'><target type='virtio' name='org.example.0'/></channel>");
    loop.run(machine->attach(plugged.domain, plugged.alias));
    EXPECT_EQ(std::get<model::PtyChar>(plugged.domain.devices.channels.back().backend).path, "/dev/pts/9");
}

TEST_F(Hotplug, TheGuestAnswersInTimeLateOrNever) {
    Completion<guest::Unplugging> asked = start(loop, machine->detach("net7", true));
    loop.run_until_idle();
    EXPECT_FALSE(asked.done());
    qemu.event("DEVICE_DELETED", R"({"device": "net7", "path": "/machine/peripheral/net7"})");
    loop.run_until_idle();
    EXPECT_EQ(loop.run(machine->detach("net8", false)), guest::Unplugging::pending);
    Completion<guest::Unplugging> late = start(loop, machine->detach("net9", true));
    loop.run_until_idle();
    loop.advance(6s);
    EXPECT_TRUE(asked.done() && late.done());
    qemu.event("DEVICE_DELETED", R"({"device": "net9", "path": "/machine/peripheral/net9"})");
    loop.run_until_idle();
    const auto gone = std::ranges::count_if(
        events, [](const auto& event) { return std::holds_alternative<guest::DeviceRemoved>(event); });
    EXPECT_EQ(gone, 2);
}

TEST_F(Hotplug, AGuestMayRefuse) {
    qemu.on_command = [this](const FakeQemu::Command& command) {
        if (command.name != "device_del") return;
        loop.post([this] {
            qemu.event("DEVICE_UNPLUG_GUEST_ERROR",
                       R"({"device": "net7", "path": "/machine/peripheral/net7"})");
        });
    };
    try {
        loop.run(machine->detach("net7", true));
        FAIL() << "it must not succeed";
    } catch (const Error& error) {
        EXPECT_EQ(error.message(), "operation failed: unplug of device was rejected by the guest");
    }
}

TEST_F(Hotplug, WhatServedADiskGoesFromTheTop) {
    Plugged plugged = with_device(disk());
    loop.run(machine->attach(plugged.domain, plugged.alias));
    qemu.answer("query-named-block-nodes",
                R"([{"node-name": "libvirt-1-format"}, {"node-name": "libvirt-2-storage"},
                    {"node-name": "libvirt-2-format"}])");
    met = qemu.commands.size();
    loop.run(machine->release(plugged.domain, plugged.alias));
    std::vector<std::string> removed;
    for (std::size_t i = met; i < qemu.commands.size(); ++i) {
        if (qemu.commands[i].name == "blockdev-del") removed.push_back(qemu.commands[i].arguments);
    }
    EXPECT_EQ(removed, (std::vector<std::string>{R"({"node-name":"libvirt-2-format"})",
                                                 R"({"node-name":"libvirt-2-storage"})"}));
    EXPECT_TRUE(status().private_parts.empty());
}

TEST_F(Hotplug, AVcpuIsWhatQemuSaysItIs) {
    qemu.answer(
        "query-hotpluggable-cpus",
        R"([{"type": "qemu64-x86_64-cpu", "vcpus-count": 1, "props": {"socket-id": 1, "core-id": 0, "thread-id": 0}},
                    {"type": "qemu64-x86_64-cpu", "vcpus-count": 1, "qom-path": "/machine/x",
                     "props": {"socket-id": 0, "core-id": 0, "thread-id": 0}}])");
    loop.run(machine->attach_vcpu(domain, 1));
    EXPECT_EQ(qemu.arguments_of("device_add"),
              R"({"socket-id":1,"core-id":0,"thread-id":0,"driver":"qemu64-x86_64-cpu","id":"vcpu1"})");
}

} // namespace
} // namespace yado::qemu
