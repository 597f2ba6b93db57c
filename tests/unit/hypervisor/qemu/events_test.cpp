// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/events.h"

#include "base/error.h"
#include "hypervisor/qemu/keys.h"
#include "support/hypervisor/qemu/qmp_schema.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace yado::qemu {
namespace {

namespace json = boost::json;
using test_support::QmpSchema;

const QmpSchema& schema() {
    static const QmpSchema recorded = QmpSchema::recorded(YADO_SOURCE_DIR);
    return recorded;
}

/// The events `name` with `data` gives, checked to be one QEMU can send; the raw event, always last, taken
/// off.
std::vector<guest::MachineEvent> translated(std::string_view name, std::string_view data = "{}") {
    const json::value value = json::parse(data);
    EXPECT_EQ(schema().problem_with_event(name, value), "");
    auto events = translate({.name = name, .data = value.get_object(), .seconds = 12, .micros = 34});
    EXPECT_FALSE(events.empty());
    const auto* raw = std::get_if<guest::MonitorEvent>(&events.back());
    EXPECT_NE(raw, nullptr);
    if (raw != nullptr) {
        EXPECT_EQ(raw->name, name);
        EXPECT_EQ(raw->seconds, 12);
        EXPECT_EQ(raw->micros, 34U);
        EXPECT_EQ(raw->details, value.get_object().empty() ? "" : json::serialize(value));
    }
    events.pop_back();
    return events;
}

template <class T> T only(const std::vector<guest::MachineEvent>& events) {
    EXPECT_EQ(events.size(), 1U);
    const T* found = events.empty() ? nullptr : std::get_if<T>(&events.front());
    EXPECT_NE(found, nullptr);
    return found == nullptr ? T() : *found;
}

TEST(QemuEvents, TellTheRunState) {
    only<guest::Stopped>(translated("STOP"));
    only<guest::Resumed>(translated("RESUME"));
    EXPECT_TRUE(
        only<guest::ShuttingDown>(translated("SHUTDOWN", R"({"guest":true,"reason":"guest-shutdown"})"))
            .by_guest);
    EXPECT_FALSE(
        only<guest::ShuttingDown>(translated("SHUTDOWN", R"({"guest":false,"reason":"host-signal"})"))
            .by_guest);
    EXPECT_TRUE(
        only<guest::WasReset>(translated("RESET", R"({"guest":true,"reason":"guest-reset"})")).by_guest);
    only<guest::Panicked>(translated("GUEST_PANICKED", R"({"action":"pause"})"));
    EXPECT_FALSE(only<guest::PmSuspended>(translated("SUSPEND")).to_disk);
    EXPECT_TRUE(only<guest::PmSuspended>(translated("SUSPEND_DISK")).to_disk);
    only<guest::PmWoken>(translated("WAKEUP"));
}

TEST(QemuEvents, TellWhatDevicesReport) {
    EXPECT_EQ(
        only<guest::RtcChanged>(translated("RTC_CHANGE", R"({"offset":-7200,"qom-path":"/machine/rtc"})"))
            .offset_seconds,
        -7200);
    EXPECT_EQ(only<guest::WatchdogFired>(translated("WATCHDOG", R"({"action":"poweroff"})")).action,
              "poweroff");
    EXPECT_EQ(only<guest::BalloonChanged>(translated("BALLOON_CHANGE", R"({"actual":268435456})")).actual_kib,
              262144U);
    EXPECT_EQ(only<guest::DeviceRemoved>(
                  translated("DEVICE_DELETED", R"({"device":"net1","path":"/machine/peripheral/net1"})"))
                  .alias,
              "net1");
    EXPECT_TRUE(translated("DEVICE_DELETED", R"({"path":"/machine/peripheral/net1/virtio-backend"})").empty())
        << "parts of a device go without a name of their own";
    EXPECT_EQ(only<guest::DeviceUnplugRefused>(
                  translated("DEVICE_UNPLUG_GUEST_ERROR",
                             R"({"device":"dimm0","path":"/machine/peripheral/dimm0"})"))
                  .alias,
              "dimm0");
}

TEST(QemuEvents, TellWhoLooksAtTheScreen) {
    const auto shown = only<guest::GraphicsChanged>(translated("VNC_INITIALIZED", R"({
        "server":{"host":"127.0.0.1","service":"5900","family":"ipv4","websocket":false,"auth":"vnc"},
        "client":{"host":"::1","service":"39000","family":"ipv6","websocket":false,"x509_dname":"CN=me","sasl_username":"joe"}})"));
    EXPECT_EQ(shown.phase, 1);
    EXPECT_EQ(shown.local_family, 0);
    EXPECT_EQ(shown.local_node + " " + shown.local_service, "127.0.0.1 5900");
    EXPECT_EQ(shown.remote_family, 1);
    EXPECT_EQ(shown.remote_node + " " + shown.remote_service, "::1 39000");
    EXPECT_EQ(shown.auth_scheme, "vnc");
    EXPECT_EQ(shown.subject, (std::vector<std::pair<std::string, std::string>>{{"x509_dname", "CN=me"},
                                                                               {"sasl_username", "joe"}}));
    const auto gone = only<guest::GraphicsChanged>(translated("VNC_DISCONNECTED", R"({
        "server":{"host":"/run/vnc","service":"","family":"unix","websocket":false},
        "client":{"host":"","service":"","family":"unix","websocket":false}})"));
    EXPECT_EQ(gone.phase, 2);
    EXPECT_EQ(gone.local_family, 2);
}

TEST(QemuEvents, FailedDiskAccessNamesTheNodeWhereQemuNamesNoDevice) {
    const auto failed = only<guest::IoFailed>(translated("BLOCK_IO_ERROR", R"({
        "device":"","node-name":"libvirt-2-format","operation":"write","action":"stop","nospace":true,"reason":"No space left on device"})"));
    EXPECT_EQ(failed.path, "libvirt-2-format") << "the machine replaces it by the disk's path";
    EXPECT_EQ(failed.action, "stop");
    EXPECT_EQ(failed.reason, "enospc");
}

TEST(QemuEvents, UnknownOnesAreStillToldRaw) {
    const json::object data{{"x", 1}};
    const auto events = translate({.name = "BRAND_NEW", .data = data});
    EXPECT_EQ(only<guest::MonitorEvent>(events).details, R"({"x":1})");
}

TEST(QemuEvents, DataOfWrongTypesIsTakenAsMissing) {
    const json::object data = json::parse(R"({"guest":"yes","reason":1,"offset":"x","action":[],"actual":-5,
        "device":{},"server":3,"client":[],"node-name":null,"nospace":0})")
                                  .as_object();
    for (const std::string& name : schema().events()) {
        const auto events = translate({.name = name, .data = data});
        EXPECT_TRUE(std::holds_alternative<guest::MonitorEvent>(events.back())) << name;
        for (const auto& event : events) {
            if (const auto* shutdown = std::get_if<guest::ShuttingDown>(&event))
                EXPECT_FALSE(shutdown->by_guest);
            if (const auto* changed = std::get_if<guest::BalloonChanged>(&event))
                EXPECT_EQ(changed->actual_kib, 0U);
        }
    }
}

TEST(QemuEvents, AliasesComeFromObjectPaths) {
    EXPECT_EQ(alias_of("/machine/peripheral/virtio-disk0/virtio-backend"), "virtio-disk0");
    EXPECT_EQ(alias_of("/machine/peripheral/ide0-0-0"), "ide0-0-0");
    EXPECT_EQ(alias_of("scsi0-0-0"), "scsi0-0-0");
}

// virKeycodeSet and the numbers of the keys Esc, A, right Ctrl, Home, left Windows, Enter of the keypad in
// each set.
struct KeyCase {
    const char* name;
    std::uint32_t codeset;
    std::array<std::uint32_t, 6> keys;
};
struct QemuKeys : testing::TestWithParam<KeyCase> {};

TEST_P(QemuKeys, BecomeQemusNumbers) {
    constexpr std::array<std::uint32_t, 6> wanted{0x01, 0x1e, 0x9d, 0xc7, 0xdb, 0x9c};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::uint32_t key = GetParam().keys[i];
        if (key != 0)
            EXPECT_EQ(qnum_of(GetParam().codeset, key), wanted[i]) << i; // 0: the set has no such key
    }
}

INSTANTIATE_TEST_SUITE_P(Codesets, QemuKeys,
                         testing::Values(KeyCase{"linux", 0, {1, 30, 97, 102, 125, 96}},
                                         KeyCase{"xt", 1, {0x01, 0x1e, 0xe01d, 0xe047, 0xe05b, 0xe01c}},
                                         KeyCase{"atset1", 2, {0x01, 0x1e, 0xe01d, 0xe047, 0xe05b, 0xe01c}},
                                         KeyCase{"atset2", 3, {0x76, 0x1c, 0xe014, 0xe06c, 0xe01f, 0xe05a}},
                                         KeyCase{"usb", 7, {0x29, 0x04, 0xe4, 0x4a, 0xe3, 0x58}},
                                         KeyCase{"win32", 8, {0x1b, 0x41, 0xa3, 0x24, 0x5b, 0}},
                                         KeyCase{"qnum", 9, {0x01, 0x1e, 0x9d, 0xc7, 0xdb, 0x9c}}),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(QemuKeyErrors, NameTheKeyAndTheCodeset) {
    EXPECT_THROW(qnum_of(0, 60'000), Error);
    EXPECT_THROW(qnum_of(9, 256), Error);
    EXPECT_THROW(qnum_of(9, 0), Error);
    EXPECT_THROW(qnum_of(8, 0), Error);
    EXPECT_THROW(qnum_of(5, 1), Error);
    EXPECT_THROW(qnum_of(42, 1), Error);
    try {
        qnum_of(0, 255);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::invalid_arg);
        EXPECT_EQ(error.detail(), "cannot translate keycode 255 of linux codeset to qnum keycode");
    }
}

} // namespace
} // namespace yado::qemu
