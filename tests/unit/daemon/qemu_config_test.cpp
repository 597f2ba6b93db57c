// SPDX-License-Identifier: Apache-2.0
// What of qemu.conf is refused because guests would be less protected than it says, and the daemon's own
// file.
#include "daemon/config/qemu_config.h"
#include "daemon/config/yado_config.h"

#include <gtest/gtest.h>

namespace yado::daemon {
namespace {

QemuConfig read(std::string_view text) { return parse_qemu_config(text, "qemu.conf"); }

TEST(QemuConfigProtectionTest, RefusesProtectionThatIsNotThere) {
    for (const std::string_view text :
         {"security_driver = \"selinux\"", "security_driver = [ \"dac\", \"apparmor\" ]",
          "security_driver = \"x\"", "security_require_confined = 1", "lock_manager = \"lockd\""}) {
        EXPECT_THROW(read(text), Error) << text;
    }
    EXPECT_EQ(read("security_driver = \"none\"").security_driver, (std::vector<std::string>{"none"}));
    EXPECT_NO_THROW(read("security_driver = [ \"dac\" ]\nlock_manager = \"nop\""));
}

TEST(QemuConfigProtectionTest, RefusesWhatItCannotRead) {
    EXPECT_THROW(read("max_core = \"much\""), Error);
    EXPECT_THROW(read("nvram = [ \"/firmware\" ]"), Error);
    EXPECT_THROW(read("nvram = [ \":/variables\" ]"), Error);
    EXPECT_FALSE(read("").max_core);
    EXPECT_EQ(read("max_core = \"unlimited\"").max_core, "unlimited");
    EXPECT_FALSE(read("").dump_guest_core) << "as libvirt has it when the key is not there";
}

TEST(YadoConfigTest, HasADefaultAndRefusesUnknownKeys) {
    EXPECT_EQ(parse_yado_config("", "f").hook_timeout, 30U);
    EXPECT_EQ(parse_yado_config("hook_timeout = 0\n", "f").hook_timeout, 0U);
    EXPECT_THROW(parse_yado_config("hook_timeout = \"soon\"", "f"), Error);
    EXPECT_THROW(parse_yado_config("log_level = 1", "f"), Error);
}

} // namespace
} // namespace yado::daemon
