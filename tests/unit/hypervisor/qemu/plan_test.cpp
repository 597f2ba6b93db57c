// SPDX-License-Identifier: Apache-2.0
// The command line of every document under tests/golden/domain: CASE.qemu.args, one argument a line, or why
// this release cannot run it, CASE.qemu.errors. The installed QEMU, where there is one, must take every one
// of them.
#include "hypervisor/qemu/plan/firmware_files.h"
#include "hypervisor/qemu/plan/plan.h"

#include "base/error.h"
#include "base/files.h"
#include "model/domain/complete.h"
#include "model/domain/document.h"
#include "support/hypervisor/qemu/recorded_capabilities.h"
#include "support/model/fixed_context.h"
#include "support/model/golden_file.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace yado::qemu {
namespace {

namespace json = boost::json;

const std::filesystem::path folder = std::filesystem::path(YADO_SOURCE_DIR) / "tests/golden/domain";

/// Cases that are a valid definition.
std::vector<std::string> cases() {
    std::vector<std::string> names = test::golden_cases(folder);
    std::erase_if(names, [](const std::string& name) {
        return !std::filesystem::exists(folder / (name + ".out.xml"));
    });
    return names;
}

model::Domain domain_of(std::string_view document) {
    model::Domain domain = model::parse_definition(document, test::fixed_context());
    model::assign_aliases(domain);
    return domain;
}

LaunchPlan plan_of(const model::Domain& domain) {
    static const QemuCapabilities recorded = test_support::recorded_capabilities(YADO_SOURCE_DIR);
    LaunchFacts facts;
    facts.id = 1;
    facts.domain_dir = "/var/lib/libvirt/qemu/domain-1-" + domain.name;
    facts.channel_dir = "/var/lib/libvirt/qemu/channel/target/domain-1-" + domain.name;
    facts.disks.secret = [](const model::SecretReference& secret,
                            model::SecretUsage) -> std::optional<std::string> {
        if (secret.usage == "missing") return std::nullopt;
        return "a secret";
    };
    facts.disks.user = facts.disks.group = [](std::string_view name) -> std::optional<std::uint32_t> {
        return name == "nobody" ? std::optional(65534U) : std::nullopt;
    };
    facts.firmware.descriptors = installed_firmware(YADO_SOURCE_DIR "/tests/golden/qemu/firmware");
    facts.host_smbios = model::Smbios();
    facts.host_smbios->system = model::SmbiosTable{{{"manufacturer", "Host, Inc."}, {"uuid", "not told"}}};
    facts.huge_pages = {{2048, "/dev/hugepages"}, {1048576, "/dev/hugepages1G"}};
    return plan(domain, recorded, facts);
}

std::string lines_of(const LaunchPlan& plan, const model::Domain& domain) {
    std::string text;
    for (const auto& [name, value] : plan.environment) text += fmt::format("{}={}\n", name, value);
    for (std::string argument : plan.argv) {
        if (domain.clock.offset == model::ClockOffset::variable && argument.starts_with("base=20")) {
            argument.replace(0, std::min(argument.find(','), argument.size()),
                             "base=NOW"); // it follows the host's clock
        }
        text += argument + "\n";
    }
    return text;
}

class QemuPlan : public testing::TestWithParam<std::string> {};

TEST_P(QemuPlan, IsAsRecorded) {
    std::string arguments;
    std::string errors;
    const model::Domain domain = domain_of(test::read_text(folder / (GetParam() + ".xml")));
    try {
        arguments = lines_of(plan_of(domain), domain);
    } catch (const Error& error) {
        errors = fmt::format("{} {} {}\n", static_cast<int>(error.code()), static_cast<int>(error.source()),
                             error.message());
    }
    EXPECT_TRUE(test::matches_golden(folder / (GetParam() + ".qemu.args"), arguments)) << arguments << errors;
    EXPECT_TRUE(test::matches_golden(folder / (GetParam() + ".qemu.errors"), errors)) << errors;
}

INSTANTIATE_TEST_SUITE_P(All, QemuPlan, testing::ValuesIn(cases()), [](const auto& info) {
    std::string name = info.param;
    std::ranges::replace(name, '-', '_');
    return name;
});

// Fragments that have no file of their own.
LaunchPlan plan_with(const std::string& devices, const std::string& before = "",
                     const std::string& machine = "q35") {
    return plan_of(domain_of(
        fmt::format("<domain type='qemu'><name>part</name><uuid>c0ffee00-0000-4000-8000-000000000001</uuid>"
                    "<memory unit='MiB'>64</memory><os><type arch='x86_64' "
                    "machine='{}'>hvm</type></os>{}<devices>{}</devices></domain>",
                    machine, before, devices)));
}

std::string disk_with(std::string_view driver, std::string_view more = "",
                      std::string_view target = "dev='vda'") {
    return fmt::format("<disk type='file'><driver name='qemu' {}/><source file='/top'/><target {}/>{}</disk>",
                       driver, target, more);
}

/// The arguments that hold `text`, in order.
std::vector<std::string> holding(const LaunchPlan& plan, std::string_view text) {
    std::vector<std::string> found;
    std::ranges::copy_if(plan.argv, std::back_inserter(found),
                         [&](const std::string& each) { return each.contains(text); });
    return found;
}

std::string refusal(const std::string& devices, const std::string& before = "") {
    try {
        plan_with(devices, before);
    } catch (const Error& error) {
        return error.code() == Code::config_unsupported ? error.message()
                                                        : "another error: " + error.message();
    }
    return "taken";
}

using Texts = std::vector<std::string>;

TEST(QemuPlanDisk, RefusesWhatWouldChangeTheImageOrBeLost) {
    EXPECT_TRUE(refusal(disk_with("type='raw'", "<transient/>")).contains("<transient/> of disk 'vda'"));
    EXPECT_TRUE(
        refusal(disk_with("type='raw'",
                          "<backingStore type='file'><format type='raw'/><source file='/b'/></backingStore>"))
            .contains("storage format 'raw' does not support backing store"));
    EXPECT_TRUE(refusal(disk_with("type='qcow2'",
                                  "<backingStore type='vhostvdpa'><format type='raw'/><source dev='/dev/v'/>"
                                  "</backingStore>"))
                    .contains("source type 'vhostvdpa' of disk 'vda'"));
}

TEST(QemuPlanDisk, DetectsZeroesWithoutUnmapWhereTheGuestMayNotDiscard) {
    EXPECT_EQ(
        holding(plan_with(disk_with("type='raw' detect_zeroes='unmap'")), R"("detect-zeroes":"on")").size(),
        1U);
    EXPECT_EQ(holding(plan_with(disk_with("type='raw' detect_zeroes='unmap' discard='unmap'")),
                      R"("detect-zeroes":"unmap")")
                  .size(),
              1U);
}

TEST(QemuPlanDisk, CopiesOnReadThroughAFilter) {
    const LaunchPlan plan = plan_with(disk_with("type='raw' copy_on_read='on'"));
    EXPECT_EQ(
        holding(plan, "copy-on-read"),
        Texts{
            R"({"driver":"copy-on-read","node-name":"libvirt-CoR-vda","file":"libvirt-1-format","discard":"unmap"})"});
    EXPECT_EQ(holding(plan, R"("drive":"libvirt-CoR-vda")").size(), 1U);
}

TEST(QemuPlanDisk, BuildsTheChainOfTheDocument) {
    const LaunchPlan plan = plan_with(
        disk_with("type='qcow2'",
                  "<backingStore type='file'><format type='qcow2'/><source file='/middle'/>"
                  "<backingStore type='block'><format type='raw'/><source dev='/dev/low'/><backingStore/>"
                  "</backingStore></backingStore>") +
        disk_with("type='qcow2'", "<backingStore/>", "dev='vdb'"));
    EXPECT_EQ(
        holding(plan, R"("read-only")"),
        (Texts{
            R"({"node-name":"libvirt-4-format","read-only":true,"driver":"raw","file":"libvirt-4-storage"})",
            R"({"node-name":"libvirt-3-format","read-only":true,"driver":"qcow2","file":"libvirt-3-storage","backing":"libvirt-4-format"})",
            R"({"node-name":"libvirt-2-format","read-only":false,"driver":"qcow2","file":"libvirt-2-storage","backing":"libvirt-3-format"})",
            R"({"node-name":"libvirt-1-format","read-only":false,"driver":"qcow2","file":"libvirt-1-storage","backing":null})"}));
    EXPECT_EQ(plan.disk_paths, (Texts{"/top", "/middle", "/dev/low", "/top"}));
}

TEST(QemuPlanController, PciRootWithoutHotplugIsAGlobal) {
    const std::string root =
        "<controller type='pci' index='0' model='pci-root'><target hotplug='off'/></controller>";
    EXPECT_EQ(holding(plan_with(root, "", "pc"), "hotplug"), Texts{"PIIX4_PM.acpi-root-pci-hotplug=off"});
}

TEST(QemuPlanInterface, RomIsTranslated) {
    const std::string card =
        "<interface type='user'><model type='virtio'/><rom bar='on' file='/x.rom'/></interface>";
    EXPECT_EQ(holding(plan_with(card), R"("rombar":1,"romfile":"/x.rom")").size(), 1U);
}

TEST(QemuPlanCpu, HypervFeaturesAreNamedAsQemuNamesThem) {
    const std::string features =
        "<features><acpi/><hyperv><relaxed state='on'/><vapic state='off'/><spinlocks state='on' "
        "retries='8191'/><stimer state='on'><direct state='on'/></stimer><vendor_id state='on' "
        "value='a=b'/></hyperv></features>";
    EXPECT_EQ(
        holding(plan_with("", features), "hv-"),
        Texts{"qemu64,hv-relaxed=on,hv-spinlocks=0x1fff,hv-stimer=on,hv-stimer-direct=on,hv-vendor-id=a=b"});
}

TEST(QemuPlanLifecycle, RebootsEndTheGuestWhereAsked) {
    const auto actions = [](std::string_view off, std::string_view reboot) {
        return fmt::format("<on_poweroff>{}</on_poweroff><on_reboot>{}</on_reboot>", off, reboot);
    };
    // QEMU 5.2 and later is told by set-action once it runs
    EXPECT_EQ(holding(plan_with("", actions("destroy", "destroy")), "-no-reboot").size(), 0U);
    EXPECT_EQ(holding(plan_with("", actions("destroy", "restart")), "-no-reboot").size(), 0U);
    EXPECT_TRUE(refusal("", actions("restart", "destroy"))
                    .contains("on_reboot 'destroy' with on_poweroff 'restart'"));
}

/// A recorded command line made to run here: no descriptor of a monitor, no screens, images and sockets in a
/// folder of ours.
class Adapted {
  public:
    Adapted(const std::string& name, const std::string& directory) : directory_(directory) {
        std::istringstream text(test::read_text(folder / (name + ".qemu.args")));
        for (std::string line; std::getline(text, line);) recorded_.push_back(line);
        while (!recorded_.empty() && !recorded_.front().starts_with('/'))
            recorded_.erase(recorded_.begin()); // TZ
        for (std::size_t i = 0; i < recorded_.size(); ++i) take(i);
    }
    std::vector<std::string> arguments;
    std::string missing; ///< what of the host it needs; empty: it can run

  private:
    void take(std::size_t& i) {
        const std::string& word = recorded_[i];
        const std::string next = i + 1 < recorded_.size() ? recorded_[i + 1] : "";
        if (word == "-sandbox" || word == "-vnc") {
            ++i;
        } else if (word == "-chardev") {
            ++i;
            if (next.contains("id=chr-vu-")) missing = "a process that serves the guest's queues";
            both(word, next.starts_with("socket,id=charmonitor,") ? "stdio,id=charmonitor" : stream(next));
        } else if (word == "-blockdev") {
            ++i;
            both(word, image(next));
        } else if (word == "-object" && peer(next)) {
            ++i;
        } else if (word == "-object" && next.contains("\"mem-path\"")) {
            ++i;
            both(word, memory(next));
        } else if (word == "-acpitable" || (word == "-fw_cfg" && next.contains(",file="))) {
            ++i;
            missing = next;
        } else if (word == "-device" && next.contains("\"scsi-block\"")) {
            missing = "a SCSI device";
        } else if (word == "-fsdev") {
            ++i;
            const std::size_t path = next.find(",path=");
            const std::size_t end = next.find(",readonly", path);
            both(word, next.substr(0, path) + ",path=" + directory_ +
                           (end == std::string::npos ? "" : next.substr(end)));
        } else if (word == "-kernel" || word == "-initrd" || word == "-dtb" || word == "-bios") {
            ++i;
            if (::access(next.c_str(), R_OK) != 0) missing = next;
            both(word, next);
        } else if (word == "-accel" && next.starts_with("kvm")) {
            ++i;
            if (::access("/dev/kvm", R_OK | W_OK) != 0) missing = "/dev/kvm";
            both(word, next);
        } else if (word == "-rtc" && next.starts_with("base=NOW")) {
            ++i;
            both(word, "base=utc" + next.substr(std::string_view("base=NOW").size()));
        } else {
            arguments.push_back(word);
        }
    }

    void both(const std::string& name, const std::string& value) {
        arguments.push_back(name);
        arguments.push_back(value);
    }

    std::string own_path() { return fmt::format("{}/{}", directory_, count_++); }

    std::string stream(const std::string& value) {
        const std::string kind = value.substr(0, value.find(','));
        const std::string id =
            value.substr(kind.size() + 1, value.find(',', kind.size() + 1) - kind.size() - 1);
        if (kind == "null" || kind == "pty" || kind == "vc") return value;
        const bool listens = value.contains("server=on");
        if (kind == "file") return fmt::format("file,{},path={}", id, own_path());
        if (kind == "socket" && listens)
            return fmt::format("socket,{},path={},server=on,wait=off", id, own_path());
        return "null," + id; // a peer, a terminal or a port that is not there
    }

    /// Objects of nodes that give way to files.
    static bool peer(const std::string& value) {
        return value.contains("\"pr-manager-helper\"") || value.contains("\"tls-creds-x509\"");
    }

    std::string memory(const std::string& value) {
        json::object object = json::parse(value).as_object();
        if (std::string(object.at("mem-path").as_string()).starts_with("/dev/hugepages"))
            missing = "huge pages";
        object["mem-path"] = directory_;
        return json::serialize(object);
    }

    std::string image(const std::string& value) {
        json::object node = json::parse(value).as_object();
        const std::string name(node.at("node-name").as_string());
        if (name.ends_with("slice-sto")) missing = "an image inside a larger file";
        if (node.contains("data-file")) missing = "an image with its data apart";
        if (!name.ends_with("-storage")) return value;
        const std::string format = name.substr(0, name.rfind('-')) + "-format";
        std::string driver = "raw";
        for (const std::string& each : recorded_) {
            if (each.contains(fmt::format(R"({{"node-name":"{}")", format)))
                driver = json::parse(each).at("driver").as_string();
        }
        const std::string path = own_path();
        const std::string size = name.starts_with("libvirt-pflash") ? "256K" : "4M";
        const bool encrypted = std::ranges::any_of(recorded_, [&](const std::string& each) {
            return each.contains(fmt::format(R"({{"node-name":"{}")", format)) && each.contains("key-secret");
        });
        std::string options;
        if (encrypted) {
            options =
                fmt::format("--object secret,id=s,data='a secret' -o {}",
                            driver == "luks" ? "key-secret=s" : "encrypt.format=luks,encrypt.key-secret=s");
        }
        const std::string command =
            fmt::format("qemu-img create -q -f {} {} {} {}", driver, options, path, size);
        if (std::system(command.c_str()) != 0) missing = "qemu-img";
        // The folder's file system may know neither aio nor cache modes.
        const json::object file{
            {"driver", "file"}, {"filename", path}, {"node-name", name}, {"auto-read-only", true}};
        return json::serialize(file);
    }

    std::string directory_;
    std::vector<std::string> recorded_;
    unsigned count_ = 0;
};

/// A started QEMU, asked once how it is.
struct Started {
    std::string name, output;
    pid_t pid = -1;
};

Started start(const std::string& name, std::vector<std::string> arguments, const std::string& directory) {
    Started started{.name = name, .output = directory + "/" + name + ".out"};
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return started;
    constexpr std::string_view questions =
        R"({"execute":"qmp_capabilities"}{"execute":"query-status"}{"execute":"quit"})";
    const bool asked =
        ::write(ends[1], questions.data(), questions.size()) == static_cast<ssize_t>(questions.size());
    ::close(ends[1]);
    std::vector<char*> pointers;
    for (std::string& each : arguments) pointers.push_back(each.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[0], 0);
    ::posix_spawn_file_actions_addopen(&actions, 1, started.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                       0600);
    ::posix_spawn_file_actions_adddup2(&actions, 1, 2);
    if (!asked || ::posix_spawn(&started.pid, pointers[0], &actions, nullptr, pointers.data(), environ) != 0)
        started.pid = -1;
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[0]);
    return started;
}

// The text a case leaves when it did not get as far as answering "prelaunch"; it must end by itself in time.
std::string failure_of(const Started& started, std::chrono::steady_clock::time_point deadline) {
    if (started.pid < 0) return "not started";
    int status = 0;
    while (::waitpid(started.pid, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > deadline) {
            ::kill(started.pid, SIGKILL);
            ::waitpid(started.pid, &status, 0);
            return "it did not end in time: " + test::read_text(started.output);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    const std::string output = test::read_text(started.output);
    return status == 0 && output.contains(R"("status": "prelaunch")") ? "" : output;
}

// What QEMU says to definitions that libvirt starts with as well.
const std::map<std::string, std::string, std::less<>> refused_by_qemu = {
    {"lenient-ser5", "Max. supported number of ISA serial ports is 4."},
};

/// Case → why it is not tried.
std::map<std::string, std::string, std::less<>> not_started() {
    std::map<std::string, std::string, std::less<>> rows;
    std::istringstream lines(test::read_text(folder / "NOT_STARTED.txt"));
    std::string line;
    std::getline(lines, line); // what the file is
    while (std::getline(lines, line)) {
        const std::size_t space = line.find(' ');
        EXPECT_NE(space, std::string::npos) << "a case without a reason: " << line;
        rows.emplace(line.substr(0, space), line.substr(std::min(space, line.size())));
    }
    return rows;
}

// Takes some seconds, most of it QEMU's own start.
TEST(QemuPlanReal, TheInstalledQemuTakesEveryCommandLine) {
    if (::access("/usr/bin/qemu-system-x86_64", X_OK) != 0 || ::access("/usr/bin/qemu-img", X_OK) != 0) {
        GTEST_SKIP() << "no QEMU on this host";
    }
    const TemporaryDirectory directory;
    std::vector<std::pair<std::string, Adapted>> ready;
    unsigned skipped = 0;
    const auto left_out = not_started();
    for (const std::string& name : cases()) {
        if (left_out.contains(name)) continue;
        if (!std::filesystem::exists(folder / (name + ".qemu.args"))) continue;
        const std::string own = directory.path() + "/" + name;
        std::filesystem::create_directory(own);
        Adapted adapted(name, own);
        if (!adapted.missing.empty()) {
            std::cout << name << " needs " << adapted.missing << "\n";
            ++skipped;
            continue;
        }
        ready.emplace_back(name, std::move(adapted));
    }
    EXPECT_LT(skipped, ready.size() / 4) << "too little was tried";
    constexpr std::size_t at_once = 4;
    for (std::size_t first = 0; first < ready.size(); first += at_once) {
        std::vector<Started> group;
        for (std::size_t i = first; i < std::min(first + at_once, ready.size()); ++i) {
            group.push_back(start(ready[i].first, ready[i].second.arguments, directory.path()));
        }
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20); // 0.2 s when idle
        for (const Started& started : group) {
            const std::string failure = failure_of(started, deadline);
            const auto known = refused_by_qemu.find(started.name);
            // back ends in packages that are not installed, and sound cards that are not here
            const bool absent = failure.contains("module ") || failure.contains("' is not available") ||
                                (failure.contains("Could not init") && failure.contains("audio driver"));
            if (absent) {
                std::cout << started.name << " lacks something on this host: " << failure << "\n";
            } else if (known == refused_by_qemu.end()) {
                EXPECT_EQ(failure, "") << started.name;
            } else {
                EXPECT_TRUE(failure.contains(known->second)) << started.name << ": " << failure;
            }
        }
    }
}

} // namespace
} // namespace yado::qemu
