// SPDX-License-Identifier: Apache-2.0
// Plugging devices in while something fails: QEMU refuses one command after the other, hangs up, a call of
// the host fails. Nothing may stay in QEMU or on the host, and what is known of the guest stays true. QEMU's
// side is a ledger of what the commands that succeeded have made and taken away.
#include "support/hypervisor/qemu/hotplug_host.h"

#include "base/fault.h"

#include <boost/json.hpp>
#include <sys/socket.h>

namespace yado::qemu {
namespace {

namespace json = boost::json;
using namespace test_support;

/// What QEMU has of what was plugged in, by command and name.
class Ledger {
  public:
    void note(const FakeQemu::Command& command) {
        const json::value arguments = json::parse(command.arguments);
        for (const auto& [add, remove, key] : pairs) {
            const json::value* name = arguments.as_object().if_contains(key);
            if (command.name == add) has_.insert(fmt::format("{} {}", add, text(name)));
            if (command.name == remove) has_.erase(fmt::format("{} {}", add, text(name)));
        }
        if (command.name != "netdev_add") return;
        for (const char* key : {"fd", "fds", "vhostfd", "vhostfds"}) { // it has taken these over
            std::string names = text(arguments.as_object().if_contains(key));
            for (std::size_t end = 0; !names.empty(); names.erase(0, end + 1)) {
                end = std::min(names.find(':'), names.size() - 1);
                has_.erase("getfd " + names.substr(0, names[end] == ':' ? end : end + 1));
            }
        }
    }
    const std::set<std::string>& has() const { return has_; }

  private:
    struct Pair {
        std::string_view add, remove, key;
    };
    static constexpr Pair pairs[] = {
        {"object-add", "object-del", "id"}, {"chardev-add", "chardev-remove", "id"},
        {"netdev_add", "netdev_del", "id"}, {"blockdev-add", "blockdev-del", "node-name"},
        {"device_add", "device_del", "id"}, {"getfd", "closefd", "fdname"}};
    static std::string text(const json::value* value) {
        return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
    }
    std::set<std::string> has_;
};

/// What of a guest is known and must not change when nothing does.
std::string known(const model::DomainStatus& status) {
    std::string text;
    for (const auto& device : status.devices) text += device.alias + "\n";
    for (const auto& part : status.private_parts) text += part.device + ": " + part.xml + "\n";
    return text;
}

struct HotplugFaults : Hotplug {
    Ledger ledger;
    unsigned number = 0;           ///< of the command that comes, from 1
    unsigned refused = 0;          ///< the command with this number is refused; 0: none
    std::string restore;           ///< the command that is answered again
    std::vector<std::string> told; ///< the network service
    Plugged plugged;

    HotplugFaults() {
        network.create_bridge({.name = "br0"});
        network.add_hardware("eth0");
        qemu.on_command = [this](const FakeQemu::Command& command) { on_command(command); };
        ports.network.attach = [this](guest::NetworkPortRequest) -> Task<guest::NetworkPort> {
            told.emplace_back("attach");
            guest::NetworkPort port;
            port.id = Uuid::random();
            model::ActualNetwork actual;
            actual.bridge = "br0";
            port.actual.kind = actual;
            co_return port;
        };
        ports.network.release = [this](guest::NetworkPortRequest) -> Task<void> {
            told.emplace_back("release");
            co_return;
        };
        processes.on_spawn = [](FakeProcesses::Process& started) { // a helper's socket appears
            constexpr std::string_view option = "--socket-path=";
            for (const std::string& argument : started.spec.arguments) {
                if (argument.starts_with(option)) std::ofstream(argument.substr(option.size())) << "";
            }
        };
    }
    ~HotplugFaults() override { qemu.on_command = nullptr; }

    void on_command(const FakeQemu::Command& command) {
        if (!restore.empty()) qemu.answer(std::exchange(restore, {}), "{}");
        ++number;
        if (number == refused) {
            qemu.refuse(command.name, "no room");
            restore = command.name;
            return;
        }
        ledger.note(command);
        if (command.name != "device_del") return;
        const std::string alias(json::parse(command.arguments).as_object().at("id").as_string());
        loop.post([this, alias] {
            qemu.event("DEVICE_DELETED",
                       fmt::format(R"({{"device": "{0}", "path": "/machine/peripheral/{0}"}})", alias));
        });
    }

    /// The error's text; empty when it is plugged in.
    std::string attach(const std::string& document) {
        number = 0;
        plugged = with_device(document);
        std::string error;
        try {
            loop.run(machine->attach(plugged.domain, plugged.alias));
        } catch (const Error& thrown) { error = thrown.message(); }
        loop.run_until_idle();
        return error;
    }
    /// What attach() has plugged in goes again.
    void detach() {
        json::array nodes, objects;
        for (const std::string& each : ledger.has()) {
            const std::string name = each.substr(each.find(' ') + 1);
            if (each.starts_with("blockdev-add")) nodes.push_back(json::object{{"node-name", name}});
            if (each.starts_with("object-add")) objects.push_back(json::object{{"name", name}});
        }
        qemu.answer("query-named-block-nodes", json::serialize(nodes));
        qemu.answer("qom-list", json::serialize(objects));
        EXPECT_EQ(loop.run(machine->detach(plugged.alias, true)), guest::Unplugging::done);
        loop.run(machine->release(plugged.domain, plugged.alias));
        loop.run_until_idle();
    }

    void expect_nothing(const std::string& before, const std::string& what) {
        EXPECT_EQ(ledger.has(), std::set<std::string>{}) << what;
        EXPECT_EQ(known(status()), before) << what;
        for (const FakeProcesses::Pointer& each : processes.spawned) EXPECT_TRUE(each->ended) << what;
        for (const DirectoryEntry& each : list_directory(machine_places()))
            EXPECT_FALSE(each.name.ends_with(helper_note_suffix)) << what << ": " << each.name;
        qemu.fds.clear(); // what it was given goes with what uses it, which the ledger shows
        std::erase_if(network.devices, [&](const auto& device) { // as the kernel does with taps nobody has
            const auto& peers = device.second.peers;
            for (const UniqueFd& peer : peers) {
                char byte = 0;
                EXPECT_EQ(::recv(peer.get(), &byte, 1, 0), 0) << what << ": " << device.first << " is open";
            }
            return !peers.empty() && device.second.link.kind == "tun";
        });
        EXPECT_EQ(network.devices.size(), 2U) << what;
        EXPECT_EQ(network.devices.at("eth0").link.mac, host::MacBytes{}) << what;
        EXPECT_EQ(std::ranges::count(told, "attach"), std::ranges::count(told, "release")) << what;
    }
    std::string machine_places() const { return directory.path() + "/domain-1-plug"; }

    std::vector<std::string> documents() const {
        return {disk(),
                fmt::format("<disk type='file'><driver name='qemu' type='raw' copy_on_read='on'/><source "
                            "file='{}/data.raw'/><target dev='sdb' bus='scsi'/><iotune><total_bytes_sec>1000"
                            "</total_bytes_sec></iotune></disk>",
                            directory.path()),
                "<interface type='bridge'><mac address='52:54:00:00:00:01'/><source bridge='br0'/>"
                "<model type='virtio'/><driver queues='2'/><link state='down'/></interface>",
                "<interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/>"
                "<model type='virtio'/></interface>",
                "<interface type='direct'><mac address='52:54:00:00:00:01'/><source dev='eth0' "
                "mode='passthrough'/><model type='virtio'/></interface>",
                "<channel type='unix'><target type='virtio' name='org.example.0'/></channel>",
                "<memory model='dimm'><target><size unit='MiB'>128</size><node>0</node></target></memory>",
                "<rng model='virtio'><backend model='egd' type='unix'><source mode='connect' "
                "path='/run/egd.sock'/></backend></rng>",
                "<filesystem type='mount'><driver type='virtiofs'/><binary path='/bin/true'/><source "
                "dir='/srv'/><target dir='share'/></filesystem>"};
    }
};

TEST_F(HotplugFaults, NothingStaysWhateverQemuRefuses) {
    for (const std::string& document : documents()) {
        const std::string before = known(status());
        for (refused = 1;; ++refused) {
            ASSERT_LT(refused, 40U) << document;
            const std::string error = attach(document);
            if (number < refused) { // one more than are sent: nothing was refused
                EXPECT_EQ(error, "") << document;
                break;
            }
            EXPECT_TRUE(error.contains("no room")) << refused << " of " << document << ": " << error;
            expect_nothing(before, fmt::format("command {} of {}", refused, document));
        }
        EXPECT_GT(refused, 1U) << document;
        refused = 0;
        EXPECT_FALSE(ledger.has().empty()) << document;
        detach();
        expect_nothing(before, "the end of " + document);
    }
}

TEST_F(HotplugFaults, NothingStaysWhateverTheHostRefuses) {
    for (const std::string& document : documents()) {
        const std::string before = known(status());
        bool there = false;
        for (unsigned step = 1; !there; ++step) {
            ASSERT_LT(step, 40U) << document;
            fault::arm(fault::Action::fail, step);
            const std::string error = attach(document);
            const bool reached = fault::passed() >= step;
            fault::disarm();
            there = error.empty();
            EXPECT_NE(there, reached) << document << ": " << error;
            if (!there) expect_nothing(before, fmt::format("step {} of {}: {}", step, document, error));
        }
        detach();
        expect_nothing(before, "the end of " + document);
    }
}

TEST_F(HotplugFaults, NothingStaysWhateverTheNetworkRefuses) {
    for (const std::string& document : documents()) {
        if (!document.starts_with("<interface")) continue;
        const std::string before = known(status());
        bool there = false;
        for (unsigned step = 1; !there; ++step) {
            ASSERT_LT(step, 40U) << document;
            network.calls = 0;
            network.fail_at = step;
            const std::string error = attach(document);
            network.fail_at = 0;
            there = error.empty();
            EXPECT_EQ(there, network.calls < step) << document << ": " << error;
            if (!there) expect_nothing(before, fmt::format("step {} of {}: {}", step, document, error));
        }
        detach();
        expect_nothing(before, "the end of " + document);
    }
}

/// QEMU ends when it reads the command with this number of those that plug in a device.
struct HotplugEnds : HotplugFaults, testing::WithParamInterface<std::pair<unsigned, unsigned>> {};

TEST_P(HotplugEnds, NothingStaysOnTheHost) {
    const auto [which, last] = GetParam();
    const std::string before = known(status());
    qemu.on_command = [this](const FakeQemu::Command& command) {
        if (++number == GetParam().second) qemu.die_on(command.name);
    };
    const std::string error = attach(documents().at(which));
    EXPECT_FALSE(qemu.connected());
    EXPECT_EQ(error, "operation failed: the guest's QEMU has ended");
    expect_nothing(before, documents().at(which));
}

// A disk is two nodes and a device; a card two descriptors, a back end, a device and its link; virtiofs a
// stream and a device.
INSTANTIATE_TEST_SUITE_P(All, HotplugEnds,
                         testing::Values(std::pair{0U, 1U}, std::pair{0U, 2U}, std::pair{0U, 3U},
                                         std::pair{2U, 1U}, std::pair{2U, 3U}, std::pair{2U, 4U},
                                         std::pair{2U, 5U}, std::pair{3U, 2U}, std::pair{4U, 2U},
                                         std::pair{8U, 1U}, std::pair{8U, 2U}));

} // namespace
} // namespace yado::qemu
