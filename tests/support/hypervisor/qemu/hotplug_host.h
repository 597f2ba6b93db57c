// SPDX-License-Identifier: Apache-2.0
// A machine on a fake QEMU, with all that plugging a device in touches: files, taps, processes and control
// groups of a host in memory. tests/golden/qemu/hotplug has the domain that runs and the devices.
#pragma once

#include "hypervisor/qemu/hotplug/device_parts.h"
#include "hypervisor/qemu/hotplug/steps.h"
#include "hypervisor/qemu/machine.h"

#include "base/async/start.h"
#include "base/error.h"
#include "base/files.h"
#include "model/domain/complete.h"
#include "model/domain/device_document.h"
#include "model/domain/document.h"
#include "support/base/manual_loop.h"
#include "support/host/fake_cgroups.h"
#include "support/host/fake_network.h"
#include "support/host/fake_processes.h"
#include "support/hypervisor/qemu/fake_qemu.h"
#include "support/hypervisor/qemu/recorded_capabilities.h"
#include "support/model/fixed_context.h"
#include "support/model/golden_file.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <gtest/gtest.h>
#include <set>

namespace yado::test_support {

using namespace std::chrono_literals;
using namespace qemu;

inline const std::filesystem::path hotplug_folder =
    std::filesystem::path(YADO_SOURCE_DIR) / "tests/golden/qemu/hotplug";

inline const QmpSchema& recorded_schema() {
    static const QmpSchema recorded = QmpSchema::recorded(YADO_SOURCE_DIR);
    return recorded;
}

inline std::shared_ptr<const QemuCapabilities> capabilities() {
    static const auto recorded =
        std::make_shared<const QemuCapabilities>(recorded_capabilities(YADO_SOURCE_DIR));
    return recorded;
}

inline LaunchFacts facts() {
    LaunchFacts given;
    given.id = 1;
    given.domain_dir = "/var/lib/libvirt/qemu/domain-1-plug";
    given.channel_dir = "/var/lib/libvirt/qemu/channel/target/domain-1-plug";
    return given;
}

inline model::Domain running_domain() {
    model::Domain domain =
        model::parse_definition(test::read_text(hotplug_folder / "domain.xml.in"), test::fixed_context());
    model::assign_aliases(domain);
    domain.id = 1;
    return domain;
}

struct Plugged {
    model::Domain domain;
    std::string alias;
};

/// The running domain with one more device, as it is handed to the machine.
inline Plugged with_device(std::string_view text) {
    Plugged plugged{running_domain(), {}};
    std::set<std::string> before;
    model::each_device(plugged.domain.devices,
                       [&](std::string_view, const auto& device) { before.insert(device.info.alias.name); });
    const model::DeviceDocument document = model::read_device(text);
    model::copy_device(document.devices, document.place(), plugged.domain.devices);
    model::complete(plugged.domain, test::fixed_context());
    model::assign_missing_aliases(plugged.domain);
    model::each_device(plugged.domain.devices, [&](std::string_view kind, const auto& device) {
        if (kind == document.kind && !before.contains(device.info.alias.name))
            plugged.alias = device.info.alias.name;
    });
    return plugged;
}

struct TestWorkshop final : Workshop {
    TestWorkshop(Loop& loop, host::Processes& processes, host::Network& network, const guest::Ports& ports,
                 const std::string& directory)
        : its_cards(loop, processes, network, ports, directory), its_helpers(loop, processes, {}) {}
    Settings given;
    Cards its_cards;
    Helpers its_helpers;
    Task<Bench> bench_for(model::Domain) override {
        Bench bench;
        bench.capabilities = capabilities();
        bench.facts = facts();
        co_return bench;
    }
    const Settings& settings() const override { return given; }
    Cards& cards() override { return its_cards; }
    Helpers& helpers() override { return its_helpers; }
};

struct Hotplug : testing::Test {
    ManualLoop loop;
    TemporaryDirectory directory;
    FakeProcesses processes{loop};
    FakeProcesses::Pointer process = processes.add_running(4321, 99);
    FakeQemu qemu{loop, &recorded_schema()};
    FakeNetwork network;
    FakeCgroups cgroups;
    guest::Ports ports;
    TestWorkshop workshop{loop, processes, network, ports, directory.path()};
    std::vector<guest::MachineEvent> events;
    model::Domain domain = running_domain();
    std::optional<QemuMachine> machine;
    std::size_t met = 0;

    Hotplug() {
        const std::string& base = directory.path();
        const GuestPlaces places({.lib = base,
                                  .channels = base,
                                  .run = base,
                                  .log = base,
                                  .nvram = base,
                                  .cache = base,
                                  .swtpm_state = base,
                                  .swtpm_log = base},
                                 "plug", 1);
        workshop.given.paths.log = base;
        make_directories(places.domain_dir, 0700);
        write_file_atomically(base + "/data.raw", "x", 0600);
        model::MachineStatus status;
        status.node_name.emplace(1U);
        machine.emplace(
            QemuMachine::Parts{loop, processes.adopt(4321, 99), places, 0,
                               [this](const guest::MachineEvent& event) { events.push_back(event); },
                               std::move(status), &workshop, &cgroups},
            qemu.take_peer());
        qemu.answer("qom-list", "[]"); // nothing that a device could have the name of
        loop.run(machine->meet(domain));
        met = qemu.commands.size();
    }
    ~Hotplug() override {
        EXPECT_EQ(qemu.problems, std::vector<std::string>{});
        machine.reset();
        if (!process->ended) process->exit(0);
        loop.advance(1min);
    }

    std::string disk(std::string_view target = "vdb") const {
        return fmt::format("<disk type='file' device='disk'><driver name='qemu' type='raw'/>"
                           "<source file='{}/data.raw'/><target dev='{}' bus='virtio'/></disk>",
                           directory.path(), target);
    }
    /// What was sent since the machine was met.
    std::vector<std::string> sent() const {
        std::vector<std::string> names = qemu.names();
        names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(met));
        return names;
    }
    model::DomainStatus status() const {
        model::DomainStatus now;
        machine->describe_status(now);
        return now;
    }
};

} // namespace yado::test_support
