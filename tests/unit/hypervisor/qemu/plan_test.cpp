// SPDX-License-Identifier: Apache-2.0
// The command line of every document under tests/golden/domain: CASE.qemu.args, one argument a line, or why this
// release cannot run it, CASE.qemu.errors. The installed QEMU, where there is one, must take every one of them.
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
#include <map>
#include <ranges>
#include <spawn.h>
#include <sstream>
#include <sys/stat.h>
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
    std::erase_if(names, [](const std::string& name) { return !std::filesystem::exists(folder / (name + ".out.xml")); });
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
    return plan(domain, recorded, facts);
}

std::string lines_of(const LaunchPlan& plan, const model::Domain& domain) {
    std::string text;
    for (const auto& [name, value] : plan.environment) text += fmt::format("{}={}\n", name, value);
    for (const std::string& argument : plan.argv) {
        const bool moves = domain.clock.offset == model::ClockOffset::variable && argument.starts_with("base=20");
        text += (moves ? "base=NOW" + argument.substr(argument.find_first_of(',')  == std::string::npos
                                                          ? argument.size()
                                                          : argument.find_first_of(','))
                       : argument) +
                "\n";
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

} // namespace
} // namespace yado::qemu
