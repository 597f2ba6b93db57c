// SPDX-License-Identifier: Apache-2.0
// CPUs compared and reduced to what they share, over what Debian 12's QEMU said of its models.
#include "hypervisor/qemu/capabilities/cpu_models.h"

#include "base/error.h"
#include "hypervisor/qemu/capabilities/answers.h"
#include "schema/write.h"
#include "support/hypervisor/qemu/recorded_capabilities.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace yado::qemu {
namespace {

const CpuModels& recorded() {
    static const CpuModels models(test_support::recorded_capabilities(YADO_SOURCE_DIR));
    return models;
}

CpuProvider provider(std::string_view model, std::initializer_list<std::string_view> more = {}) {
    CpuProvider provider{.arch = "x86_64", .vendor = "AMD", .features = *recorded().find(model)};
    for (const std::string_view name : more) { provider.features.emplace(name); }
    return provider;
}

CpuComparison compared(std::string_view document, const CpuProvider& with) {
    return compare_cpu(recorded(), with, read_cpu(document, false));
}

std::string baseline(std::initializer_list<std::string_view> documents, BaselineOptions options = {}) {
    std::vector<CpuDeclaration> cpus;
    for (const std::string_view document : documents) { cpus.push_back(read_cpu(document, false)); }
    return schema::write_xml(baseline_cpu(recorded(), cpus, options), "cpu", schema::definition_view);
}

template <class F> std::string error_of(F&& call) {
    try {
        call();
    } catch (const Error& error) {
        return fmt::format("{} {} {}", static_cast<int>(error.code()), static_cast<int>(error.source()),
                           error.message());
    }
    return "no error";
}

TEST(CpuModels, AreThoseDocumentsMayName) {
    EXPECT_NE(std::ranges::find(recorded().names(), "EPYC"), recorded().names().end());
    for (const std::string_view hidden : {"max", "host", "base", "EPYC-v2"}) {
        EXPECT_EQ(std::ranges::find(recorded().names(), hidden), recorded().names().end()) << hidden;
    }
    EXPECT_TRUE(recorded().find("EPYC")->contains("lahf_lm"));
    EXPECT_FALSE(recorded().find("EPYC")->contains("hypervisor"));
    EXPECT_FALSE(recorded().find("EPYC")->contains("kvmclock"));
    EXPECT_TRUE(recorded().utmost().contains("avx2"));
    EXPECT_TRUE(recorded().knows("aes"));
    EXPECT_TRUE(recorded().knows("lahf-lm"));
    EXPECT_FALSE(recorded().knows("teleport"));
}

TEST(CompareCpu, TellsTheThreeResults) {
    constexpr std::string_view epyc = "<cpu match='exact'><model>EPYC</model></cpu>";
    EXPECT_EQ(compared(epyc, provider("EPYC")).result, CpuMatchResult::identical);
    EXPECT_EQ(compared(epyc, provider("EPYC", {"pku"})).result, CpuMatchResult::superset);
    const CpuComparison lacking = compared(epyc, provider("Opteron_G5"));
    EXPECT_EQ(lacking.result, CpuMatchResult::incompatible);
    EXPECT_TRUE(lacking.why.starts_with("Host CPU does not provide required features: ")) << lacking.why;
    EXPECT_NE(lacking.why.find("avx2"), std::string::npos) << lacking.why;
}

TEST(CompareCpu, FollowsPolicies) {
    const CpuProvider with = provider("qemu64", {"aes"});
    const auto result = [&with](std::string_view feature) {
        return compared(fmt::format("<cpu match='exact'><model>qemu64</model>{}</cpu>", feature), with)
            .result;
    };
    EXPECT_EQ(result(""), CpuMatchResult::superset);
    EXPECT_EQ(result("<feature policy='require' name='aes'/>"), CpuMatchResult::identical);
    EXPECT_EQ(result("<feature policy='optional' name='aes'/>"), CpuMatchResult::identical);
    EXPECT_EQ(result("<feature policy='disable' name='aes'/>"), CpuMatchResult::identical);
    EXPECT_EQ(result("<feature policy='forbid' name='aes'/>"), CpuMatchResult::incompatible);
    EXPECT_EQ(result("<feature policy='require' name='avx'/>"), CpuMatchResult::incompatible);
    EXPECT_EQ(result("<feature policy='force' name='avx'/>"), CpuMatchResult::superset);
    EXPECT_EQ(result("<feature policy='optional' name='avx'/>"), CpuMatchResult::superset);
    EXPECT_EQ(result("<feature policy='disable' name='svm'/>"), CpuMatchResult::superset);
}

TEST(CompareCpu, SaysWhyNot) {
    const CpuProvider with = provider("qemu64", {"aes", "avx"});
    EXPECT_EQ(compared("<cpu match='strict'><model>qemu64</model></cpu>", with).why,
              "Host CPU does not strictly match guest CPU: Extra features: aes, avx");
    EXPECT_EQ(
        compared("<cpu match='exact'><model>qemu64</model><feature policy='forbid' name='avx'/></cpu>", with)
            .why,
        "Host CPU provides forbidden features: avx");
    EXPECT_EQ(compared("<cpu><arch>ppc64</arch><model>POWER8</model></cpu>", with).why,
              "CPU arch ppc64 does not match host arch");
    EXPECT_EQ(compared("<cpu match='exact'><model>qemu64</model><vendor>Intel</vendor></cpu>", with).why,
              "host CPU vendor does not match required CPU vendor Intel");
}

TEST(CompareCpu, WithoutAModelFitsAnywhere) {
    for (const std::string_view document :
         {"<cpu/>", "<cpu mode='host-model'/>", "<cpu mode='host-passthrough'/>", "<cpu mode='maximum'/>"}) {
        EXPECT_EQ(compared(document, provider("qemu64")).result, CpuMatchResult::superset) << document;
    }
}

TEST(ReadCpu, RefusesInLibvirtsWords) {
    const auto compare = [](std::string_view document) {
        return error_of([&] { compared(document, provider("qemu64")); });
    };
    EXPECT_EQ(compare("<cpu><model>cray</model></cpu>"), "1 31 internal error: Unknown CPU model cray");
    EXPECT_EQ(compare("<cpu><model>qemu64</model><feature name='teleport'/></cpu>"),
              "1 31 internal error: Unknown CPU feature teleport");
    EXPECT_EQ(compare("<cpu><model>qemu64</model><feature name='aes'/><feature name='aes'/></cpu>"),
              "27 31 XML error: CPU feature 'aes' specified more than once");
    EXPECT_EQ(compare("<cpu><arch>cray</arch><model>qemu64</model></cpu>"),
              "67 31 unsupported configuration: Unknown architecture cray");
    EXPECT_EQ(compare("<cpu match='exact'><arch>x86_64</arch><model>qemu64</model></cpu>"),
              "27 31 XML error: 'arch' element cannot be used inside 'cpu' element with 'match' attribute'");
    EXPECT_EQ(compare("<cpu match='closely'><model>qemu64</model></cpu>"),
              "27 5 XML error: Invalid value for attribute 'match' in element 'cpu': 'closely'.");
    EXPECT_EQ(error_of([] { read_cpu("<cpu><model>qemu64</model></cpu>", false, true); }),
              "27 31 XML error: Missing CPU architecture");
    EXPECT_EQ(error_of([] { read_cpu("<cpu mode='host-model'/>", false, true); }),
              "67 31 unsupported configuration: Attribute mode is only allowed for guest CPU");
}

TEST(BaselineCpu, OfOneIsThatOne) {
    EXPECT_EQ(baseline({"<cpu><arch>x86_64</arch><model>Haswell</model><vendor>Intel</vendor></cpu>"}),
              "<cpu mode='custom' match='exact'>\n"
              "  <model fallback='forbid'>Haswell</model>\n"
              "  <vendor>Intel</vendor>\n"
              "</cpu>\n");
}

TEST(BaselineCpu, HasWhatAllHave) {
    EXPECT_EQ(
        baseline({"<cpu><arch>x86_64</arch><model>EPYC</model></cpu>",
                  "<cpu><arch>x86_64</arch><model>EPYC</model><feature name='pku'/></cpu>",
                  "<cpu mode='custom' match='exact'><model>EPYC</model>"
                  "<feature policy='disable' name='monitor'/><feature policy='require' name='pku'/></cpu>"}),
        "<cpu mode='custom' match='exact'>\n"
        "  <model fallback='forbid'>EPYC</model>\n"
        "  <feature policy='disable' name='monitor'/>\n"
        "</cpu>\n");
    // The common part runs on both, whatever it is called.
    const model::Cpu common = [] {
        const std::vector<CpuDeclaration> cpus{read_cpu("<cpu><model>EPYC</model></cpu>", false),
                                               read_cpu("<cpu><model>Haswell</model></cpu>", false)};
        return baseline_cpu(recorded(), cpus, {});
    }();
    const CpuDeclaration declared{.arch = {}, .cpu = common};
    EXPECT_NE(compare_cpu(recorded(), provider("EPYC"), declared).result, CpuMatchResult::incompatible);
    EXPECT_NE(compare_cpu(recorded(), provider("Haswell"), declared).result, CpuMatchResult::incompatible);
}

TEST(BaselineCpu, ListsEverythingOnDemand) {
    const std::string text = baseline({"<cpu><model>qemu32</model></cpu>"}, {.expand = true});
    EXPECT_NE(text.find("<feature policy='require' name='sse2'/>"), std::string::npos) << text;
    EXPECT_LT(text.find("name='apic'"), text.find("name='sse2'")) << "by name";
}

TEST(BaselineCpu, LeavesOutWhatCannotMigrate) {
    constexpr std::string_view cpu = "<cpu><model>EPYC</model><feature name='invtsc'/></cpu>";
    EXPECT_NE(baseline({cpu}).find("invtsc"), std::string::npos);
    EXPECT_EQ(baseline({cpu}, {.migratable = true}).find("invtsc"), std::string::npos);
}

TEST(BaselineCpu, OfAHypervisorIsWhatItGives) {
    const CpuProvider guests{.arch = "x86_64", .vendor = "AMD", .features = recorded().utmost()};
    const std::string text = baseline({"<cpu><model>EPYC</model></cpu>"}, {.provider = &guests});
    EXPECT_TRUE(
        text.starts_with("<cpu mode='custom' match='exact'>\n  <model fallback='forbid'>EPYC</model>\n"))
        << text;
    EXPECT_NE(text.find("<feature policy='disable' name='topoext'/>"), std::string::npos) << text;
    const CpuDeclaration declared = read_cpu(text, false);
    EXPECT_NE(compare_cpu(recorded(), guests, declared).result, CpuMatchResult::incompatible);
}

TEST(BaselineCpu, RefusesInLibvirtsWords) {
    EXPECT_EQ(error_of([] {
                  baseline({"<cpu><model>EPYC</model><vendor>AMD</vendor></cpu>",
                            "<cpu><model>Haswell</model><vendor>Intel</vendor></cpu>"});
              }),
              "9 31 operation failed: CPU vendors do not match");
    EXPECT_EQ(error_of([] { baseline({"<cpu mode='host-model'/>"}); }),
              "8 31 invalid argument: no CPU model specified at index 0");
    EXPECT_EQ(error_of([] { baseline({}); }), "8 31 invalid argument: No CPUs given");
}

TEST(ModelQuestions, AreAskedOfX86Only) {
    QemuCapabilities capabilities{.arch = "x86_64"};
    capabilities.cpus = {{.name = "base"}, {.name = "EPYC"}, {.name = "EPYC-v2", .versioned = true}};
    const std::vector<Question> questions = model_questions(capabilities);
    ASSERT_EQ(questions.size(), 1U);
    EXPECT_EQ(questions[0].arguments, R"({"type":"static","model":{"name":"EPYC"}})");
    capabilities.arch = "s390x";
    EXPECT_TRUE(model_questions(capabilities).empty());
}

TEST(ModelQuestions, AnswersSayWhatModelsHave) {
    QemuCapabilities capabilities{.arch = "x86_64"};
    capabilities.cpus = {{.name = "EPYC"}, {.name = "strange"}, {.name = "max"}};
    read_models(capabilities,
                {boost::json::parse(R"({"model":{"name":"base","props":{"aes":true,"avx":false,"family":23,
                                        "kvmclock":true,"hypervisor":true,"vmx-ept":true}}})"),
                 nullptr, boost::json::parse(R"({"model":{"props":{"avx":true,"aes":true}}})")});
    EXPECT_EQ(capabilities.cpu_features, (std::vector<std::string>{"aes", "avx"}));
    EXPECT_EQ(capabilities.cpus[0].features, (std::vector<std::uint16_t>{0}));
    EXPECT_TRUE(capabilities.cpus[1].features.empty());
    EXPECT_EQ(capabilities.cpus[2].features, (std::vector<std::uint16_t>{0, 1}));
}

} // namespace
} // namespace yado::qemu
