// SPDX-License-Identifier: Apache-2.0
// The recorded part of QEMU's schema, by which other tests judge, against the installed QEMU itself.
#include "support/hypervisor/qemu/qmp_schema.h"

#include "base/files.h"
#include "host/processes.h"
#include "hypervisor/qemu/monitor/monitor.h"
#include "support/base/manual_loop.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace yado::qemu {
namespace {

namespace json = boost::json;
using test_support::ManualLoop;
using test_support::QmpSchema;

constexpr const char* emulator = "/usr/bin/qemu-system-x86_64";

TEST(QmpSchemaTest, JudgesLikeQemu) {
    const QmpSchema schema = QmpSchema::recorded(YADO_SOURCE_DIR);
    const auto judged = [&schema](std::string_view command, std::string_view arguments) {
        return schema.problem_with_command(command, json::parse(arguments));
    };
    EXPECT_EQ(judged("balloon", R"({"value":1})"), "");
    EXPECT_EQ(judged("balloon", "{}"), "balloon: parameter 'value' is missing");
    EXPECT_EQ(judged("balloon", R"({"value":"1"})"), "balloon.value: wanted int");
    EXPECT_EQ(judged("balloon", R"({"value":1,"x":2})"), "balloon: parameter 'x' is unexpected");
    EXPECT_EQ(judged("nonsense", "{}"), "QEMU knows no command 'nonsense'");
    EXPECT_EQ(judged("screendump", R"({"filename":"x","format":"png"})"), "");
    EXPECT_NE(judged("screendump", R"({"filename":"x","format":"gif"})"), "");
    EXPECT_EQ(judged("send-key", R"({"keys":[{"type":"number","data":5},{"type":"qcode","data":"ret"}]})"),
              "");
    EXPECT_EQ(judged("send-key", R"({"keys":[{"type":"number","data":"ret"}]})"),
              "send-key.keys[0].data: wanted int");
    EXPECT_EQ(schema.problem_with_event("STOP", json::object()), "");
    EXPECT_NE(schema.problem_with_event("RTC_CHANGE", json::object()), "");
}

/// One line for all of a type, by structure: the names of types are numbers that differ between builds.
std::string shape(const json::value& document, std::string_view name, int depth = 0) {
    for (const json::value& each : document.as_array()) {
        const json::object& entry = each.as_object();
        if (entry.at("name").as_string() != name) continue;
        const std::string_view kind = entry.at("meta-type").as_string();
        if (depth > 8) return "…";
        if (kind == "builtin") return std::string(entry.at("json-type").as_string());
        if (kind == "enum") return json::serialize(entry.at("values"));
        if (kind == "array")
            return "[" + shape(document, entry.at("element-type").as_string(), depth + 1) + "]";
        if (kind == "command" || kind == "event")
            return shape(document, entry.at("arg-type").as_string(), depth + 1);
        std::string text = "{";
        for (const json::value& member : entry.at("members").as_array()) {
            const json::value* its_name = member.as_object().if_contains("name");
            if (its_name != nullptr) text += std::string(its_name->as_string());
            text += (member.as_object().contains("default") ? "?: " : ": ") +
                    shape(document, member.at("type").as_string(), depth + 1) + ", ";
        }
        if (const json::value* variants = entry.if_contains("variants")) {
            for (const json::value& variant : variants->as_array()) {
                text += std::string(variant.at("case").as_string()) + " → " +
                        shape(document, variant.at("type").as_string(), depth + 1) + ", ";
            }
        }
        return text + "}";
    }
    return "missing: " + std::string(name);
}

TEST(QmpSchemaTest, TheRecordIsWhatTheInstalledQemuSays) {
    struct stat status{};
    if (::stat(emulator, &status) != 0) GTEST_SKIP() << emulator << " is not installed";
    ManualLoop loop;
    const auto processes = host::make_processes(loop);
    int pair[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    const UniqueFd theirs(pair[1]);
    Monitor monitor(loop, UniqueFd(pair[0]), {});
    host::ProcessSpec spec;
    spec.path = emulator;
    spec.arguments = {emulator,
                      "-S",
                      "-no-user-config",
                      "-nodefaults",
                      "-nographic",
                      "-machine",
                      "none",
                      "-chardev",
                      "socket,id=monitor,fd=3",
                      "-mon",
                      "chardev=monitor,mode=control"};
    spec.fds.push_back({.target = 3, .source = theirs.get()});
    const auto child = loop.run(processes->spawn(std::move(spec)));
    loop.run(monitor.negotiate());
    const json::value version = loop.run(monitor.execute("query-version"));
    const json::value live = loop.run(monitor.execute("query-qmp-schema"));
    loop.run(monitor.execute("quit"));
    loop.run(child->wait());
    const json::object& numbers = version.at("qemu").as_object();
    if (numbers.at("major") != 7 || numbers.at("minor") != 2) GTEST_SKIP() << "the record is of QEMU 7.2";
    const std::string text = read_file(YADO_SOURCE_DIR "/tests/golden/qemu/schema-7.2.json", 1 << 20);
    const json::value recorded = json::parse(text);
    const QmpSchema schema(text);
    EXPECT_GT(schema.commands().size(), 30U);
    for (const auto& names : {schema.commands(), schema.events()}) {
        for (const std::string& name : names) EXPECT_EQ(shape(recorded, name), shape(live, name)) << name;
    }
}

} // namespace
} // namespace yado::qemu
