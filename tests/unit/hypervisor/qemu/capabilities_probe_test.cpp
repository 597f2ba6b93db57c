// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/probe.h"

#include "base/error.h"
#include "base/files.h"
#include "host/processes.h"
#include "hypervisor/qemu/capabilities/answers.h"
#include "support/base/manual_loop.h"
#include "support/host/fake_processes.h"

#include <algorithm>
#include <boost/json.hpp>
#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::qemu {
namespace {

using namespace std::chrono_literals;
using test_support::FakeProcesses;
using test_support::ManualLoop;

constexpr const char* real_qemu = "/usr/bin/qemu-system-x86_64";

class CapabilitiesProbeTest : public testing::Test {
  protected:
    /// An executable that stands for a QEMU that does not behave.
    std::string script(const std::string& body) {
        const std::string path = directory_.path() + "/qemu-system-broken";
        write_file_replacing(path, "#!/bin/sh\n" + body + "\n", 0755);
        return path;
    }
    std::string failure(std::string binary) {
        try {
            loop_.run(probe(loop_, *processes_, std::move(binary)));
        } catch (const Error& error) { return error.message(); }
        return "answered";
    }

    TemporaryDirectory directory_;
    ManualLoop loop_;
    std::unique_ptr<host::Processes> processes_ = host::make_processes(loop_);
};

TEST_F(CapabilitiesProbeTest, QuotesTheLastLineOfAQemuThatEndsEarly) {
    const std::string binary = script("echo first >&2; echo 'could not load PC BIOS' >&2; echo >&2; exit 1");
    EXPECT_EQ(failure(binary),
              "internal error: Failed to probe QEMU binary " + binary + " with QMP: could not load PC BIOS");
}

TEST_F(CapabilitiesProbeTest, KeepsControlCharactersOfAStrangerOutOfTheError) {
    const std::string message = failure(script(R"(printf 'bad \033[2J thing\n' >&2; exit 1)"));
    EXPECT_NE(message.find("bad \\x1b[2J thing"), std::string::npos) << message;
}

TEST_F(CapabilitiesProbeTest, SaysHowASilentProgramEnded) {
    const std::string binary = script("exit 3");
    EXPECT_EQ(failure(binary),
              "internal error: Failed to probe QEMU binary " + binary + " with QMP: exit status 3");
}

TEST_F(CapabilitiesProbeTest, SaysThatAProgramDoesNotSpeakQmp) {
    const std::string binary = script("echo hello >&3; exec sleep 1000");
    EXPECT_EQ(failure(binary),
              "internal error: Failed to probe QEMU binary " + binary + " with QMP: it does not speak QMP");
}

TEST_F(CapabilitiesProbeTest, AMissingProgramIsASystemError) {
    try {
        loop_.run(probe(loop_, *processes_, "/nonexistent/qemu-system-x86_64"));
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::system_error);
        EXPECT_NE(error.message().find("/nonexistent/qemu-system-x86_64"), std::string::npos)
            << error.message();
    }
}

TEST_F(CapabilitiesProbeTest, KillsAProgramThatKeepsQuietPastTheLimit) {
    FakeProcesses processes(loop_);
    UniqueFd its_end; // stays open, as the program's would
    processes.on_spawn = [&](FakeProcesses::Process& process) {
        its_end.reset(::fcntl(process.spec.fds.at(0).source, F_DUPFD_CLOEXEC, 0));
    };
    std::string message;
    spawn([](Loop& loop, host::Processes& with, std::string* out) -> Task<void> {
        try {
            co_await probe(loop, with, "/usr/bin/qemu-system-quiet");
        } catch (const Error& error) { *out = error.message(); }
    }(loop_, processes, &message));
    loop_.run_until_idle();
    ASSERT_EQ(processes.spawned.size(), 1U);
    EXPECT_FALSE(processes.spawned[0]->ended);
    loop_.advance(19s);
    EXPECT_EQ(message, "");
    loop_.advance(2s);
    EXPECT_NE(message.find("/usr/bin/qemu-system-quiet"), std::string::npos) << message;
    EXPECT_NE(message.find("did not greet in time"), std::string::npos) << message;
    EXPECT_EQ(processes.spawned[0]->signals, std::vector<int>{SIGKILL});
}

TEST_F(CapabilitiesProbeTest, RunsTheBinaryHarmlesslyAndAsToldTo) {
    FakeProcesses processes(loop_);
    processes.on_spawn = [](FakeProcesses::Process& process) { process.exit(1); };
    ProbeOptions options;
    options.accelerator = Accelerator::kvm;
    options.credentials = host::Credentials{.user = 64055, .group = 994, .supplementary = {}};
    EXPECT_THROW(loop_.run(probe(loop_, processes, "/opt/qemu", options)), Error);
    ASSERT_EQ(processes.spawned.size(), 1U);
    const host::ProcessSpec& spec = processes.spawned[0]->spec;
    EXPECT_EQ(spec.path, "/opt/qemu");
    EXPECT_TRUE(spec.no_new_privileges);
    ASSERT_TRUE(spec.credentials);
    EXPECT_EQ(spec.credentials->user, 64055U);
    const auto has = [&](std::string_view word) {
        return std::ranges::find(spec.arguments, word) != spec.arguments.end();
    };
    EXPECT_TRUE(has("none,accel=kvm"));
    EXPECT_TRUE(has("-nodefaults"));
    EXPECT_TRUE(has("-no-user-config"));
    const auto bounds_output = [](const host::ResourceLimit& limit) {
        return limit.resource == RLIMIT_FSIZE;
    };
    EXPECT_TRUE(std::ranges::any_of(spec.limits, bounds_output));
}

TEST_F(CapabilitiesProbeTest, TheInstalledQemu) {
    if (::access(real_qemu, X_OK) != 0) GTEST_SKIP() << real_qemu << " is not installed";
    const QemuCapabilities found = loop_.run(probe(loop_, *processes_, real_qemu));
    EXPECT_EQ(found.binary, real_qemu);
    EXPECT_EQ(found.arch, "x86_64");
    EXPECT_GE(found.version, 4'000'000U);
    ASSERT_NE(found.machine("q35"), nullptr);
    EXPECT_TRUE(found.machine("q35")->name.starts_with("pc-q35-"));
    EXPECT_TRUE(found.machine("q35")->acpi);
    ASSERT_NE(found.machine(""), nullptr);
    EXPECT_EQ(found.machine("none"), nullptr);
    EXPECT_TRUE(found.has_device("virtio-blk-pci"));
    EXPECT_FALSE(found.has_device("virtio-blk-pc"));
    EXPECT_TRUE(found.has_object("rng-random"));
    EXPECT_TRUE(found.has_command("device_add"));
    EXPECT_TRUE(found.tcg_built);
    ASSERT_NE(found.cpu("qemu64"), nullptr);
    EXPECT_TRUE(found.cpu("qemu64")->usable);
    ASSERT_NE(found.cpu("host"), nullptr);
    EXPECT_FALSE(found.cpu("host")->usable); // without KVM
    ASSERT_NE(found.cpu("EPYC-v1"), nullptr);
    EXPECT_TRUE(found.cpu("EPYC-v1")->versioned);
    EXPECT_FALSE(found.cpu("EPYC-IBPB")->versioned);
    EXPECT_EQ(found.host_model.model, "qemu64");
    EXPECT_TRUE(std::ranges::find(found.host_model.added, "avx2") != found.host_model.added.end() ||
                found.version < 7'002'000);
}

// --- the answers alone ---

std::vector<boost::json::value> few_answers() {
    const char* texts[] = {
        R"({"qemu":{"major":8,"minor":1,"micro":3},"package":"v8.1.3"})",
        R"({"arch":"i386"})",
        R"([{"name":"quit"}])",
        R"([{"name":"isapc","cpu-max":1},{"name":"none","cpu-max":1},
            {"name":"pc-q35-8.1","alias":"q35","cpu-max":288,"is-default":true,"hotpluggable-cpus":true}])",
        R"([{"name":"VGA","parent":"vga-pci"}])",
        R"([{"name":"iothread"}])",
        R"([{"name":"kvm-accel"},{"name":"qtest-accel"}])",
        R"(null)",
        R"([{"name":"athlon","unavailable-features":["3dnow"],"alias-of":"athlon-v1"}])",
        R"(null)",
        R"(null)",
    };
    std::vector<boost::json::value> answers;
    for (const char* text : texts) answers.push_back(boost::json::parse(text));
    return answers;
}

TEST(CapabilitiesAnswersTest, ReadsThem) {
    const QemuCapabilities found = read_answers(few_answers());
    EXPECT_EQ(found.version, 8'001'003U);
    EXPECT_EQ(found.package, "v8.1.3");
    EXPECT_EQ(found.arch, "i686");
    ASSERT_EQ(found.machines.size(), 2U);
    EXPECT_FALSE(found.machines[0].acpi);
    EXPECT_EQ(found.machine(""), &found.machines[1]);
    EXPECT_EQ(found.machine("q35"), &found.machines[1]);
    EXPECT_EQ(found.machine("pc"), nullptr);
    EXPECT_TRUE(found.kvm_built);
    EXPECT_FALSE(found.tcg_built);
    EXPECT_FALSE(found.sandbox);
    ASSERT_EQ(found.cpus.size(), 1U);
    EXPECT_FALSE(found.cpus[0].usable);
    EXPECT_EQ(found.host_model.model, "");
}

TEST(CapabilitiesAnswersTest, ThereIsAQuestionForEachAnswer) {
    EXPECT_EQ(questions().size(), few_answers().size());
    for (const Question& question : questions()) {
        EXPECT_FALSE(question.command.empty());
        if (!question.arguments.empty()) EXPECT_TRUE(boost::json::parse(question.arguments).is_object());
    }
}

TEST(CapabilitiesAnswersTest, RefusesWhatIsNotOfTheSchema) {
    // Whatever one answer is replaced by must not crash, and what is essential must be refused.
    const char* strange[] = {"null",
                             "[]",
                             "{}",
                             "7",
                             "\"x\"",
                             "[null]",
                             "[[]]",
                             R"([{"name":7}])",
                             R"({"qemu":7})",
                             R"({"arch":[]})",
                             R"({"qemu":{"major":99999}})",
                             R"({"model":{"props":[]}})"};
    for (std::size_t place = 0; place < few_answers().size(); ++place) {
        for (const char* text : strange) {
            auto answers = few_answers();
            answers[place] = boost::json::parse(text);
            try {
                read_answers(answers);
                EXPECT_GE(place, 2U) << text; // version and target have nothing in common with any of these
            } catch (const Error& error) { EXPECT_EQ(error.code(), Code::internal_error) << text; }
        }
    }
    EXPECT_THROW(read_answers({}), Error);
}

TEST(CapabilitiesAnswersTest, HostModelIsADifference) {
    auto answers = few_answers();
    answers[9] = boost::json::parse(
        R"({"model":{"name":"base","props":{"aes":true,"nx":true,"svm":false,"vendor":"AuthenticAMD"}}})");
    answers[10] =
        boost::json::parse(R"({"model":{"name":"base","props":{"aes":false,"nx":true,"svm":true}}})");
    const CpuDifference found = read_answers(answers).host_model;
    EXPECT_EQ(found.model, "qemu64");
    EXPECT_EQ(found.vendor, "AuthenticAMD");
    EXPECT_EQ(found.added, std::vector<std::string>{"aes"});
    EXPECT_EQ(found.removed, std::vector<std::string>{"svm"});
}

TEST(CapabilitiesArchTest, Names) {
    EXPECT_EQ(arch_of_target("i386"), "i686");
    EXPECT_EQ(arch_of_target("arm"), "armv7l");
    EXPECT_EQ(arch_of_target("aarch64"), "aarch64");
    EXPECT_EQ(target_of_arch("i686"), "i386");
    EXPECT_EQ(target_of_arch("ppc64le"), "ppc64");
    EXPECT_EQ(word_size("i686"), 32U);
    EXPECT_EQ(word_size("s390x"), 64U);
    EXPECT_EQ(word_size("x86_64-microvm"), 0U);
}

} // namespace
} // namespace yado::qemu
